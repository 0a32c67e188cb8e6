import { expect, test } from 'vitest'
import { flow, type Place, type Places } from '../support/flow.ts'
import { form, message, serving } from '../support/server.ts'
import { longestTurnDuring } from '../support/turns.ts'

/** As much work as a template may take. */
const BOMB = `{% for i in (1..15) %}${'{% assign a = trigger.message.Body | upcase | url_encode %}'.repeat(500)}{% endfor %}`
/** As much text as a template may write. */
const LONG = `{% capture a %}${'{{ trigger.message.Body }}'.repeat(8)}{% endcapture %}{{ a }}`

const setting = (count: number, value: string): Place => ({
  type: 'set-variables',
  properties: { variables: Array.from({ length: count }, (_, index) => ({ key: `v${index}`, value })) },
})

const matching: Place = {
  type: 'split-based-on',
  properties: { input: '{{trigger.message.Body}}' },
  branches: Array.from({ length: 100 }, (_, index) => ({
    event: 'match',
    conditions: [{ arguments: ['{{trigger.message.Body}}'], type: 'regex', value: `(?=a)(a+)+b{${index}}c` }],
  })),
}

const START: Place = { type: 'trigger', exits: { incomingMessage: 'one' } }
const ASK: Place = {
  type: 'send-and-wait-for-reply',
  properties: { from: '{{flow.channel.address}}', body: 'So far: {{flow.variables.all}}', timeout: '60' },
}

/** Goes to and fro between two widgets until a limit ends it. */
function endless(place: Place): Places {
  const other = { type: 'set-variables', exits: { next: 'one' } }
  return { Trigger: START, one: { ...place, exits: { next: 'other', noMatch: 'other' } }, other }
}

/** Passes a number of the same widgets, one after the other, and then another one. */
function row(count: number, place: Place, last: Place): Places {
  const names = ['one', ...Array.from({ length: count - 1 }, (_, index) => `more${index}`)]
  const rows = names.map((name, index) => [name, { ...place, exits: { next: names[index + 1] ?? 'last' } }])
  return { Trigger: START, ...Object.fromEntries(rows), last }
}

const hostile: Readonly<Record<string, Places>> = {
  'to and fro with a template that takes long': endless(setting(1, BOMB)),
  'to and fro with many such templates': endless(setting(5, BOMB)),
  'to and fro with templates that write much': endless(setting(10, LONG)),
  'to and fro with texts that are long as they stand': endless(setting(4, 'x'.repeat(20_000))),
  'to and fro with more variables than anybody needs': endless(setting(2_000, 'x')),
  'to and fro with templates that are all wrong': endless(setting(500, '{{ a | nosuch }}')),
  'by patterns that match for ever': row(6, { ...matching, exits: {} }, ASK),
}

test.each(Object.entries(hostile))('a flow that goes %s holds nobody up', { retry: 2 }, async (_what, places) => {
  const { server } = await serving({ hostile: flow(places) })

  const longest = await longestTurnDuring(async () => {
    await server.inject(form(message({ Body: 'aaaa&<é> "'.repeat(150) }), '/flows/hostile'))
  })

  expect(longest).toBeLessThan(STALL_MS)
})

test('who writes during a long walk is answered before it is over', async () => {
  const { server } = await serving({
    hostile: flow(endless(setting(1, BOMB))),
    polite: flow({ Trigger: START, one: ASK }),
  })
  const ended: string[] = []
  const told = (name: string) =>
    server
      .inject(form(message({ MessageSid: `SM-${name}`, Body: 'a'.repeat(1_500) }), `/flows/${name}`))
      .then(() => ended.push(name))

  await Promise.all([told('hostile'), told('polite')])

  expect(ended).toEqual(['polite', 'hostile'])
})

test('what is written during a long walk of the same execution waits its turn', async () => {
  const keep: Place = {
    type: 'set-variables',
    properties: { variables: [{ key: 'all', value: '{{flow.variables.all}}{{widgets.last.inbound.Body}}' }] },
    exits: { next: 'one' },
  }
  const slow = flow({ ...row(8, setting(1, BOMB), { ...ASK, exits: { incomingMessage: 'keep' } }), keep })
  const { server } = await serving({ slow })
  const told = (Body: string) => server.inject(form(message({ MessageSid: `SM-${Body}`, Body }), '/flows/slow'))
  await told('first')

  const answers = await Promise.all(['a', 'b', 'c'].map(told))

  expect(answers.map(({ body }) => /So far: (\w*)/.exec(body)?.[1])).toEqual(['a', 'ab', 'abc'])
})

/** It was seconds; on a quiet machine it is under 50 ms, twice as much where many tests run. */
const STALL_MS = 250
