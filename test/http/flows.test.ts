import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import twilio from 'twilio'
import { expect, test } from 'vitest'
import { flow } from '../support/flow.ts'
import { folderOf, form, message, serving } from '../support/server.ts'

const ACCOUNT = `AC${'0'.repeat(32)}`

/** A flow that texts this to whoever texts. */
const saying = (body: string) =>
  flow({
    Trigger: { type: 'trigger', exits: { incomingMessage: 'say' } },
    say: { type: 'send-message', properties: { from: '{{flow.channel.address}}', body }, exits: { sent: null } },
  })

test('Twilio’s own client makes a flow of a definition, which answers at its webhook', async () => {
  const { flows, server, answerTo } = await studio()

  const made = await flows.create({
    friendlyName: 'Hello',
    status: 'published',
    definition: saying('one'),
    commitMessage: 'first',
  })

  expect(made).toMatchObject({
    sid: expect.stringMatching(/^FW[0-9a-f]{32}$/),
    accountSid: ACCOUNT,
    friendlyName: 'Hello',
    definition: saying('one'),
    status: 'published',
    revision: 1,
    commitMessage: 'first',
    valid: true,
    errors: [],
    warnings: [],
    webhookUrl: expect.stringContaining(`/v1/Accounts/${ACCOUNT}/Flows/${made.sid}`),
  })
  expect(await answerTo(new URL(made.webhookUrl).pathname)).toContain('<Body>one</Body>')
  expect((await server.inject({ method: 'POST', url: `/flows/${made.sid}` })).statusCode).toBe(400) // it is there
})

test('a draft is for test users, until it is published', async () => {
  const { flows, answerTo } = await studio()
  const { sid, webhookUrl } = await flows.create({ friendlyName: 'F', status: 'published', definition: saying('one') })
  const path = new URL(webhookUrl).pathname
  expect(
    await flows(sid)
      .testUsers()
      .update({ testUsers: ['+15550000007', '+15550000008'] }),
  ).toMatchObject({
    sid,
    testUsers: ['+15550000007', '+15550000008'],
  })

  const draft = await flows(sid).update({ status: 'draft', definition: saying('two') })

  expect(draft).toMatchObject({ revision: 2, status: 'draft', friendlyName: 'F' })
  expect(await answerTo(path, '+15550000001')).toContain('one')
  expect(await answerTo(path, '+15550000008')).toContain('two')
  expect(await flows(sid).update({ status: 'published' })).toMatchObject({ revision: 3, definition: saying('two') })
  expect(await answerTo(path, '+15550000002')).toContain('two')
})

test('a flow that was never published answers nobody but test users', async () => {
  const { flows, answerTo } = await studio()
  const { sid, webhookUrl } = await flows.create({ friendlyName: 'F', status: 'draft', definition: saying('one') })

  expect(await answerTo(new URL(webhookUrl).pathname)).toContain('<Response/>')
  await expect(flows(sid).executions.create({ to: '+1', from: '+2' })).rejects.toMatchObject({ code: 20404 })
  await flows(sid)
    .testUsers()
    .update({ testUsers: ['+15550000001'] })
  expect(await answerTo(new URL(webhookUrl).pathname)).toContain('one')
})

test('revisions are read by number and by name, and an older one can be put back', async () => {
  const { flows, get } = await studio()
  const { sid } = await flows.create({ friendlyName: 'F', status: 'published', definition: saying('one') })
  await flows(sid).update({ status: 'draft', definition: saying('two'), commitMessage: 'better' })

  const { revisions } = flows(sid)
  const [one, published, newest] = await Promise.all(
    ['1', 'LatestPublished', 'LatestRevision'].map((name) => revisions(name).fetch()),
  )
  expect([one?.revision, published?.revision, newest?.revision]).toEqual([1, 1, 2])
  expect(newest).toMatchObject({ status: 'draft', commitMessage: 'better', definition: saying('two'), valid: true })
  await flows(sid).update({ status: 'published', definition: one?.definition })
  // the client itself fails on a list of revisions (twilio 5, flowRevision.js)
  const first = (await get(`/v2/Flows/${sid}/Revisions?PageSize=2`)).json()
  const second = (await get(first.meta.next_page_url)).json()
  const listed = [...first.revisions, ...second.revisions]
  expect(listed.map(({ revision, definition }) => [revision, definition])).toEqual([
    [3, null],
    [2, null],
    [1, null],
  ])
  await expect(revisions('newest').fetch()).rejects.toMatchObject({ status: 400, code: 81021 })
  await expect(revisions('9').fetch()).rejects.toMatchObject({ status: 404, code: 20404 })
})

