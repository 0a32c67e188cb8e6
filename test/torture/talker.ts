import type { Dice } from '../walk/dice.ts'
import type { World } from './world.ts'

/** Somebody writes in a conversation, whose webhook is asked once and waits five seconds. */
export async function talker(world: World, dice: Dice, contact: string): Promise<void> {
  const ConversationSid = `CH${dice.hex(32)}`
  for (let left = 1 + dice.below(4); left > 0; left -= 1) {
    await say(world, { ConversationSid, MessageSid: `IM${dice.hex(32)}`, Author: contact, Body: dice.pick(WORDS) })
    await world.written(ConversationSid)
  }
  if (dice.chance(SAYS_BYE))
    await say(world, { ConversationSid, MessageSid: `IM${dice.hex(32)}`, Author: contact, Body: 'bye' })
}

const WORDS = ['one', 'two', 'three'] as const
const SAYS_BYE = 0.7

/** Somebody is in a conversation that the flow has opened, and writes there until they have an agent or enough. */
export async function guest(world: World, dice: Dice, { conversation, url }: Opened): Promise<void> {
  const write = (Body: string) =>
    say(world, { ConversationSid: conversation, MessageSid: `IM${dice.hex(32)}`, Author: '+15559999999', Body }, url)
  for (let left = dice.below(3); left > 0; left -= 1) {
    await world.written(conversation)
    await write(dice.pick(WORDS))
  }
  await world.written(conversation)
  if (dice.chance(SAYS_BYE)) await write(dice.pick(['bye', 'agent']))
}

/** A conversation, and the webhook that it has. */
interface Opened {
  readonly conversation: string
  readonly url: string
}

/** A message is in a conversation now, whoever has written it. */
export async function say(world: World, message: Readonly<Record<string, string>>, url = '/flows/talk'): Promise<void> {
  const params = { EventType: 'onMessageAdded', Source: 'SMS', ...message }
  const kind = message.Author === 'Bot' ? 'own-talk' : 'talk'
  await world.line.ask({ kind, url, params, attempts: 1 })
}
