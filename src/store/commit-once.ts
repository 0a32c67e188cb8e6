import { AnswerLost, NothingTouched, type Sql, type Statement } from './sql.ts'

/** Commits, once also where the answer gets lost: `isWritten` then tells from what the commit leaves whether it was done. */
export async function commitOnce(
  sql: Sql,
  statements: readonly Statement[],
  isWritten: () => Promise<boolean>,
): Promise<void> {
  try {
    await sql.commit(statements)
  } catch (error) {
    if (!(error instanceof AnswerLost)) throw error
    if (!(await isWritten())) await commitAgain(sql, statements, isWritten)
  }
}

/** What was sent may still be on its way: then this attempt finds that it came too late. */
async function commitAgain(
  sql: Sql,
  statements: readonly Statement[],
  isWritten: () => Promise<boolean>,
): Promise<void> {
  try {
    await commitOnce(sql, statements, isWritten)
  } catch (error) {
    if (!(error instanceof NothingTouched && (await isWritten()))) throw error
  }
}
