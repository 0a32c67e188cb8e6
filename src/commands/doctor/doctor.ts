import { type Config, InvalidSettings, readConfig } from '../../config.ts'
import { loadEnvFile } from '../env-file.ts'
import { paintFor } from '../paint.ts'
import type { Streams } from '../streams.ts'
import { account } from './account.ts'
import { address } from './address.ts'
import { database } from './database.ts'
import { type Finding, failure } from './finding.ts'
import { flows } from './flows.ts'
import { settings } from './settings.ts'
import { versions } from './versions.ts'

/** Looks at everything that a served folder needs and says what to do; changes nothing, moves no flow. Answers the exit code: 1 for a failure. */
export async function doctor(folder: string, { output }: Pick<Streams, 'output'>): Promise<number> {
  const paint = paintFor(output)
  const colours = { ok: paint.green, warning: paint.yellow, failure: paint.red }
  let failures = 0
  for await (const { status, text, remedy } of findings(folder)) {
    output.write(`${colours[status](status.padEnd(WIDTH))} ${text}\n`)
    if (remedy !== undefined) output.write(`${' '.repeat(WIDTH)} ${remedy}\n`)
    if (status === 'failure') failures += 1
  }
  return failures > 0 ? 1 : 0
}

const WIDTH = 'warning'.length

/** One after the other, so that each is told as soon as it is known. */
async function* findings(folder: string): AsyncIterable<Finding> {
  yield* versions()
  const config = configOf(folder)
  if (config instanceof InvalidSettings) {
    yield failure(config.message.replaceAll('\n', `\n${' '.repeat(WIDTH + 1)}`), 'set them right, and ask again')
    return
  }
  for (const look of [settings, flows, database, address, account]) yield* await look(config)
}

function configOf(folder: string): Config | InvalidSettings {
  try {
    loadEnvFile(folder)
    return readConfig(process.env, folder)
  } catch (error) {
    if (error instanceof InvalidSettings) return error
    throw error
  }
}
