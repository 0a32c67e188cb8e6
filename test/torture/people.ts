import { type Dice, dice, seedOf } from '../walk/dice.ts'
import { caller } from './caller.ts'
import { ender, opener, starter } from './starter.ts'
import { talker } from './talker.ts'
import { napper, texter } from './texter.ts'
import type { World } from './world.ts'

/** What somebody does from the first contact to the last. */
type Session = (world: World, dice: Dice, contact: string) => Promise<void>

const NAPPERS = 10

/** Who is at it at the same time: one of these begins anew whenever it is through. */
const CREW: readonly Session[] = [
  caller,
  caller,
  caller,
  caller,
  texter,
  texter,
  texter,
  texter,
  talker,
  talker,
  starter,
  opener,
  ender,
  ...Array<Session>(NAPPERS).fill(napper),
]

/** Has all of them at it until a time, and lets them come to their end. */
export async function people(world: World, seed: number, until: number): Promise<void> {
  await Promise.all(
    CREW.map(async (session, place) => {
      for (let turn = 0; Date.now() < until; turn += 1)
        await session(world, dice(seedOf(seed, place, turn)), contactOf(place, turn))
    }),
  )
}

/** Nobody has the number of somebody else. */
function contactOf(place: number, turn: number): string {
  return `+1555${String(place + 1).padStart(2, '0')}${String(turn).padStart(5, '0')}`
}
