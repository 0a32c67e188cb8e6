import type { EventType } from '../engine/event.ts'
import type { Execution } from '../engine/execution.ts'

/** What a flow waits for, as a person would say it. */
export function waitsInWords({ waiting }: Pick<Execution, 'waiting'>): string {
  const awaited = new Set((waiting?.for ?? []).flatMap((event) => WORDS[event] ?? []))
  return `waits for ${[...awaited].join(' or ') || 'nothing'}`
}

/** What is not here comes by itself, or beside another one. */
const WORDS: Readonly<Partial<Record<EventType, string>>> = {
  continued: 'the carrier to go on',
  'incoming-message': 'a message',
  'message-status': 'a failed delivery',
  'message-sent': 'a message to be sent',
  'http-responded': 'the answer of a service',
  'call-answered': 'its call to be answered',
  'time-ran-out': 'its time to run out',
}
