import type { Execution, Step } from '../../src/engine/execution.ts'
import type { LoggedWarning } from '../../src/engine/record.ts'
import type { Moved } from '../../src/store/store.ts'

/** An execution that was never saved: a message that waits for a reply. */
export function execution(change: Partial<Execution> = {}): Execution {
  return {
    sid: 'FN1',
    accountSid: 'AC1',
    flowSid: 'FW1',
    status: 'active',
    initiatedBy: 'SM1',
    channel: 'message',
    contact: '+15550001',
    address: '+15550002',
    frames: [{ flowSid: 'FW1', revision: 1, at: 'ask', step: 'FT1', repeats: 1, trigger: {}, widgets: {} }],
    steps: 0,
    waiting: { for: ['incoming-message', 'time-ran-out'], dueAt: 5000 },
    createdAt: 1000,
    updatedAt: 1000,
    version: 0,
    ...change,
  }
}

/** An execution that a call began. */
export function calling(callSid: string, change: Partial<Execution> = {}): Execution {
  return execution({ channel: 'call', initiatedBy: callSid, call: { sid: callSid, live: true }, ...change })
}

/** A move with nothing in it but the execution. */
export function moved(to: Execution, change: Partial<Moved> = {}): Moved {
  return { execution: to, steps: [], warnings: [], ...change }
}

export function step(sid: string, change: Partial<Step> = {}): Step {
  return {
    sid,
    flowSid: 'FW1',
    name: 'noMatch',
    type: 'split-based-on',
    from: 'one',
    to: 'two',
    date: 1000,
    output: {},
    ...change,
  }
}

export function warning(message: string): LoggedWarning {
  return { code: 81018, message, step: 'FT1', widget: 'ask', date: 1000 }
}

/** Texts that are hard on databases: NUL, lone surrogates, our own escape, the rest of Unicode. */
export const HARD_TEXTS: readonly string[] = [
  'a\0b',
  '\ud800',
  '\udc00\ud800',
  'x\udfff',
  '\\',
  '\\u0000',
  '\\\\u005c\0',
  "'; drop table executions; --",
  '$1 ? :a @b',
  '😀 ñ 漢 \u202e',
  '\u2028\ufeff\uffff',
  '',
  '__proto__',
]
