import * as z from 'zod/mini'
import { ask } from './ask.ts'
import { Happening } from './happening.ts'

const Listening = z.object({ verb: z.string(), takes: z.array(z.string()) })

const Phones = z.object({
  sid: z.string(),
  number: z.string(),
  contacts: z.array(
    z.object({
      address: z.string(),
      call: z.nullable(z.object({ sid: z.string(), status: z.string(), listening: z.nullable(Listening) })),
    }),
  ),
})

/** Phones that were given out to try a flow with, and how they stand. */
export type Phones = z.infer<typeof Phones>

/** What is done with a phone. */
export type Act =
  | { readonly do: 'call' | 'hang-up' | 'be-silent' }
  | { readonly do: 'text'; readonly body: string }
  | { readonly do: 'press'; readonly keys: string }
  | { readonly do: 'say'; readonly text: string }
  | { readonly do: 'talk'; readonly seconds: number }

const Moved = z.object({ sid: z.string(), contact: z.string() })

/** An execution that phones have moved, and whose it is. */
export type Moved = z.infer<typeof Moved>

/** Has phones given out, as many as are taken, for the newest revision of a flow. */
export function openPhones(flow: string): Promise<Phones> {
  return ask({ path: '/api/phones', answer: Phones, json: { flow, revision: 'draft', count: 8 } })
}

/** An act, and whose phone it is done with. */
export type ContactsAct = Act & { readonly contact: string }

/** Does something with a phone; throws `Refused` where it cannot be done now. */
export function actOn(sid: string, act: ContactsAct): Promise<Phones> {
  return ask({ path: `/api/phones/${sid}/acts`, answer: Phones, json: act })
}

/** Gives phones back. */
export async function closePhones(sid: string): Promise<void> {
  await ask({ path: `/api/phones/${sid}`, answer: z.unknown(), method: 'DELETE' })
}

/** Who is told what can be seen of phones. */
interface Watcher {
  happened(happening: Happening): void
  moved(execution: Moved): void
  /** The phones are no longer there, and why. */
  closed(reason: string): void
}

/** Tells what can be seen of phones from now on; ends when the function is called that is given back. */
export function watchPhones(sid: string, { happened, moved, closed }: Watcher): () => void {
  const source = new EventSource(`/api/phones/${sid}/events`)
  source.addEventListener('happening', ({ data }) => happened(z.parse(Happening, JSON.parse(data))))
  source.addEventListener('execution', ({ data }) => moved(z.parse(Moved, JSON.parse(data))))
  source.addEventListener('closed', ({ data }) => {
    source.close()
    closed(z.parse(Closed, JSON.parse(data)).reason)
  })
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) closed('the server has begun anew') // and knows none of them
  })
  return () => source.close()
}

const Closed = z.object({ reason: z.string() })
