import { basename } from 'node:path'
import { expect } from 'vitest'
import type { findScenarios } from '../../src/scenario/find.ts'
import { type Played, playScenario } from '../../src/scenario/play.ts'
import { failureLines } from '../../src/scenario/reporters/failure-text.ts'

/** What is in a file of scenarios. */
export type Found = Awaited<ReturnType<typeof findScenarios>>[number]

/** Plays a scenario as `trunkline test` does; one that fails, or asks what nobody stands for, fails the test. */
export async function playWell(found: Found): Promise<Played> {
  if ('faults' in found) throw new Error(failureLines({ kind: 'unreadable', scenario: found }, basename).join('\n'))
  const played = await playScenario(found)
  expect(failureLines({ kind: 'played', played }, basename)).toEqual([])
  expect(played.notes).toEqual([])
  return played
}

/** A scenario with the name of its test. */
export function named(found: Found): readonly [name: string, found: Found] {
  return [`${basename(found.file)}: ${found.name}`, found]
}
