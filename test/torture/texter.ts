import type { Dice } from '../walk/dice.ts'
import { nextIn } from './document.ts'
import { OWN } from './flows.ts'
import { type Delivery, tagsIn } from './journal.ts'
import { MANY } from './line.ts'
import type { World } from './world.ts'

/** Somebody writes texts, most of them after the answer to the last one, some of them all at once, and says bye or nothing in the end. */
export async function texter(world: World, dice: Dice, contact: string): Promise<void> {
  for (let left = 1 + dice.below(6); left > 0; left -= 1) {
    const count = dice.chance(IN_A_HURRY) ? 3 : 1
    const bodies = Array.from({ length: count }, () => dice.pick(WORDS))
    const sent = await Promise.all(bodies.map((body) => text(world, dice, { flow: 'chat', contact, body })))
    await heard(world, contact, sent)
    if (dice.chance(FALLS_SILENT)) return
  }
  await text(world, dice, { flow: 'chat', contact, body: 'bye' })
}

const WORDS = ['one', 'two', 'look', 'text', 'agent', 'bye'] as const
const IN_A_HURRY = 0.1
const FALLS_SILENT = 0.08
const PATIENT = 0.85

function triesOf(dice: Dice): number {
  return dice.chance(PATIENT) ? MANY : 1
}

interface Text {
  readonly flow: string
  readonly contact: string
  readonly body: string
}

/** Somebody writes what takes longer than a webhook is left without an answer, when there is time for that. */
export async function napper(world: World, dice: Dice, contact: string): Promise<void> {
  if (!(await world.longLife())) return
  await world.pause(dice.below(4_000))
  for (const body of ['one', 'nap', 'bye']) await text(world, dice, { flow: 'chat', contact, body })
}

/** A text comes in, and its answer is read by whoever has sent it. */
export async function text(world: World, dice: Dice, { flow, contact, body }: Text): Promise<Delivery> {
  const sid = `SM${dice.hex(32)}`
  const about = { MessageSid: sid, SmsSid: sid, SmsStatus: 'received', NumMedia: '0' }
  const params = { ...about, From: contact, To: OWN, Body: body }
  const attempts = triesOf(dice)
  const delivery = await world.line.ask({ kind: 'message', url: `/flows/${flow}`, params, attempts })
  await read(world, params, delivery)
  return delivery
}

/** What an answer says is heard, and it is followed to its rest. */
async function read(
  world: World,
  params: Readonly<Record<string, string>>,
  { id: token, answer }: Delivery,
): Promise<void> {
  if (!answer) return
  for (const tag of tagsIn(answer.body))
    world.journal.heard.push({ at: answer.askedAt, tag, token, by: 'answer', isTaken: true })
  const next = nextIn(answer.body)
  if (next) await read(world, params, await world.line.ask({ kind: 'rest-of-answer', url: next.url, params }))
}

async function heard(world: World, contact: string, sent: readonly Delivery[]): Promise<void> {
  const isTold = sent.some(({ answer }) => answer?.body.includes('<Message'))
  await (isTold ? world.pause(50) : world.written(contact))
}
