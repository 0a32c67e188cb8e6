import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ManualClock } from '../../src/clock/manual-clock.ts'
import type { Happening } from '../../src/simulator/happening.ts'
import { isUnderWay } from '../../src/simulator/messaging/message.ts'
import { Network } from '../../src/simulator/network.ts'
import type { MessagePlan } from '../../src/simulator/plans.ts'
import { bodies, MESSAGE_VERBS, PATHS } from './any/documents.ts'
import { lineTo } from './any/played.ts'
import { ACCOUNT, ORIGIN } from './any/watch.ts'

/** More of them, or others, by hand: `RUNS=5000 SEED=7 npx vitest run` and this file. */
const RUNS = Number(process.env.RUNS ?? 60)
const SEED = Number(process.env.SEED ?? 1)

const NUMBERS = ['+15550002000', '+15550003000']
const PERSON = '+15550001111'

const pages = fc.record(Object.fromEntries(PATHS.map((path) => [path, bodies(MESSAGE_VERBS)])))
const plan = fc.constantFrom<MessagePlan>(
  { outcome: 'sent' },
  { outcome: 'delivered' },
  { outcome: 'read' },
  { outcome: 'undelivered', code: 30003 },
  { outcome: 'failed', code: 30008 },
  { outcome: 'refused', code: 21211 },
)
const texts = fc.array(
  fc.record({
    to: fc.constantFrom(...NUMBERS),
    body: fc.constantFrom('Hi', '', 'STOP', 'start', 'x'.repeat(2_000), '👍'),
    media: fc.constantFrom([], ['https://example.com/a.jpg'], ['nothing']),
    seconds: fc.constantFrom(0, 0, 1, 60, 20_000),
  }),
  { maxLength: 8 },
)

test(
  'Whatever answers messages, each comes to its end, and nothing goes on for ever',
  async () => {
    await fc.assert(
      fc.asyncProperty(pages, plan, fc.boolean(), texts, async (documents, planned, isService, sent) => {
        const { network, clock, happenings } = networkOf(documents, planned)
        if (isService) network.attachService(`MG${'0'.repeat(32)}`, NUMBERS, { statusCallback: `${ORIGIN}/told` })
        for (const { seconds, ...text } of sent) {
          void network.text({ from: PERSON, ...text })
          const end = clock.now() + seconds * 1_000
          await network.activity.idle()
          while (clock.step(end)) await network.activity.idle()
          clock.moveTo(end)
        }
        for (let steps = 0; clock.step(); steps += 1) {
          expect(steps).toBeLessThan(20_000)
          await network.activity.idle()
        }
        expect(network.messages.list().filter(isUnderWay)).toEqual([])
        expectInOrder(happenings)
      }),
      { seed: SEED, numRuns: RUNS },
    )
  },
  60_000 + RUNS * 100,
)

function networkOf(documents: Readonly<Record<string, string>>, planned: MessagePlan) {
  const clock = new ManualClock(Date.UTC(2026, 0, 5, 12))
  const network = new Network({ clock, accountSid: ACCOUNT, authToken: 'x', line: () => lineTo(documents) })
  network.plans.messages.set(PERSON, planned)
  for (const [index, number] of NUMBERS.entries()) {
    const [message, messageFallback] = [`${ORIGIN}/${index}`, `${ORIGIN}/4`].map((url) => ({
      url,
      method: 'POST' as const,
    }))
    network.attach(number, { message, messageFallback })
  }
  const happenings: Happening[] = []
  network.watch((happening) => happenings.push(happening))
  return { network, clock, happenings }
}

/** Time goes on, a last status is the last, and a message asks for no more than fifty documents and a fallback. */
function expectInOrder(happenings: readonly Happening[]): void {
  const over = new Set<string>()
  const documents = new Map<string, number>()
  let before = 0
  for (const happening of happenings) {
    expect(happening.at).toBeGreaterThanOrEqual(before)
    before = happening.at
    if (happening.type === 'message-status') {
      expect(over).not.toContain(happening.sid)
      if (LAST.has(happening.status)) over.add(happening.sid)
    }
    if (happening.type !== 'asked') continue
    expect(happening.params).toMatchObject({ AccountSid: ACCOUNT, MessageSid: happening.sid })
    if (happening.params.MessageStatus === undefined)
      documents.set(happening.sid, (documents.get(happening.sid) ?? 0) + 1)
  }
  expect(Math.max(0, ...documents.values())).toBeLessThanOrEqual(51)
}

const LAST: ReadonlySet<string> = new Set(['read', 'undelivered', 'failed', 'canceled'])
