import { existsSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { jsonSchemaOf } from '../../src/flow/property-schema.ts'
import { widgets } from '../../src/widgets/index.ts'

const EVERY = widgets.map((widget) => [widget.type, widget] as const)

test('each file of widgets is named for the type in it, and each type is listed once', () => {
  const files = readdirSync(new URL('../../src/widgets/', import.meta.url)).map((file) => file.replace(/\.ts$/, ''))
  expect(widgets.map(({ type }) => type).sort()).toEqual(files.filter((file) => file !== 'index').sort())
})

test.each(EVERY)('%s has a test file', (type) => {
  expect(existsSync(new URL(`./${type}.test.ts`, import.meta.url))).toBe(true)
})

test.each(EVERY)('%s is summed up in one sentence', (_type, { summary }) => {
  expect(summary).toMatch(/^[A-Z][^.!?\n]*\.$/)
})

test.each(EVERY)('%s has exits of different names', (_type, { exits }) => {
  expect(exits.length).toBeGreaterThan(0)
  expect(new Set(exits).size).toBe(exits.length)
})

test.each(EVERY)('%s has a title in the library, and one for each exit', (_type, { exits, library }) => {
  expect(library.title).toMatch(/^[A-Z]/)
  expect(Object.keys(library.exits).sort()).toEqual([...exits].sort())
  expect(new Set(Object.values(library.exits)).size).toBe(exits.length)
})

test.each(EVERY)('%s has properties that a form can show, each with a title', (_type, { properties }) => {
  const schema = z.record(z.string(), z.looseObject({ title: z.string().optional(), type: z.string() }))
  const shown = schema.parse(jsonSchemaOf(properties).properties ?? {})
  expect(Object.keys(shown).filter((name) => !shown[name]?.title)).toEqual([])
})

test.each(EVERY)(
  '%s runs without any properties, or names the exit for it',
  (_type, { properties, exits, onInvalid }) => {
    if (onInvalid === undefined) expect(properties.safeParse({}).success).toBe(true)
    else expect(exits).toContain(onInvalid)
  },
)
