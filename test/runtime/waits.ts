import { setTimeout } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Place, Places } from '../support/flow.ts'
import { CONTACT, type Fate, type Lives, OWN } from '../support/lives.ts'
import { urlIn } from '../support/server.ts'
import { answered, cutOff, placedSid, placedUrl, request, ring, text, timePasses } from './acts.ts'

/** A widget that waits, and how it goes on in the next life of the process. */
export interface Wait {
  readonly places: Places
  play(lives: Lives): Promise<void>
  /** The steps, the triggers' apart. */
  readonly walk: readonly string[]
  /** What the outside has seen in the end, where it is not nothing. */
  readonly seen?: Readonly<Partial<Record<keyof typeof NOTHING, number>>>
}

/** What the outside can have seen. */
export const NOTHING = {
  messages: 0,
  calls: 0,
  recordings: 0,
  requests: 0,
  conversations: 0,
  posts: 0,
  webhooks: 0,
  tasks: 0,
}

const FROM = { from: '{{flow.channel.address}}' }

/** The last words. */
export const BYE: Place = { type: 'say-play', properties: { say: 'Bye' }, exits: { audioComplete: null } }
const HELLO: Place = { type: 'say-play', properties: { say: 'Hello' }, exits: { audioComplete: 'it' } }
const TELL = { type: 'send-message', properties: { ...FROM, to: CONTACT, body: 'Bye' }, exits: { sent: null } }
const ASK: Place = {
  type: 'send-and-wait-for-reply',
  properties: { ...FROM, body: 'Well?', timeout: '60' },
  exits: { incomingMessage: 'tell', timeout: 'tell' },
}

/** A call that waits at a verb and comes back with what came of it. */
function atVerb(place: Omit<Place, 'exits'>, exit: string, params: Record<string, string>): Wait {
  return {
    places: { it: { ...place, exits: { [exit]: 'bye' } }, bye: BYE },
    walk: [`it ${exit} bye`],
    async play(lives) {
      const call = await ring(lives)
      const told = await lives.post('/flows/main', call)
      await lives.restart()
      const next = urlIn(told, told.includes('action=') ? 'action' : 'Redirect')
      expect(await lives.post(next, { ...call, ...params })).toContain('Bye')
    },
  }
}

/** A call that asks for the rest of a turn in which something is asked of the outside, and asks again under the same token. */
function inTurn(place: Place, fate: Fate, exit: string): Pick<Wait, 'places' | 'play' | 'walk'> {
  return {
    places: { hello: HELLO, it: { ...place, exits: { [exit]: 'bye' } }, bye: BYE },
    walk: ['hello audioComplete it', `it ${exit} bye`],
    async play(lives) {
      const call = await ring(lives)
      const next = urlIn(await lives.post('/flows/main', call), 'Redirect')
      await cutOff(lives, fate, () => lives.post(next, call, 'T1'))
      await lives.restart()
      expect(await lives.post(next, call, 'T1')).toContain('Bye')
    },
  }
}

/** Sends one message. */
export const MESSAGE: Place = { type: 'send-message', properties: { ...FROM, to: CONTACT, body: 'Hi' } }
const RECORD: Place = { type: 'record-call', properties: { record_call: true } }
const REQUEST: Place = { type: 'make-http-request', properties: { method: 'GET', url: 'https://a.example/' } }

/** Calls the contact. */
export const CALL: Place = {
  type: 'make-outgoing-call-v2',
  properties: { ...FROM, to: CONTACT, timeout: 30 },
  exits: { answered: 'bye', noAnswer: null, busy: null, failed: null },
}
const AWAY: Place = {
  type: 'add-twiml-redirect',
  properties: { url: 'https://elsewhere.example/', timeout: '600' },
  exits: { return: 'bye', timeout: null },
}

