/** Seeded dice: the same seed throws the same. */
export interface Dice {
  chance(probability: number): boolean
  /** A whole number from 0 up to, not including, the limit. */
  below(limit: number): number
  pick<Item>(items: readonly [Item, ...Item[]]): Item
  /** One of these, or nothing where there are none. */
  draw<Item>(items: readonly Item[]): Item | undefined
  hex(length: number): string
}

/** Dice for a seed (mulberry32). */
export function dice(seed: number): Dice {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)] ?? items[0],
    draw: (items) => items[below(items.length)],
    hex: (length) => Array.from({ length }, () => below(16).toString(16)).join(''),
  }
}

/** A seed made of others (FNV-1a). */
export function seedOf(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5
  for (const character of parts.join('\n')) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash
}