test('flows are listed over several pages, without their definitions', async () => {
  const { flows, client } = await studio()
  for (const number of [1, 2, 3])
    await flows.create({ friendlyName: `F${number}`, status: 'draft', definition: saying('one') })

  const listed = await flows.list({ pageSize: 2 })

  expect(new Set(listed.map(({ friendlyName }) => friendlyName))).toEqual(new Set(['F1', 'F2', 'F3', 'greeting']))
  expect(listed[0]).toMatchObject({ definition: null, valid: null, errors: null })
  const older = await client.studio.v1.flows.list()
  expect(older.map(({ version, status }) => [version, status])).toContainEqual([1, 'draft'])
})

test('what is published of a flow from a file is written to its file', async () => {
  const { flows, folder, answerTo, parts } = await studio()
  const [file] = await flows.list()
  expect(file).toMatchObject({ friendlyName: 'greeting', status: 'published', revision: 1 })
  const { sid = '' } = file ?? {}

  await flows(sid).update({ status: 'draft', definition: saying('draft') })
  expect(inFile(folder)).toEqual(saying('file'))
  await flows(sid).update({ status: 'published', definition: saying('new') })

  expect(inFile(folder)).toEqual(saying('new'))
  expect(await answerTo('/flows/greeting')).toContain('new')
  await flows(sid).update({ status: 'published', friendlyName: 'A greeting' })
  expect(inFile(folder)).toEqual({ sid, friendly_name: 'A greeting', definition: saying('new') })
  expect(await flows(sid).fetch()).toMatchObject({ friendlyName: 'A greeting', revision: 4 })
  expect(await parts.store.revisions(sid)).toHaveLength(4)
})

test('a draft cannot rename a flow from a file, whose name would be another one than that of the file', async () => {
  const { flows } = await studio()
  const [file] = await flows.list()
  const one = flows(file?.sid ?? '')

  await expect(one.update({ status: 'draft', friendlyName: 'Another' })).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('greeting.json'),
  })
  expect(await one.fetch()).toMatchObject({ friendlyName: 'greeting', revision: 1 })
  expect(await one.update({ status: 'draft', friendlyName: 'greeting' })).toMatchObject({ revision: 2 })
})

test('where files are read-only, a flow from one is neither published nor removed over REST', async () => {
  const { flows, folder } = await studio({ FLOW_FILES: 'read-only' })
  const [file] = await flows.list()
  const one = flows(file?.sid ?? '')

  const refused = [() => one.update({ status: 'published', definition: saying('new') }), () => one.remove()]
  for (const ask of refused)
    await expect(ask()).rejects.toMatchObject({ status: 403, message: expect.stringContaining('greeting.json') })
  expect(await one.update({ status: 'draft', definition: saying('new') })).toMatchObject({ revision: 2 })
  expect(inFile(folder)).toEqual(saying('file'))
})

test('a removed flow is gone with its executions, and its file', async () => {
  const { flows, folder, answerTo, parts } = await studio()
  const made = await flows.create({ friendlyName: 'F', status: 'published', definition: saying('one') })
  await answerTo(new URL(made.webhookUrl).pathname)
  const [file] = (await flows.list()).filter(({ friendlyName }) => friendlyName === 'greeting')

  expect(await flows(made.sid).remove()).toBe(true)
  expect(await flows(file?.sid ?? '').remove()).toBe(true)

  await expect(flows(made.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 })
  expect(await parts.store.executionPage({ flowSid: made.sid, size: 1 })).toEqual({ executions: [] })
  expect(await flows.list()).toEqual([])
  expect(() => inFile(folder)).toThrow('ENOENT')
})

test('a removed flow whose file is back answers as that says, and not as before', async () => {
  const { flows, folder, answerTo } = await studio()
  expect(await answerTo('/flows/greeting')).toContain('<Body>file</Body>')
  const [file] = await flows.list()
  await flows(file?.sid ?? '').remove()

  writeFileSync(join(folder, 'greeting.json'), JSON.stringify(saying('back')))

  await expect.poll(() => answerTo('/flows/greeting'), { timeout: 5000 }).toContain('<Body>')
  expect(await answerTo('/flows/greeting')).toContain('<Body>back</Body>')
})

