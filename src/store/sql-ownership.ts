import { commitOnce } from './commit-once.ts'
import { must, NothingTouched, type Sql, type SqlValue } from './sql.ts'

/** Holds for rows whose instance is gone; where instances are not kept account of, as on SQLite, for all: the one there is asks only when it begins. */
export const ORPHANED = '(instance is null or instance not in (select id from instances))'

/** A row that has to be taken up by somebody. */
export interface Orphan {
  readonly table: 'effects' | 'deliveries'
  /** A condition on its key alone. */
  readonly where: string
  readonly key: readonly SqlValue[]
}

/** Takes a row over; false where somebody else was first, or it is gone. */
export async function claimed(sql: Sql, instance: string, { table, where, key }: Orphan): Promise<boolean> {
  const own = `$${key.length + 1}`
  const claim = must(`update ${table} set instance = ${own} where ${where} and ${ORPHANED}`, ...key, instance)
  try {
    await commitOnce(sql, [claim], async () => {
      const found = await sql.rows(`select 1 from ${table} where ${where} and instance = ${own}`, ...key, instance)
      return found.length > 0
    })
    return true
  } catch (error) {
    if (error instanceof NothingTouched) return false
    throw error
  }
}
