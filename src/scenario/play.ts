import { dirname, join, resolve } from 'node:path'
import { ManualClock } from '../clock/manual-clock.ts'
import type { FlowDefinition } from '../flow/definition.ts'
import { definitionOf } from '../flow/import.ts'
import type { Move } from '../runtime/move.ts'
import { openStage, type Stage, UnusableFlow } from '../stage.ts'
import type { Failure } from './failure.ts'
import { requestLine } from './kinds.ts'
import { Ledger } from './ledger.ts'
import type { ReadScenario } from './read.ts'
import { repeated } from './repeated.ts'
import type { Scenario } from './scenario.ts'
import { Services } from './services.ts'
import { Story } from './story.ts'

/** What came of a scenario. */
export interface Played {
  readonly read: ReadScenario
  readonly failure: Failure | undefined
  /** What a reader should know of a scenario that passed as well. */
  readonly notes: readonly string[]
  readonly milliseconds: number
  /** What the flows did, for coverage. */
  readonly moves: readonly Move[]
  readonly flows: readonly PlayedFlow[]
}

/** A flow that could be walked in a scenario. */
export interface PlayedFlow {
  readonly sid: string
  readonly name: string
  /** Absolute path. */
  readonly file: string
  readonly definition: FlowDefinition
}

/** Plays a scenario from its beginning to its end, or to the first step that fails. */
export async function playScenario(read: ReadScenario): Promise<Played> {
  const startedAt = performance.now()
  const ledger = new Ledger()
  const services = new Services(read.scenario, (asked) => ledger.add({ kind: 'asked', asked }))
  const opened = await opening(read, services)
  const taken = () => performance.now() - startedAt
  if ('failure' in opened) return { read, ...opened, notes: [], milliseconds: taken(), moves: [], flows: [] }
  const { stage } = opened
  try {
    stage.network.watch((happening) => ledger.add({ kind: 'happening', happening }))
    stage.onMove((move) => ledger.add({ kind: 'move', move }))
    const flows = await flowsOn(stage, dirname(read.flowFile))
    const failure = await new Story(read, stage, ledger).tell()
    const notes = repeated(ledger.all.asked.filter(({ by }) => by === 'nobody').map(requestLine))
    return { read, failure, notes, milliseconds: taken(), moves: ledger.all.moves, flows }
  } finally {
    await stage.close()
  }
}

async function opening(
  { file, flowFile, scenario, source }: ReadScenario,
  services: Services,
): Promise<{ stage: Stage } | { failure: Failure }> {
  const clock = new ManualClock(scenario.now)
  const httpRequest = services.ask.bind(services)
  const elsewhere = scenario.network === 'allow' ? undefined : services.answer.bind(services)
  try {
    return {
      stage: await openStage({ flowFile, settings: located(scenario.settings, file), clock, httpRequest, elsewhere }),
    }
  } catch (error) {
    const key = placeOf(error)
    if (!(error instanceof Error) || key === undefined) throw error
    return { failure: { file, position: source.at([key]), trouble: error.message, mismatches: [], scene: [] } }
  }
}

/** Folders are named by their paths from the scenario's file. */
function located(settings: Scenario['settings'], file: string): Scenario['settings'] {
  const { FUNCTIONS_DIR, ASSETS_DIR, ...others } = settings
  const from = (path: string) => resolve(dirname(file), path)
  return {
    ...others,
    ...(FUNCTIONS_DIR !== undefined && { FUNCTIONS_DIR: from(FUNCTIONS_DIR) }),
    ...(ASSETS_DIR !== undefined && { ASSETS_DIR: from(ASSETS_DIR) }),
  }
}

/** The key of the scenario that is to blame where a stage cannot be opened; undefined where it is our fault. */
function placeOf(error: unknown): string | undefined {
  if (error instanceof UnusableFlow) return 'flow'
  return error instanceof Error && error.name === 'InvalidSettings' ? 'settings' : undefined
}

async function flowsOn({ parts }: Stage, folder: string): Promise<readonly PlayedFlow[]> {
  const flows = await Promise.all(
    parts.flows.list().map(async ({ name, sid }) => {
      const revision = await parts.store.revision(sid, 'LatestPublished')
      const file = join(folder, `${name}.json`)
      return revision ? [{ sid, name, file, definition: definitionOf(revision.definition) }] : []
    }),
  )
  return flows.flat()
}
