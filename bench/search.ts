import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Execution, Step } from '../src/engine/execution.ts'
import type { ExecutionPage } from '../src/store/execution-page.ts'
import { sqliteStore } from '../src/store/sqlite.ts'
import type { Moved } from '../src/store/store.ts'

/** Milliseconds of each search of `/api/executions` among so many executions: `tsx bench/search.ts 1000000 [file]`. */
const [count = '100000', file = join(mkdtempSync(join(tmpdir(), 'trunkline-search-')), 'trunkline.db')] =
  process.argv.slice(2)
const COUNT = Number(count)
const FLOW = `FW${'1'.repeat(32)}`
const MIDDLE = COUNT / 2

const store = await sqliteStore(file)
for (let first = await filled(); first < COUNT; first += 1000) {
  await Promise.all(Array.from({ length: 1000 }, (_, index) => store.save(moved(first + index))))
}

const SEARCHES: Readonly<Record<string, Partial<ExecutionPage>>> = {
  everything: {},
  'one flow': { flowSid: FLOW },
  'in the middle': { createdTo: MIDDLE },
  'a later page': { place: { side: 'after', at: MIDDLE, sid: sidOf(MIDDLE) } },
  active: { status: 'active' },
  'a contact': { contacts: ['+15550000042'] },
  'a contact, active, of a flow': { contacts: ['+15550000042'], status: 'active', flowSid: FLOW },
  'a widget that all reach': { widget: { flowSid: FLOW, name: 'ask' } },
  'its later page': {
    widget: { flowSid: FLOW, name: 'ask' },
    place: { side: 'after', at: MIDDLE, sid: sidOf(MIDDLE) },
  },
  'the trigger': { widget: { flowSid: FLOW, name: 'Trigger' } },
  'a widget that few reach': { widget: { flowSid: FLOW, name: 'rare' } },
  'a widget that none reaches': { widget: { flowSid: FLOW, name: 'none' } },
  'a warning that few have': { warning: 81016 },
  'a warning that many have': { warning: 81018 },
  'a rare warning at a common widget': { warning: 81016, widget: { flowSid: FLOW, name: 'ask' } },
  'a common widget, active': { status: 'active', widget: { flowSid: FLOW, name: 'ask' } },
}
for (const [name, wanted] of Object.entries(SEARCHES)) {
  const start = performance.now()
  const { executions: found } = await store.executionPage({ size: 50, ...wanted })
  const first = performance.now() - start
  for (let round = 0; round < 10; round += 1) await store.executionPage({ size: 50, ...wanted })
  const again = (performance.now() - start - first) / 10
  console.log(
    `${name.padEnd(36)} ${String(found.length).padStart(3)}  ${first.toFixed(1)} ms, again ${again.toFixed(1)} ms`,
  )
}
await store.close()

/** Of a file that was filled before. */
async function filled(): Promise<number> {
  const [newest] = (await store.executionPage({ size: 1 })).executions
  return newest ? newest.createdAt + 1 : 0
}

function sidOf(n: number): string {
  return `FN${n.toString(16).padStart(32, '0')}`
}

function moved(n: number): Moved {
  const step = sidOf(n).replace('FN', 'FT')
  const steps = ['Trigger', 'hello', 'ask', 'which', ...(n % 10_000 === 0 ? ['rare'] : ['usual'])]
  const codes = [...(n % 20_000 === 0 ? [81016] : []), ...(n % 10 === 0 ? [81018] : [])]
  return {
    execution: execution(n),
    steps: steps.map((from, index) => stepFrom(from, steps[index + 1] ?? 'Ended', n)),
    warnings: codes.map((code) => ({ code, message: 'as it happens', step, widget: 'ask', date: n })),
  }
}

function execution(n: number): Execution {
  const [sid, contact] = [sidOf(n), `+1555${String(n % 100_000).padStart(7, '0')}`]
  const widgets = Object.fromEntries(['ask', 'which', 'usual'].map((name) => [name, { Digits: '1', From: contact }]))
  return {
    sid,
    accountSid: 'AC1',
    flowSid: FLOW,
    status: n % 1_000 === 0 ? 'active' : 'ended',
    initiatedBy: sid.replace('FN', 'CA'),
    channel: 'call',
    contact,
    address: '+15550002',
    frames: [{ flowSid: FLOW, revision: 1, at: 'usual', step: 'FT1', repeats: 1, trigger: { call: widgets }, widgets }],
    steps: 5,
    createdAt: n,
    updatedAt: n,
    version: 0,
  }
}

function stepFrom(from: string, to: string, n: number): Step {
  const type = from === 'Trigger' ? 'trigger' : 'say-play'
  return { sid: 'FT1', flowSid: FLOW, name: 'next', type, from, to, date: n, output: { Digits: '1' } }
}
