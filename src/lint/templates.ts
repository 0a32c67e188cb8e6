import type { FlowDefinition, PlacedWidget } from '../flow/definition.ts'
import { pointer } from '../flow/issue.ts'
import { isPairKey } from '../flow/properties.ts'
import { isObject } from '../flow/record.ts'
import type { Sliced } from '../flow/straight.ts'
import { type References, referencesOf } from '../liquid/references.ts'
import { isTemplate, STUDIO_LIQUID } from '../liquid/template.ts'

/** A text of a widget that has something to fill in. */
export interface PlacedTemplate {
  readonly widget: PlacedWidget
  /** The JSON pointer of the text. */
  readonly path: string
  /** The first key below `properties`; conditions have none. */
  readonly property: string | undefined
  readonly text: string
  readonly references: References
}

/** The templates of a flow. */
export function* templatesIn({ states }: FlowDefinition): Sliced<readonly PlacedTemplate[]> {
  const templates: PlacedTemplate[] = []
  for (const [index, widget] of states.entries()) {
    for (const [text, path] of textsOf(widget)) {
      templates.push({
        widget,
        path: pointer(['states', index, ...path]),
        property: path[0] === 'properties' ? String(path[1]) : undefined,
        text,
        references: referencesOf(text, STUDIO_LIQUID),
      })
      yield
    }
  }
  return templates
}

/** The templates of a widget and where they stand. One that is repeated counts once: splits repeat their input in every condition. */
function textsOf(widget: PlacedWidget): ReadonlyMap<string, readonly PropertyKey[]> {
  const texts = new Map<string, readonly PropertyKey[]>()
  for (const { text, path } of [...propertyTexts(widget), ...conditionTexts(widget)]) {
    if (isTemplate(text) && !texts.has(text)) texts.set(text, path)
  }
  return texts
}

interface Text {
  readonly text: string
  readonly path: readonly PropertyKey[]
}

function propertyTexts({ properties }: PlacedWidget): Text[] {
  return textsIn(properties, ['properties']).filter(({ path }) => !isPairKey(path))
}

function conditionTexts({ type, transitions }: PlacedWidget): Text[] {
  if (type !== 'split-based-on') return []
  return transitions.flatMap(({ conditions = [] }, exit) =>
    conditions.flatMap(({ arguments: compared, value }, index) =>
      textsIn({ arguments: compared, value }, ['transitions', exit, 'conditions', index]),
    ),
  )
}

/** Texts that are nested so deep that this would exhaust the stack are refused when they are read. */
function textsIn(value: unknown, path: readonly PropertyKey[]): Text[] {
  if (typeof value === 'string') return [{ text: value, path }]
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, [...path, index]))
  return isObject(value) ? Object.entries(value).flatMap(([key, item]) => textsIn(item, [...path, key])) : []
}