/** Every kind of wait, by what waits. */
export const WAITS: Readonly<Record<string, Wait>> = {
  'a prompt': atVerb({ type: 'say-play', properties: { say: 'Hello' } }, 'audioComplete', {}),
  'a gather': atVerb({ type: 'gather-input-on-call', properties: { say: 'Press' } }, 'keypress', { Digits: '1' }),
  'a dial': atVerb({ type: 'connect-call-to', properties: { to: CONTACT } }, 'callCompleted', {
    DialCallStatus: 'completed',
  }),
  'a voicemail': atVerb({ type: 'record-voicemail' }, 'recordingComplete', { RecordingUrl: 'https://a.example/RE1' }),
  'a queue': atVerb({ type: 'enqueue-call', properties: { queue_name: 'support' } }, 'callComplete', {
    QueueResult: 'bridged',
  }),
  'a payment': atVerb({ type: 'capture-payments', properties: { payment_amount: '1.00' } }, 'success', {
    Result: 'success',
  }),
  'a voicemail of a caller who has hung up': {
    places: { it: { type: 'record-voicemail', exits: { hangup: 'tell', recordingComplete: null } }, tell: TELL },
    walk: ['it hangup tell', 'tell sent Ended'],
    seen: { messages: 1 },
    async play(lives) {
      const call = await ring(lives)
      const told = await lives.post('/flows/main', call)
      await lives.post('/flows/main', { ...call, CallStatus: 'completed', CallbackSource: 'call-progress-events' })
      await lives.restart()
      const last = { CallStatus: 'completed', Digits: 'hangup', RecordingUrl: 'https://a.example/RE1' }
      await lives.post(urlIn(told, 'action'), { ...call, ...last })
    },
  },
  'a call that was given away': {
    places: { away: AWAY, bye: BYE },
    walk: ['away return bye'],
    async play(lives) {
      const call = await ring(lives)
      await lives.post('/flows/main', call)
      await lives.restart()
      expect(await lives.post('/flows/main?FlowEvent=return', call)).toContain('Bye')
    },
  },
  'a call that was given away and does not come back in time': {
    places: { away: AWAY, bye: BYE },
    walk: ['away timeout Ended'],
    async play(lives) {
      await lives.post('/flows/main', await ring(lives))
      await timePasses(lives, 600)
    },
  },
  'a message that was given away': {
    places: { away: { ...AWAY, exits: { return: 'tell' } }, tell: TELL },
    walk: ['away return tell', 'tell sent Ended'],
    async play(lives) {
      await lives.post('/flows/main', text('SM1', 'hi'))
      await lives.restart()
      expect(await lives.post('/flows/main?FlowEvent=return', text('SM1', 'hi'))).toContain('Bye')
    },
  },
  'a question': {
    places: { ask: ASK, tell: TELL },
    walk: ['ask incomingMessage tell', 'tell sent Ended'],
    async play(lives) {
      expect(await lives.post('/flows/main', text('SM1', 'hi'))).toContain('Well?')
      await lives.restart()
      expect(await lives.post('/flows/main', text('SM2', 'yes'))).toContain('Bye')
    },
  },
  'a question without a reply': {
    places: { ask: ASK, tell: TELL },
    walk: ['ask timeout tell', 'tell sent Ended'],
    seen: { messages: 1 },
    async play(lives) {
      await lives.post('/flows/main', text('SM1', 'hi'))
      await timePasses(lives, 60)
    },
  },
  'a question on its way': {
    places: { ask: ASK, tell: TELL },
    walk: ['ask incomingMessage tell', 'tell sent Ended'],
    seen: { messages: 1 },
    async play(lives) {
      await cutOff(lives, 'unanswered', () => request(lives))
      await lives.restart()
      expect(await lives.post('/flows/main', text('SM2', 'yes'))).toContain('Bye')
    },
  },
  'a message that the carrier has not heard of': { ...inTurn(MESSAGE, 'unheard', 'sent'), seen: { messages: 1 } },
  'a message that the carrier has sent': { ...inTurn(MESSAGE, 'unanswered', 'sent'), seen: { messages: 1 } },
  'a message that is cut off twice': {
    places: { it: { ...MESSAGE, exits: { sent: null } } },
    walk: ['it sent Ended'],
    seen: { messages: 1 },
    async play(lives) {
      await cutOff(lives, 'unanswered', () => request(lives))
      await lives.die()
      await lives.begin()
      await expect.poll(() => lives.asked).toBe(2)
      await lives.restart()
    },
  },
  'a recording that the carrier has not heard of': { ...inTurn(RECORD, 'unheard', 'success'), seen: { recordings: 1 } },
  'a recording that the carrier has begun': { ...inTurn(RECORD, 'unanswered', 'success'), seen: { recordings: 1 } },
  'a request that the service has not heard of': { ...inTurn(REQUEST, 'unheard', 'success'), seen: { requests: 1 } },
  'a request that the service has answered': { ...inTurn(REQUEST, 'unanswered', 'success'), seen: { requests: 2 } }, // the service cares for no token
  'a reply that was said in an answer that never came to be': {
    places: {
      hi: { ...MESSAGE, exits: { sent: 'look' } },
      look: { ...REQUEST, exits: { success: 'tell' } },
      tell: TELL,
    },
    walk: ['hi sent look', 'look success tell', 'tell sent Ended'],
    seen: { messages: 2, requests: 1 },
    async play(lives) {
      await cutOff(lives, 'unheard', () => lives.post('/flows/main', text('SM1', 'hi')))
      await lives.restart()
      expect(await lives.post('/flows/main', text('SM1', 'hi'))).not.toContain('<Message')
      expect(lives.network.messages.inbox(CONTACT).map(({ body }) => body)).toEqual(['Hi', 'Bye'])
    },
  },
  'a reply that is about to be sent instead, when its message comes again': {
    places: { hi: { ...MESSAGE, exits: { sent: 'look' } }, look: { ...REQUEST, exits: { success: null } } },
    walk: ['hi sent look', 'look success Ended'],
    seen: { messages: 1, requests: 1 },
    async play(lives) {
      await cutOff(lives, 'unheard', () => lives.post('/flows/main', text('SM1', 'hi')))
      await lives.die()
      await lives.begin()
      expect(await lives.post('/flows/main', text('SM1', 'hi'))).not.toContain('<Message')
      await setTimeout(20) // that is out
      await lives.restart()
      expect(lives.network.messages.inbox(CONTACT).map(({ body }) => body)).toEqual(['Hi'])
    },
  },
  'a reply of the second part of an answer that never came to be': {
    places: {
      away: { ...AWAY, exits: { return: 'hi' } },
      hi: { ...MESSAGE, exits: { sent: 'look' } },
      look: { ...REQUEST, exits: { success: null } },
    },
    walk: ['away return hi', 'hi sent look', 'look success Ended'],
    seen: { messages: 1, requests: 1 },
    async play(lives) {
      await lives.post('/flows/main', text('SM1', 'hi'))
      await cutOff(lives, 'unheard', () => lives.post('/flows/main?FlowEvent=return', text('SM1', 'hi')))
      await lives.restart()
    },
  },
  'a call that the carrier has not heard of': placing('unheard'),
  'a call that the carrier has placed': placing('unanswered'),
  'a call that rings': {
    places: { ring: CALL, bye: BYE },
    walk: ['ring answered bye'],
    seen: { calls: 1 },
    async play(lives) {
      await request(lives)
      await lives.restart()
      expect(await answered(lives)).toContain('Bye')
    },
  },
  'a call that nobody answers': {
    places: { ring: CALL, bye: BYE },
    walk: ['ring noAnswer Ended'],
    seen: { calls: 1 },
    async play(lives) {
      await request(lives)
      await lives.restart()
      const status = { CallStatus: 'no-answer', CallbackSource: 'call-progress-events' }
      await lives.post(placedUrl(lives), { CallSid: placedSid(lives), From: OWN, To: CONTACT, ...status })
    },
  },
  'a call that was answered before the carrier had said that it rings': {
    places: { ring: CALL, bye: BYE },
    walk: ['ring answered bye'],
    seen: { calls: 1 },
    async play(lives) {
      await cutOff(lives, 'unanswered', () => request(lives))
      answered(lives).catch(() => 'cut off')
      await lives.restart()
      expect(await answered(lives)).toContain('Bye')
    },
  },
  'a call of ours that listens': {
    places: {
      ring: { ...CALL, exits: { answered: 'ask' } },
      ask: { type: 'gather-input-on-call', properties: { say: 'Press' }, exits: { keypress: 'bye' } },
      bye: BYE,
    },
    walk: ['ring answered ask', 'ask keypress bye'],
    seen: { calls: 1 },
    async play(lives) {
      await request(lives)
      const told = await answered(lives)
      await lives.restart()
      const params = { CallSid: placedSid(lives), CallStatus: 'in-progress', Digits: '1' }
      expect(await lives.post(urlIn(told, 'action'), params)).toContain('Bye')
    },
  },
}

/** A call that is asked for when the process goes, and answered after it. */
function placing(fate: Fate): Wait {
  return {
    places: { ring: CALL, bye: BYE },
    walk: ['ring answered bye'],
    seen: { calls: 1 },
    async play(lives) {
      await cutOff(lives, fate, () => request(lives))
      await lives.restart()
      expect(await answered(lives)).toContain('Bye')
    },
  }
}
