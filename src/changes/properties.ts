import { isObject } from '../flow/record.ts'
import type { ComparedWidget } from './compared.ts'
import { keysOf } from './same.ts'

/** A widget's properties by their paths, such as `variables.attempts`: pairs by their keys, without the place on the canvas. */
export function propertiesOf({ properties }: Pick<ComparedWidget, 'properties'>): ReadonlyMap<string, unknown> {
  const { offset: _place, ...counting } = properties
  return new Map(leaves('', counting))
}

function leaves(path: string, value: unknown): readonly (readonly [string, unknown])[] {
  const inside = isObject(value) ? value : pairsIn(value)
  if (!inside || (path !== '' && Object.keys(inside).length === 0)) return value === undefined ? [] : [[path, value]]
  return keysOf(inside).flatMap((key) => leaves(path === '' ? key : `${path}.${key}`, inside[key]))
}

/** A list of pairs as an object, unless a key comes twice or a pair says more. */
function pairsIn(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined
  const pairs = value.flatMap((item) => {
    const isPair = isObject(item) && typeof item.key === 'string' && Object.keys(item).length === 2 && 'value' in item
    return isPair ? [[String(item.key), item.value] as const] : []
  })
  const object = Object.fromEntries(pairs)
  return Object.keys(object).length === value.length ? object : undefined
}
