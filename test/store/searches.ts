import type { ExecutionPage } from '../../src/store/execution-page.ts'
import type { Sql, SqlValue } from '../../src/store/sql.ts'
import { sqlStore } from '../../src/store/sql-store.ts'

/** What a database is asked by every search that must not look at all executions, and by the removal of one, without its parameters. */
export async function searchTexts(sql: Sql): Promise<readonly string[]> {
  const texts: string[] = []
  const store = sqlStore(noting(sql, texts))
  await store.activeWith('FW1', 'c', ['a', 'b'])
  await store.activeCalls('FW1', 'c')
  await store.executionOfCall('FW1', 'CA1')
  await store.activeOfCall('CA1')
  await store.executionOfConversation('FW1', 'CH1')
  await store.due(1, 1)
  await store.nextDue(1)
  await store.removeExecutions({ startedBefore: 1, endedBefore: 1 })
  await store.removeExecution('FN1')
  await store.steps('FN1')
  await store.warnings('FN1')
  await store.delivery('FW1', 'k')
  await store.warningCodes('FN1')
  await store.transitionCounts('FW1', {})
  for (const wanted of SEARCHES) await store.executionPage({ size: 1, ...wanted })
  return texts
}

/** How many they are. */
export const SEARCH_COUNT = 22

const SEARCHES: readonly Partial<ExecutionPage>[] = [
  {},
  { flowSid: 'FW1', status: 'ended' },
  { status: 'active' },
  { contacts: ['a', 'b'], flowSid: 'FW1', status: 'ended' },
  { widget: { flowSid: 'FW1', name: 'ask' }, createdFrom: 1 },
  { warning: 81018, widget: { flowSid: 'FW1', name: 'ask' }, place: { side: 'before', at: 1, sid: 'FN1' } },
]

/** The same database, noting what it is asked for. */
function noting(database: Sql, texts: string[]): Sql {
  return {
    rows<T>(text: string, ...parameters: readonly SqlValue[]) {
      texts.push(text)
      return database.rows<T>(text, ...parameters)
    },
    commit(statements) {
      texts.push(...statements.map(({ text }) => text))
      return database.commit(statements)
    },
    load: () => database.load(),
    close: () => database.close(),
  }
}
