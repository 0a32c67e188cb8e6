import { expect, onTestFinished } from 'vitest'
import { ManualClock } from '../../../src/clock/manual-clock.ts'
import type { Leg } from '../../../src/simulator/call/leg.ts'
import type { Happening } from '../../../src/simulator/happening.ts'
import { Network } from '../../../src/simulator/network.ts'
import { Person } from '../../../src/simulator/people/person.ts'
import type { NetworkSettings } from '../../../src/simulator/settings.ts'
import { type Time, timeOf } from '../../../src/simulator/time.ts'
import { type App, AUTH_TOKEN, type Page, serve } from './app.ts'

export const CALLER = '+15550001000'
export const NUMBER = '+15550002000'

/** A phone network with a clock moved by hand before an application; a call begins at `/voice` and ends at `/status`. */
export interface Exchange {
  readonly app: App
  readonly network: Network
  readonly time: Time
  /** In their order. */
  readonly happenings: readonly Happening[]
  /** Calls the number. */
  call(from?: string): Promise<Person>
  /** Lets time pass until a call is over. */
  end(leg: Leg): Promise<void>
}

/** Sets up a network before these documents, until the test is over. */
export async function openExchange(
  pages: Readonly<Record<string, Page>>,
  settings: Pick<NetworkSettings, 'lasts'> = {},
): Promise<Exchange> {
  const app = await serve({ '/status': { status: 204 }, ...pages })
  const clock = new ManualClock(Date.UTC(2026, 0, 5, 12))
  const network = new Network({ clock, accountSid: `AC${'1'.repeat(32)}`, authToken: AUTH_TOKEN, ...settings })
  const happenings: Happening[] = []
  network.watch((happening) => happenings.push(happening))
  network.attach(NUMBER, {
    voice: { url: `${app.origin}/voice`, method: 'POST' },
    status: { url: `${app.origin}/status`, method: 'POST' },
  })
  const time = timeOf(clock, () => network.activity.idle())
  onTestFinished(() => network.close())
  return {
    app,
    network,
    time,
    happenings,
    async call(from = CALLER) {
      const caller = new Person(network.call({ from, to: NUMBER }), time)
      await time.settle()
      return caller
    },
    async end(leg) {
      expect(await time.until(() => leg.isOver)).toBe(true)
      await time.settle()
    },
  }
}

/** A document of these verbs. */
export function twiml(...verbs: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs.join('')}</Response>`
}

/** The requests for a path, in their order. */
export function askedFor({ asked }: App, path: string): readonly Readonly<Record<string, string>>[] {
  return asked.filter((one) => one.path === path).map(({ params }) => params)
}

/** The codes of the problems that were told. */
export function problemsOf({ happenings }: Pick<Exchange, 'happenings'>): readonly number[] {
  return happenings.flatMap((happening) => (happening.type === 'problem' ? [happening.problem.code] : []))
}

/** What was said, in its order. */
export function saidIn({ happenings }: Pick<Exchange, 'happenings'>): readonly string[] {
  return happenings.flatMap((happening) => (happening.type === 'said' ? [happening.text] : []))
}
