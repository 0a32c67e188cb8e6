import { isObject, type JsonObject } from '../../flow/record.ts'
import { isTrigger } from './commands.ts'
import { at, mapTexts, put } from './json.ts'
import { placedIn } from './placed.ts'
import { renamedIn } from './references.ts'

/** Widgets as text, to be pasted here or in another flow. */
export function copied(definition: JsonObject, ids: readonly string[]): string | undefined {
  const chosen = placedIn(definition).filter((placed) => ids.includes(placed.id) && !isTrigger(definition, placed))
  return chosen.length > 0 ? JSON.stringify({ states: chosen.map(({ json }) => json) }, null, 2) : undefined
}

/** The widgets in a text that was copied, with names that are free in a flow; where they stood. */
export function pasted(definition: JsonObject, text: string): readonly JsonObject[] {
  const there = placedIn(definition)
  const widgets = widgetsIn(text).filter(({ type }) => type !== 'trigger')
  const names = newNames(widgets, new Set(there.map(({ name }) => name)))
  const known = new Set([...there.map(({ name }) => name), ...names.values()])
  return widgets.map((widget) => reconnected(renamed(widget, names), names, known))
}

function widgetsIn(text: string): readonly JsonObject[] {
  try {
    const states = at(JSON.parse(text), ['states'])
    return Array.isArray(states) ? states.filter(isObject) : []
  } catch {
    return [] // a clipboard holds all kinds of things
  }
}

/** `menu` becomes `menu_1`, and that `menu_2`. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  const stem = name.replace(/_\d+$/, '')
  for (let number = 1; ; number++) if (!taken.has(`${stem}_${number}`)) return `${stem}_${number}`
}

function newNames(widgets: readonly JsonObject[], taken: ReadonlySet<string>): ReadonlyMap<string, string> {
  const all = new Set(taken)
  const names = new Map<string, string>()
  for (const { name } of widgets) {
    const free = freeName(typeof name === 'string' && name !== '' ? name : 'widget', all)
    all.add(free)
    if (typeof name === 'string') names.set(name, free)
  }
  return names
}

/** Templates that read one of the copied widgets read its copy. */
function renamed(widget: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  const texts = mapTexts(widget, (text) => [...names].reduce((done, [from, to]) => renamedIn(done, from, to), text))
  return put(isObject(texts) ? texts : widget, ['name'], names.get(String(widget.name)) ?? widget.name)
}

/** Connections among the copies are kept, and those to widgets that are here, too. */
function reconnected(widget: JsonObject, names: ReadonlyMap<string, string>, known: ReadonlySet<string>): JsonObject {
  if (!Array.isArray(widget.transitions)) return widget
  const transitions = widget.transitions.map((transition: unknown) => {
    if (!isObject(transition) || typeof transition.next !== 'string') return transition
    const next = names.get(transition.next) ?? transition.next
    return put(transition, ['next'], known.has(next) ? next : undefined)
  })
  return put(widget, ['transitions'], transitions)
}
