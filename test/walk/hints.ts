/** What a flow compares with and reads, so that walks reach its depths. */
export interface Hints {
  readonly widgets: number
  readonly takesCalls: boolean
  readonly takesMessages: boolean
  readonly takesRequests: boolean
  readonly takesConversations: boolean
  /** What splits compare the outcome of a widget with, by widget name. */
  readonly values: ReadonlyMap<string, readonly string[]>
  readonly allValues: readonly string[]
  /** What splits compare the parameters of the first request with, by parameter. */
  readonly parameters: ReadonlyMap<string, readonly string[]>
  /** What splits compare the whole text of answers with. */
  readonly bodies: readonly string[]
  /** Dotted paths that are read of parsed answers, with what splits compare them with. */
  readonly answers: ReadonlyMap<string, readonly string[]>
}

/** Reads the hints of a flow file of any dialect. */
export function hintsOf(file: unknown): Hints {
  const conditions = objectsIn(file).flatMap(conditionsOf)
  const compared = (pattern: RegExp) =>
    conditions.flatMap(({ reads, samples }) => namesIn(reads, pattern).map((name) => [name, samples] as const))
  const read = namesIn(JSON.stringify(file), PARSED).map((path) => [path, []] as const)
  return {
    widgets: objectsIn(file).filter(({ transitions }) => Array.isArray(transitions)).length,
    takesCalls: leadsOn(file, 'incomingCall'),
    takesMessages: leadsOn(file, 'incomingMessage'),
    takesRequests: leadsOn(file, 'incomingRequest'),
    takesConversations: leadsOn(file, 'incomingConversationMessage'),
    values: grouped(compared(WIDGET)),
    allValues: conditions.flatMap(({ samples }) => samples),
    parameters: grouped(compared(PARAMETER)),
    bodies: compared(BODY).flatMap(([, samples]) => samples),
    answers: grouped([...read, ...compared(PARSED)]),
  }
}

interface Condition {
  /** The templates that are compared. */
  readonly reads: string
  readonly samples: readonly string[]
}

const WIDGET = /widgets\.([\w-]+)/g
const PARAMETER = /trigger\.(?:call|message|conversation)\.(\w+)/g
const BODY = /widgets\.[\w-]+\.body()/g
const PARSED = /widgets\.[\w-]+\.parsed\.([\w.-]+)/g

function namesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name)
}

function grouped(pairs: readonly (readonly [string, readonly string[]])[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const [name, samples] of pairs) groups.set(name, [...(groups.get(name) ?? []), ...samples])
  return groups
}

function objectsIn(value: unknown): Readonly<Record<string, unknown>>[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn)
  if (!isObject(value)) return []
  return [value, ...Object.values(value).flatMap(objectsIn)]
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function conditionsOf({ type, value, arguments: compared }: Readonly<Record<string, unknown>>): Condition[] {
  if (typeof type !== 'string' || !Array.isArray(compared)) return []
  return [{ reads: JSON.stringify(compared), samples: samplesFor(type, String(value ?? '')) }]
}

/** Values that make a condition hold. */
function samplesFor(type: string, value: string): readonly string[] {
  switch (type) {
    case 'matches_any_of':
      return value.split(',').map((item) => item.trim())
    case 'less_than':
      return [String(Number(value) - 1)]
    case 'greater_than':
      return [String(Number(value) + 1)]
    case 'is_blank':
      return ['']
    case 'regex':
      return [value.replaceAll(/[\\^$()?:|[\]{}+*]/g, ''), '1', '12345', '2026-11-24', 'a@b.example', 'yes']
    default:
      return [value]
  }
}

function leadsOn(file: unknown, event: string): boolean {
  return objectsIn(file).some((transition) => transition.event === event && Boolean(transition.next))
}
