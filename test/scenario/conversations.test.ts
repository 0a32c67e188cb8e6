import { expect, test } from 'vitest'
import { flowText, folderWith, played } from './stories.ts'

const ASKING = flowText({
  Trigger: { type: 'trigger', exits: { incomingConversationMessage: 'ask', incomingRequest: 'start' } },
  start: { type: 'start-conversation', exits: { created: 'ask', failed: null } },
  ask: {
    type: 'send-and-wait-for-reply',
    properties: { from: 'Bot', body: 'Who is there?', timeout: '3600' },
    exits: { incomingMessage: 'greet', timeout: null },
  },
  greet: {
    type: 'send-message',
    properties: { from: 'Bot', body: 'Hello {{widgets.ask.inbound.Body}}' },
    exits: { sent: null },
  },
})

/** What fails in a story before the flow that asks. */
async function failureOf(story: string) {
  const folder = folderWith({ 'ask.json': ASKING })
  return (await played(`flow: ask.json\n${story}`, `${folder}/story.yaml`)).failure
}

test('a story in a conversation goes on there', async () => {
  const story = `
start: { conversation: hi }
then:
  - get: { body: Who is there?, from: Bot }
    expect: { at: ask, status: active }
  - text: Ada
    get: { only: [Hello Ada] }
    expect: { status: ended, path: [ask, greet], problems: [], warnings: [] }
`
  expect(await failureOf(story)).toBeUndefined()
})

test('others come into the conversation by writing there, and get what is written', async () => {
  const story = `
people: { ada: +15550001001, bob: bob }
start: { conversation: { Author: ada, Body: hi } }
then:
  - as: bob
    text: Bob
    expect: { got: [{ to: ada, body: Bob, from: bob }, { to: ada, body: Hello Bob }, Hello Bob], status: ended }
`
  expect(await failureOf(story)).toBeUndefined()
})

test('a flow finds the attributes that a conversation is given by its story', async () => {
  const story = `
start: { conversation: { Author: ada, ChannelAttributes: { pre_engagement_data: { language: fr } } } }
then:
  - expect:
      context: { trigger: { conversation: { ChannelAttributes: { pre_engagement_data: { language: fr } } } } }
`
  const seeing = ASKING.replace('Who is there?', '{{trigger.conversation.ChannelAttributes.pre_engagement_data.name}}')
  const folder = folderWith({ 'ask.json': seeing })
  expect((await played(`flow: ask.json\n${story}`, `${folder}/story.yaml`)).failure).toBeUndefined()
})

test('a conversation that the flow has begun is answered by text', async () => {
  const story = `
start: request
then:
  - get: Who is there?
    expect: { context: { flow: { channel: { type: conversation } } } }
  - text: Ada
    get: Hello Ada
    expect: { status: ended }
`
  expect(await failureOf(story)).toBeUndefined()
})

test('nobody who does not answer is greeted', async () => {
  const story = `
start: { conversation: hi }
then:
  - wait: 1h
    expect: { got: [], status: ended }
`
  expect(await failureOf(story)).toBeUndefined()
})

test('what does not come is told', async () => {
  const failure = await failureOf('start: { conversation: hi }\nthen: [{ get: Who goes there? }]')
  expect(failure?.mismatches).toMatchObject([{ expected: 'Who goes there?', got: ['Who is there?'] }])
})
