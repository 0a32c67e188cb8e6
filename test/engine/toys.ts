import { z } from 'zod'
import { answer, ask, defineWidget, exit } from '../../src/engine/widget.ts'
import { flag, integer, required, text } from '../../src/flow/properties.ts'

/** Goes on at once and gives its text out. */
export const pass = defineWidget({
  type: 'pass',
  library: { title: 'Pass', group: 'Tools', exits: { next: 'Next' } },
  summary: 'Goes on at once.',
  needs: 'anything',
  exits: ['next'],
  properties: z.object({ text: text().default(''), number: integer().default(7) }),
  enter: ({ properties }) => exit('next', { output: { ...properties } }),
})

const HELLO = { xml: '<Response><Say>Hello</Say></Response>' }

/** Tells the carrier something; goes on when it comes back. */
export const speak = defineWidget({
  type: 'speak',
  library: { title: 'Speak', group: 'Tools', exits: { next: 'Next', hangup: 'Hangup' } },
  summary: 'Tells the carrier something.',
  needs: 'call',
  exits: ['next', 'hangup'],
  properties: z.object({ again: flag().default(false) }),
  enter: () => answer(HELLO),
  resume(visit, event) {
    if (event.type !== 'continued') return undefined
    return visit.properties.again
      ? answer({ xml: '<Response><Say>Again</Say></Response>' })
      : exit('next', { output: event.params })
  },
})

/** Connects the caller with somebody; the carrier tells of the outcome also when the caller hangs up. */
export const dial = defineWidget({
  ...speak,
  type: 'dial',
  enter: () => answer([{ verb: 'Dial', children: [{ verb: 'Number', text: '+1' }] }]),
})

/** The same as `speak` without an exit for a hang-up. */
export const tell = defineWidget({
  type: 'tell',
  library: { title: 'Tell', group: 'Tools', exits: { next: 'Next' } },
  summary: 'Tells the carrier something.',
  needs: 'call',
  exits: ['next'],
  properties: z.object({}),
  enter: () => answer(HELLO),
  resume: (_visit, event) => (event.type === 'continued' ? exit('next') : undefined),
})

/** Asks a service. */
export const fetchIt = defineWidget({
  type: 'fetch',
  library: { title: 'Fetch', group: 'Tools', exits: { done: 'Done' } },
  summary: 'Asks a service.',
  needs: 'anything',
  exits: ['done'],
  properties: z.object({}),
  enter: () => ask({ type: 'http-request', method: 'GET', url: 'https://shop.example/' }, 'http-responded'),
  resume: (_visit, event) => (event.type === 'http-responded' ? exit('done') : undefined),
})

/** Waits for a message for a minute. */
export const listen = defineWidget({
  type: 'listen',
  library: { title: 'Listen', group: 'Tools', exits: { heard: 'Heard', refused: 'Refused', timeout: 'Timeout' } },
  summary: 'Waits for a message.',
  needs: 'anything',
  exits: ['heard', 'refused', 'timeout'],
  properties: z.object({}),
  enter: () => ({
    kind: 'wait',
    for: ['incoming-message', 'message-status', 'time-ran-out'],
    timeout: 60,
    output: { asked: '1' },
  }),
  resume(_visit, event) {
    if (event.type === 'incoming-message') return exit('heard', { output: { inbound: event.params } })
    if (event.type === 'time-ran-out') return exit('timeout')
    if (event.type !== 'message-status') return undefined
    return event.params.MessageStatus === 'failed'
      ? exit('refused')
      : { kind: 'wait', for: ['incoming-message', 'time-ran-out'] }
  },
})

/** Cannot do without its number. */
export const picky = defineWidget({
  type: 'picky',
  library: { title: 'Picky', group: 'Tools', exits: { next: 'Next', unusable: 'Unusable' } },
  summary: 'Cannot do without its number.',
  needs: 'anything',
  exits: ['next', 'unusable'],
  onInvalid: 'unusable',
  properties: z.object({ number: required(integer()) }),
  enter: ({ properties }) => exit('next', { output: properties }),
})

/** Answers with a document of somebody else's. */
export const handOver = defineWidget({
  type: 'hand-over',
  library: { title: 'Hand-over', group: 'Tools', exits: { success: 'Success' } },
  summary: 'Gives the call up.',
  needs: 'call',
  exits: ['success'],
  properties: z.object({}),
  enter: () => ({
    kind: 'give-up',
    exit: 'success',
    document: { xml: '<Response><Dial>+1</Dial></Response>' },
    output: { body: 'x' },
  }),
})

export const TOYS = [pass, speak, dial, tell, fetchIt, listen, picky, handOver]
