import type { FlowDefinition, PlacedWidget } from '../flow/definition.ts'
import { textFrom } from '../flow/readings.ts'
import type { Resource } from '../functions/resource.ts'
import { FUNCTION_SID, SIDS_FILE, type Sids } from './sids.ts'
import { Told } from './told.ts'

/** What is known of functions that are served here. */
export interface Surroundings {
  readonly sids: Sids
  readonly functions: ReadonlyMap<string, Resource>
  /** Whether a URL leads here already. */
  isOurs(url: URL): boolean
}

/** Notices flows that call a function elsewhere although it is here, too, or one that cannot be found: whoever has copied both from Twilio is told which entry is missing. */
export class CallsElsewhere {
  readonly #calls = new Map<string, readonly Call[]>()
  readonly #told: Told

  constructor(tell: (line: string) => void) {
    this.#told = new Told(tell)
  }

  /** Notes which functions the flow of a file calls. */
  note(file: string, { states }: FlowDefinition): void {
    this.#calls.set(file, states.flatMap(callOf))
  }

  forget(file: string): void {
    this.#calls.delete(file)
  }

  /** Tells what is new. */
  tell(surroundings: Surroundings): void {
    this.#told.say([...this.#calls].flatMap(([file, calls]) => linesOf(file, calls, surroundings)))
  }
}

interface Call {
  readonly sid: string
  /** Empty where there is none, or where a template makes it. */
  readonly url: string
}

const FUNCTIONS: ReadonlySet<string> = new Set(['run-function', 'run-function-v2'])
const CALLING: ReadonlySet<string> = new Set([...FUNCTIONS, 'make-http-request'])

function callOf({ type, properties }: PlacedWidget): Call[] {
  const url = textFrom(properties.url) ?? ''
  if (!CALLING.has(type) || /\{[{%]/.test(url)) return []
  return [{ url, sid: FUNCTIONS.has(type) ? (textFrom(properties.function_sid) ?? '') : '' }]
}

function linesOf(file: string, calls: readonly Call[], { sids, functions, isOurs }: Surroundings): string[] {
  const unknown = calls.filter(({ sid }) => !sids.functions.has(sid))
  const nowhere = new Set(unknown.flatMap(({ url, sid }) => (url === '' && FUNCTION_SID.test(sid) ? [sid] : [])))
  const urls = unknown.flatMap(({ url }) => (URL.canParse(url) ? [new URL(url)] : []))
  const elsewhere = urls.filter((url) => isCallable(functions.get(url.pathname)) && !isOurs(url))
  return [
    ...[...nowhere].map((sid) => `${file} calls the function ${sid}, which has no URL: ${add(sid, '/its-path')}`),
    ...[...new Set(elsewhere.map(({ hostname }) => hostname))].map((host) => {
      const paths = elsewhere.filter(({ hostname }) => hostname === host).map(({ pathname }) => pathname)
      const called = `${[...new Set(paths)].join(', ')} at ${host}`
      return `${file} calls ${called}, and there is a function of that path here: to call that, ${add(host, 'local')}`
    }),
  ]
}

function isCallable(found: Resource | undefined): boolean {
  return found !== undefined && found.visibility !== 'private'
}

function add(key: string, value: string): string {
  return `add ${JSON.stringify({ [key]: value })} to ${SIDS_FILE}`
}
