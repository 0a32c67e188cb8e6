import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ManualClock } from '../src/clock/manual-clock.ts'
import { readConfig } from '../src/config.ts'
import type { Execution } from '../src/engine/execution.ts'
import { openParts, type Parts } from '../src/parts.ts'
import { median } from './load.ts'

const DUE = 1_000
const FEW = 1_000
const MANY = 100_000
const DAY_MS = 24 * 60 * 60 * 1_000

let numbers = 0

/** One that nobody has. */
function number(): string {
  numbers += 1
  return `+1555${String(numbers).padStart(7, '0')}`
}

const QUESTION = {
  initial_state: 'Trigger',
  states: [
    { name: 'Trigger', type: 'trigger', properties: {}, transitions: [{ event: 'incomingRequest', next: 'ask' }] },
    {
      name: 'ask',
      type: 'send-and-wait-for-reply',
      properties: { body: 'Well?', from: '{{flow.channel.address}}', timeout: '60' },
      transitions: [{ event: 'incomingMessage' }, { event: 'timeout', next: 'note' }],
    },
    {
      name: 'note',
      type: 'set-variables',
      properties: { variables: [{ key: 'silent', value: '{{contact.channel.address}}' }] },
      transitions: [{ event: 'next' }],
    },
  ],
}

/** How long it takes to end 1,000 waits whose time is up among 100,000, against as many among 1,000: medians of interleaved rounds. */
export async function timersRow(rounds: number): Promise<string> {
  const [few, many] = [await waitingServer(FEW), await waitingServer(MANY)]
  const times: { few: number[]; many: number[] } = { few: [], many: [] }
  for (let round = 0; round < rounds; round += 1) {
    times.few.push(await few.fire())
    times.many.push(await many.fire())
  }
  await Promise.all([few.close(), many.close()])
  const [one, other] = [median(times.few), median(times.many)]
  return `timers: ${DUE} waits that end took ${one.toFixed(0)} ms of ${FEW}, ${other.toFixed(0)} ms of ${MANY}: ${(other / one).toFixed(2)} of it`
}

/** A server on which so many wait; a thousand of them come anew for each round, and end in it. */
async function waitingServer(waiting: number) {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-bench-'))
  writeFileSync(join(folder, 'question.json'), JSON.stringify(QUESTION))
  const settings = { FLOWS_DIR: folder, DATABASE_URL: `sqlite:${join(folder, 'timers.db')}`, LOG_LEVEL: 'silent' }
  const clock = new ManualClock(Date.parse('2026-01-01T12:00:00Z'))
  const flowFiles = new Set(['question.json'])
  const parts = await openParts(readConfig(settings, folder), { clock, flowFiles })
  const like = await begun(parts)
  const wait = (count: number, dueAt: number) => copies(parts, like, { count, dueAt })
  await wait(waiting - DUE, clock.now() + 20 * DAY_MS)
  const passUntil = async (time: number) => {
    while (clock.step(time)) await parts.settled()
  }
  return {
    async fire() {
      const { waiting: last } = await begun(parts) // which sets the timer for all
      const dueAt = last?.dueAt ?? 0
      await wait(DUE - 1, dueAt)
      await passUntil(dueAt - 1)
      const begin = performance.now()
      await passUntil(dueAt)
      const took = performance.now() - begin
      if ((await parts.store.due(dueAt, 1)).length > 0) throw new Error('some have not been told that their time is up')
      return took
    },
    close: () => parts.close(),
  }
}

async function begun({ flows, runtime }: Parts): Promise<Execution> {
  const event = { type: 'incoming-request', to: number(), from: '+15550002000', parameters: {} } as const
  const execution = await runtime.start(flows.list()[0]?.sid ?? '', event)
  if (!execution) throw new Error('the flow is not served')
  return execution
}

interface Wanted {
  readonly count: number
  readonly dueAt: number
}

async function copies({ store }: Parts, like: Execution, { count, dueAt }: Wanted): Promise<void> {
  const { waiting } = like
  if (!waiting) throw new Error('it does not wait')
  for (let left = count; left > 0; left -= 1_000) {
    const saves = Array.from({ length: Math.min(left, 1_000) }, () => {
      const sid = `FN${number().slice(1).padStart(32, '0')}`
      const execution = { ...like, sid, contact: number(), version: 0, steps: 0, waiting: { ...waiting, dueAt } }
      return store.save({ execution, steps: [], warnings: [] })
    })
    await Promise.all(saves)
  }
}
