import type { Sql } from './sql.ts'
import { deliveryQueries } from './sql-deliveries.ts'
import { executionQueries } from './sql-executions.ts'
import { flowQueries } from './sql-flows.ts'
import { logQueries } from './sql-log.ts'
import { saving } from './sql-save.ts'
import { transitionQueries } from './sql-transitions.ts'
import type { Store } from './store.ts'

/** The store in a database that has been migrated. */
export function sqlStore(sql: Sql): Store {
  return {
    ...flowQueries(sql),
    ...executionQueries(sql),
    ...logQueries(sql),
    ...transitionQueries(sql),
    ...saving(sql),
    ...deliveryQueries(sql),
    close: () => sql.close(),
  }
}
