import type { PoolClient, QueryResult } from 'pg'
import { codeOf } from '../error-code.ts'
import { isUndone } from './postgres-failure.ts'
import { NOTHING_TOUCHED, prepared } from './postgres-statement.ts'
import { AnswerLost, NothingTouched, type Statement } from './sql.ts'

/** Writes commits of one statement each, which share a transaction; an answer for each. One that fails leaves the others. */
export function written(client: PoolClient, commits: readonly Statement[]): readonly Promise<void>[] {
  const [only] = commits
  if (only && commits.length === 1) return [writtenAlone(client, only)]
  const areWritten = writtenTogether(client, commits)
  return commits.map(async (one) => {
    if (!(await areWritten.catch(doubtful([one])))) await writtenAlone(client, one)
  })
}

/** A statement alone is a transaction by itself. */
async function writtenAlone(client: PoolClient, one: Statement): Promise<void> {
  try {
    await client.query(prepared(one))
  } catch (error) {
    if (codeOf(error) === NOTHING_TOUCHED) throw new NothingTouched(one.text)
    doubtful([one])(error)
  }
}

/** Whether all are written: one that cannot be done undoes the others, too, and each has to be tried alone. */
async function writtenTogether(client: PoolClient, commits: readonly Statement[]): Promise<boolean> {
  const sent = [client.query('begin'), ...commits.map((one) => client.query(prepared(one))), client.query('commit')]
  const end = (await Promise.allSettled(sent)).at(-1)
  if (end?.status === 'fulfilled') return end.value.command === 'COMMIT' // of one that is undone the server says ROLLBACK
  if (isUndone(end?.reason)) return false
  throw end?.reason
}

/** Writes a commit of any statements: all go out at once, and the end behind their answers. */
export async function writtenInTurn(client: PoolClient, statements: readonly Statement[]): Promise<void> {
  const [, ...outcomes] = await Promise.allSettled([
    client.query('begin'),
    ...statements.map((one) => client.query(prepared(one))),
  ])
  const untouched = statements.find(({ must }, index) => must && touchesNone(outcomes[index]))
  if (untouched) {
    await client.query('rollback')
    throw new NothingTouched(untouched.text) // whatever has failed behind it, such as a key that refers to nothing
  }
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  await client.query('commit').catch(doubtful(statements))
}

function touchesNone(outcome: PromiseSettledResult<QueryResult> | undefined): boolean {
  return outcome?.status === 'fulfilled' && outcome.value.rowCount === 0
}

/** What does not matter to be done twice is simply done again. */
function doubtful(statements: readonly Statement[]): (error: unknown) => never {
  return (error) => {
    throw isUndone(error) || !statements.some(({ must }) => must) ? error : new AnswerLost(error)
  }
}
