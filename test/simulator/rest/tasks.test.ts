import { expect, test } from 'vitest'
import type { Webhooks } from '../../../src/simulator/webhooks.ts'
import { carrierWith } from '../support/carrier.ts'
import { NOON, OWN, PERSON } from '../support/net.ts'
import { site } from '../support/site.ts'

const WORKFLOW = `WW${'1'.repeat(32)}`

/** The one workspace, by its name. */
async function routed(webhooks: Webhooks = {}) {
  const carrier = await carrierWith(webhooks)
  const { workspaces } = carrier.client.taskrouter.v1
  const [workspace] = await workspaces.list({ friendlyName: 'Flex Task Assignment' })
  const sid = workspace?.sid ?? ''
  return { ...carrier, sid, workspace: workspaces(sid) }
}

test('every network has one workspace, as Flex has it', async () => {
  const { workspace, client } = await routed()

  expect(await workspace.fetch()).toMatchObject({ friendlyName: 'Flex Task Assignment', dateCreated: new Date(NOON) })
  expect(await client.taskrouter.v1.workspaces.list({ friendlyName: 'Another' })).toEqual([])
})

test('a task is made, shown with its age, listed and deleted', async () => {
  const { workspace, sid, time } = await routed()
  const wish = { workflowSid: WORKFLOW, attributes: '{"name":"Ada"}', priority: 5, timeout: 60 }

  const made = await workspace.tasks.create({ ...wish, taskChannel: 'chat' })
  await time.pass(30)

  expect(made).toMatchObject({ ...wish, workspaceSid: sid, taskChannelUniqueName: 'chat', assignmentStatus: 'pending' })
  expect(await workspace.tasks(made.sid).fetch()).toMatchObject({ age: 30, dateCreated: new Date(NOON) })
  expect((await workspace.tasks.list({ workflowSid: WORKFLOW })).map(({ sid }) => sid)).toEqual([made.sid])
  expect(await workspace.tasks.list({ assignmentStatus: ['completed'] })).toEqual([])
  await workspace.tasks(made.sid).remove()
  await expect(workspace.tasks(made.sid).fetch()).rejects.toMatchObject({ status: 404 })
})

const ADA = { name: 'Ada', vip: true, age: 36, skills: ['math', 'flight'], conversations: { id: 'CH1', marks: [7] } }

test.each([
  ["name == 'Ada'", true],
  ['name = "Ada"', true],
  ["name='Bob'", false],
  ["conversations.id == 'CH1' AND conversations.marks[0] == 7", true],
  ["name == 'Bob' or (age >= 36 and age < 37)", true],
  ["name == 'Ada' OR name == 'Bob' AND age > 40", true],
  ["(name == 'Ada' OR name == 'Bob') AND age > 40", false],
  ["skills HAS 'math'", true],
  ["name HAS 'Ada'", false],
  ["name CONTAINS 'd'", true],
  ["name IN ['Bob', 'Ada']", true],
  ["'flight' IN skills", true],
  ['name NOT IN ["Bob"]', true],
  ['vip == true AND missing == null AND missing.too == null', true],
  ['missing != 1', true],
  ["skills == 'math'", false],
  ["skills != 'math'", false],
  ["name > 'Abe' AND name <= 'Ada'", true],
  ["age > '3'", false],
  ['1 == 1', true],
  ['constructor == null', true],
])('tasks for which %s holds are found: %s', async (evaluateTaskAttributes, isFound) => {
  const { workspace } = await routed()
  await workspace.tasks.create({ attributes: JSON.stringify(ADA) })

  expect(await workspace.tasks.list({ evaluateTaskAttributes })).toHaveLength(isFound ? 1 : 0)
})

test.each([
  'name',
  'name ==',
  "name == 'Ada",
  "name == 'Ada')",
  "(name == 'Ada'",
  "name ~ 'A'",
  "'a' 'b'",
  'name IN [1',
])('an expression that is none is refused: %s', async (evaluateTaskAttributes) => {
  const { workspace } = await routed()
  await expect(workspace.tasks.list({ evaluateTaskAttributes })).rejects.toMatchObject({ status: 400 })
})

test.each([
  [{}, ['old', 'middle', 'new']],
  [{ ordering: 'DateCreated:desc' }, ['new', 'middle', 'old']],
  [{ ordering: 'Priority:desc, DateCreated:desc' }, ['middle', 'new', 'old']],
  [{ priority: 5 }, ['middle']],
  [{ assignmentStatus: ['completed, pending'] }, ['old', 'middle', 'new']],
])('tasks are listed as %j asks for them', async (wish, names) => {
  const { workspace, time } = await routed()
  for (const [name, priority] of [
    ['old', 0],
    ['middle', 5],
    ['new', 0],
  ] as const) {
    await workspace.tasks.create({ attributes: JSON.stringify({ name }), priority })
    await time.pass(1)
  }

  const listed = await workspace.tasks.list(wish)
  expect(listed.map(({ attributes }) => JSON.parse(attributes).name)).toEqual(names)
})

