import { expect, test } from 'vitest'
import type { Channel } from '../../src/channels/channel.ts'
import { flow, type Places } from '../support/flow.ts'
import { CONTACT, Lives } from '../support/lives.ts'
import type { FlowFiles } from '../support/server.ts'
import { answered, cutOff, request } from './acts.ts'
import { BYE, CALL, MESSAGE, NOTHING, WAITS, type Wait } from './waits.ts'
import { CONVERSING } from './waits-in-conversations.ts'

const EACH = Object.entries({ ...WAITS, ...CONVERSING })

test.each(EACH)('%s goes on after a kill, and nothing is done twice', async (_name, wait) => {
  await expectToGoOn(wait, { main: flow(withTrigger(wait.places)) })
})

test.each(EACH)('%s in a subflow goes on after a kill, and nothing is done twice', async (_name, wait) => {
  const main = {
    Trigger: { type: 'trigger', exits: { incomingCall: 'sub', incomingMessage: 'sub', incomingRequest: 'sub' } },
    sub: { type: 'run-subflow', properties: { flow_sid: SUBFLOW }, exits: { completed: null } },
  }
  const below = { sid: SUBFLOW, friendly_name: 'below', definition: flow(withTrigger(wait.places)) }

  await expectToGoOn(wait, { main: flow(main), below })
})

async function expectToGoOn({ play, walk, seen }: Wait, files: FlowFiles): Promise<void> {
  const lives = new Lives(files)
  await lives.begin()

  await play(lives)

  expect(await walkOf(lives)).toEqual(walk)
  expect(seenOf(lives)).toEqual({ ...NOTHING, ...seen })
}

test('a carrier that knows no tokens is asked for at most one message too many', async () => {
  const lives = new Lives({ main: flow(withTrigger({ it: { ...MESSAGE, exits: { sent: null } } })) }, forgetful)
  await lives.begin()

  await cutOff(lives, 'unanswered', () => request(lives))
  await lives.restart()

  expect(await walkOf(lives)).toEqual(['it sent Ended'])
  expect(seenOf(lives)).toEqual({ ...NOTHING, messages: 2 })
})

test('of two calls that a carrier without tokens has placed, one is told something', async () => {
  const lives = new Lives({ main: flow(withTrigger({ ring: CALL, bye: BYE })) }, forgetful)
  await lives.begin()

  await cutOff(lives, 'unanswered', () => request(lives))
  await lives.restart()
  const [second, first] = lives.network.legs().map(({ sid }) => sid)

  expect(await answered(lives, first)).toContain('<Response/>')
  expect(await answered(lives, second)).toContain('Bye')
})

const SUBFLOW = `FW${'1'.repeat(32)}`

function withTrigger(places: Places): Places {
  const first = Object.keys(places)[0] ?? null
  const exits = { incomingCall: first, incomingMessage: first, incomingRequest: first, incomingParent: first }
  return { Trigger: { type: 'trigger', exits }, ...places }
}

/** A carrier to which everything is new. */
function forgetful(channel: Channel): Channel {
  let count = 0
  const fresh = () => `forgotten-${++count}`
  return {
    ...channel,
    sendMessage: (message) => channel.sendMessage(message, fresh()),
    placeCall: (call) => channel.placeCall(call, fresh()),
    recordCall: (change) => channel.recordCall(change, fresh()),
  }
}

async function walkOf({ parts, sid }: Lives): Promise<readonly string[]> {
  const steps = await parts.store.steps(sid)
  const shown = steps.filter(({ type }) => type !== 'trigger' && type !== 'run-subflow')
  return shown.map(({ from, name, to }) => `${from} ${name} ${to}`)
}

function seenOf({ network, requests }: Lives) {
  const conversations = network.conversations.list()
  return {
    messages: network.messages.inbox(CONTACT).length,
    calls: network.legs().filter(({ setup }) => setup.direction === 'outbound-api').length,
    recordings: network.recordings.list().length,
    requests,
    conversations: conversations.length,
    posts: conversations.flatMap(({ messages }) => messages.list()).length,
    webhooks: conversations.flatMap(({ webhooks }) => [...webhooks]).length,
    tasks: network.taskRouter.list().length,
  }
}