test('a flow from a file is published by many at once, and its file has the last of it', async () => {
  const { flows, folder, parts } = await studio()
  const [file] = await flows.list()
  const publish = (friendlyName: string) => flows(file?.sid ?? '').update({ status: 'published', friendlyName })

  const revisions = await Promise.all(['one', 'two', 'three', 'four'].map(publish))

  expect(revisions.map(({ revision }) => revision).sort()).toEqual([2, 3, 4, 5])
  const kept = await parts.store.flow(file?.sid ?? '')
  expect(inFile(folder)).toMatchObject({ friendly_name: kept?.friendlyName })
})

test('a file that cannot be written is neither published to nor removed, and the flow stays as it was', async () => {
  const { flows, folder } = await studio()
  const [file] = await flows.list()
  const one = flows(file?.sid ?? '')
  writeFileSync(join(folder, 'greeting.json'), '{ half')

  const refused = {
    status: 403,
    code: 20403,
    message: expect.stringContaining('greeting.json, which cannot be written'),
  }
  await expect(one.update({ status: 'published', friendlyName: 'other' })).rejects.toMatchObject(refused)
  rmSync(join(folder, 'greeting.json'))
  mkdirSync(join(folder, 'greeting.json'))
  await expect(one.remove()).rejects.toMatchObject(refused)
  expect(await one.fetch()).toMatchObject({ revision: 1, friendlyName: 'greeting' })
})

test('flows that are kept in the database are served again after a restart', async () => {
  const settings = { DATABASE_URL: `sqlite:${join(folderOf({}), 'trunkline.db')}` }
  const { flows, parts } = await studio(settings)
  const { webhookUrl } = await flows.create({ friendlyName: 'F', status: 'published', definition: saying('one') })
  await parts.close()

  const { answerTo } = await studio(settings)

  expect(await answerTo(new URL(webhookUrl).pathname)).toContain('one')
})

test.each([
  [
    'no definition',
    { FriendlyName: 'F', Status: 'draft' },
    { code: 20001, message: /Missing required parameter Definition/ },
  ],
  [
    'a status that there is not',
    { FriendlyName: 'F', Status: 'live', Definition: '{}' },
    { code: 20001, message: /"live"/ },
  ],
  ['text that is no JSON', { FriendlyName: 'F', Status: 'draft', Definition: '{' }, { code: 81022 }],
  [
    'a definition that leads nowhere',
    { FriendlyName: 'F', Status: 'draft', Definition: JSON.stringify({ ...saying('x'), initial_state: 'y' }) },
    { code: 81022, details: { errors: [{ property_path: '#/initial_state' }] } },
  ],
])('a flow is refused for %s', async (_what, fields, { message, ...refusal }: { message?: RegExp; code: number }) => {
  const { post } = await studio()

  const refused = await post('/v2/Flows', fields)

  expect(refused.json()).toMatchObject({
    status: 400,
    ...refusal,
    ...(message && { message: expect.stringMatching(message) }),
  })
})

/** A server with a flow from a file, and what speaks to it. */
async function studio(settings: Record<string, string> = {}) {
  const folder = folderOf({ greeting: saying('file') })
  const parts = await serving({}, { FLOWS_DIR: folder, ...settings })
  const { server } = parts
  const client = twilio(ACCOUNT, 'dev')
  client.studio.baseUrl = await server.listen({ host: '127.0.0.1', port: 0 })
  let messages = 0
  const answerTo = async (path: string, From = '+15550000001') => {
    messages += 1
    return (await server.inject(form(message({ From, MessageSid: `SM${Date.now()}${messages}` }), path))).body
  }
  const authorization = `Basic ${Buffer.from(`${ACCOUNT}:dev`).toString('base64')}`
  const post = (path: string, fields: Record<string, string>) => server.inject(form(fields, path, { authorization }))
  const get = (url: string) => {
    const { pathname, search } = new URL(url, 'http://localhost')
    return server.inject({ url: pathname + search, headers: { authorization } })
  }
  return { folder, get, parts, server, client, post, answerTo, flows: client.studio.v2.flows }
}

function inFile(folder: string): unknown {
  return JSON.parse(readFileSync(join(folder, 'greeting.json'), 'utf8'))
}
