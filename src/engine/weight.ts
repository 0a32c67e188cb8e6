/** About how many characters a value has as JSON; where it has more than `most`, any number above that. */
export function weightOf(value: unknown, most: number): number {
  if (typeof value === 'string') return value.length + 2
  if (typeof value !== 'object' || value === null) return 4
  let weight = 2
  for (const key of Object.keys(value)) weight += key.length + 4
  for (const element of Object.values(value)) {
    if (weight > most) return weight
    weight += weightOf(element, most - weight)
  }
  return weight
}
