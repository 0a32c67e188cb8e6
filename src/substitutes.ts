import type { Clock } from './clock/clock.ts'
import type { HttpRequestEffect } from './engine/effect.ts'
import type { HttpOutcome } from './engine/event.ts'
import type { FunctionCaller } from './functions/call.ts'
import type { Project } from './functions/project.ts'
import type { Move } from './runtime/move.ts'
import type { Outside, World } from './runtime/perform.ts'
import type { Network } from './simulator/network.ts'

/** What tests and tools put in the place of the outside. */
export interface Substitutes extends Partial<Pick<Outside, 'channel' | 'patient'>> {
  /** Answers the requests of flows; `world` answers for real. */
  httpRequest?(request: HttpRequestEffect, world: World): Promise<HttpOutcome>
  /** The functions and assets that are served, and what calls the functions; left out, they are those of the served folder. */
  readonly functions?: Partial<OwnFunctions>
  /** Milliseconds after which a turn is answered in parts. */
  readonly answerWithinMs?: number
  readonly clock?: Clock
  /** The phone network that is played, where the carrier is simulated. */
  readonly network?: Network
  /** The only files of the flows folder that are served; without it, all are, and watched. */
  readonly flowFiles?: ReadonlySet<string>
  /** The built console. */
  readonly consoleFolder?: string
  /** Told of every move of an execution once it is saved. */
  onMove?(move: Move): void
}

interface OwnFunctions {
  resources(): Project
  readonly caller: FunctionCaller
}
