import { describe, expect, onTestFinished, test } from 'vitest'
import type { Execution } from '../../src/engine/execution.ts'
import { openPostgres, postgresStore, postgresTables } from '../../src/store/postgres.ts'
import type { PostgresDatabase } from '../../src/store/postgres-database.ts'
import { AlreadyDelivered } from '../../src/store/saved-delivery.ts'
import { must, NothingTouched, statement } from '../../src/store/sql.ts'
import type { Fellows } from '../../src/store/sql-fellows.ts'
import { AlreadyActive, StaleExecution, type Store } from '../../src/store/store.ts'
import { UnusableDatabase } from '../../src/store/unusable-database.ts'
import { cuttingProxy } from '../support/postgres/cutting-proxy.ts'
import { asked, newDatabase } from '../support/postgres/databases.ts'
import { postgresUrl } from '../support/postgres/of-this-run.ts'
import { startServer } from '../support/postgres/server.ts'
import { storeContract } from './contract.ts'
import { execution, moved, step } from './sample.ts'
import { SEARCH_COUNT, searchTexts } from './searches.ts'

const server = await postgresUrl()

describe.skipIf(server === undefined)('PostgreSQL', () => {
  storeContract('PostgreSQL', async () => postgresStore(await fresh()))

  test('two processes cannot both begin an execution of one contact, nor both move one', async () => {
    const url = await fresh()
    const stores = await Promise.all([opened(url), opened(url), opened(url)])

    const begun = await Promise.allSettled(stores.map((store, index) => store.save(moved(named(`FN${index}`)))))
    const [first, ...further] = begun.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(further).toEqual([])
    expect(reasonsOf(begun)).toEqual([
      expect.objectContaining({ name: AlreadyActive.name, executionSid: first?.sid }),
      expect.objectContaining({ name: AlreadyActive.name, executionSid: first?.sid }),
    ])

    const going = await Promise.allSettled(stores.map((store) => store.save(moved(first ?? execution()))))
    expect(reasonsOf(going)).toEqual([expect.any(StaleExecution), expect.any(StaleExecution)])
  })

  test('a delivery is taken in by one process, with a move or without one', async () => {
    const url = await fresh()
    const [one, other] = [await opened(url), await opened(url)]
    const delivery = { flowSid: 'FW1', key: 'k', executionSid: 'FN1', answer: '', finished: true, isNew: true } as const
    const first = await one.save(moved(execution(), { delivery }))
    const second = moved({ ...first, steps: 1 }, { delivery, steps: [step('FT1')] })

    await expect(other.save(second)).rejects.toThrow(AlreadyDelivered)
    await expect(other.save(moved(named('FN2'), { delivery }))).rejects.toThrow(AlreadyDelivered)
    await expect(other.keepDelivery(delivery)).rejects.toThrow(AlreadyDelivered)
    expect(await one.execution('FN1')).toEqual(first)

    await one.keepDelivery({ ...delivery, answer: 'late' })
    await one.save(second)
    expect(await other.steps('FN1')).toHaveLength(1)
  })

  test('a line before an execution is in the order of arrival, and nobody waits for whoever is gone', async () => {
    const url = await fresh()
    const [one, other, third] = [await fellowOf(url), await fellowOf(url), await fellowOf(url)]
    const places = [await one.queue('FN1'), await other.queue('FN1'), await third.queue('FN1'), await one.queue('FN2')]
    const areFirst = () => Promise.all(places.map((place) => place.isFirst()))

    expect(await areFirst()).toEqual([true, false, false, true])
    await one.bury(one.self, 1)
    expect(await areFirst()).toEqual([true, true, false, true])
    await places[1]?.leave()
    expect(await areFirst()).toEqual([true, true, true, true])
  })

  test('a move that lets others go first is refused while events wait for its execution', async () => {
    const url = await fresh()
    const store = await opened(url)
    const fellow = await fellowOf(url)
    const first = await store.save(moved(execution()))
    const place = await fellow.queue('FN1')
    await expect(store.save(moved(first, { givesWay: true }))).rejects.toThrow(StaleExecution)
    await place.leave()
    expect(await store.save(moved(first, { givesWay: true }))).toMatchObject({ version: 2 })
  })

  test('what was given to an instance to be taken up is due at its own time again as soon as it is moved', async () => {
    const url = await fresh()
    const store = await opened(url)
    const fellow = await fellowOf(url)
    const first = await store.save(moved(execution()))
    expect(await fellow.due(6_000, 10)).toEqual(['FN1'])
    expect(await fellow.due(6_000, 10)).toEqual([])

    await store.save(walked({ ...first, updatedAt: 6_000 }))

    expect(await fellow.due(6_000, 10)).toEqual(['FN1'])
  })

  test('a contact whose execution ends in the moment in which another one begins has that one', async () => {
    const url = await fresh()
    const [one, other] = [await opened(url), await opened(url)]
    let active = await one.save(moved(named('FN0')))
    for (let nth = 1; nth <= 30; nth++) {
      const next = other.save(moved(named(`FN${nth}`))).catch((error: unknown) => error)
      await one.save(moved({ ...active, status: 'ended' }, { before: active }))
      const begun = await next
      if (begun instanceof Error) expect(begun).toBeInstanceOf(AlreadyActive)
      active = begun instanceof Error ? await other.save(moved(named(`FN${nth}`))) : (begun as Execution) // as `save` gives it
    }
  })

  test('a statement that must touch a row undoes the whole commit when it touches none', async () => {
    const database = await openedDatabase(await fresh())
    await database.commit([statement('create table t (n integer)')])
    const add = statement('insert into t values ($1)', 1)
    await expect(database.commit([add, must('delete from t where n = $1', 2)])).rejects.toThrow(NothingTouched)
    await expect(database.commit([must('delete from t where n = $1', 2)])).rejects.toThrow(NothingTouched)
    expect(await database.rows('select * from t')).toEqual([])
    await database.commit([add])
    await database.commit([must('update t set n = 2 where n = $1 returning n', 1), add])
    expect(await database.rows('select * from t order by n')).toEqual([{ n: 1 }, { n: 2 }])
  })

  test('a move of many steps is written as a whole, or not at all', async () => {
    const store = await opened(await fresh())
    const first = await store.save(moved(execution()))
    const all = Array.from({ length: 30 }, (_, nth) => step(`FT${nth}`))
    await store.save(moved({ ...first, steps: 30 }, { before: first, steps: all }))
    await expect(store.save(moved({ ...first, steps: 30 }, { before: first, steps: all }))).rejects.toThrow(
      StaleExecution,
    )
    expect(await store.steps('FN1')).toHaveLength(30)
  })

  test('whole numbers come back as numbers, JSON as text, and a parameter may stand twice', async () => {
    const database = await openedDatabase(await fresh())
    const [row] = await database.rows('select $1::bigint as a, $2 as b, $1::bigint as c', 2 ** 53 - 1, '{"a":1}')
    expect(row).toEqual({ a: 2 ** 53 - 1, b: '{"a":1}', c: 2 ** 53 - 1 })
  })

  test('saves of the same moment share one transaction', async () => {
    const url = await fresh()
    const store = await opened(url)
    await Promise.all(Array.from(NINE, (nth) => store.save(moved(named(`FN${nth}`, `+1555${nth}`)))))
    expect(await asked(url, TRANSACTIONS)).toEqual([{ transactions: 1 }])

    await store.save(moved(named('FN', '+1555')))
    expect(await asked(url, TRANSACTIONS)).toEqual([{ transactions: 2 }])
  })

  test('a commit that waits when the database is closed is still written', async () => {
    const url = await fresh()
    const store = await postgresStore(url)
    const saves = Promise.all(Array.from(NINE, (nth) => store.save(moved(named(`FN${nth}`, `+1555${nth}`)))))
    await store.close()
    await saves
    expect(await (await opened(url)).execution('FN9')).toBeDefined()
  })

  test('commits of two processes that share transactions and wait for each other are all written', async () => {
    const url = await fresh()
    const [one, other] = [await openedDatabase(url), await openedDatabase(url)]
    await one.commit([statement('create table t (id integer, n integer)')])
    await one.commit([statement('insert into t values (1, 0), (2, 0)')])
    const add = (id: number) => [must('update t set n = n + 1 where id = $1', id)]
    const addSlowly = (id: number) => [must('update t set n = n + 1 from (select pg_sleep(0.2)) s where id = $1', id)]

    await Promise.all([one.commit(add(1)), one.commit(addSlowly(2)), other.commit(add(2)), other.commit(addSlowly(1))])

    expect(await one.rows('select n from t')).toEqual([{ n: 2 }, { n: 2 }])
  })

  test('transactions that wait for each other are sorted out, and both are written', async () => {
    const database = await openedDatabase(await fresh())
    await database.commit([statement('create table t (id integer, n integer)')])
    await database.commit([statement('insert into t values (1, 0), (2, 0)')])
    const wait = statement('select pg_sleep(0.2)')
    const add = (id: number) => must('update t set n = n + 1 where id = $1', id)

    await Promise.all([database.commit([add(1), wait, add(2)]), database.commit([add(2), wait, add(1)])])

    expect(await database.rows('select n from t')).toEqual([{ n: 2 }, { n: 2 }])
  })

  test('transactions that cannot be put in an order are done again, and all are written', async () => {
    const url = new URL(await fresh())
    url.searchParams.set('options', '-c default_transaction_isolation=serializable')
    const database = await openedDatabase(url.href)
    await database.commit([statement('create table t (n integer)')])
    await database.commit([statement('insert into t values (0)')])
    await Promise.all(Array.from({ length: 20 }, () => database.commit([must('update t set n = n + 1')])))
    expect(await database.rows('select n from t')).toEqual([{ n: 20 }])
  })

  test('three processes that start at once on an empty database bring its tables up to date once', async () => {
    const url = await fresh()
    const stores = await Promise.all([opened(url), opened(url), opened(url)])
    for (const [nth, store] of stores.entries()) await store.save(moved(named(`FN${nth}`, `+1555${nth}`)))
    expect(await asked(url, 'select count(*)::int as versions from schema_version')).toEqual([{ versions: 1 }])
  })

  test('a commit of a whole transaction after the close is refused', async () => {
    const database = await openPostgres(await fresh(), MANNER)
    await database.close()
    await expect(database.commit([statement('select 1')])).rejects.toThrow()
  })

  describe('a commit whose answer is lost', () => {
    test.each([
      ['a start', COMMIT, (store: Store) => store.save(moved(named('FN2', '+15550009'), { happened: [HAPPENED] }))],
      ['a start of which no event is kept', INSERT, (store: Store) => store.save(moved(named('FN2', '+15550009')))],
      ['a move with steps', COMMIT, (store: Store, first: Execution) => store.save(walked(first))],
      ['a move without steps', COMMIT, (store: Store, first: Execution) => store.save(resting(first))],
      ['a move of which no event is kept', UPDATE, (store: Store, first: Execution) => store.save(moved(first))],
    ])('is written once: %s', async (_name, said, move) => {
      const url = await fresh()
      const first = await (await opened(url)).save(moved(execution()))
      const { url: byProxy, cutBehind, cuts } = await cuttingProxy(url)
      const store = await opened(byProxy)

      cutBehind(said)
      const saved = await move(store, first)

      expect(cuts()).toBe(1)
      expect(await store.execution(saved.sid)).toEqual(saved)
      expect(saved.version).toBe(saved.sid === first.sid ? 2 : 1)
    })

    test('is written once, and so is each that shares its transaction', async () => {
      const url = await fresh()
      const first = await (await opened(url)).save(moved(execution()))
      const { url: byProxy, cutBehind, cuts } = await cuttingProxy(url)
      const store = await opened(byProxy)
      await store.execution('FN1')

      cutBehind(/commit/)
      const saved = await Promise.all([
        store.save(walked(first)),
        ...Array.from(NINE, (nth) =>
          store.save(moved(named(`FN${nth}${nth}`, `+1555${nth}`), { happened: [HAPPENED] })),
        ),
      ])

      expect(cuts()).toBe(1)
      for (const one of saved) expect(await store.execution(one.sid)).toEqual(one)
      expect(saved.map(({ version }) => version)).toEqual([2, ...Array.from(NINE, () => 1)])
      expect(await store.steps('FN1')).toHaveLength(1)
    })

    test('is known as written also when another process has moved the execution on', async () => {
      const url = await fresh()
      const proxy = await cuttingProxy(url)
      const [store, other] = [await opened(proxy.url), await opened(url)]
      const first = await store.save(moved(execution()))

      proxy.cutBehind(COMMIT)
      const saving = store.save(walked(first))
      const second = await follow(other, saving)

      expect(await saving).toMatchObject({ version: 2 })
      expect(second).toMatchObject({ version: 3 })
    })

    test('adds one revision', async () => {
      const { url, cutBehind, cuts } = await cuttingProxy(await fresh())
      const store = await opened(url)
      const draft = { sid: 'FW1', friendlyName: 'menu', definition: {}, status: 'published', at: 1 } as const
      cutBehind(COMMIT)
      expect(await store.addRevision(draft)).toMatchObject({ revision: 1 })
      expect(cuts()).toBe(1)
      expect(await store.revisions('FW1')).toHaveLength(1)
    })
  })

  test('a connection that is cut before the end of a transaction has written nothing, and it is done again', async () => {
    const { url, cutBehind } = await cuttingProxy(await fresh())
    const store = await opened(url)
    const first = await store.save(moved(execution()))
    cutBehind(/begin/)
    await store.save(moved({ ...first, steps: 9 }, { before: first, steps: Array.from(NINE, (sid) => step(sid)) }))
    expect(await store.steps('FN1')).toHaveLength(9)
  })

  test('connections that the server closes and a server that starts again are survived under load', async () => {
    const own = await startServer()
    onTestFinished(() => own.stop())
    const store = await opened(await newDatabase(own.url))
    let isOver = false
    const writers = Array.from({ length: 12 }, async (_, index) => {
      let saved = await store.save(moved(named(`FN${index}`, `+1555${index}`)))
      while (!isOver) saved = await store.save(walked(saved))
      return saved
    })

    for (let round = 0; round < 5; round++) {
      await new Promise((resolve) => setTimeout(resolve, 150))
      await asked(own.url, 'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()')
    }
    await own.restart()
    isOver = true

    for (const saved of await Promise.all(writers)) {
      expect(await store.execution(saved.sid)).toEqual(saved)
      expect(saved.version).toBeGreaterThan(1)
      expect(await store.steps(saved.sid)).toHaveLength(saved.steps)
    }
  })

  test('searches go through an index, however many executions there are', async () => {
    const url = await fresh()
    const { database, close } = await postgresTables(url)
    onTestFinished(close)
    const texts = await searchTexts(database)
    expect(texts).toHaveLength(SEARCH_COUNT)

    await asked(url, MANY_EXECUTIONS)

    for (const text of texts) {
      const plan = await asked<Readonly<Record<string, string>>>(url, `explain ${text.replaceAll(/\$\d+/g, "'1'")}`)
      const found = plan.flatMap((line) => Object.values(line)).join('; ')
      // Steps are read through where they are still fewer than 2,000 executions would have to be looked up.
      expect(found, text).not.toMatch(/Seq Scan on (?!steps s)/)
      if (/moments/.test(text)) expect(found, text).not.toMatch(/steps_by_transition/)
    }
  })

  test.each([
    ['an account that there is not', (url: URL) => Object.assign(url, { username: 'nobody' }), 'cannot be used'],
    ['a database that there is not', (url: URL) => Object.assign(url, { pathname: '/none' }), 'cannot be used'],
  ])('%s is refused with a message that hides the password', async (_name, change, reason) => {
    const refused = postgresStore(change(new URL(server ?? '')).href)
    await expect(refused).rejects.toThrow(UnusableDatabase)
    await expect(refused).rejects.toThrow(reason)
    await expect(refused).rejects.not.toThrow(/ss.*ord\//)
  })
})

const MANNER = { connections: 5, patience: 10_000 }

const HAPPENED = {
  event: { type: 'stopped' },
  moment: { now: 1, entropy: 'e', webhookUrl: 'https://a.example/' },
} as const

const MANY_EXECUTIONS = `
  insert into executions (sid, flow_sid, channel, contact, address, call_sid, status, due_at, version, document, created_at, updated_at, initiated_by, contact_address, last_step_at)
    select 'FN' || n, 'FW' || n % 10, 'call', '+' || n, '+1', 'CA' || n, case n % 9 when 0 then 'active' else 'ended' end,
      case n % 9 when 0 then n end, 1, '{}', n, n, 'CA' || n, '+' || n, 59999 + n from generate_series(1, 30000) n;
  insert into steps (execution_sid, position, sid, flow_sid, name, type, transitioned_from, transitioned_to, changes, created_at, previous_at)
    select 'FN' || n % 30000 + 1, n / 30000, 'FT' || n, 'FW1', 'e', 't', 'a', 'b', '{}', n, case when n >= 30000 then n - 30000 else -1 end from generate_series(0, 89999) n;
  insert into warnings (execution_sid, version, position, step_sid, widget, code, message, created_at, began_at)
    select 'FN' || n, 1, 0, 'FT1', 'w', 81000 + n % 50, 'm', n, n from generate_series(1, 30000) n;
  insert into deliveries (flow_sid, key, answer, finished, created_at)
    select 'FW1', 'k' || n, '<Response/>', 1, n from generate_series(1, 30000) n;
  analyze`

const TRANSACTIONS = 'select count(distinct xmin::text)::int as transactions from executions'

/** So many steps are not written by one statement. */
const NINE = '123456789'

/** What goes over the wire: some statements as one, and those that are alone. */
const COMMIT = /with w0 as/
const INSERT = /insert into executions/
const UPDATE = /update executions/

/** An empty database. */
function fresh(): Promise<string> {
  return newDatabase(server ?? '')
}

async function opened(url: string): Promise<Store> {
  const store = await postgresStore(url)
  onTestFinished(() => store.close())
  return store
}

/** An instance that the others know of. */
async function fellowOf(url: string): Promise<Fellows> {
  const { fellows } = await opened(url)
  if (!fellows) throw new Error('it is alone')
  await fellows.beat()
  return fellows
}

async function openedDatabase(url: string): Promise<PostgresDatabase> {
  const database = await openPostgres(url, MANNER)
  onTestFinished(() => database.close())
  return database
}

function named(sid: string, contact = '+15550001') {
  return execution({ sid, contact })
}

/** A move of one step. */
function walked(before: Execution) {
  const { sid, steps, version } = before
  const change = { steps: [step(`FT${sid}-${version}`)], happened: [HAPPENED] }
  return moved({ ...before, steps: steps + 1 }, { ...change, before })
}

/** A move of no step. */
function resting(before: Execution) {
  return moved(before, { before, happened: [HAPPENED] })
}

/** Moves an execution on behind a move of another process, before that has heard of its own. */
async function follow(store: Store, _saving: Promise<unknown>) {
  for (;;) {
    const found = await store.execution('FN1')
    if (found?.version === 2) return store.save(walked(found))
  }
}

function reasonsOf(settled: readonly PromiseSettledResult<unknown>[]): readonly unknown[] {
  return settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
}
