import { isLegacy, modernised } from '../../flow/legacy.ts'
import { isObject, type JsonObject } from '../../flow/record.ts'

/** A flow in a text: a bare definition, or the export of the REST API with its name. */
export interface FlowText {
  readonly name: string | undefined
  readonly definition: JsonObject
}

/** Reads a text that was pasted or dropped; says in words why it is no flow. */
export function flowIn(text: string): FlowText | { readonly problem: string } {
  const json = jsonIn(text)
  if (!isObject(json)) return { problem: 'This is not a JSON object.' }
  const inside = typeof json.definition === 'string' ? jsonIn(json.definition) : json.definition
  const definition = Array.isArray(json.states) ? json : inside
  if (!isObject(definition) || !Array.isArray(definition.states))
    return { problem: 'This JSON has no "states": it is no flow of Studio.' }
  const name = typeof json.friendly_name === 'string' ? json.friendly_name : undefined
  return { name, definition }
}

/** A definition in today's words, which is what is edited; one of the exports of 2017 to 2019 is translated. */
export function editable(definition: JsonObject): JsonObject {
  return isLegacy(definition) ? modernised(definition) : definition
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
