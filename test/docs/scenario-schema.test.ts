import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { scenarioSchema } from '../../src/scenario/json-schema.ts'

test('scenario.schema.json says what the format is; `npm run docs` writes it anew', () => {
  expect(readFileSync(new URL('../../scenario.schema.json', import.meta.url), 'utf8')).toBe(scenarioSchema())
})

test('every key of the format is described', () => {
  const described = (node: unknown): string[] => {
    if (typeof node !== 'object' || node === null) return []
    const { properties = {} } = node as { properties?: Record<string, { description?: string; $ref?: string }> } // a JSON Schema
    const bare = Object.entries(properties).filter(([, { description, $ref }]) => !description && !$ref)
    return [...bare.map(([key]) => key), ...Object.values(node).flatMap(described)]
  }
  expect(described(JSON.parse(scenarioSchema()))).toEqual([])
})
