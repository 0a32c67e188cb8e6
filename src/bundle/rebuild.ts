import { setImmediate as breath } from 'node:timers/promises'
import type { Flows } from '../engine/flows.ts'
import { isSameStep } from './compare.ts'
import { type Recorded, type Replayed, Unplayable, walkedAgain } from './replay.ts'
import { concernsVisit, isOver, type Visited, visitedIn } from './visits.ts'

/** Walks an execution again, in the flows that it walked, to rebuild what is not kept of its visits. Throws `Unplayable` where that cannot be done, or leads elsewhere. */
export async function rebuild(recorded: Recorded, flows: Flows): Promise<readonly Visited[]> {
  const moves: Replayed[] = []
  for await (const move of sameMoves(recorded, flows)) moves.push(move)
  return visitedIn(moves)
}

/** The same for one visit, by its step; undefined where there was no such visit. */
export async function rebuildVisit(recorded: Recorded, flows: Flows, step: string): Promise<Visited | undefined> {
  const moves: Replayed[] = []
  for await (const move of sameMoves(recorded, flows)) {
    if (concernsVisit(move, step)) moves.push(move)
    if (isOver(move, step)) break
  }
  return visitedIn(moves).find((visit) => visit.step === step)
}

/** The moves of an execution, made again; throws `Unplayable` where one leads elsewhere than it did. */
async function* sameMoves(recorded: Recorded, flows: Flows): AsyncGenerator<Replayed> {
  let walked = 0
  for (const move of walkedAgain(recorded, flows)) {
    await breath() // callers are let in
    if (!move) continue
    for (const step of move.steps) {
      const kept = recorded.steps[walked]
      if (!kept || !isSameStep(kept, step)) throw new Unplayable(`its step ${walked + 1} goes another way now`)
      walked += 1
    }
    yield move
  }
}
