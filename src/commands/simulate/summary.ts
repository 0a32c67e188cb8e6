import type { Environment } from '../../config.ts'
import { contextOf } from '../../engine/execution.ts'
import type { Move } from '../../runtime/move.ts'
import { record } from '../../scenario/recorder.ts'
import type { Happening } from '../../simulator/happening.ts'
import type { Scene } from './scene.ts'

/** Keeps what happens, to tell of the whole at the end. */
export class Summary {
  readonly #scene: Scene
  readonly #startedAt: number
  readonly #happenings: Happening[] = []
  readonly #moves: Move[] = []

  constructor(scene: Scene) {
    this.#scene = scene
    this.#startedAt = scene.time.clock.now()
    scene.network.watch((happening) => this.#happenings.push(happening))
    scene.onMove((move) => this.#moves.push(move))
  }

  /** What the carrier had to give up, by the codes of it. */
  get givenUp(): readonly number[] {
    const codes = this.#happenings.flatMap((one) =>
      one.type === 'problem' && one.problem.level === 'error' ? [one.problem.code] : [],
    )
    return [...new Set(codes)]
  }

  /** A line for a person, and one for each thing that went wrong. */
  text(trouble: string | undefined): string {
    const requests = this.#happenings.filter(({ type }) => type === 'asked').length
    const { caller, time } = this.#scene
    const seconds = Math.round(((caller?.leg.endedAt ?? time.clock.now()) - this.#startedAt) / 1_000)
    const what = caller
      ? `The call is ${caller.leg.isOver ? caller.leg.status : 'still going on'}`
      : 'The conversation rests'
    const flows = this.#scene.executions().map((execution) => {
      const { at } = execution.frames.at(-1) ?? { at: '' }
      return execution.status === 'ended' ? 'the flow has ended' : `the flow waits at ${at}`
    })
    const told = [
      `${what} after ${seconds} s and ${requests} request${requests === 1 ? '' : 's'}`,
      ...new Set(flows),
    ].join('; ')
    const failed = this.givenUp.length > 0 ? [`Failed: the carrier gave up with ${this.givenUp.join(', ')}.`] : []
    return [`${told}.`, ...failed, ...(trouble === undefined ? [] : [`Not done: ${trouble}`])].join('\n')
  }

  /** All of it as a scenario, for a file from which the flow has this path. */
  scenario(flow: string, settings: Environment): string {
    const { from: own, to: address, begins } = this.#scene
    const request = begins.kind === 'request' ? { address, parameters: begins.parameters } : undefined
    const [startedAt, happenings, moves] = [this.#startedAt, this.#happenings, this.#moves]
    return record({ flow, startedAt, own, settings, request, happenings, moves })
  }

  /** All of it for a machine. */
  json(trouble: string | undefined): unknown {
    const { from, to, caller } = this.#scene
    return {
      from,
      to,
      ...(caller && { call: { sid: caller.leg.sid, status: caller.leg.status } }),
      heard: this.#happenings.flatMap((happening) => (happening.type === 'said' ? [happening.text] : [])),
      received: this.#happenings.filter(
        (happening) => happening.type === 'message' && happening.direction === 'outbound' && happening.to === from,
      ),
      happenings: this.#happenings,
      executions: this.#scene.executions().map((execution) => ({
        sid: execution.sid,
        status: execution.status,
        endedReason: execution.endedReason,
        at: execution.frames.at(-1)?.at,
        context: contextOf(execution),
        steps: this.#of(execution.sid).flatMap(({ steps }) => steps),
        warnings: this.#of(execution.sid).flatMap(({ warnings }) => warnings),
      })),
      ...(trouble !== undefined && { trouble }),
    }
  }

  #of(sid: string): readonly Move[] {
    return this.#moves.filter(({ execution }) => execution.sid === sid)
  }
}
