import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

const ROOM = 'src/simulator'
const files = readdirSync(ROOM, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join(ROOM, file))
const importsOf = new Map(files.map((file) => [file, importsIn(file)]))

test('no file of the simulator needs itself, by whatever way round, not even its types', () => {
  expect(files.filter((file) => reachedFrom(file).has(file))).toEqual([])
})

function importsIn(file: string): readonly string[] {
  const specifiers = readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^']*?from '(\.[^']+)'/gm)
  return [...specifiers].map(([, specifier = '']) => normalize(join(dirname(file), specifier)))
}

function reachedFrom(file: string): ReadonlySet<string> {
  const reached = new Set<string>()
  const next = [...(importsOf.get(file) ?? [])]
  for (let one = next.pop(); one !== undefined; one = next.pop()) {
    if (reached.has(one)) continue
    reached.add(one)
    next.push(...(importsOf.get(one) ?? []))
  }
  return reached
}
