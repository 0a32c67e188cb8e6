import { createContext, Script } from 'node:vm'

/** Does synchronous work, interrupted from outside the thread after 50 ms; what it was changing then is not to be used again. Where what was done before, while nobody else had a turn, has taken long enough, it is not begun. */
export function withinTimeLimit<T>(work: () => T): T | 'timed-out' {
  if (spentMs >= MOST_TOGETHER_MS) return 'timed-out'
  const began = performance.now()
  try {
    return tried(work)
  } finally {
    spend(performance.now() - began)
  }
}

/** A split can have a hundred conditions, and a flow a hundred splits: each within its limit, they would stop everybody for seconds. */
const MOST_TOGETHER_MS = 200
/** What most matches and compilations stay below; a flow may have any number of these. */
const QUICK_MS = 5
let spentMs = 0

function spend(ms: number): void {
  if (ms < QUICK_MS) return
  if (spentMs === 0) setImmediate(startAnew)
  spentMs += ms
}

function startAnew(): void {
  spentMs = 0
}

function tried<T>(work: () => T): T | 'timed-out' {
  for (let attempts = 1; ; attempts += 1) {
    const before = process.cpuUsage()
    const done = attempt(work)
    if (done !== 'timed-out' || attempts === MOST_ATTEMPTS || worked(before)) return done
  }
}

/** The clock runs on while a busy machine lets others work; then the time was not used up by us. */
function worked(before: NodeJS.CpuUsage): boolean {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000 > TIME_LIMIT_MS / 2
}

const MOST_ATTEMPTS = 3

function attempt<T>(work: () => T): T | 'timed-out' {
  sandbox.work = work
  try {
    return script.runInContext(context, { timeout: TIME_LIMIT_MS })
  } catch (error) {
    if (isTimeout(error)) return 'timed-out'
    throw error
  } finally {
    sandbox.work = undefined
  }
}

/** The longest that one match may hold up all others. */
const TIME_LIMIT_MS = 50

// Only node:vm can interrupt a match; the pattern itself is never run as code.
const sandbox: { work?: (() => unknown) | undefined } = {}
const context = createContext(sandbox)
const script = new Script('work()')

function isTimeout(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
}
