import type { Place } from '../support/flow.ts'
import { CONTACT, type Fate, type Lives } from '../support/lives.ts'
import { cutOff, request, text } from './acts.ts'
import type { Wait } from './waits.ts'

const OPEN: Place = { type: 'start-conversation', exits: { created: 'ask' } }
const ASK: Place = {
  type: 'send-and-wait-for-reply',
  properties: { from: 'Bot', body: 'Well?', timeout: '60' },
  exits: { incomingMessage: 'thank' },
}
const THANK: Place = { type: 'send-message', properties: { from: 'Bot', body: 'Thank you' }, exits: { sent: null } }
const TALK = {
  places: { open: OPEN, ask: ASK, thank: THANK },
  walk: ['open created ask', 'ask incomingMessage thank', 'thank sent Ended'],
  seen: { conversations: 1, posts: 2 },
} as const

/** Every kind of wait in a conversation, or for agents, by what waits. */
export const CONVERSING: Readonly<Record<string, Wait>> = {
  'a question in a conversation': {
    ...TALK,
    async play(lives) {
      await request(lives)
      await lives.restart()
      await write(lives, 'yes')
    },
  },
  'a conversation that the carrier has not heard of': opening('unheard'),
  'a conversation that the carrier has begun': opening('unanswered'),
  'a word in a conversation that the carrier has not heard of': talking('unheard'),
  'a word in a conversation that the carrier has posted': talking('unanswered'),
  'a conversation that is not left yet': leaving('unheard'),
  'a conversation that was left': leaving('unanswered'),
  'a task that the carrier has not heard of': handingOver('unheard'),
  'a task that the carrier has made': handingOver('unanswered'),
}

function opening(fate: Fate): Wait {
  return {
    ...TALK,
    async play(lives) {
      await cutOff(lives, fate, () => request(lives))
      await lives.restart()
      await write(lives, 'yes')
    },
  }
}

function talking(fate: Fate): Wait {
  return {
    ...TALK,
    async play(lives) {
      await request(lives)
      await cutOff(lives, fate, () => write(lives, 'yes'))
      await lives.restart()
    },
  }
}

function leaving(fate: Fate): Wait {
  return {
    places: { open: OPEN, ask: { ...ASK, exits: { incomingMessage: null } } },
    walk: ['open created ask', 'ask incomingMessage Ended'],
    seen: { conversations: 1, posts: 1 },
    async play(lives) {
      await request(lives)
      await cutOff(lives, fate, () => write(lives, 'yes'))
      await lives.restart()
    },
  }
}

function handingOver(fate: Fate): Wait {
  const properties = { workflow: `WW${'1'.repeat(32)}`, channel: 'chat', attributes: '{"name":"Ada"}' }
  return {
    places: { it: { type: 'send-to-flex', properties, exits: { callComplete: null } } },
    walk: ['it callComplete Ended'],
    seen: { tasks: 1 },
    async play(lives) {
      await cutOff(lives, fate, () => lives.post('/flows/main', text('SM1', 'hi')))
      await lives.restart()
    },
  }
}

/** The contact writes into the conversation, and the flow is told. */
async function write(lives: Lives, Body: string): Promise<void> {
  const [conversation] = lives.network.conversations.list()
  const ConversationSid = conversation?.sid ?? ''
  await lives.post('/flows/main', {
    EventType: 'onMessageAdded',
    ConversationSid,
    MessageSid: 'IM1',
    Author: CONTACT,
    Body,
  })
  await lives.parts.settled()
}
