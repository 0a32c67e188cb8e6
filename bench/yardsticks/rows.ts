import { randomBytes } from 'node:crypto'

/** The tables of the yardsticks that keep something. */
export const TABLES = [
  'create table if not exists executions (sid text primary key, document text, version integer)',
  'create table if not exists steps (sid text primary key, document text)',
] as const

/** The executions there are. */
export const SIDS: readonly string[] = Array.from({ length: 1_000 }, (_, index) => `FN${index}`)

/** The context of an execution: JSON of 4 KB. */
export const DOCUMENT = JSON.stringify({
  widgets: Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [
      `widget_${index}`,
      { Digits: '1', CallStatus: 'in-progress', From: '+15550001', To: '+15550002' },
    ]),
  ),
})

/** What a step writes of its own. */
export const STEP = '{"Digits":"1"}'

/** The execution of a webhook. */
export function anyone(): string {
  return SIDS[Math.floor(Math.random() * SIDS.length)] ?? ''
}

/** The context read, and written again. */
export function moved(document: string): string {
  return JSON.stringify(JSON.parse(document))
}

/** A sid that no step has. */
export function newStep(): string {
  return `FT${randomBytes(16).toString('hex')}`
}
