/** Seconds of a duration such as `90s`, `5m`, `2h`, `1d` or a bare number of seconds; undefined where it is none. */
export function secondsIn(text: string): number | undefined {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)\s*(s|m|h|d)?$/.exec(text.trim()) ?? []
  return number === undefined ? undefined : Number(number) * (SECONDS[unit] ?? 1)
}

/** The shortest way to write a number of seconds that `secondsIn` reads again. */
export function durationOf(seconds: number): string {
  const [unit] = UNITS.find(([, size]) => seconds > 0 && seconds % size === 0) ?? ['s']
  return `${seconds / (SECONDS[unit] ?? 1)}${unit}`
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 }
const UNITS = Object.entries(SECONDS).reverse()
