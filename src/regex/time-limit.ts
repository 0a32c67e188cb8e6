import { createContext, Script } from 'node:vm'

/** Does synchronous work, interrupted from outside the thread; what it was changing then is not to be used again. Where what was done before, while nobody else had a turn, has taken long, there is little time left for it, and in the end none. */
export function withinTimeLimit<T>(work: () => T): T | 'timed-out' {
  if (spentMs >= MOST_TOGETHER_MS) return 'timed-out'
  const before = process.cpuUsage()
  try {
    return tried(work, Math.max(LEAST_MS, Math.round(TIME_LIMIT_MS - spentMs)))
  } finally {
    spend(workedMs(before))
  }
}

/** The longest that one match may hold up all others. A split can have a hundred conditions, each within its limit: they share it. */
const TIME_LIMIT_MS = 50
/** Enough for nearly every match, so that after one that was interrupted most of them still end well. */
const LEAST_MS = 5
const MOST_TOGETHER_MS = TIME_LIMIT_MS + 10
/** What usual patterns stay below; a flow may have any number of these. */
const QUICK_MS = 1
let spentMs = 0

function spend(ms: number): void {
  if (ms < QUICK_MS) return
  if (spentMs === 0) setImmediate(startAnew)
  spentMs += ms
}

function startAnew(): void {
  spentMs = 0
}

function tried<T>(work: () => T, timeout: number): T | 'timed-out' {
  for (let attempts = 1; ; attempts += 1) {
    const before = process.cpuUsage()
    const done = attempt(work, timeout)
    if (done !== 'timed-out' || attempts === MOST_ATTEMPTS || workedMs(before) > timeout / 2) return done
  }
}

/** The clock runs on while a busy machine lets others work; what counts is the time that was used up by us. */
function workedMs(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

const MOST_ATTEMPTS = 3

function attempt<T>(work: () => T, timeout: number): T | 'timed-out' {
  sandbox.work = work
  try {
    return script.runInContext(context, { timeout })
  } catch (error) {
    if (isTimeout(error)) return 'timed-out'
    throw error
  } finally {
    sandbox.work = undefined
  }
}

// Only node:vm can interrupt a match; the pattern itself is never run as code.
const sandbox: { work?: (() => unknown) | undefined } = {}
const context = createContext(sandbox)
const script = new Script('work()')

function isTimeout(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
}
