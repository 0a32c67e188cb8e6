import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Contender, start } from './contender.ts'
import { LOOP } from './flow.ts'
import { ACCOUNT } from './webhooks.ts'

/** A folder of the bench's own, as a project lies: the flows beside the data, and not around them, for they are watched. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-bench-'))
  mkdirSync(flowsIn(folder))
  return folder
}

/** Where the flows of a folder are. */
function flowsIn(folder: string): string {
  return join(folder, 'flows')
}

/** Trunkline as in production, signatures on, but for the limit on callers; its database is in a file of the folder unless another one is named. */
export function settingsFor(
  folder: string,
  databaseUrl = `sqlite:${databaseFile(folder)}`,
): Readonly<Record<string, string>> {
  return {
    PORT: '0',
    LOG_LEVEL: 'warn',
    LOG_PRETTY: 'off',
    INBOUND_EXECUTIONS_PER_SECOND: '0',
    CARRIER: 'simulated',
    TWILIO_ACCOUNT_SID: ACCOUNT.sid,
    TWILIO_AUTH_TOKEN: ACCOUNT.token,
    FLOWS_DIR: flowsIn(folder),
    DATABASE_URL: databaseUrl,
  }
}

/** Where the executions of a folder are. */
export function databaseFile(folder: string): string {
  return join(folder, 'data', 'trunkline.db')
}

/** What is typed to serve a folder, once it is built. */
export function served(folder: string): readonly string[] {
  return ['dist/cli.js', 'serve', folder]
}

/** Serves a folder, by default a new one with the flow that is measured. */
export function startOurs(folder = folderWithLoop(), databaseUrl?: string): Promise<Contender> {
  return start('trunkline', served(folder), settingsFor(folder, databaseUrl))
}

/** Puts flows into a folder. */
export function putFlows(folder: string, flows: Readonly<Record<string, unknown>> = { loop: LOOP }): void {
  for (const [name, flow] of Object.entries(flows))
    writeFileSync(join(flowsIn(folder), `${name}.json`), JSON.stringify(flow))
}

/** A new folder with the flow that is measured. */
export function folderWithLoop(): string {
  const folder = newFolder()
  putFlows(folder)
  return folder
}
