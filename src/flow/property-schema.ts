import { z } from 'zod'

/** The JSON Schema of a widget's properties as Studio's files hold them, with titles and defaults; zod's own `toJSONSchema` leaves out the defaults of lenient kinds. */
export function jsonSchemaOf(properties: z.ZodType) {
  return z.toJSONSchema(properties, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      if (!(zodSchema instanceof z.ZodDefault)) return
      const { defaultValue } = zodSchema.def
      jsonSchema.default = jsonSchema.type === 'string' ? String(defaultValue) : defaultValue
    },
  })
}

/** The JSON type that Studio's schema demands of a property, looked up through its wrappers. */
export function studioType(property: z.core.$ZodType): unknown {
  return metaOf(property, 'json')
}

/** Whether Studio fills templates in a property. */
export function takesLiquid(property: z.core.$ZodType): boolean {
  return metaOf(property, 'liquid') !== false
}

function metaOf(property: z.core.$ZodType, key: 'json' | 'liquid'): unknown {
  const own = z.globalRegistry.get(property)?.[key]
  if (own !== undefined) return own
  const inner = innerOf(property)
  return inner && metaOf(inner, key)
}

function innerOf(property: z.core.$ZodType): z.core.$ZodType | undefined {
  if (property instanceof z.ZodOptional || property instanceof z.ZodNullable) return property.unwrap()
  if (property instanceof z.ZodDefault || property instanceof z.ZodPrefault) return property.unwrap()
  return property instanceof z.ZodNonOptional || property instanceof z.ZodReadonly ? property.unwrap() : undefined
}
