import { field, isFields } from '../engine/fields.ts'
import type { Mismatch } from './mismatch.ts'
import type { Path } from './source.ts'
import { endOf, inWords, isMatcher, WantedText } from './wanted-text.ts'

/** Compares a value with what is wanted of it: keys that are not named may be anything, everything else is equal. */
export function compareValue(wanted: unknown, got: unknown, path: Path): readonly Mismatch[] {
  if (wanted === null || wanted === undefined) return (got ?? null) === null ? [] : [different('nothing', got, path)]
  if (Array.isArray(wanted)) return compareList(wanted, got, path)
  if (!isFields(wanted)) return same(wanted, got) ? [] : [different(shown(wanted), got, path)]
  if (isMatcher(wanted)) return compareText(wanted, got, path)
  if (!isFields(got)) return [different(shown(wanted), got, path)]
  return Object.entries(wanted).flatMap(([key, value]) => compareValue(value, field(got, key), [...path, key]))
}

/** The number 4 in a scenario is the text "4" of a flow: YAML hardly tells one from the other. */
function same(wanted: unknown, got: unknown): boolean {
  return wanted === got || (typeof got !== 'object' && got !== undefined && String(wanted) === String(got))
}

function compareList(wanted: readonly unknown[], got: unknown, path: Path): readonly Mismatch[] {
  if (!Array.isArray(got) || got.length !== wanted.length) return [different(shown(wanted), got, path)]
  return wanted.flatMap((value, index) => compareValue(value, got[index], [...path, index]))
}

function compareText(wanted: object, got: unknown, path: Path): readonly Mismatch[] {
  const { data, error } = WantedText.safeParse(wanted)
  if (!data) return [different(`a comparison, which this is not: ${error.issues[0]?.message}`, got, path)]
  const text = typeof got === 'string' ? got : shown(got)
  return got !== undefined && endOf(data, text) !== undefined ? [] : [different(inWords(data), got, path)]
}

function different(expected: string, got: unknown, path: Path): Mismatch {
  return { path, what: path.join('.'), expected, got: [shown(got)] }
}

/** A value as a person reads it. */
export function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}
