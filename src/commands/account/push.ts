import { relative } from 'node:path'
import { problemsOf } from '../../lint/lint.ts'
import { reportText } from '../../lint/report-text.ts'
import { catalogue } from '../../widgets/index.ts'
import { collectFlowFiles } from '../flow-files.ts'
import type { Streams } from '../streams.ts'
import { accountOf, settingsOf } from './account.ts'
import { isSame } from './differences.ts'
import { type LocalFlow, localFlow } from './local-flows.ts'
import { type KeptFlow, Refused, type StudioApi, studioApi, type WantedFlow } from './studio-api.ts'

export interface PushOptions {
  /** The folder whose settings count. */
  readonly dir: string
  /** Another Trunkline's address. */
  readonly to?: string
  readonly publish?: true
  /** What is said of the revision. */
  readonly message?: string
  /** The flow that becomes what the only file says. */
  readonly sid?: string
}

/** Makes the flows of these files an account's, as drafts or published; answers the exit code: 0 done, 1 a flow has errors, 2 something cannot be read or was refused. */
export async function push(paths: readonly string[], options: PushOptions, streams: Streams): Promise<number> {
  try {
    const flows = await flowsAt(paths, options, streams)
    if (!flows) return 1
    const api = studioApi(accountOf(settingsOf(options.dir), options.to))
    for (const flow of flows) streams.output.write(`${relative('.', flow.file)}: ${await pushed(flow, api, options)}\n`)
    return 0
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    streams.errors.write(`${error.message}\n`)
    return 2
  }
}

/** Nothing is pushed where one flow has an error. */
async function flowsAt(paths: readonly string[], { sid }: PushOptions, { errors }: Streams) {
  const { unreadable, ...all } = await collectFlowFiles(paths)
  const [missing] = unreadable
  if (missing) throw new Refused(`${missing.path} cannot be read: ${missing.reason}`)
  if (sid !== undefined && all.files.length !== 1)
    throw new Refused(`--sid names one flow, but there are ${all.files.length} files`)
  const problems = problemsOf(all, catalogue).filter(({ severity }) => severity === 'error')
  if (problems.length === 0) return all.files.map(localFlow)
  errors.write(reportText({ problems, files: all.files.length, unreadable: 0 }, PLAIN))
  return undefined
}

const asIs = (text: string) => text
const PLAIN = { error: asIs, warning: asIs, faint: asIs } as const

/** A file that says no name renames nothing. */
async function pushed(flow: LocalFlow, api: StudioApi, { sid, publish, message }: PushOptions): Promise<string> {
  const status = publish ? 'published' : 'draft'
  const there = sid === undefined ? await counterpart(flow, api) : await named(sid, api)
  const friendlyName = there && !flow.isNamed ? there.friendly_name : flow.friendlyName
  const wanted: WantedFlow = { friendlyName, status, definition: flow.source, message }
  if (!there) return `created as ${inWords(await api.create(wanted))}`
  const isThere = isSame({ ...flow, friendlyName }, there) && (status === 'draft' || there.status === 'published')
  return isThere ? `unchanged, ${inWords(there)}` : `updated, ${inWords(await api.update(there.sid, wanted))}`
}

async function named(sid: string, api: StudioApi): Promise<KeptFlow> {
  const there = await api.flow(sid)
  if (!there) throw new Refused(`there is no flow ${sid}`)
  return there
}

/** The flow with the file's sid, else the only one with its name: another account gives other sids. */
async function counterpart({ sid, friendlyName }: LocalFlow, api: StudioApi): Promise<KeptFlow | undefined> {
  const own = await api.flow(sid)
  if (own) return own
  const [first, ...more] = (await api.list()).filter((flow) => flow.friendly_name === friendlyName)
  if (more.length > 0) throw new Refused(`more than one flow is named ${friendlyName}: say which by --sid`)
  return first && api.flow(first.sid)
}

function inWords({ sid, revision, status }: KeptFlow): string {
  return `${sid}, revision ${revision} (${status})`
}
