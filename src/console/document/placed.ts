import { isObject, type JsonObject } from '../../flow/record.ts'

/** A widget in its place in a flow, read leniently: whatever the file holds can be shown. */
export interface Placed {
  /** Its name; where two share one, or one has none, something that tells them apart. */
  readonly id: string
  /** Its place among the flow's states. */
  readonly index: number
  readonly name: string
  readonly type: string
  readonly properties: JsonObject
  readonly transitions: readonly PlacedTransition[]
  /** Where the file puts it on the canvas. */
  readonly offset: Offset | undefined
  /** All of it, as it is in the file. */
  readonly json: JsonObject
}

/** A transition as the file holds it. */
export interface PlacedTransition {
  readonly event: string
  /** The widget it leads to; nothing where the flow ends. */
  readonly next: string | undefined
  readonly conditions: readonly JsonObject[]
}

/** A point of the canvas, in its own units: the upper left corner of a widget. */
export interface Offset {
  readonly x: number
  readonly y: number
}

/** The widgets of a flow in the file's order. A widget that an edit leaves alone stays the same object. */
export function placedIn(definition: JsonObject): readonly Placed[] {
  const states = statesOf(definition)
  const known = read.get(states) ?? readAll(states)
  read.set(states, known)
  return known
}

/** The widget of an id. */
export function placedAs(definition: JsonObject, id: string): Placed | undefined {
  return placedIn(definition).find((placed) => placed.id === id)
}

/** The states of a definition; none where the file has no list there. */
export function statesOf({ states }: JsonObject): readonly unknown[] {
  return Array.isArray(states) ? states : NONE
}

const NONE: readonly unknown[] = []
const read = new WeakMap<readonly unknown[], readonly Placed[]>()
const readBefore = new WeakMap<JsonObject, Placed>()

function readAll(states: readonly unknown[]): readonly Placed[] {
  const taken = new Set<string>()
  return states.filter(isObject).map((json) => {
    const index = states.indexOf(json)
    const id = freeId(textOf(json.name), index, taken)
    taken.add(id)
    return placed(json, id, index)
  })
}

function freeId(name: string, index: number, taken: ReadonlySet<string>): string {
  return name === '' || taken.has(name) ? `${name}#${index}` : name
}

function placed(json: JsonObject, id: string, index: number): Placed {
  const before = readBefore.get(json)
  if (before && before.id === id && before.index === index) return before
  const { name, type, properties, transitions } = json
  const known = isObject(properties) ? properties : {}
  const made: Placed = {
    id,
    index,
    name: textOf(name),
    type: textOf(type),
    properties: known,
    transitions: Array.isArray(transitions) ? transitions.map(transitionOf) : [],
    offset: offsetIn(known.offset),
    json,
  }
  readBefore.set(json, made)
  return made
}

function transitionOf(json: unknown): PlacedTransition {
  const { event, next, conditions } = isObject(json) ? json : {}
  return {
    event: textOf(event),
    next: textOf(next) || undefined,
    conditions: Array.isArray(conditions) ? conditions.filter(isObject) : [],
  }
}

/** A point of the canvas as a file has it. */
export function offsetIn(offset: unknown): Offset | undefined {
  if (!isObject(offset)) return undefined
  const [x, y] = [Number(offset.x), Number(offset.y)]
  return Number.isFinite(x) && Number.isFinite(y) ? { x, y } : undefined
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
