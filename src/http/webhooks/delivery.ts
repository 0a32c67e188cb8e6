import { CALL_OVER } from '../../engine/advance.ts'
import type { Params } from '../../engine/event.ts'
import { setField } from '../../engine/fields.ts'
import { EXECUTION_PARAMETER, STEP_PARAMETER } from '../../engine/visit.ts'
import { Refusal } from '../../errors.ts'
import { type Delivery, TURN_PARAMETER } from '../../runtime/turn.ts'
import type { Form } from '../../signature/signature.ts'

/** Tells from its parameters what a webhook delivers (engine.md 5.1); refuses one that is neither of a call nor of a message. */
export function deliveryOf(
  form: Form,
  address: Pick<Delivery, 'flowSid' | 'token' | 'webhookUrl' | 'requestId'>,
): Delivery {
  const [own, params]: [Record<string, string>, Record<string, string>] = [{}, {}]
  for (const [name, value] of form) setField(OWN.has(name) ? own : params, name, value)
  const { [STEP_PARAMETER]: step, [EXECUTION_PARAMETER]: placedBy, [TURN_PARAMETER]: turn } = own
  // The requests for a placed call and the reports of it come to one URL.
  const kind = kindOf(params, placedBy === undefined ? (step ?? turn) : undefined)
  const executionSid = kind === 'message-status' ? params.executionSid : undefined
  return { kind, params, step, turn, placedBy, executionSid, ...address }
}

/** Parameters of our own in the URLs that we give out; no flow sees them. */
const OWN: ReadonlySet<string> = new Set([STEP_PARAMETER, EXECUTION_PARAMETER, TURN_PARAMETER])

function kindOf(params: Params, asked: string | undefined): Delivery['kind'] {
  if (isOfConversation(params)) return 'conversation'
  if (params.CallSid) return isCallStatus(params, asked) ? 'call-status' : 'call'
  if (!params.MessageSid && !params.SmsSid) {
    const found = Object.keys(params).slice(0, 5).join(', ') || 'no parameters'
    throw new Refusal('invalidRequest', `a webhook of a flow needs CallSid or MessageSid; found ${found}`)
  }
  const isReceived = (params.MessageStatus ?? params.SmsStatus ?? 'received') === 'received'
  return isReceived ? 'message' : 'message-status'
}

/** Conversations tell of more than messages; a message without a sid could not be told from the next one. */
function isOfConversation({ ConversationSid, EventType, MessageSid }: Params): boolean {
  return Boolean(ConversationSid && EventType && (MessageSid || EventType !== 'onMessageAdded'))
}

/** The number's own status callback; a verb's callback after a hang-up comes to a URL that we made. */
function isCallStatus(params: Params, asked: string | undefined): boolean {
  if (asked !== undefined || params.FlowEvent !== undefined) return false
  return params.CallbackSource === 'call-progress-events' || CALL_OVER.has(params.CallStatus ?? '')
}
