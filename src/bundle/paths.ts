/** Every value of some JSON by its path, `output.Digits`, as text. The sids of visits are left out: another definition gives other ones. */
export function pathsOf(value: unknown): ReadonlyMap<string, string> {
  return new Map(entriesOf(value, ''))
}

function entriesOf(value: unknown, path: string): (readonly [string, string])[] {
  if (value === undefined) return []
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : []
  if (inner.length === 0) return [[path, JSON.stringify(value).replace(VISIT, 'FT…')]]
  return inner.flatMap(([key, one]) => entriesOf(one, path === '' ? key : `${path}.${key}`))
}

const VISIT = /FT[0-9a-f]{32}/g
