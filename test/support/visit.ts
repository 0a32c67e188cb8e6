import type { z } from 'zod'
import type { Branch } from '../../src/engine/conditions.ts'
import type { FlowEvent } from '../../src/engine/event.ts'
import { contextOf, type Execution, topFrame } from '../../src/engine/execution.ts'
import type { Fields } from '../../src/engine/fields.ts'
import type { Result, Visit, Widget } from '../../src/engine/widget.ts'
import { renderDocument } from '../../src/twiml/render.ts'

/** The absolute URL of the flow's webhook in every visit made here. */
export const HOOK = 'https://trunkline.example/v1/Accounts/AC0/Flows/FW0'

interface Setting {
  readonly execution?: Partial<Execution>
  /** Exits that lead to another widget. */
  readonly wired?: readonly string[]
  readonly branches?: readonly Branch[]
  /** What the properties were before they became text, where that matters. */
  readonly values?: (path: readonly (string | number)[]) => unknown
}

/** A visit to a widget named `here`, its properties read by the widget's own schema. */
export function visit<Properties extends z.ZodType>(
  widget: Widget<string, Properties>,
  properties: Fields = {},
  { execution: given, wired = [], branches = [], values = () => undefined }: Setting = {},
): Visit<z.output<Properties>> {
  const standing = execution(given)
  return {
    name: 'here',
    properties: widget.properties.parse(properties),
    context: contextOf(standing),
    execution: standing,
    step: topFrame(standing).step,
    branches,
    leadsOn: (exit) => wired.includes(exit),
    webhookUrl: HOOK,
    callbackUrl: (parameters = {}) => `${HOOK}?${new URLSearchParams({ ...parameters, TrunklineStep: 'FT0' })}`,
    valueAt: (...path) => values(path),
  }
}

/** An execution begun by a call from +15550001 to +15550002. */
export function execution(given: Partial<Execution> = {}): Execution {
  return {
    sid: 'FN0',
    accountSid: 'AC0',
    flowSid: 'FW0',
    status: 'active',
    initiatedBy: 'CA0',
    channel: 'call',
    contact: '+15550001',
    address: '+15550002',
    call: { sid: 'CA0', live: true },
    frames: [{ flowSid: 'FW0', revision: 1, at: 'here', step: 'FT0', repeats: 1, trigger: {}, widgets: {} }],
    steps: 0,
    createdAt: 0,
    updatedAt: 0,
    version: 1,
    ...given,
  }
}

/** The inside of the TwiML that a widget answers with, our callback URLs shortened to `HOOK`. */
export function twimlOf(result: Result): string {
  if ((result.kind !== 'wait' && result.kind !== 'give-up') || !result.document)
    throw new Error(`no document in ${JSON.stringify(result)}`)
  const [, inside = ''] = /<Response>(.*)<\/Response>$/s.exec(renderDocument(result.document)) ?? []
  return inside.replaceAll(HOOK, 'HOOK').replaceAll(/&amp;TrunklineStep=FT0|\?TrunklineStep=FT0/g, '')
}

/** The carrier's request for what comes next. */
export function continued(params: Record<string, string> = {}): FlowEvent {
  return { type: 'continued', params }
}

/** An execution whose call is over. */
export const HUNG_UP = { call: { sid: 'CA0', live: false } } as const

/** An execution that a message began. */
export const TEXTING = { channel: 'message', call: undefined } as const
