import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Failure } from '../../src/scenario/failure.ts'
import { type Played, playScenario } from '../../src/scenario/play.ts'
import { type ReadScenario, readScenarios } from '../../src/scenario/read.ts'
import { flow, type Places } from '../support/flow.ts'

/** The example flows, by their paths from any scenario of a test. */
export const FLOWS = resolve('flows')

/** A folder that is gone after the test, with these files in it. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'scenarios-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

/** A flow file's text. */
export function flowText(places: Places): string {
  return JSON.stringify(flow(places))
}

/** The one scenario of a text; throws its faults where it has some. */
export function storyIn(text: string, file = resolve('story.yaml')): ReadScenario {
  const [read] = readScenarios(file, text)
  if (!read || 'faults' in read) throw new Error(read?.faults.map(({ message }) => message).join('\n') ?? 'no scenario')
  return read
}

/** Plays the one scenario of a text. */
export function played(text: string, file?: string): Promise<Played> {
  return playScenario(storyIn(text, file))
}

/** Plays a story of a caller before the menu, from its steps. */
export async function failureOfMenu(steps: string, beginning = 'start: call'): Promise<Failure | undefined> {
  const { failure } = await played(`flow: flows/menu.json\n${beginning}\nthen:\n${steps}`)
  return failure
}
