import { setTimeout as sleep } from 'node:timers/promises'
import type { Outside } from '../../src/runtime/perform.ts'
import { type Dice, dice } from './dice.ts'
import type { Hints } from './hints.ts'
import { HOSTILE } from './hostile.ts'

type Outcome = Awaited<ReturnType<Outside['httpRequest']>>

/** Milliseconds after which a hurried server answers in parts; a service that hangs takes longer. */
export const HURRIED_MS = 15

/** HTTP services that answer, refuse, fail and hang as the dice fall. */
export class Services implements Pick<Outside, 'httpRequest'> {
  readonly #hangs: boolean
  #dice: Dice = dice(0)
  #hints: Hints | undefined
  #areWell = false

  /** Services that hang only make sense before a server that does not wait for them. */
  constructor(hangs: boolean) {
    this.#hangs = hangs
  }

  /** Begins another walk. */
  begin(thrown: Dice, hints: Hints): void {
    this.#dice = thrown
    this.#hints = hints
    this.#areWell = thrown.chance(0.6)
  }

  async httpRequest(): Promise<Outcome> {
    if (this.#hangs && this.#dice.chance(0.2)) await sleep(HURRIED_MS + this.#dice.below(40))
    const bodies = this.#hints?.bodies ?? []
    if (bodies.length > 0 && this.#dice.chance(0.3)) return answered(200, 'text/plain', this.#value(bodies))
    const kind = this.#dice.below(this.#areWell ? 65 : 100)
    if (kind < 60)
      return answered(this.#dice.pick([200, 200, 200, 201, 302]), 'application/json', JSON.stringify(this.#object()))
    if (kind < 64) return answered(200, 'application/json', '[{"id": 1}, "two"]')
    if (kind < 70) return answered(200, 'text/plain', this.#value([]))
    if (kind < 74) return answered(200, this.#dice.pick(['text/xml', 'application/xml']), TWIML)
    if (kind < 79) return answered(200, 'application/json', '{"half": ')
    if (kind < 86) return answered(404, 'application/json', '{"error": "not found", "code": 20404}')
    if (kind < 93) return answered(500, 'text/html', '<h1>Internal Server Error')
    return { ok: false, reason: this.#dice.pick(['timeout', 'refused', 'too-large']), message: 'no answer' }
  }

  #object(): Record<string, unknown> {
    const object: Record<string, unknown> = {}
    for (const [path, samples] of this.#hints?.answers ?? []) put(object, path.split('.'), this.#value(samples))
    return object
  }

  #value(samples: readonly string[]): string {
    const sample = this.#dice.chance(0.7) ? this.#dice.draw(samples) : undefined
    return (
      sample ??
      this.#dice.pick([
        'ok',
        'true',
        '1',
        'https://media.example/tone.mp3',
        '+15551234567',
        '',
        this.#dice.pick(HOSTILE),
      ])
    )
  }
}

const TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response><Say>A function speaks.</Say></Response>'

function answered(status: number, contentType: string, body: string): Outcome {
  return { ok: true, status, contentType, headers: {}, body }
}

function put(object: Record<string, unknown>, [key, ...rest]: readonly string[], value: unknown): void {
  if (key === undefined || key === '__proto__') return
  if (rest.length === 0) {
    object[key] ??= value
    return
  }
  const inner: Record<string, unknown> = {}
  put(inner, rest, value)
  const before = object[key]
  object[key] = typeof before === 'object' ? { ...before, ...inner } : inner
}
