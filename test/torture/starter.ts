import type { Dice } from '../walk/dice.ts'
import { OUTREACH, OWN } from './flows.ts'
import type { Delivery } from './journal.ts'
import { ID } from './line.ts'
import { text } from './texter.ts'
import type { World } from './world.ts'

/** A program begins an execution over REST, and whoever is written to by it may answer. */
export async function starter(world: World, dice: Dice, contact: string): Promise<void> {
  const { line, journal } = world
  const delivery: Delivery = { id: journal.id(), kind: 'rest', sentAt: Date.now(), attempts: 0 }
  journal.deliveries.push(delivery)
  const form = { To: contact, From: OWN, Parameters: JSON.stringify({ [ID]: delivery.id }) }
  while (!delivery.answer) {
    delivery.attempts += 1
    const answer = await line.api(`/v2/Flows/${OUTREACH}/Executions`, form)
    // Refused for the execution that an attempt before has begun: it is there.
    if (answer && answer.status < 500 && answer.status !== 429) delivery.answer = answer
    else await world.pause(200)
  }
  await world.written(contact)
  if (dice.chance(ANSWERS)) await text(world, dice, { flow: 'outreach', contact, body: 'thanks' })
}

const ANSWERS = 0.5
