import { randomBytes } from 'node:crypto'
import type { Sql } from './sql.ts'
import { deliveryQueries } from './sql-deliveries.ts'
import { effectQueries } from './sql-effects.ts'
import { executionQueries } from './sql-executions.ts'
import { flowQueries } from './sql-flows.ts'
import { logQueries } from './sql-log.ts'
import { saving } from './sql-save.ts'
import { transitionQueries } from './sql-transitions.ts'
import type { Store } from './store.ts'

/** The store in a database that has been migrated, for an instance of this name. */
export function sqlStore(sql: Sql, instance = newInstance()): Store {
  return {
    ...flowQueries(sql),
    ...executionQueries(sql),
    ...logQueries(sql),
    ...transitionQueries(sql),
    ...effectQueries(sql, instance),
    ...saving(sql, instance),
    ...deliveryQueries(sql, instance),
    load: () => sql.load(),
    close: () => sql.close(),
  }
}

/** A name that no other process has. */
export function newInstance(): string {
  return randomBytes(6).toString('hex')
}
