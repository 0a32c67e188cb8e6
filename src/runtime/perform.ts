import type { Channel, Done, Handed, Insisted, Opened } from '../channels/channel.ts'
import type { Effect, HttpRequestEffect } from '../engine/effect.ts'
import type { FlowEvent, HttpOutcome } from '../engine/event.ts'

/** The seams to the outside. */
export interface Outside {
  /** The token is the same whenever the same is asked for again. */
  httpRequest(request: HttpRequestEffect, token: string): Promise<HttpOutcome>
  /** For what a webhook that is being answered waits for. */
  readonly channel: Channel
  /** For everything else: it lets those go first. */
  readonly patient: Channel
  /** The channel of the trial that an address belongs to; undefined where it belongs to none. */
  trial?(address: string): Channel | undefined
}

/** What answers the HTTP requests of flows. */
export interface World {
  ask(request: HttpRequestEffect): Promise<HttpOutcome>
  /** Answers by the functions and assets that are served here, and without leaving this machine; nothing where the request does not lead here. */
  here(request: HttpRequestEffect): Promise<HttpOutcome> | undefined
}

/** What of the outside one execution may use. */
export type Ways = Pick<Outside, 'httpRequest' | 'channel'>

/** What the outside answered to an effect, and how often it took to be asked, where once was not enough. */
export interface Answer extends Insisted {
  readonly event: FlowEvent
}

/** Does one effect. Its id goes with it, so that doing it once more changes nothing where ids are known. Never throws for what the outside does. */
export async function perform(effect: Effect, id: string, { httpRequest, channel }: Ways): Promise<Answer> {
  switch (effect.type) {
    case 'http-request':
      return { event: { type: 'http-responded', outcome: await httpRequest(effect, id) } }
    case 'send-message':
      return heard(await channel.sendMessage(effect, id), messageSent)
    case 'post-message':
      return heard(await channel.postMessage(effect, id), messageSent)
    case 'start-conversation':
    case 'resume-conversation':
      return heard(await channel.openConversation(effect, id), conversationOpened)
    case 'leave-conversation':
      return heard(await channel.leaveConversation(effect, id), conversationLeft)
    case 'hand-over':
      return heard(await channel.handOver(effect, id), handedOver)
    case 'place-call':
      return heard(await channel.placeCall(effect, id), callPlaced)
    case 'record-call':
      return heard(await channel.recordCall(effect, id), recordingChanged)
    default:
      return effect satisfies never
  }
}

function heard<Outcome extends Insisted>(outcome: Outcome, eventOf: (outcome: Outcome) => FlowEvent): Answer {
  return { event: eventOf(outcome), attempts: outcome.attempts }
}

function messageSent(handed: Handed): FlowEvent {
  if (handed.ok) return { type: 'message-sent', message: handed.message }
  return { type: 'message-refused', message: handed.message, reason: handed.reason }
}

function conversationOpened(opened: Opened): FlowEvent {
  if (!opened.ok) return { type: 'conversation-refused', reason: opened.reason }
  const { conversation, participants, webhookSid } = opened
  return { type: 'conversation-opened', conversation, participants, webhookSid }
}

function conversationLeft(done: Done): FlowEvent {
  return { type: 'conversation-left', ...(!done.ok && { reason: done.reason }) }
}

function handedOver(done: Done): FlowEvent {
  if (done.ok) return { type: 'handed-over', resource: done.resource }
  return { type: 'hand-over-refused', reason: done.reason }
}

function callPlaced(done: Done): FlowEvent {
  return done.ok ? { type: 'call-placed', call: done.resource } : { type: 'call-refused', reason: done.reason }
}

function recordingChanged(done: Done): FlowEvent {
  if (done.ok) return { type: 'recording-changed', recording: done.resource }
  return { type: 'recording-refused', reason: done.reason }
}
