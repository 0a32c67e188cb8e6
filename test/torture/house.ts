import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { tortureFlows } from './flows.ts'

export const ACCOUNT = `AC${'a'.repeat(32)}`
export const TOKEN = 'a token of the torture'

/** Where a server lives, and how it is set up. */
export interface House {
  readonly origin: string
  readonly settings: Readonly<Record<string, string>>
}

/** Furnishes a folder with flows that use the outside, and finds a port that every life of the server has. */
export async function houseIn(folder: string, { outside, database }: Surroundings): Promise<House> {
  mkdirSync(join(folder, 'flows'))
  for (const [name, flow] of Object.entries(tortureFlows(outside)))
    writeFileSync(join(folder, 'flows', `${name}.json`), JSON.stringify(flow))
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const settings = {
    PORT: String(port),
    PUBLIC_URL: origin,
    DATABASE_URL: database,
    TWILIO_ACCOUNT_SID: ACCOUNT,
    TWILIO_AUTH_TOKEN: TOKEN,
    TWILIO_API_URL: outside,
    FLEX_WORKSPACE_SID: `WS${'0'.repeat(32)}`,
    HTTP_ALLOW_PRIVATE: 'on',
    LOG_LEVEL: 'info',
  }
  return { origin, settings }
}

/** URLs of what a house stands among. */
export interface Surroundings {
  /** Of carrier and services. */
  readonly outside: string
  readonly database: string
}

/** A port of this machine that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
