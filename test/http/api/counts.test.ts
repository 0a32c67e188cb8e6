import { expect, test } from 'vitest'
import { flow } from '../../support/flow.ts'
import { form, message, serving } from '../../support/server.ts'
import { ask } from './own-api.ts'

const SPLIT = flow({
  Trigger: { type: 'trigger', exits: { incomingMessage: 'which' } },
  which: {
    type: 'split-based-on',
    properties: { input: '{{trigger.message.Body}}' },
    exits: { noMatch: null },
    branches: [
      {
        event: 'match',
        next: 'yes',
        conditions: [{ friendly_name: 'yes', arguments: ['{{trigger.message.Body}}'], type: 'equal_to', value: 'yes' }],
      },
    ],
  },
  yes: { type: 'set-variables', properties: { variables: [] }, exits: { next: null } },
})

test('how often each transition was taken is counted, in the whole and in a time', async () => {
  const parts = await serving({ split: SPLIT })
  for (const [index, Body] of ['yes', 'no', 'yes'].entries())
    await parts.server.inject(form(message({ Body, MessageSid: `SM${index}` }), '/flows/split'))
  const { sid = '' } = parts.flows.named('split') ?? {}

  const all = await ask(parts, `flows/${sid}/counts`)
  const late = await ask(parts, 'flows/split/counts', { from: '2100-01-01' })

  expect(all.body.counts).toEqual([
    { from: 'Trigger', event: 'incomingMessage', to: 'which', count: 3, executions: 3 },
    { from: 'which', event: 'match', to: 'yes', transition: 1, count: 2, executions: 2 },
    { from: 'which', event: 'noMatch', to: 'Ended', count: 1, executions: 1 },
    { from: 'yes', event: 'next', to: 'Ended', count: 2, executions: 2 },
  ])
  expect(late).toEqual({ status: 200, body: { counts: [] } })
})

test('what is no flow and what is no time is refused', async () => {
  const parts = await serving({ split: SPLIT })

  expect((await ask(parts, 'flows/nothing/counts')).status).toBe(404)
  expect((await ask(parts, 'flows/split/counts', { from: 'yesterday' })).status).toBe(400)
})
