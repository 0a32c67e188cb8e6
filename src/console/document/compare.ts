import type { Change, ExitChange, WidgetChange } from '../../changes/change.ts'
import { changesBetween } from '../../changes/changes.ts'
import type { ComparedFlow } from '../../changes/compared.ts'
import type { JsonObject } from '../../flow/record.ts'
import { titleOf } from '../../picture/words.ts'
import type { Catalogue } from './catalogue.ts'
import { placedIn } from './placed.ts'

/** A difference between two definitions, in words. */
export interface Difference {
  /** The name that the widget has now; nothing, where it is of the flow as a whole. */
  readonly widget: string | undefined
  readonly kind: 'added' | 'removed' | 'changed'
  readonly words: string
}

/** What has become different from one definition to another, as `trunkline diff` finds it. Where widgets stand makes none, nor does the order of keys. */
export function differences(from: JsonObject, to: JsonObject, catalogue: Catalogue): readonly Difference[] {
  const types = new Map(placedIn(to).map(({ name, type }) => [name, type]))
  const titles = (widget: string) => titlesOf(catalogue, types.get(widget))
  return changesBetween(compared(from), compared(to), catalogue).flatMap((change) => {
    const words = wordsOf(change, catalogue, titles)
    return words === undefined
      ? []
      : [{ widget: 'widget' in change ? change.widget : undefined, kind: kindOf(change), words }]
  })
}

/** Read leniently, as it is drawn. */
function compared(definition: JsonObject): ComparedFlow {
  return { ...definition, states: placedIn(definition) }
}

function kindOf({ kind }: Change): Difference['kind'] {
  if (kind === 'widget-added') return 'added'
  return kind === 'widget-removed' ? 'removed' : 'changed'
}

/** The titles of a type's properties, by their names. */
type Titles = ReadonlyMap<string, string>

function titlesOf(catalogue: Catalogue, type = ''): Titles {
  return new Map(catalogue.get(type)?.fields.map(({ name, title }) => [name, title]))
}

function wordsOf(change: Change, catalogue: Catalogue, titles: (widget: string) => Titles): string | undefined {
  switch (change.kind) {
    case 'widget-added':
      return `${titleOf(catalogue, change.type)} was added`
    case 'widget-removed':
      return `${titleOf(catalogue, change.type)} was removed`
    case 'widget-renamed':
      return `It was called ${change.before}`
    case 'flow-changed':
      return changeIn(change.property, change)
    default:
      return widgetWords(change, titles(change.widget))
  }
}

function widgetWords(change: WidgetChange, titles: Titles): string | undefined {
  switch (change.kind) {
    case 'type-changed':
      return changeIn('The type', change)
    case 'property-changed':
      return changeIn(propertyTitle(change.property, titles), change)
    default:
      return exitWords(change)
  }
}

/** The form's title of a property, and the rest of the way to a value inside of it. */
function propertyTitle(property: string, titles: Titles): string {
  const [name = '', ...inside] = property.split('.')
  return [titles.get(name) ?? name, ...inside].join(' ')
}

function exitWords(change: ExitChange): string {
  const { exit } = change
  switch (change.kind) {
    case 'transition-moved':
      return `${exit} leads to ${change.after ?? 'the end'}, no longer to ${change.before ?? 'the end'}`
    case 'branch-added':
      return `The branch "${exit}" was added and leads to ${change.leadsTo ?? 'the end'}`
    case 'branch-removed':
      return `The branch "${exit}", which led to ${change.leadsTo ?? 'the end'}, was removed`
    case 'conditions-changed':
      return `The branch "${exit}" tests whether ${change.after}, no longer whether ${change.before}`
    case 'branch-shifted':
      return `The branch "${exit}" is tested as number ${change.after}, no longer as number ${change.before}`
    default:
      return change satisfies never
  }
}

interface Values {
  readonly before: unknown
  readonly after: unknown
}

/** Null and the empty text count as absent, as in Studio. */
function changeIn(title: string, { before, after }: Values): string | undefined {
  if (isAbsent(before)) return isAbsent(after) ? undefined : `${title} is ${shown(after)}`
  return isAbsent(after)
    ? `${title} is no longer ${shown(before)}`
    : `${title} is ${shown(after)}, no longer ${shown(before)}`
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text
}

/** More of a text is not needed to know it by. */
const MOST = 120
