import type { Params } from '../support/carrier.ts'
import type { Texter } from '../support/texter.ts'
import { type Mood, wanted } from './caller.ts'
import type { Dice } from './dice.ts'
import { HOSTILE } from './hostile.ts'

/** Texts as the dice fall, reports what became of messages, and at some time texts no more. */
export async function chatAtRandom(texter: Texter, thrown: Dice, mood: Chat): Promise<void> {
  await texter.text(thrown.pick(['hi', 'Hello', thrown.pick(HOSTILE)]), extras(thrown))
  while (!mood.isTired() && !thrown.chance(mood.isKind ? 0.02 : 0.08)) {
    await reportSome(texter, thrown, mood)
    const body = await nextText(thrown, mood)
    const second = thrown.chance(mood.isKind ? 0.01 : 0.1) ? texter.text(await nextText(thrown, mood)) : undefined
    await Promise.all([texter.text(body, extras(thrown)), second])
  }
  await reportSome(texter, thrown, mood)
}

/** What drives somebody who texts. */
export interface Chat extends Mood {
  /** Status callback URLs of messages that went out by the carrier's API; taking them empties the list. */
  takeCallbacks(): readonly string[]
}

async function nextText(thrown: Dice, mood: Mood): Promise<string> {
  return (
    (await wanted(thrown, mood)) ??
    thrown.pick(['1', '2', 'yes', 'no', 'STOP', 'Ada Lovelace', '+15551234567', '94105', thrown.pick(HOSTILE)])
  )
}

async function reportSome(texter: Texter, thrown: Dice, mood: Chat): Promise<void> {
  const byReply = texter.received.splice(0).flatMap(({ statusCallback }) => statusCallback ?? [])
  for (const url of [...byReply, ...mood.takeCallbacks()]) {
    if (!thrown.chance(0.3)) continue
    const status = mood.isKind ? 'delivered' : thrown.pick(['sent', 'delivered', 'delivered', 'failed', 'undelivered'])
    await texter.report(url, status, status === 'failed' ? { ErrorCode: '30003', ErrorMessage: 'Unreachable' } : {})
  }
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
