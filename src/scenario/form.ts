import { z } from 'zod'
import { didYouMean } from '../flow/nearest.ts'

/** An object that has these keys and no others; a strange key is told with the one that was probably meant. */
export function form<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? strangers(issue.keys, Object.keys(shape)) : undefined),
  })
}

function strangers(keys: readonly string[], known: readonly string[]): string {
  const hinted = keys.map((key) => ({ key, hint: didYouMean(key, known).hint }))
  const slips = hinted.filter(({ hint }) => hint !== undefined).map(({ key, hint }) => nothing([key], hint))
  const others = hinted.filter(({ hint }) => hint === undefined).map(({ key }) => key)
  const names = known.filter((name) => name !== '$schema')
  return [...slips, ...(others.length > 0 ? [nothing(others, `expected ${names.join(', ')}`)] : [])].join('; ')
}

function nothing(keys: readonly string[], meant = ''): string {
  const named = keys.map((key) => JSON.stringify(key)).join(', ')
  return `${named} ${keys.length === 1 ? 'means' : 'mean'} nothing here; ${meant}`
}

/** A text; numbers and truth values that YAML makes of one are taken as they are written. */
export const words = z.union([z.string(), z.number(), z.boolean()], { error: () => 'a text' }).transform(String)

/** One value, or several in a list. */
export function oneOrMany<Schema extends z.ZodType>(schema: Schema) {
  return z.union([schema, z.array(schema)]).transform((value): readonly z.output<Schema>[] => [value].flat() as never) // a list stays one, one becomes one
}
