import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, type House } from '../torture/house.ts'

export const ACCOUNT = `AC${'0'.repeat(31)}1`
export const TOKEN = 'fuzz-token-that-nobody-may-read'
const API_SECRET = 'fuzz-secret-that-nobody-may-read'

/** What must be in no line of the log. */
export const SECRETS: readonly string[] = [
  TOKEN,
  API_SECRET,
  Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64').replace(/=+$/, ''),
]

/** Furnishes a folder with the example flows and a function, for a server that is closed to strangers. */
export async function homeIn(folder: string): Promise<House> {
  cpSync('flows', join(folder, 'flows'), { recursive: true })
  mkdirSync(join(folder, 'functions'))
  writeFileSync(join(folder, 'functions/echo.js'), ECHO)
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const settings = {
    PORT: String(port),
    PUBLIC_URL: origin,
    HOME: folder,
    DATABASE_URL: `sqlite:${join(folder, 'trunkline.db')}`,
    TWILIO_ACCOUNT_SID: ACCOUNT,
    TWILIO_AUTH_TOKEN: TOKEN,
    TWILIO_API_SECRET: API_SECRET,
    CARRIER: 'simulated',
    FLOW_FILES: 'read-only',
    INBOUND_EXECUTIONS_PER_SECOND: '0',
    REST_EXECUTIONS_PER_SECOND: '0',
    LOG_LEVEL: 'info',
  }
  return { origin, settings }
}

const ECHO = 'exports.handler = (context, event, callback) => callback(null, Object.keys(event).length)\n'
