import { isObject, type JsonObject } from '../../flow/record.ts'
import { at, type JsonPath, mapTexts, put } from './json.ts'
import { type Offset, type Placed, placedAs, placedIn, statesOf } from './placed.ts'
import { renamedIn } from './references.ts'

/** Every way in which a flow is edited. Widgets are named by their ids. */
export type Command =
  | { readonly kind: 'add'; readonly widgets: readonly JsonObject[] }
  | { readonly kind: 'remove'; readonly widgets: readonly string[] }
  | { readonly kind: 'move'; readonly to: ReadonlyMap<string, Offset> }
  | { readonly kind: 'nudge'; readonly to: ReadonlyMap<string, Offset> }
  | { readonly kind: 'rename'; readonly widget: string; readonly name: string }
  | { readonly kind: 'set-property'; readonly widget: string; readonly path: JsonPath; readonly value: unknown }
  | { readonly kind: 'connect'; readonly widget: string; readonly exit: ExitPlace; readonly to: string | undefined }
  | { readonly kind: 'set-transitions'; readonly widget: string; readonly transitions: readonly unknown[] }
  | { readonly kind: 'set-transition'; readonly widget: string; readonly path: JsonPath; readonly value: unknown }
  | { readonly kind: 'replace-widget'; readonly widget: string; readonly json: JsonObject }
  | { readonly kind: 'set'; readonly path: JsonPath; readonly value: unknown }
  | { readonly kind: 'replace'; readonly definition: JsonObject }

/** An exit: the place of its transition in the file, or its event where the file has none for it. */
export type ExitPlace = { readonly transition: number } | { readonly event: string }

/** The place that an exit's key names. */
export function placeOfKey(key: string): ExitPlace {
  return key.startsWith('+') ? { event: key.slice(1) } : { transition: Number(key) }
}

/** The flow that a command leads to; the same object where it changes nothing. */
export function edited(definition: JsonObject, command: Command): JsonObject {
  switch (command.kind) {
    case 'add':
      return put(definition, ['states'], [...statesOf(definition), ...command.widgets])
    case 'remove':
      return removed(definition, new Set(command.widgets))
    case 'move':
    case 'nudge':
      return [...command.to].reduce(moved, definition)
    case 'rename':
      return renamed(definition, command.widget, command.name)
    case 'set-property':
      return putIn(definition, command.widget, ['properties', ...command.path], command.value)
    case 'connect':
      return connected(definition, command)
    case 'set-transitions':
      return putIn(definition, command.widget, ['transitions'], command.transitions)
    case 'set-transition':
      return putIn(definition, command.widget, ['transitions', ...command.path], command.value)
    case 'replace-widget':
      return putIn(definition, command.widget, [], command.json)
    case 'set':
      return put(definition, command.path, command.value)
    case 'replace':
      return command.definition
    default:
      return command satisfies never
  }
}

/** Whether a widget is where the flow begins, which it cannot do without. */
export function isTrigger({ initial_state }: JsonObject, { name, type }: Placed): boolean {
  return name !== '' && (name === initial_state || type === 'trigger')
}

function putIn(definition: JsonObject, widget: string, path: JsonPath, value: unknown): JsonObject {
  const placed = placedAs(definition, widget)
  return placed ? put(definition, ['states', placed.index, ...path], value) : definition
}

function moved(definition: JsonObject, [widget, { x, y }]: readonly [string, Offset]): JsonObject {
  const placed = placedAs(definition, widget)
  if (!placed || (placed.offset?.x === x && placed.offset.y === y)) return definition
  const offset = isObject(placed.properties.offset) ? { ...placed.properties.offset, x, y } : { x, y }
  return putIn(definition, widget, ['properties', 'offset'], offset)
}

/** What led to a removed widget leads nowhere then, as in Studio. */
function removed(definition: JsonObject, widgets: ReadonlySet<string>): JsonObject {
  const gone = placedIn(definition).filter((placed) => widgets.has(placed.id) && !isTrigger(definition, placed))
  if (gone.length === 0) return definition
  const jsons = new Set<unknown>(gone.map(({ json }) => json))
  const kept = statesOf(definition).filter((state) => !jsons.has(state))
  const stays = new Set(kept.map((state) => at(state, ['name'])))
  const names = new Set<unknown>(gone.map(({ name }) => name).filter((name) => !stays.has(name)))
  return put(
    definition,
    ['states'],
    kept.map((state) => withoutWaysTo(state, names)),
  )
}

function withoutWaysTo(state: unknown, names: ReadonlySet<unknown>): unknown {
  const transitions = at(state, ['transitions'])
  if (!isObject(state) || !Array.isArray(transitions)) return state
  if (!transitions.some((transition) => names.has(at(transition, ['next'])))) return state
  return put(
    state,
    ['transitions'],
    transitions.map((transition) =>
      isObject(transition) && names.has(transition.next) ? put(transition, ['next'], undefined) : transition,
    ),
  )
}

/** A new name, also wherever the flow speaks of the widget: in transitions and in templates. */
function renamed(definition: JsonObject, widget: string, name: string): JsonObject {
  const placed = placedAs(definition, widget)
  if (!placed || placed.name === name) return definition
  const named = putIn(definition, widget, ['name'], name)
  if (placed.name === '' || placedIn(definition).some((other) => other !== placed && other.name === placed.name))
    return named // which of the two is meant cannot be told
  const led = ledTo(named, placed.name, name)
  return led.initial_state === placed.name ? put(led, ['initial_state'], name) : led
}

function ledTo(definition: JsonObject, from: string, to: string): JsonObject {
  const states = statesOf(definition).map((state) => {
    const texts = mapTexts(state, (text) => renamedIn(text, from, to))
    return isObject(texts) ? withWaysTo(texts, from, to) : texts
  })
  return put(definition, ['states'], states)
}

function withWaysTo(state: JsonObject, from: string, to: string): JsonObject {
  const { transitions } = state
  if (!Array.isArray(transitions)) return state
  return transitions.reduce<JsonObject>(
    (led, transition, place) =>
      at(transition, ['next']) === from ? put(led, ['transitions', place, 'next'], to) : led,
    state,
  )
}

function connected(
  definition: JsonObject,
  { widget, exit, to }: Extract<Command, { readonly kind: 'connect' }>,
): JsonObject {
  if ('transition' in exit) return putIn(definition, widget, ['transitions', exit.transition, 'next'], to)
  const count = placedAs(definition, widget)?.transitions.length
  if (count === undefined || to === undefined) return definition
  return putIn(definition, widget, ['transitions', count], { next: to, event: exit.event })
}
