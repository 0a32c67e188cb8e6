import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Contender, start } from './contender.ts'
import { flowsFolder } from './flow.ts'
import { ACCOUNT } from './webhooks.ts'

/** A folder of the bench's own. */
export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'trunkline-bench-'))
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
    FLOWS_DIR: folder,
    DATABASE_URL: databaseUrl,
  }
}

/** Where the executions of a folder are. */
export function databaseFile(folder: string): string {
  return join(folder, 'trunkline.db')
}

/** What is typed to serve a folder, once it is built. */
export function served(folder: string): readonly string[] {
  return ['dist/cli.js', 'serve', folder]
}

/** Serves a folder, by default a new one with the flow that is measured. */
export function startOurs(folder = folderWithLoop(), databaseUrl?: string): Promise<Contender> {
  return start('trunkline', served(folder), settingsFor(folder, databaseUrl))
}

/** A new folder with the flow that is measured. */
export function folderWithLoop(): string {
  const folder = newFolder()
  flowsFolder(folder)
  return folder
}
