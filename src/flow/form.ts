import { z } from 'zod'
import { FORM_KINDS } from './property-kind.ts'
import { jsonSchemaOf } from './property-schema.ts'

/** A property of a widget as a form shows it. */
export interface Field {
  readonly name: string
  readonly title: string
  /** `liquid` is a text that may hold `{{…}}`, `text` one that Studio takes as it stands. */
  readonly kind: (typeof FORM_KINDS)[number] | 'liquid'
  /** The JSON type in which Studio's files have it: a number can be a text there. */
  readonly json: string
  /** Whether `{{…}}` may stand in the place of a value, whatever its kind. */
  readonly liquid: boolean
  readonly required: boolean
  readonly choices?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  /** What holds when it is left out, as Studio's files would have it. */
  readonly default?: unknown
  readonly help?: string
}

/** The fields of a form for a widget's properties, in their order. */
export function fieldsOf(properties: z.ZodType): readonly Field[] {
  const { properties: shapes, required } = Shapes.parse(jsonSchemaOf(properties))
  return Object.entries(shapes).map(([name, shape]) => ({
    ...fieldOf(name, shape),
    required: required.includes(name),
  }))
}

function fieldOf(name: string, shape: z.output<typeof Shape>): Omit<Field, 'required'> {
  const { title = name, description, form, json, liquid = true, enum: choices, minimum, maximum } = shape
  return {
    name,
    title,
    kind: form === 'text' && liquid ? 'liquid' : form,
    json,
    liquid,
    ...(choices && { choices }),
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(shape.default !== undefined && { default: shape.default }),
    ...(description !== undefined && { help: description }),
  }
}

const Shape = z.object({
  title: z.string().optional(),
  description: z.string().optional(),
  form: z.enum(FORM_KINDS),
  json: z.string(),
  liquid: z.boolean().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  default: z.unknown().optional(),
})

const Shapes = z.object({
  properties: z.record(z.string(), Shape).default({}),
  required: z.array(z.string()).default([]),
})
