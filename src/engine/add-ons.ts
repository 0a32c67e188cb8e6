import type { FlowEvent } from './event.ts'
import type { Execution } from './execution.ts'
import { isFields } from './fields.ts'
import { jsonIn } from './json.ts'

/** The same execution with what add-ons of the account say of an event that a widget took: all its flows see it as `flow.add_ons` (engine.md 2.1 and 11). */
export function withAddOns(execution: Execution, event: FlowEvent): Execution {
  const text = 'params' in event ? event.params.AddOns : undefined
  const addOns = text === undefined ? undefined : jsonIn(text)
  return isFields(addOns) ? { ...execution, addOns } : execution
}
