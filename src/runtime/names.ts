import type { Delivery } from './turn.ts'

/** What tells one delivery from another: the message that is delivered, else the carrier's token. A first attempt may bear none, and the next one does. */
export function keyOf({ kind, params, token, turn }: Delivery): string | undefined {
  const isNew = kind === 'message' && turn === undefined && params.FlowEvent === undefined
  const sid = params.MessageSid ?? params.SmsSid
  if (isNew && sid) return messageKey(sid)
  return token ? `token/${token}` : undefined
}

/** What tells one message from another, whoever brings it and how often. */
export function messageKey(sid: string): string {
  return `message/${sid}`
}

/** Under what the rest of a turn is kept. */
export function restKey(turnId: string): string {
  return REST + turnId
}

/** Whether the rest of a turn is kept under it. */
export function isRest(key: string): boolean {
  return key.startsWith(REST)
}

const REST = 'rest/'

/** Deliveries of one lane are taken in one by one, so that two cannot both begin an execution. */
export function laneOf({ kind, flowSid, params, executionSid }: Delivery): string {
  if (kind === 'call' || kind === 'call-status') return `${flowSid}/call/${params.CallSid ?? ''}`
  if (kind === 'conversation') return `${flowSid}/conversation/${params.ConversationSid ?? ''}`
  return kind === 'message' ? `${flowSid}/contact/${params.From ?? ''}` : `${flowSid}/execution/${executionSid ?? ''}`
}