test('an order that is none is refused', async () => {
  const { workspace } = await routed()
  await expect(workspace.tasks.list({ ordering: 'Age:desc' })).rejects.toMatchObject({ status: 400 })
})

test('a call before a workflow is found by its sid, and is called off only as long as no agent has it', async () => {
  const { hook } = await site({ '/voice': `<Response><Enqueue workflowSid="${WORKFLOW}" waitUrl=""/></Response>` })
  const { workspace, network, time } = await routed({ voice: hook('/voice') })
  network.plans.queues.set(WORKFLOW, { kind: 'answered', after: 60, talks: 60 })
  const { sid } = network.call({ from: PERSON, to: OWN })
  const found = () => workspace.tasks.list({ evaluateTaskAttributes: `call_sid= '${sid}'` })

  await time.pass(30)
  expect(await found()).toMatchObject([{ assignmentStatus: 'pending', taskChannelUniqueName: 'voice' }])
  await time.pass(60)

  const [task] = await found()
  expect(task?.assignmentStatus).toBe('assigned')
  const canceled = workspace.tasks(task?.sid ?? '').update({ assignmentStatus: 'canceled' })
  await expect(canceled).rejects.toMatchObject({ status: 400 })
})

test('a task that nobody takes is called off in the end', async () => {
  const { workspace, time } = await routed()
  const { sid } = await workspace.tasks.create({ timeout: 60 })

  await time.pass(60)

  const task = await workspace.tasks(sid).fetch()
  expect(task).toMatchObject({ assignmentStatus: 'canceled', reason: 'Task TTL Exceeded' })
  await expect(workspace.tasks(sid).update({ assignmentStatus: 'completed' })).rejects.toMatchObject({ status: 400 })
})

test('a task is completed, with the reason', async () => {
  const { workspace } = await routed()
  const { sid } = await workspace.tasks.create({ attributes: '{}' })

  const done = await workspace.tasks(sid).update({ assignmentStatus: 'completed', reason: 'solved', priority: 1 })

  expect(done).toMatchObject({ assignmentStatus: 'completed', reason: 'solved', priority: 1 })
})

test.each([
  ['a workflow that is none', { workflowSid: 'WW1' }],
  ['attributes that are no JSON object', { attributes: 'Ada' }],
  ['a timeout of no time', { timeout: 0 }],
])('%s is refused', async (_what, wrong) => {
  const { workspace } = await routed()
  await expect(workspace.tasks.create(wrong)).rejects.toMatchObject({ status: 400 })
})

test('another workspace is not there', async () => {
  const { client } = await carrierWith()
  const { tasks } = client.taskrouter.v1.workspaces(`WS${'1'.repeat(32)}`)
  await expect(tasks.create({})).rejects.toMatchObject({ status: 404 })
})

test('a conversation is handed to agents as a task, and is shown with it', async () => {
  const { client, sid: workspace_sid, workspace } = await routed()
  const { sid: media_channel_sid } = await client.conversations.v1.conversations.create()
  const properties = { workspace_sid, workflow_sid: WORKFLOW, task_channel_unique_name: 'chat', timeout: 60 }

  const made = await client.flexApi.v1.interaction.create({
    channel: { type: 'web', initiated_by: 'customer', properties: { media_channel_sid } },
    routing: { properties: { ...properties, attributes: { name: 'Ada' } } },
  })

  expect(made.sid).toMatch(/^KD/)
  expect(made.channel).toMatchObject({ type: 'web', properties: { media_channel_sid } })
  const [task] = await workspace.tasks.list()
  expect(JSON.parse(task?.attributes ?? '')).toMatchObject({
    name: 'Ada',
    conversationSid: media_channel_sid,
    flexInteractionSid: made.sid,
    direction: 'inbound',
  })
  expect(made.routing.properties).toMatchObject({ sid: task?.sid, workflow_sid: WORKFLOW, timeout: 60 })
  expect(await client.flexApi.v1.interaction(made.sid).fetch()).toMatchObject({ sid: made.sid })
})

test.each([
  ['no conversation', { channel: { type: 'web', properties: {} } }],
  ['a conversation that there is not', { channel: { type: 'web', properties: { media_channel_sid: 'CH1' } } }],
  ['no type', { channel: {} }],
])('an interaction with %s is refused', async (_what, { channel }) => {
  const { client, sid } = await routed()
  const routing = { properties: { workspace_sid: sid, workflow_sid: WORKFLOW } }
  await expect(client.flexApi.v1.interaction.create({ channel, routing })).rejects.toMatchObject({ status: 400 })
})

test('an interaction of another workspace is refused', async () => {
  const { client } = await carrierWith()
  const { sid } = await client.conversations.v1.conversations.create()
  const channel = { type: 'web', properties: { media_channel_sid: sid } }
  const routing = { properties: { workspace_sid: 'WS1', attributes: 'no JSON' } }
  await expect(client.flexApi.v1.interaction.create({ channel, routing })).rejects.toMatchObject({ status: 400 })
})
