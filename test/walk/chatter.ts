import type { ManualClock } from '../../src/clock/manual-clock.ts'
import type { Params } from '../../src/simulator/line/web-request.ts'
import type { Time } from '../../src/simulator/time.ts'
import { type Mood, wanted } from './caller.ts'
import type { Dice } from './dice.ts'
import { HOSTILE } from './hostile.ts'

/** Somebody who texts, and what drives them. */
export interface Chatting extends Mood {
  readonly clock: ManualClock
  readonly time: Time
  /** Decides anew what becomes of messages. */
  changeFarEnds(): void
  text(body: string, extra: Params): Promise<void>
}

/** Texts as the dice fall, lets reports of messages come or not, and at some time texts no more. */
export async function chatAtRandom(chat: Chatting, thrown: Dice): Promise<void> {
  await chat.text(thrown.pick(['hi', 'Hello', thrown.pick(HOSTILE)]), extras(thrown))
  while (!chat.isTired() && !thrown.chance(chat.isKind ? 0.02 : 0.08)) {
    chat.changeFarEnds()
    await letReportsCome(chat, thrown)
    const body = await nextText(thrown, chat)
    const second = thrown.chance(chat.isKind ? 0.01 : 0.1) ? chat.text(await nextText(thrown, chat), {}) : undefined
    await Promise.all([chat.text(body, extras(thrown)), second])
    await chat.time.settle()
  }
  await letReportsCome(chat, thrown)
}

async function nextText(thrown: Dice, mood: Mood): Promise<string> {
  return (
    (await wanted(thrown, mood)) ??
    thrown.pick(['1', '2', 'yes', 'no', 'STOP', 'Ada Lovelace', '+15551234567', '94105', thrown.pick(HOSTILE)])
  )
}

/** Some of what is under way arrives before the next text, the rest after it. */
async function letReportsCome({ clock, time, isKind }: Chatting, thrown: Dice): Promise<void> {
  while (thrown.chance(isKind ? 0.3 : 0.6) && clock.step()) await time.settle()
}

function extras(thrown: Dice): Params {
  if (thrown.chance(0.7)) return {}
  return thrown.pick<Params>([
    { NumMedia: '1', MediaUrl0: 'https://media.example/1.jpg', MediaContentType0: 'image/jpeg' },
    {
      ChannelAttributes: '{"from": "Ada", "channel_type": "web", "pre_engagement_data": {}}',
      ChannelSid: `CH${thrown.hex(32)}`,
    },
    { ChannelAttributes: 'no json', AddOns: '{"status":"successful"}' },
    { OptOutType: 'STOP' },
  ])
}
