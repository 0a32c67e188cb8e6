import { cpSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { readConfig } from '../../src/config.ts'
import type { FunctionAnswer, FunctionCall, FunctionCaller } from '../../src/functions/call.ts'
import { openParts, type Parts } from '../../src/parts.ts'

/** What a folder has, by the path of each file. */
export type Files = Readonly<Record<string, string | Buffer>>

/** A folder with these files, under the system's temporary folder. */
export function projectFolder(files: Files): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'trunkline-project-')))
  write(folder, files)
  return folder
}

/** A folder with the example flows and what they call and play, as a clone has them. */
export function exampleFolder(): string {
  const folder = projectFolder({})
  for (const name of ['flows', 'functions', 'assets']) cpSync(name, join(folder, name), { recursive: true })
  return folder
}

/** Adds files to a folder, or overwrites them. */
export function write(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
}

/** A Trunkline that serves a folder, closed when the test is over; it listens nowhere, and its functions are played by `caller`. */
export async function servingFolder(
  folder: string,
  settings: Record<string, string> = {},
  caller: FunctionCaller = echo(),
): Promise<Parts> {
  const environment = { DATABASE_URL: 'sqlite::memory:', LOG_LEVEL: 'silent', ...settings }
  const parts = await openParts(readConfig(environment, folder), { functions: { caller } })
  onTestFinished(() => parts.close())
  return parts
}

/** Answers each call with what it was called with. */
export function echo(): FunctionCaller {
  return answering((call) => ({
    status: 200,
    headers: [['content-type', 'application/json']],
    body: Buffer.from(JSON.stringify(call)),
  }))
}

/** Answers each call with what is made of it. */
export function answering(answer: (call: FunctionCall) => FunctionAnswer): FunctionCaller {
  return { call: async (call) => answer(call) }
}
