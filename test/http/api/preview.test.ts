import { expect, test } from 'vitest'
import { flow } from '../../support/flow.ts'
import { form, message, serving } from '../../support/server.ts'
import { ask, post } from './own-api.ts'

/** Keeps what was texted, and waits. */
const ASKING = flow({
  Trigger: { type: 'trigger', exits: { incomingMessage: 'keep' } },
  keep: {
    type: 'set-variables',
    properties: { variables: [{ key: 'name', value: '{{trigger.message.Body}}' }] },
    exits: { next: 'ask' },
  },
  ask: { type: 'send-and-wait-for-reply', properties: { from: '+1', body: 'Hi' }, exits: { incomingMessage: null } },
})

test.each([
  ['Hello {{flow.variables.name | upcase}}', 'Hello ADA'],
  ['{{contact.channel.address}} {% if widgets.unknown %}?{% endif %}', '+15550001 '],
  ['no template', 'no template'],
  [5, 5],
  [
    { name: '{{flow.variables.name}}', list: [1, '{{contact.channel.address}}'] },
    { name: 'Ada', list: [1, '+15550001'] },
  ],
])('a template is filled with what the execution knows: %j', async (template, value) => {
  const { preview } = await asking()
  expect(await preview(template)).toEqual({ status: 200, body: { value, problems: [] } })
})

test.each([
  ['a filter that there is not', '{{ "x" | no_such_filter }}'],
  ['a tag that is not closed', '{% if flow %}'],
  ['more turns of a loop than are taken', '{% for i in (1..100) %}{{i}}{% endfor %}'],
  ['more characters than a template may have', '{{flow}}'.repeat(10_000)],
])('%s is a problem, as it is in the walk', async (_what, template) => {
  const { preview } = await asking()
  expect(await preview(template)).toEqual({ status: 200, body: { value: '', problems: [expect.any(String)] } })
})

test('the execution knows nothing of it', async () => {
  const { parts, preview, sid } = await asking()
  const before = await ask(parts, `executions/${sid}`)
  await preview('{% assign name = "Bob" %}{{name}} {{ "x" | no_such_filter }}')
  expect(await ask(parts, `executions/${sid}`)).toEqual(before)
})

test.each([
  ['an execution that there is not', { template: 'x', execution: `FN${'0'.repeat(32)}` }, 404],
  ['no template', { execution: 'FN1' }, 400],
  ['no execution', { template: 'x' }, 400],
  ['a template that nests too deep', `{ "execution": "FN1", "template": ${'['.repeat(9999)}${']'.repeat(9999)} }`, 400],
  ['rubbish', '[]', 400],
])('%s is refused', async (_what, body, status) => {
  expect(await post(await serving({}), 'preview', body)).toMatchObject({ status })
})

async function asking() {
  const parts = await serving({ asking: ASKING })
  await parts.server.inject(form(message({ Body: 'Ada' }), '/flows/asking'))
  const { body } = await ask(parts, 'executions')
  const sid: string = body.executions[0].sid
  return { parts, sid, preview: (template: unknown) => post(parts, 'preview', { template, execution: sid }) }
}
