import type { Clock } from '../clock/clock.ts'
import type { Waiting } from './call/waiting.ts'
import type { Line } from './line/line.ts'

/** What a network is made of, and what of it is played by somebody else. */
export interface NetworkSettings {
  readonly clock: Clock
  readonly accountSid: string
  /** Signs every request. */
  readonly authToken: string
  /** The absolute base of the REST API; recordings and the like are found there. */
  readonly restUrl?: string | undefined
  /** What a line over HTTP is replaced by, or wrapped in; a line for each call. */
  readonly line?: ((http: Line) => Line) | undefined
  /** Whether a server's WebSocket may be connected; those that may not are gone by plan. All, when it is left out. */
  readonly connects?: ((url: string) => boolean) | undefined
  /** Seconds that a wait lasts where a person plays along in real time; as it says itself, when it is left out. */
  readonly lasts?: ((waiting: Waiting) => number | undefined) | undefined
  /** 32 hexadecimal digits for a new sid; random, when it is left out. */
  readonly digits?: (() => string) | undefined
}
