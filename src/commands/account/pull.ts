import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { exportText } from '../../flow/export.ts'
import { SIDS_FILE } from '../../runtime/sids.ts'
import type { Streams } from '../streams.ts'
import { UnwritableFile, writing } from '../writing.ts'
import { accountOf, settingsOf } from './account.ts'
import { differences, isSame } from './differences.ts'
import { type LocalFlow, localFlowsIn } from './local-flows.ts'
import { type FlowInList, type KeptFlow, Refused, type StudioApi, studioApi } from './studio-api.ts'

export interface PullOptions {
  /** The folder that is served. */
  readonly dir: string
  /** Another Trunkline's address. */
  readonly from?: string
  /** Overwrites files that differ. */
  readonly force?: true
}

/** Writes an account's flows, or those that are named, to files; answers the exit code: 0 all are as the account has them, 1 some files were left as they are, 2 the account cannot be asked, or a file not be written. */
export async function pull(names: readonly string[], options: PullOptions, streams: Streams): Promise<number> {
  try {
    const config = settingsOf(options.dir)
    const api = studioApi(accountOf(config, options.from))
    const wanted = chosen(await api.list(), names)
    await writing(relative('.', config.FLOWS_DIR), mkdir(config.FLOWS_DIR, { recursive: true }))
    const desk: Desk = { folder: config.FLOWS_DIR, locals: await localFlowsIn(config.FLOWS_DIR), taken: new Set() }
    const outcomes: Outcome[] = []
    for (const { sid } of wanted) outcomes.push(await pulled(sid, { api, desk, options, streams }))
    return outcomes.includes('kept') ? 1 : 0
  } catch (error) {
    if (!(error instanceof Refused || error instanceof UnwritableFile)) throw error
    streams.errors.write(`${error.message}\n`)
    return 2
  }
}

type Outcome = 'written' | 'unchanged' | 'kept'

/** The flows folder as it was found, and the files that were given to flows since. */
interface Desk {
  readonly folder: string
  readonly locals: readonly LocalFlow[]
  readonly taken: Set<string>
}

interface Pulling {
  readonly api: StudioApi
  readonly desk: Desk
  readonly options: PullOptions
  readonly streams: Streams
}

/** Flows by sid or name; all, where none is named. */
function chosen(listed: readonly FlowInList[], names: readonly string[]): readonly FlowInList[] {
  if (names.length === 0) return listed
  return names.map((name) => {
    const found = listed.filter(({ sid, friendly_name }) => sid === name || friendly_name === name)
    if (found[0] && found.length === 1) return found[0]
    const sids = found.map(({ sid }) => sid).join(', ')
    throw new Refused(found[0] ? `more than one flow is named ${name}: ${sids}` : `there is no flow ${name}`)
  })
}

async function pulled(sid: string, { api, desk, options, streams }: Pulling): Promise<Outcome> {
  const kept = await api.flow(sid)
  if (!kept) throw new Refused(`there is no flow ${sid} any more`)
  const { file, local } = placeFor(kept, desk)
  const shown = relative('.', file)
  if (local && local.sid === sid && isSame(local, kept)) return told('unchanged', `${shown}: unchanged`, streams)
  if (local && !options.force) {
    const lines = differences(local, kept).map((line) => `  ${line.replaceAll('\n', '\n  ')}`)
    return told('kept', [`${shown}: differs, left as it is (--force overwrites it)`, ...lines].join('\n'), streams)
  }
  const text = exportText({ sid, friendlyName: kept.friendly_name, definition: kept.definition })
  await writing(shown, writeFile(file, text))
  return told(
    'written',
    `${shown}: ${local ? 'overwritten' : 'new'}, revision ${kept.revision} (${kept.status})`,
    streams,
  )
}

function told(outcome: Outcome, line: string, { output }: Streams): Outcome {
  output.write(`${line}\n`)
  return outcome
}

/** The file with its sid, else the one that bears its name. */
function placeFor(kept: KeptFlow, { folder, locals, taken }: Desk) {
  const own = locals.find(({ sid }) => sid === kept.sid)
  const name = fileName(kept)
  const plain = join(folder, `${name}.json`)
  const isTaken = taken.has(plain) || basename(plain) === SIDS_FILE
  const file = own?.file ?? (isTaken ? join(folder, `${name}-${kept.sid}.json`) : plain)
  taken.add(file)
  return { file, local: locals.find((local) => local.file === file) }
}

function fileName({ friendly_name, sid }: KeptFlow): string {
  const words = friendly_name.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []
  return withinBytes(words.join('-')) || sid
}

/** As much of a name as leaves room for a sid and an ending in the 255 bytes that file systems give. */
function withinBytes(name: string): string {
  return Buffer.from(name)
    .subarray(0, MOST_BYTES)
    .toString()
    .replace(/\uFFFD+$/, '')
}

const MOST_BYTES = 200
