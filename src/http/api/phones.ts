import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Refusal } from '../../errors.ts'
import { actIn, wishIn } from '../../trial/act.ts'
import type { Contact } from '../../trial/contact.ts'
import type { Sight } from '../../trial/seen.ts'
import type { Trial } from '../../trial/trial.ts'
import type { Trials } from '../../trial/trials.ts'
import { OBJECT } from '../openapi/shapes.ts'
import { type Asked, notFound, ok, type Resource } from '../resource.ts'
import { PHONES, STREAM } from './shapes.ts'
import { Streams, sseText } from './streams.ts'

/** What the phones beside the canvas need. */
export interface PhoneParts {
  readonly trials: Trials
}

/** `POST /api/phones`: gives out phones to try a flow with. */
export function phones({ trials }: PhoneParts): Resource {
  return {
    path: '/api/phones',
    about: { POST: { summary: 'Gives out phones to try a flow with', json: OBJECT, status: 201, answer: PHONES } },
    POST({ raw, base }) {
      return { status: 201, body: shown(trials.open(wishIn(raw), base)) }
    },
  }
}

/** `/api/phones/{key}`: how the phones stand; takes them back. */
export function phone({ trials }: PhoneParts): Resource {
  return {
    path: '/api/phones/:phone',
    about: {
      GET: { summary: 'How phones stand', answer: PHONES },
      DELETE: { summary: 'Takes phones back', status: 204 },
    },
    GET: (asked) => ok(shown(trialIn(asked, trials))),
    async DELETE(asked) {
      await trials.close(trialIn(asked, trials).parts.key, 'it was given back')
      return { status: 204 }
    },
  }
}

/** `POST /api/phones/{key}/acts`: somebody does something with a phone. */
export function phoneActs({ trials }: PhoneParts): Resource {
  return {
    path: '/api/phones/:phone/acts',
    about: {
      POST: { summary: 'Does something with a phone', json: z.looseObject({ do: z.string() }), answer: PHONES },
    },
    async POST(asked) {
      const trial = trialIn(asked, trials)
      await trial.act(actIn(asked.raw))
      return ok(shown(trial))
    },
  }
}

/** `GET /api/phones/{key}/events`: all that can be seen of it, as Server-Sent Events, from the beginning or from the event that the client had last. */
export function phoneEvents(server: FastifyInstance, { trials }: PhoneParts): void {
  const streams = new Streams()
  server.addHook('preClose', async () => {
    await trials.closeAll()
    streams.close()
  })
  server.get<{ Params: { phone: string } }>(
    '/api/phones/:phone/events',
    { config: { operation: SIGHTS } },
    (request, reply) => {
      if (streams.size >= MOST_STREAMS)
        throw new Refusal('tooManyRequests', `${streams.size} clients listen already, and no more are taken`)
      const { phone: key } = request.params
      const trial = trials.use(key)
      if (!trial) throw new Refusal('notFound', `there is no phone ${JSON.stringify(key)}`)
      const after = Number([request.headers['last-event-id']].flat()[0]) || 0
      reply.hijack() // the answer goes on until somebody ends it
      const ends: (() => void)[] = []
      streams.open(reply.raw, () => {
        for (const end of ends) end()
        trials.use(key) // whoever is back soon finds it
      })
      ends.push(trial.seen.watch(after, (sight) => streams.tell(reply.raw, textOf(sight))))
    },
  )
}

const MOST_STREAMS = 100
const SIGHTS = { summary: 'What can be seen of phones, as it happens', ...STREAM } as const

function textOf({ number, event, data }: Sight): string {
  return `id: ${number}\n${sseText(event, data)}`
}

function trialIn(asked: Asked, trials: Trials): Trial {
  const trial = trials.use(asked.ids.phone ?? '')
  if (!trial) throw notFound(asked, 'it was given back, or not used for too long')
  return trial
}

function shown(trial: Trial) {
  const { key, flowSid: flow_sid, revision } = trial.parts
  return { sid: key, flow_sid, revision, number: trial.number, contacts: trial.contacts().map(contactShown) }
}

function contactShown({ address, leg }: Contact) {
  const call = leg && { sid: leg.sid, status: leg.status, listening: leg.listening ?? null }
  return { address, call: call ?? null }
}
