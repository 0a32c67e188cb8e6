import { inOrder } from '../../changes/same.ts'
import type { JsonObject } from '../../flow/record.ts'
import { branchTitle, exitsOf, MATCH } from '../../picture/exits.ts'
import { titleOf } from '../../picture/words.ts'
import type { Catalogue } from './catalogue.ts'
import { type Placed, placedIn } from './placed.ts'

/** A difference between two definitions, in words. */
export interface Difference {
  /** The widget's name; nothing, where it is of the flow as a whole. */
  readonly widget: string | undefined
  readonly kind: 'added' | 'removed' | 'changed'
  readonly words: string
}

/** What has become different from one definition to another. Where widgets stand makes none, nor does the order of keys. */
export function differences(from: JsonObject, to: JsonObject, catalogue: Catalogue): readonly Difference[] {
  const [before, after] = [byName(from), byName(to)]
  const removed = [...before.values()].filter(({ name }) => !after.has(name))
  return [
    ...ofTheFlow(from, to),
    ...[...after.values()].flatMap((placed) => {
      const old = before.get(placed.name)
      return old ? ofWidget(old, placed, catalogue) : [whole('added', placed, catalogue)]
    }),
    ...removed.map((placed) => whole('removed', placed, catalogue)),
  ]
}

function byName(definition: JsonObject): ReadonlyMap<string, Placed> {
  return new Map(placedIn(definition).map((placed) => [placed.name, placed]))
}

function whole(kind: 'added' | 'removed', { name, type }: Placed, catalogue: Catalogue): Difference {
  return { widget: name, kind, words: `${titleOf(catalogue, type)} was ${kind}` }
}

function ofTheFlow(from: JsonObject, to: JsonObject): readonly Difference[] {
  const keys = keysOf(from, to).filter((key) => key !== 'states')
  return keys.flatMap((key) => {
    const words = changeIn(key, from[key], to[key])
    return words === undefined ? [] : [{ widget: undefined, kind: 'changed', words } as const]
  })
}

function ofWidget(old: Placed, placed: Placed, catalogue: Catalogue): readonly Difference[] {
  const titles = new Map(catalogue.get(placed.type)?.fields.map(({ name, title }) => [name, title]))
  const ofProperties = keysOf(old.properties, placed.properties)
    .filter((key) => key !== 'offset')
    .map((key) => changeIn(titles.get(key) ?? key, old.properties[key], placed.properties[key]))
  const words = [changeIn('The type', old.type, placed.type), ...ofProperties, ...ofExits(old, placed, catalogue)]
  return words
    .filter((one) => one !== undefined)
    .map((one) => ({ widget: placed.name, kind: 'changed', words: one }) as const)
}

function ofExits(old: Placed, placed: Placed, catalogue: Catalogue): readonly string[] {
  const [before, after] = [waysOf(old, catalogue), waysOf(placed, catalogue)]
  const order = [before, after].map((ways) =>
    [...ways.keys()].filter((key) => before.has(key) && after.has(key)).join(),
  )
  return [
    ...[...after].flatMap(([key, way]) => {
      const was = before.get(key)
      if (!was) return way.isBranch || way.next ? [`${way.title} was added and leads to ${way.next ?? 'the end'}`] : []
      return was.next === way.next
        ? []
        : [`${way.title} leads to ${way.next ?? 'the end'}, no longer to ${was.next ?? 'the end'}`]
    }),
    ...[...before]
      .filter(([key, { next, isBranch }]) => !after.has(key) && (isBranch || next))
      .map(([, { title, next }]) => `${title}, which led to ${next ?? 'the end'}, was removed`),
    ...(order[0] === order[1] ? [] : ['The branches are tested in another order']),
  ]
}

interface Way {
  readonly title: string
  readonly next: string | undefined
  readonly isBranch: boolean
}

/** Exits by what tells them apart: the event, or the conditions of a branch. */
function waysOf(placed: Placed, catalogue: Catalogue): ReadonlyMap<string, Way> {
  return new Map(
    exitsOf(placed, catalogue).map(({ event, title, next, transition }) => {
      const conditions = placed.transitions[transition ?? -1]?.conditions ?? []
      const isBranch = event === MATCH
      const name = isBranch && conditions[0] ? `The branch "${branchTitle(conditions[0])}"` : title
      return [isBranch ? canonical(conditions) : event, { title: name, next, isBranch }]
    }),
  )
}

function keysOf(one: JsonObject, other: JsonObject): readonly string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
}

/** Null and the empty text count as absent, as in Studio. */
function changeIn(title: string, from: unknown, to: unknown): string | undefined {
  const [was, is] = [canonical(from), canonical(to)]
  if (was === is) return undefined
  if (isAbsent(from)) return isAbsent(to) ? undefined : `${title} is ${shortened(is)}`
  return isAbsent(to)
    ? `${title} is no longer ${shortened(was)}`
    : `${title} is ${shortened(is)}, no longer ${shortened(was)}`
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

/** A value as text, the same however the keys of objects are ordered. */
function canonical(value: unknown): string {
  return JSON.stringify(inOrder(value)) ?? ''
}

function shortened(text: string): string {
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text
}

/** More of a text is not needed to know it by. */
const MOST = 120
