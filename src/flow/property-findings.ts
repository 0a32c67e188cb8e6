import { z } from 'zod'
import type { PlacedWidget } from './definition.ts'
import { type Finding, pointer } from './issue.ts'
import { studioType, takesLiquid } from './property-schema.ts'
import { isObject, type JsonObject, own } from './record.ts'
import { jsonType, shown } from './shown.ts'

/** Judges a placed widget's properties by its type's schema; what a template gives is known only at run time. */
export function propertyFindings(
  { name, properties }: PlacedWidget,
  schema: z.ZodType,
  path: readonly PropertyKey[],
): Finding[] {
  const wrongTypes = typeFindings(properties, schema)
  const found = new Set(wrongTypes.map(({ key }) => key))
  const wrongValues = valueFindings(properties, schema).filter(({ path: [key] }) => !found.has(String(key)))
  const placed = ({ path: inside, ...finding }: Local): Finding => {
    return { ...finding, path: pointer([...path, 'properties', ...inside]), widget: name }
  }
  return [...wrongTypes.map(({ key, ...finding }) => placed({ ...finding, path: [key] })), ...wrongValues.map(placed)]
}

/** A finding whose path begins at the properties. */
type Local = Omit<Finding, 'path' | 'widget'> & { readonly path: readonly PropertyKey[] }

/** Properties in another JSON type than Studio's schema demands. */
function typeFindings(properties: JsonObject, schema: z.ZodType) {
  return Object.entries(shapeOf(schema)).flatMap(([key, property]) => {
    const value = own(properties, key)
    const expected = studioType(property)
    const actual = jsonType(value)
    if (value === undefined || typeof expected !== 'string' || actual === expected) return []
    const message =
      actual === 'null' ? `${shown(key)} must not be null` : `${actual} found, ${expected} expected${quoted(value)}`
    const gravity = hasTemplate(value) ? ('strict' as const) : ('studio' as const)
    return [{ key, gravity, rule: 'wrong-json-type', message, ...typeHint(value, expected, property) }]
  })
}

/** Properties that are missing or whose values cannot be used. */
function valueFindings(properties: JsonObject, schema: z.ZodType): Local[] {
  const { error } = schema.safeParse(properties)
  return (error?.issues ?? []).flatMap(({ message, path }): Local[] => {
    const value = path.reduce<unknown>(own, properties)
    const key = path.at(-1)
    if (key !== undefined && isAbsent(value)) {
      return [{ gravity: 'studio', rule: 'missing-property', message: `${shown(key)} ${message}`, path }]
    }
    if (key === undefined || !hasTemplate(value)) return [{ gravity: 'studio', rule: 'wrong-value', message, path }]
    const property = own(shapeOf(schema), path[0] ?? key)
    const literal = property instanceof z.ZodType && !takesLiquid(property)
    return literal ? [{ gravity: 'strict', rule: 'wrong-value', message, path }] : []
  })
}

function shapeOf(schema: z.ZodType): Readonly<Record<string, z.core.$ZodType>> {
  return schema instanceof z.ZodObject ? schema.shape : {}
}

function quoted(value: unknown): string {
  return typeof value === 'object' ? '' : ` (${shown(value)})`
}

/** Whether it is read all the same, and how Studio would have it. */
function typeHint(value: unknown, expected: string, property: z.core.$ZodType): { hint?: string } {
  if (typeof value === 'object' || hasTemplate(value)) return {}
  const read = z.safeParse(property, value)
  if (!read.success) return { hint: unreadHint(read.error.issues[0]?.message ?? '', expected) }
  return { hint: `write ${JSON.stringify(expected === 'string' ? String(value) : read.data)}; it is read as that here` }
}

/** Why a value cannot be read; that it is of the wrong type has been said, so how the right one looks. */
function unreadHint(why: string, expected: string): string {
  return (why.endsWith(`found, ${expected} expected`) && LOOKS.get(expected)) || why
}

const LOOKS: ReadonlyMap<string, string> = new Map([
  ['integer', 'write a whole number such as 5, without quotes'],
  ['boolean', 'write true or false, without quotes'],
  ['array', 'write a list, in [ and ]'],
  ['object', 'write keys with values, in { and }'],
])

function hasTemplate(value: unknown): boolean {
  if (typeof value === 'string') return /\{\{|\{%/.test(value)
  if (Array.isArray(value)) return value.some(hasTemplate)
  return isObject(value) && Object.values(value).some(hasTemplate)
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}
