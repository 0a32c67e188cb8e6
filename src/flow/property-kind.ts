import { z } from 'zod'
import { shown } from './shown.ts'

/** How a form lets a property be edited. */
export const FORM_KINDS = ['text', 'number', 'flag', 'choice', 'key-values', 'list', 'json'] as const

/** A property that is read leniently, as Studio does, and refused in Studio's words. */
export function kind<Schema extends z.ZodType>(schema: Schema, reading: Reading) {
  const { json, form } = reading
  return z
    .preprocess((value, context) => readBy(reading, value, context), schema.optional())
    .meta({ json, form, type: json })
}

/** How a kind of property reads what Studio's files and templates give. */
interface Reading {
  readonly form: FormKind
  readonly json: StudioType
  /** What is said of a value that cannot be read, where it is not that the JSON type was expected. */
  readonly refusal?: string
  /** Whether '' is a value of its own; else it counts as absent. */
  readonly keepsEmpty?: boolean
  /** The value in its own type, or undefined when it cannot be read. */
  readonly read: (value: unknown) => unknown
}

/** The JSON type that Studio's published schema demands of a property. */
type StudioType = 'string' | 'integer' | 'boolean' | 'array' | 'object'

type FormKind = (typeof FORM_KINDS)[number]

function readBy(reading: Reading, value: unknown, context: z.core.$RefinementCtx) {
  const { json, refusal = `found, ${json} expected`, read, keepsEmpty } = reading
  if (value === undefined || value === null || (value === '' && !keepsEmpty)) return undefined
  const result = read(value)
  if (result === '' && !keepsEmpty) return undefined
  if (result !== undefined) return result
  context.addIssue({ code: 'custom', message: `${shown(value)} ${refusal}`, input: value })
  return z.NEVER
}
