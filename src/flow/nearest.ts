/** A hint that names the nearest candidate, ready to be spread into an issue. */
export function didYouMean(word: string, candidates: Iterable<string>): { hint?: string } {
  const candidate = nearest(word, candidates)
  return candidate === undefined ? {} : { hint: `did you mean '${candidate}'?` }
}

/** The candidate that a mistyped word most likely meant, if one is near enough. */
function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > LONGEST) return undefined
  const near = [...candidates]
    .filter(({ length }) => Math.abs(length - word.length) <= word.length / 2)
    .map((candidate) => ({ candidate, distance: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.max(word.length, candidate.length) / 3)
  return near.sort((a, b) => a.distance - b.distance)[0]?.candidate
}

/** Longer words are no slip of the finger, and comparing them takes long. */
const LONGEST = 60

/** Levenshtein's: how many letters must be put in, left out or changed. */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [row, letter] of [...a].entries()) {
    const current = [row + 1]
    for (let column = 0; column < b.length; column++) {
      const changed = (above[column] ?? 0) + (letter === b[column] ? 0 : 1)
      current.push(Math.min(changed, (above[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1))
    }
    above = current
  }
  return above.at(-1) ?? 0
}
