import type { JsonObject } from '../../flow/record.ts'
import { MATCH } from '../../picture/exits.ts'
import type { WidgetType } from './catalogue.ts'
import { freeName } from './clipboard.ts'
import { type Offset, placedIn } from './placed.ts'

/** A widget of a type as Studio's library makes it: a free name, its exits open, its defaults filled in. */
export function newWidget(definition: JsonObject, { type, exits, fields }: WidgetType, offset: Offset): JsonObject {
  const taken = new Set(placedIn(definition).map(({ name }) => name))
  const filled = fields.filter((field) => field.default !== undefined).map((field) => [field.name, field.default])
  return {
    name: freeName(`${type.replaceAll('-', '_')}_1`, taken),
    type,
    transitions: exits.filter(({ event }) => event !== MATCH).map(({ event }) => ({ event })),
    properties: { ...Object.fromEntries(filled), offset },
  }
}

/** A flow as Studio begins it: a trigger alone. */
export const EMPTY_FLOW = {
  description: 'A New Flow',
  states: [
    {
      name: 'Trigger',
      type: 'trigger',
      transitions: [
        { event: 'incomingMessage' },
        { event: 'incomingCall' },
        { event: 'incomingConversationMessage' },
        { event: 'incomingRequest' },
        { event: 'incomingParent' },
      ],
      properties: { offset: { x: 0, y: 0 } },
    },
  ],
  initial_state: 'Trigger',
  flags: { allow_concurrent_calls: true },
} as const satisfies JsonObject
