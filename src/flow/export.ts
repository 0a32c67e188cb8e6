import { isObject, type JsonObject } from './record.ts'

/** A flow as the file of a REST export has it. */
export interface Exported {
  readonly sid: string
  readonly friendlyName: string
  readonly definition: unknown
}

/** The text of a REST export. The same flow gives the same text, in whatever order its keys came: Studio's own, and else the alphabet's. */
export function exportText({ sid, friendlyName, definition }: Exported): string {
  const ordered = { sid, friendly_name: friendlyName, definition: inOrder(definition) }
  return `${JSON.stringify(ordered, null, 2)}\n`
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (!isObject(value)) return value
  const keys = Object.keys(value).sort(before)
  return Object.fromEntries(keys.map((key) => [key, inOrder(value[key])]))
}

function before(one: keyof JsonObject, other: keyof JsonObject): number {
  return rank(one) - rank(other) || (one < other ? -1 : 1)
}

function rank(key: string): number {
  const place = STUDIO_ORDER.indexOf(key)
  return place < 0 ? STUDIO_ORDER.length : place
}

/** Of a definition, a widget, a transition and a condition. */
const STUDIO_ORDER: readonly string[] = [
  ...['description', 'states', 'initial_state', 'flags'],
  ...['name', 'type', 'event', 'next', 'transitions', 'properties'],
  ...['conditions', 'friendly_name', 'arguments', 'value'],
]
