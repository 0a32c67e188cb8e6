import type { PlacedWidget } from '../flow/definition.ts'
import { type KeyValue, keyValues } from '../flow/properties.ts'

/** The variables that a widget sets; only those of type `set-variables` set any. */
export function variablesOf({ type, properties }: PlacedWidget): readonly KeyValue[] {
  if (type !== 'set-variables') return []
  const { data } = VARIABLES.safeParse(properties.variables)
  return data ?? []
}

const VARIABLES = keyValues()
