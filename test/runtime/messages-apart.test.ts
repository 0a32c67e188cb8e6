import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { HttpOutcome } from '../../src/engine/event.ts'
import { flow } from '../support/flow.ts'
import { servingTogether, type Together } from '../support/instances.ts'
import { asked } from '../support/postgres/databases.ts'
import { postgresUrl } from '../support/postgres/of-this-run.ts'
import { form, message } from '../support/server.ts'

const server = await postgresUrl()

const GAPS = [0, 1, 2, 5, 10, 20, 50]

describe.skipIf(server === undefined)('two messages of one contact that come to two instances', () => {
  test.each(GAPS)('%i ms apart are taken once each', async (gap) => {
    const together = await servingTogether(2, { ASKING_AROUND }, () => ({ httpRequest: async () => READY }))
    const sent = ['SM-first']
    await posted(together, 0, 'SM-first')

    for (let round = 0; round < ROUNDS; round++) {
      const pair = [`SM-one-${round}`, `SM-other-${round}`]
      await Promise.all(await apart(together, { pair, from: round, gap }))
      sent.push(...pair)
    }

    expect((await takenOn(together)).toSorted()).toEqual(sent.toSorted())
  })

  test.each(GAPS)('%i ms apart are taken in the order of their arrival, where they have to wait', async (gap) => {
    const service = turnstile()
    const together = await servingTogether(3, { ASKING_AROUND }, () => ({ httpRequest: service.request }))
    await asked(together.url, NOTING)
    const came: string[] = []

    for (let round = 0; round < ROUNDS; round++) {
      const pair = [`SM-one-${round}`, `SM-other-${round}`]
      const opened = service.closed()
      const first = posted(together, round + 2, `SM-first-${round}`)
      await service.asked()
      const answers = await apart(together, { pair, from: round, gap })
      const waited = await bothArrived(together.url)
      opened()
      await Promise.all([first, ...answers])
      const isInOrder = waited[0] === together.at(round).store.fellows?.self
      came.push(`SM-first-${round}`, ...(isInOrder ? pair : pair.toReversed()))
    }

    expect(await takenOn(together)).toEqual(came)
  })
})

const ROUNDS = 10

const READY: HttpOutcome = { ok: true, status: 200, contentType: 'text/plain', headers: {}, body: 'ready' }

/** A service that answers unless it is closed; whoever asks then is answered when it is opened again. */
function turnstile() {
  let opening = Promise.resolve()
  let hear = () => {}
  let hearing = Promise.resolve()
  return {
    closed(): () => void {
      let open = () => {}
      opening = new Promise((resolve) => {
        open = resolve
      })
      hearing = new Promise((resolve) => {
        hear = resolve
      })
      return open
    },
    asked: () => hearing,
    async request(): Promise<HttpOutcome> {
      hear()
      await opening
      return READY
    },
  }
}

interface Apart {
  readonly pair: readonly string[]
  /** The instance that gets the first one; the next one gets the other. */
  readonly from: number
  /** Milliseconds. */
  readonly gap: number
}

async function apart(together: Together, { pair, from, gap }: Apart): Promise<Promise<unknown>[]> {
  const answers: Promise<unknown>[] = []
  for (const [nth, sid] of pair.entries()) {
    answers.push(posted(together, from + nth, sid))
    await sleep(gap)
  }
  return answers
}

/** Keeps which instance came into the line when; the line itself forgets who has left it. */
const NOTING = `
  create table arrivals (instance text not null, arrived_at bigint not null);
  create function noted() returns trigger language plpgsql as
    'begin insert into arrivals values (new.instance, new.arrived_at); return new; end';
  create trigger noted after insert on queue for each row execute function noted()`

/** The two instances that have come into the line since this was asked last, in the order of their arrival. */
async function bothArrived(url: string): Promise<readonly string[]> {
  for (;;) {
    const rows = await asked<{ instance: string }>(url, 'select instance from arrivals order by arrived_at')
    if (rows.length === 2) {
      await asked(url, 'delete from arrivals')
      return rows.map(({ instance }) => instance)
    }
    await sleep(5)
  }
}

function posted({ at }: Together, nth: number, MessageSid: string) {
  return at(nth).server.inject(form(message({ MessageSid }), '/flows/ASKING_AROUND'))
}

async function takenOn({ at }: Together): Promise<readonly (string | undefined)[]> {
  const { store } = at(0)
  const { executions } = await store.executionPage({ size: 2 })
  expect(executions).toHaveLength(1)
  const events = await store.events(executions[0]?.sid ?? '')
  return events.flatMap(({ event }) => ('params' in event ? [event.params.MessageSid] : []))
}

const ASKING_AROUND = flow({
  Trigger: { type: 'trigger', exits: { incomingMessage: 'look' } },
  look: {
    type: 'make-http-request',
    properties: { method: 'GET', url: 'https://service.example/' },
    exits: { success: 'ask' },
  },
  ask: {
    type: 'send-and-wait-for-reply',
    properties: { body: 'It is {{widgets.look.body}}', from: '{{flow.channel.address}}' },
    exits: { incomingMessage: 'look' },
  },
})
