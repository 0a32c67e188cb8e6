import type { Channel, Handed } from '../channels/channel.ts'
import type {
  Effect,
  HandOverEffect,
  HttpRequestEffect,
  LeaveConversationEffect,
  PlaceCallEffect,
  RecordCallEffect,
  ResumeConversationEffect,
  StartConversationEffect,
} from '../engine/effect.ts'
import type { FlowEvent, HttpOutcome } from '../engine/event.ts'

/** The two seams to the outside. */
export interface Outside {
  httpRequest(request: HttpRequestEffect): Promise<HttpOutcome>
  readonly channel: Channel
}

/** Does one effect and answers with the event it led to. Never throws for what the outside does. */
export async function perform(effect: Effect, outside: Outside): Promise<FlowEvent> {
  switch (effect.type) {
    case 'http-request':
      return { type: 'http-responded', outcome: await outside.httpRequest(effect) }
    case 'send-message':
      return handed(await outside.channel.sendMessage(effect))
    case 'post-message':
      return handed(await outside.channel.postMessage(effect))
    case 'start-conversation':
    case 'resume-conversation':
      return openConversation(effect, outside.channel)
    case 'leave-conversation':
      return leaveConversation(effect, outside.channel)
    case 'hand-over':
      return handOver(effect, outside.channel)
    case 'place-call':
      return placeCall(effect, outside.channel)
    case 'record-call':
      return recordCall(effect, outside.channel)
    default:
      return effect satisfies never
  }
}

function handed(done: Handed): FlowEvent {
  if (done.ok) return { type: 'message-sent', message: done.message }
  return { type: 'message-refused', message: done.message, reason: done.reason }
}

async function openConversation(
  opening: StartConversationEffect | ResumeConversationEffect,
  channel: Channel,
): Promise<FlowEvent> {
  const opened = await channel.openConversation(opening)
  if (!opened.ok) return { type: 'conversation-refused', reason: opened.reason }
  const { conversation, participants, webhookSid } = opened
  return { type: 'conversation-opened', conversation, participants, webhookSid }
}

async function leaveConversation(leaving: LeaveConversationEffect, channel: Channel): Promise<FlowEvent> {
  const done = await channel.leaveConversation(leaving)
  return { type: 'conversation-left', ...(!done.ok && { reason: done.reason }) }
}

async function handOver(wish: HandOverEffect, channel: Channel): Promise<FlowEvent> {
  const done = await channel.handOver(wish)
  if (done.ok) return { type: 'handed-over', resource: done.resource }
  return { type: 'hand-over-refused', reason: done.reason }
}

async function placeCall(call: PlaceCallEffect, channel: Channel): Promise<FlowEvent> {
  const done = await channel.placeCall(call)
  return done.ok ? { type: 'call-placed', call: done.resource } : { type: 'call-refused', reason: done.reason }
}

async function recordCall(change: RecordCallEffect, channel: Channel): Promise<FlowEvent> {
  const done = await channel.recordCall(change)
  if (done.ok) return { type: 'recording-changed', recording: done.resource }
  return { type: 'recording-refused', reason: done.reason }
}
