import type { KeyValue } from '../flow/properties.ts'
import type { Fields } from './fields.ts'
import { jsonIn } from './json.ts'
import { WARNING, type Warning } from './warning.ts'
import type { Visit } from './widget.ts'

/** What a list of variables or subflow parameters comes to. */
export interface TypedPairs {
  readonly fields: Fields
  readonly warnings: readonly Warning[]
}

/** Reads the pairs of a property: text as it was filled, or JSON where the pair asks for it; a later pair overwrites (engine.md 3). */
export function typedPairs(
  visit: Pick<Visit, 'valueAt'>,
  property: string,
  pairs: readonly KeyValue[] = [],
): TypedPairs {
  const read = pairs.map((pair, index) => ({
    key: pair.key,
    ...readPair(pair, () => visit.valueAt(property, index, 'value')),
  }))
  return {
    fields: Object.fromEntries(read.map(({ key, value }) => [key, value])),
    warnings: read.flatMap(({ warning }) => warning ?? []),
  }
}

interface Read {
  readonly value: unknown
  readonly warning?: Warning
}

/** An object that a template names stays one; anything else is read from its text. */
function readPair({ key, value: text, parse_as_json: asJson }: KeyValue, referred: () => unknown): Read {
  if (!asJson) return { value: text }
  const value = referred()
  if (value === null || value === undefined) return { value: '' }
  return typeof value === 'object' ? { value } : parsed(key, text)
}

function parsed(key: string, text: string): Read {
  const value = jsonIn(text)
  if (value !== undefined) return { value: value ?? '' }
  const message = `the value of ${JSON.stringify(key)} is not JSON; it stays text`
  return { value: text, warning: { code: WARNING.parse, message } } // decisions, "JSON parse failure"
}
