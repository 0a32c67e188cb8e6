import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { ManualClock } from '../../src/clock/manual-clock.ts'
import { definitionOf } from '../../src/flow/import.ts'
import { STUDIO_LIQUID } from '../../src/liquid/template.ts'
import { wholeMatch } from '../../src/regex/whole-match.ts'
import { FlowLibrary } from '../../src/runtime/flows.ts'
import { RateLimit } from '../../src/runtime/rate-limit.ts'
import { Runtime } from '../../src/runtime/runtime.ts'
import { Timers } from '../../src/runtime/timers.ts'
import { sqliteStore } from '../../src/store/sqlite.ts'
import { execution, moved } from '../store/sample.ts'
import { channelThat } from '../support/channel.ts'

test('waits that cannot be ended hold up no others and are not tried without a pause', async () => {
  const { timers, store, clock, log } = await ticking()
  const createdAt = clock.now()
  await store.save(moved(execution({ sid: 'FN1', contact: '+1', createdAt }))) // its flow is not in the database
  await store.save(moved(execution({ sid: 'FN2', contact: '+2', createdAt })))

  await timers.start()
  clock.step()
  await timers.settled()

  expect(clock.step(clock.now() + 900)).toBe(false)
  expect(log().map(({ executionSid }) => executionSid)).toEqual(['FN1', 'FN2'])
})

/** Timers over a database without flows. */
async function ticking() {
  const lines: { executionSid?: string }[] = []
  const write = (line: Buffer, _encoding: string, done: () => void) => {
    lines.push(JSON.parse(String(line)))
    done()
  }
  const clock = new ManualClock(Date.parse('2026-01-01'))
  const log = pino({ level: 'warn' }, new Writable({ write }))
  const store = await sqliteStore(':memory:')
  const flows = new FlowLibrary(store, { widgets: new Map(), liquid: STUDIO_LIQUID, wholeMatch }, definitionOf)
  const outside = {
    httpRequest: async () => ({ ok: false, reason: 'network', message: 'nothing is there' }) as const,
    channel: channelThat(),
  }
  const runtime = new Runtime({
    store,
    flows,
    outside,
    log,
    clock,
    accountSid: 'AC1',
    messageReplies: 'twiml',
    limits: { inbound: new RateLimit(0, 'calls', clock), rest: new RateLimit(0, 'requests', clock) },
    webhookUrl: () => 'https://phone.example/',
    onDue: () => undefined,
  })
  const timers = new Timers({ store, runtime, log, clock })
  onTestFinished(() => timers.stop().then(() => store.close()))
  return { timers, store, clock, log: () => lines }
}
