import type { Fields } from './fields.ts'

/** About how many characters a value has as JSON; where it has more than `most`, any number above that. */
export function weightOf(value: unknown, most: number): number {
  if (typeof value === 'string') return value.length + 2
  if (typeof value !== 'object' || value === null) return 4
  let weight = 2
  for (const key in value) {
    if (weight > most) return weight
    weight += key.length + 4 + weightOf((value as Fields)[key], most - weight)
  }
  return weight
}
