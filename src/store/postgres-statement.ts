import { createHash } from 'node:crypto'
import type { QueryConfig } from 'pg'
import type { Statement } from './sql.ts'

/**
 * Some writes as one statement, which is a transaction by itself and goes to the server and back once; nothing where
 * they cannot be put together. A `must` that touches no row has the whole of it fail by `NOTHING_TOUCHED`, before what
 * is no `must` is begun.
 */
export function asOne(statements: readonly Statement[]): Statement | undefined {
  const isMergeable = statements.length <= MOST_TOGETHER && statements.every(({ text }) => WRITES.test(text))
  if (!isMergeable) return undefined
  return {
    text: textOf(statements),
    parameters: statements.flatMap(({ parameters }) => parameters),
    must: statements.some(({ must }) => must),
  }
}

/** The SQLSTATE of a division by zero. */
export const NOTHING_TOUCHED = '22012'

/** From then on texts would be as many as their combinations, and the server keeps a plan of each. */
const MOST_TOGETHER = 8

const WRITES = /^\s*(insert|update|delete)\b/i

const known = new Map<string, string>()

function textOf(statements: readonly Statement[]): string {
  const key = statements.map(({ text, must }) => (must ? `!${text}` : text)).join(';')
  const text = known.get(key) ?? merged(statements)
  known.set(key, text)
  return text
}

function merged(statements: readonly Statement[]): string {
  let count = 0
  const writes = statements.map(({ text, parameters }, index) => {
    const own = text.replaceAll(/\$(\d+)/g, (_, number: string) => `$${Number(number) + count}`)
    count += parameters.length
    return `w${index} as (${own}${/\breturning\b/i.test(own) ? '' : ' returning 1'})`
  })
  const needed = statements.flatMap(({ must }, index) => (must ? [`1 / (select count(*) from w${index})`] : []))
  return `with ${writes.join(', ')} select ${needed.join(', ') || '1'}`
}

/** As it is sent: the server keeps the plan of each text, by a name of its own. */
export function prepared({ text, parameters }: Statement): QueryConfig {
  return { name: nameOf(text), text, values: [...parameters] }
}

const names = new Map<string, string>()

function nameOf(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = createHash('sha256').update(text).digest('base64url')
  names.set(text, name)
  return name
}
