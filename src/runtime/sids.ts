import { withoutMark } from '../flow/file.ts'
import { didYouMean } from '../flow/nearest.ts'
import type { Resource } from '../functions/resource.ts'
import { FLOW_SID } from './flow-sid.ts'

/** What stands here for the sids and hosts that flows bring along from Twilio. */
export interface Sids {
  /** Flow sids by file name. */
  readonly flows: ReadonlyMap<string, string>
  /** Paths of functions by function sid. */
  readonly functions: ReadonlyMap<string, string>
  /** Hosts whose functions and assets are served here, in lower case; `*.` stands for any part before. */
  readonly hosts: readonly string[]
}

/** Nothing stands for anything. */
export const NO_SIDS: Sids = { flows: new Map(), functions: new Map(), hosts: [] }

/** The file in the flows folder that says it. */
export const SIDS_FILE = 'sids.json'

type Entry = readonly [key: string, value: unknown]

/** The entries of `{"FW…": "survey.json", "ZH…": "/order-status", "shop-1234.twil.io": "local"}`; nothing where the text is no JSON object. */
export function entriesIn(text: string): readonly Entry[] | undefined {
  try {
    const json: unknown = JSON.parse(withoutMark(text))
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? Object.entries(json) : undefined
  } catch {
    return undefined // half written, perhaps
  }
}

/** What the entries say; those that are not as they should be say nothing. */
export function sidsOf(entries: readonly Entry[]): Sids {
  const texts = entries.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : []))
  return {
    flows: new Map(texts.filter(([key]) => FLOW_SID.test(key)).map(([sid, file]) => [file, sid])),
    functions: new Map(texts.filter(([key, path]) => FUNCTION_SID.test(key) && path.startsWith('/'))),
    hosts: texts.filter(([key, value]) => isHost(key) && value === LOCAL).map(([host]) => host.toLowerCase()),
  }
}

/** Whether a host is one of those, be it by a `*.`. */
export function isListed(host: string, hosts: readonly string[]): boolean {
  return hosts.some((one) => (one.startsWith('*.') ? host.endsWith(one.slice(1)) : host === one))
}

/** What entries can name. */
export interface Named {
  /** The files of the flows folder. */
  readonly files: readonly string[]
  /** By path. */
  readonly functions: ReadonlyMap<string, Resource>
}

/** What is wrong with the entries, in words. */
export function sidProblems(entries: readonly Entry[], named: Named): readonly string[] {
  return entries.flatMap(([key, value]) => {
    const problem = problemOf(key, value, named)
    return problem === undefined ? [] : [`${SIDS_FILE}: ${problem}`]
  })
}

const EXPECTED = '{"FW…": "survey.json", "ZH…": "/order-status", "shop-1234.twil.io": "local"}'

/** What is wrong with a file that has no entries at all. */
export const NO_OBJECT = `${SIDS_FILE} is no JSON object of sids and what they stand for: expected ${EXPECTED}`

/** A function's sid as Twilio makes them; ZN is accepted, too (widgets.md 3.18). */
export const FUNCTION_SID = /^Z[HN][0-9a-fA-F]{32}$/
const LOCAL = 'local'

function isHost(key: string): boolean {
  return !/^(FW|ZH|ZN)/.test(key) && /^(\*\.)?[\w-]+(\.[\w-]+)*$/.test(key)
}

function problemOf(key: string, value: unknown, named: Named): string | undefined {
  if (key.startsWith('FW')) return flowProblem(key, value, named)
  if (/^Z[HN]/.test(key)) return functionProblem(key, value, named)
  if (!isHost(key)) return `${JSON.stringify(key)} is neither a sid nor a host without a port: expected ${EXPECTED}`
  return value === LOCAL ? undefined : `${key} leads to ${JSON.stringify(value)}: expected {"${key}": "local"}`
}

function flowProblem(sid: string, file: unknown, { files }: Named): string | undefined {
  if (!FLOW_SID.test(sid)) return `${JSON.stringify(sid)} is no flow sid: FW and 32 hexadecimal digits expected`
  if (typeof file === 'string' && files.includes(file)) return undefined
  return `${sid} is pinned to ${JSON.stringify(file)}, which is no file of the folder: expected {"FW…": "survey.json"}`
}

function functionProblem(sid: string, path: unknown, { functions }: Named): string | undefined {
  if (!FUNCTION_SID.test(sid)) return `${JSON.stringify(sid)} is no function sid: ZH and 32 hexadecimal digits expected`
  const leads = `${sid} leads to ${JSON.stringify(path)}`
  if (typeof path !== 'string' || !path.startsWith('/'))
    return `${leads}: expected the path of a function, {"ZH…": "/order-status"}`
  return uncallable(path, functions, leads)
}

/** Why flows cannot call what is at a path, if they cannot; `leads` is how they were led there. */
export function uncallable(path: string, functions: ReadonlyMap<string, Resource>, leads: string): string | undefined {
  const found = functions.get(path)
  if (found?.visibility === 'private') return `${leads}, a private function: flows call public and protected ones only`
  if (found) return undefined
  const { hint } = didYouMean(path, functions.keys())
  return `${leads}, but there is no function of that path here${hint ? `; ${hint}` : ''}`
}
