import type { Dice } from '../walk/dice.ts'
import { OPENING, OUTREACH, OWN, PATIENT, RESUMING } from './flows.ts'
import type { Answer, Delivery, Ending } from './journal.ts'
import { ID } from './line.ts'
import { text } from './texter.ts'
import type { World } from './world.ts'

/** A program begins an execution over REST, and whoever is written to by it may answer. */
export async function starter(world: World, dice: Dice, contact: string): Promise<void> {
  await begin(world, OUTREACH, { contact })
  await world.written(contact)
  if (dice.chance(ANSWERS)) await text(world, dice, { flow: 'outreach', contact, body: 'thanks' })
}

const ANSWERS = 0.5

/** A program has a conversation opened with somebody, or has one taken up that there is; its guest writes there. */
export async function opener(world: World, dice: Dice, contact: string): Promise<void> {
  if (dice.chance(0.5)) await begin(world, OPENING, { contact })
  else await begin(world, RESUMING, { contact, parameters: { conversation: `CH${dice.hex(32)}` } })
  await world.pause(dice.below(2_000))
}

/** A program begins an execution and ends it, both over REST. */
export async function ender(world: World, dice: Dice, contact: string): Promise<void> {
  const { body } = await begin(world, PATIENT, { contact })
  const [sid] = /FN[0-9a-f]{32}/.exec(body) ?? []
  await world.pause(dice.below(3_000))
  if (sid === undefined || dice.chance(LEFT_ALONE)) return
  const ending: Ending = {}
  world.journal.ended.set(sid, ending)
  await world.line.insist(`/v2/Flows/${PATIENT}/Executions/${sid}`, { Status: 'ended' })
  ending.at = Date.now()
}

const LEFT_ALONE = 0.2

interface Wish {
  readonly contact: string
  readonly parameters?: Readonly<Record<string, string>>
}

/** Begins an execution; the answer may be that one is there, which an attempt before has begun. */
async function begin({ journal, line }: World, flow: string, { contact, parameters }: Wish): Promise<Answer> {
  const delivery: Delivery = { id: journal.id(), kind: 'rest', sentAt: Date.now(), attempts: 0 }
  journal.deliveries.push(delivery)
  const Parameters = JSON.stringify({ ...parameters, [ID]: delivery.id })
  const { answer, attempts } = await line.insist(`/v2/Flows/${flow}/Executions`, { To: contact, From: OWN, Parameters })
  Object.assign(delivery, { answer, attempts })
  return answer
}
