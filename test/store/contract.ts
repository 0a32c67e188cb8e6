import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Execution } from '../../src/engine/execution.ts'
import type { ExecutionPage } from '../../src/store/execution-page.ts'
import type { NewRevision } from '../../src/store/saved-flow.ts'
import { AlreadyActive, type Moved, StaleExecution, type Store } from '../../src/store/store.ts'
import { calling, execution, HARD_TEXTS, moved, step, warning } from './sample.ts'

const FROM_FILE = { origin: 'file' }

/** What every database has to do, with a fresh store for each test. */
export function storeContract(database: string, openStore: () => Promise<Store>): void {
  async function opened(): Promise<Store> {
    const store = await openStore()
    onTestFinished(() => store.close())
    return store
  }

  describe(`${database}: flows`, () => {
    test('revisions are numbered from 1 and the newest of each kind is found', async () => {
      const store = await opened()
      await store.saveRevision(draft({ definition: { states: [1] }, status: 'published' }))
      await store.saveRevision(draft({ definition: { states: [2] }, status: 'published', commitMessage: 'two' }))
      await store.saveRevision(draft({ definition: { states: [3] }, status: 'draft' }))

      expect(await store.revision('FW1', 1)).toMatchObject({ revision: 1, definition: { states: [1] } })
      expect(await store.revision('FW1', 'LatestPublished')).toMatchObject({ revision: 2, commitMessage: 'two' })
      expect(await store.revision('FW1', 'LatestRevision')).toMatchObject({ revision: 3, status: 'draft' })
      expect((await store.revisions('FW1')).map(({ revision }) => revision)).toEqual([3, 2, 1])
      expect(await store.revision('FW1', 4)).toBeUndefined()
      expect(await store.revision('FW2', 'LatestRevision')).toBeUndefined()
    })

    test('a definition that holds already adds no revision, an older one does', async () => {
      const store = await opened()
      const first = await store.saveRevision(draft({ definition: { a: 1 } }))
      expect(await store.saveRevision(draft({ definition: { a: 1 }, at: 9 }))).toEqual(first)
      expect(await store.saveRevision(draft({ definition: { a: 1 }, status: 'draft' }))).toMatchObject({ revision: 2 })
      expect(await store.saveRevision(draft({ definition: { a: 2 } }))).toMatchObject({ revision: 3 })
      expect(await store.saveRevision(draft({ definition: { a: 1 } }))).toMatchObject({ revision: 4 })
    })

    test('a definition comes back as it was imported', async () => {
      const store = await opened()
      const definition = JSON.parse(
        `{"z":1,"a":{"__proto__":{"x":null}},"text":${JSON.stringify(HARD_TEXTS)},"n":[1e21,-0.5,true]}`,
      )
      await store.saveRevision(draft({ definition }))
      const saved = (await store.revision('FW1', 1))?.definition
      expect(JSON.stringify(saved)).toBe(JSON.stringify(definition))
    })

    test('a flow can be kept in the database alone, and stays there', async () => {
      const store = await opened()
      await store.addRevision(draft({ origin: 'database' }))
      await store.addRevision(draft({}))
      expect(await store.flow('FW1')).toMatchObject({ origin: 'database', revision: 2 })
    })

    test('a removed flow is gone with its revisions, its test users and its executions', async () => {
      const store = await opened()
      await store.saveRevision(draft({}))
      await store.setTestUsers('FW1', ['+15550001'])
      await store.save(moved(execution()))
      await store.save(moved(execution({ sid: 'FN2', flowSid: 'FW2' })))

      await store.removeFlow('FW1')

      expect(await store.flow('FW1')).toBeUndefined()
      expect(await store.revisions('FW1')).toEqual([])
      expect(await store.testUsers('FW1')).toEqual([])
      expect(await store.execution('FN1')).toBeUndefined()
      expect(await store.execution('FN2')).toBeDefined()
    })

    test('test users are kept in their order, all at once', async () => {
      const store = await opened()
      await store.saveRevision(draft({}))
      await store.setTestUsers('FW1', ['b', 'a'])
      expect(await store.testUsers('FW1')).toEqual(['b', 'a'])
      await store.setTestUsers('FW1', HARD_TEXTS)
      expect(await store.testUsers('FW1')).toEqual(HARD_TEXTS)
      await store.setTestUsers('FW1', [])
      expect(await store.testUsers('FW1')).toEqual([])
    })

    test('what goes on in flows is told by their active executions and the newest one', async () => {
      const store = await opened()
      for (const sid of ['FW1', 'FW2', 'FW3']) await store.saveRevision(draft({ sid }))
      await store.save(moved(execution({ sid: 'FN1', contact: '+1', createdAt: 1, updatedAt: 90 })))
      await store.save(moved(execution({ sid: 'FN2', contact: '+2', createdAt: 2, updatedAt: 20 })))
      await store.save(moved(execution({ sid: 'FN3', flowSid: 'FW2', status: 'ended', createdAt: 5, updatedAt: 7 })))

      expect(await store.activity()).toEqual([
        { flowSid: 'FW1', active: 2, lastAt: 20 },
        { flowSid: 'FW2', active: 0, lastAt: 7 },
      ])
    })

    test('flows are listed by name, with their newest revision', async () => {
      const store = await opened()
      await store.saveRevision(draft({ sid: 'FW2', friendlyName: 'zebra', at: 5 }))
      await store.saveRevision(draft({ sid: 'FW1', friendlyName: 'ant', definition: 1, at: 6 }))
      await store.saveRevision(draft({ sid: 'FW1', friendlyName: 'bee', definition: 2, status: 'draft', at: 7 }))

      const bee = {
        ...FROM_FILE,
        sid: 'FW1',
        friendlyName: 'bee',
        revision: 2,
        status: 'draft',
        createdAt: 6,
        updatedAt: 7,
      }
      const zebra = {
        ...FROM_FILE,
        sid: 'FW2',
        friendlyName: 'zebra',
        revision: 1,
        status: 'published',
        createdAt: 5,
        updatedAt: 5,
      }
      expect(await store.flows()).toEqual([bee, zebra])
      expect(await store.flow('FW2')).toEqual(zebra)
      expect(await store.flow('FW3')).toBeUndefined()
    })

    test('a flow saved under a new name only is renamed', async () => {
      const store = await opened()
      await store.saveRevision(draft({ friendlyName: 'old', at: 5 }))
      await store.saveRevision(draft({ friendlyName: 'new', at: 6 }))
      await store.saveRevision(draft({ friendlyName: 'new', at: 7 }))
      expect(await store.flow('FW1')).toMatchObject({ friendlyName: 'new', revision: 1, updatedAt: 6 })
    })

    test('revisions saved at the same moment get different numbers', async () => {
      const store = await opened()
      const saved = await Promise.all([1, 2, 3].map((definition) => store.saveRevision(draft({ definition }))))
      expect(saved.map(({ revision }) => revision).sort()).toEqual([1, 2, 3])
    })
  })

  describe(`${database}: executions`, () => {
    test('an execution comes back whole, with its new version', async () => {
      const store = await opened()
      const saved = await store.save(
        moved(execution({ document: [{ verb: 'Hangup' }], call: { sid: 'CA1', live: false } })),
      )
      expect(saved.version).toBe(1)
      expect(await store.execution('FN1')).toEqual(saved)
      expect(await store.execution('FN2')).toBeUndefined()
    })

    test('a save of a version that is no longer there is refused and leaves nothing', async () => {
      const store = await opened()
      const first = await store.save(moved(execution()))
      const second = await store.save(moved({ ...first, updatedAt: 2 }))
      const late = {
        steps: [step('FT9')],
        warnings: [warning('late')],
        effect: sending('E9'),
        delivery: answer('late'),
      }
      await expect(store.save(moved({ ...first, updatedAt: 3, steps: 1 }, late))).rejects.toThrow(StaleExecution)

      expect(await store.execution('FN1')).toEqual(second)
      expect(await store.steps('FN1')).toEqual([])
      expect(await store.warnings('FN1')).toEqual([])
      expect(await store.pendingEffects()).toEqual([])
      expect(await store.delivery('FW1', 'late')).toBeUndefined()
    })

    test('of saves at the same moment one wins', async () => {
      const store = await opened()
      const first = await store.save(moved(execution()))
      const saves = await Promise.allSettled([2, 3, 4].map((updatedAt) => store.save(moved({ ...first, updatedAt }))))
      const [won, ...others] = saves.filter(({ status }) => status === 'fulfilled')
      expect(won).toEqual({ status: 'fulfilled', value: await store.execution('FN1') })
      expect(others).toEqual([])
    })

    test('an execution that was removed cannot be saved again', async () => {
      const store = await opened()
      const saved = await store.save(moved(execution({ status: 'ended' })))
      await store.removeExecutions({ startedBefore: saved.createdAt + 1, endedBefore: saved.updatedAt + 1 })
      await expect(store.save(moved(saved))).rejects.toThrow(StaleExecution)
    })

    test('of saves of the same moment a stale one undoes only itself', async () => {
      const store = await opened()
      const first = await store.save(moved(execution()))
      await store.save(moved({ ...first, updatedAt: 2 }))

      const saves = await Promise.allSettled([
        store.save(moved(calling('CA2', { sid: 'FN2', steps: 1 }), { steps: [step('FT2')] })),
        store.save(moved({ ...first, steps: 1 }, { steps: [step('FT1')] })),
        store.save(moved(execution({ sid: 'FN3' }))),
        store.save(moved(calling('CA4', { sid: 'FN4' }))),
      ])
      expect(saves).toMatchObject([
        { status: 'fulfilled' },
        { status: 'rejected', reason: expect.any(StaleExecution) },
        { status: 'rejected', reason: expect.any(AlreadyActive) },
        { status: 'fulfilled' },
      ])
      expect(await store.steps('FN2')).toHaveLength(1)
      expect(await store.steps('FN1')).toEqual([])
      expect(await store.execution('FN3')).toBeUndefined()
      expect(await store.execution('FN4')).toBeDefined()
    })

    test('a new execution under a sid that is taken is refused', async () => {
      const store = await opened()
      await store.save(moved(calling('CA1')))
      await store.save(moved(execution({ sid: 'FN2' })))
      await expect(store.save(moved(calling('CA2')))).rejects.toThrow(StaleExecution)
    })
  })

  describe(`${database}: whom an event concerns`, () => {
    test('the end of a call finds its active executions in every flow', async () => {
      const store = await opened()
      const here = await store.save(moved(calling('CA1')))
      const there = await store.save(moved({ ...calling('CA1'), sid: 'FN2', flowSid: 'FW2', createdAt: 5000 }))
      await store.save(moved({ ...calling('CA1'), sid: 'FN3', status: 'ended' }))
      await store.save(moved({ ...calling('CA2'), sid: 'FN4' }))
      expect(await store.activeOfCall('CA1')).toEqual([here, there])
    })

    test('a message finds the active execution of its contact, flow and address', async () => {
      const store = await opened()
      const saved = await store.save(moved(execution()))
      expect(await store.activeWith('FW1', '+15550001', ['+15550002'])).toEqual(saved)
      expect(await store.activeWith('FW1', '+15550001', ['MG1', '+15550002'])).toEqual(saved)
      expect(await store.activeWith('FW1', '+15550001', ['MG1'])).toBeUndefined()
      expect(await store.activeWith('FW1', '+15550009', ['+15550002'])).toBeUndefined()
      expect(await store.activeWith('FW2', '+15550001', ['+15550002'])).toBeUndefined()
      expect(await store.activeWith('FW1', '+15550001', [])).toBeUndefined()
    })

    test('a message finds an execution that the REST API began, none that has ended and no call', async () => {
      const store = await opened()
      await store.save(moved(execution({ sid: 'FN1', status: 'ended' })))
      await store.save(moved(calling('CA1', { sid: 'FN2' })))
      expect(await store.activeWith('FW1', '+15550001', ['+15550002'])).toBeUndefined()
      await store.save(moved(execution({ sid: 'FN3', channel: 'request' })))
      expect(await store.activeWith('FW1', '+15550001', ['+15550002'])).toMatchObject({ sid: 'FN3' })
    })

    test('a contact has one active execution in a flow with an address', async () => {
      const store = await opened()
      const first = await store.save(moved(execution({ sid: 'FN1' })))
      const log = { steps: [step('FT1')], warnings: [warning('w')], delivery: answer('second') }
      const second = store.save(moved(execution({ sid: 'FN2', channel: 'request', steps: 1 }), log))
      await expect(second).rejects.toThrow(AlreadyActive)
      await expect(second).rejects.toMatchObject({ executionSid: 'FN1' })

      await store.save(moved(execution({ sid: 'FN3', address: 'MG1' })))
      await store.save(moved(execution({ sid: 'FN4', flowSid: 'FW2' })))
      await store.save(moved({ ...first, status: 'ended' }))
      expect(await store.save(moved(execution({ sid: 'FN5' })))).toMatchObject({ version: 1 })
    })

    test('what only one active execution of a flow may have is had by one, until that ends', async () => {
      const store = await opened()
      const exclusive = '+15550001'
      const first = await store.save(moved(calling('CA1', { sid: 'FN1' }), { exclusive }))
      const second = store.save(moved(calling('CA2', { sid: 'FN2' }), { exclusive }))
      await expect(second).rejects.toThrow(AlreadyActive)
      await expect(second).rejects.toMatchObject({ executionSid: 'FN1' })

      await store.save(moved(calling('CA3', { sid: 'FN3' })))
      await store.save(moved(calling('CA4', { sid: 'FN4', flowSid: 'FW2' }), { exclusive }))
      await store.save(moved({ ...first, status: 'ended' }, { before: first }))
      expect(await store.save(moved(calling('CA5', { sid: 'FN5' }), { exclusive }))).toMatchObject({ version: 1 })
    })

    test('everybody in a conversation moves its one execution', async () => {
      const store = await opened()
      const one = execution({ channel: 'conversation', contact: 'anna', address: 'CH1' })
      await store.save(moved(one))
      expect(await store.activeWith('FW1', 'bob', ['CH1'])).toMatchObject({ sid: 'FN1', contact: 'anna' })
      expect(await store.activeWith('FW1', 'bob', ['CH2'])).toBeUndefined()
      await expect(store.save(moved({ ...one, sid: 'FN2', contact: 'bob' }))).rejects.toThrow(AlreadyActive)
    })

    test('a conversation is found by its sid, however the execution began', async () => {
      const store = await opened()
      const conversation = { sid: 'CH\0', status: 'active', authors: [] } as const
      const first = await store.save(moved(execution({ channel: 'request' })))
      await store.save(moved({ ...first, conversation }))
      expect(await store.executionOfConversation('FW1', 'CH\0')).toMatchObject({ sid: 'FN1', conversation })
      expect(await store.executionOfConversation('FW1', 'CH2')).toBeUndefined()
      expect(await store.executionOfConversation('FW2', 'CH\0')).toBeUndefined()
    })

    test('each call has its own execution, found by its sid, the active one first', async () => {
      const store = await opened()
      await store.save(moved(calling('CA1', { sid: 'FN1', createdAt: 1 })))
      await store.save(moved(calling('CA1', { sid: 'FN2', createdAt: 2, status: 'ended' })))
      await store.save(moved(calling('CA2', { sid: 'FN3', createdAt: 3, status: 'ended' })))
      await store.save(moved(calling('CA2', { sid: 'FN4', createdAt: 4, status: 'ended' })))

      expect(await store.executionOfCall('FW1', 'CA1')).toMatchObject({ sid: 'FN1' })
      expect(await store.executionOfCall('FW1', 'CA2')).toMatchObject({ sid: 'FN4' })
      expect(await store.executionOfCall('FW2', 'CA1')).toBeUndefined()
    })

    test('a message execution that places a call is found by that call', async () => {
      const store = await opened()
      const saved = await store.save(moved(execution()))
      await store.save(moved({ ...saved, call: { sid: 'CA7', live: true } }))
      expect(await store.executionOfCall('FW1', 'CA7')).toMatchObject({ sid: 'FN1' })
    })

    test('the call that began an execution finds it also when it has gone on to another call', async () => {
      const store = await opened()
      const saved = await store.save(moved(calling('CA1', { sid: 'FN1', initiatedBy: 'CA1' })))
      await store.save(moved({ ...saved, call: { sid: 'CA7', live: true } }, { before: saved }))
      expect(await store.executionOfCall('FW1', 'CA1')).toMatchObject({ sid: 'FN1' })
      expect(await store.executionOfCall('FW1', 'CA7')).toMatchObject({ sid: 'FN1' })
    })

    test('executions of a flow are found page by page, in both directions, also those of one moment', async () => {
      const store = await opened()
      const own = (sid: string, createdAt: number, change = {}) =>
        store.save(moved(execution({ sid, createdAt, contact: sid, ...change })))
      await own('FN1', 10)
      await own('FN2', 20, { status: 'ended' })
      await own('FN3', 20)
      await own('FN4', 30)
      await own('FN5', 40, { flowSid: 'FW2' })
      const page = async (wanted: Partial<ExecutionPage>) =>
        (await store.executionPage({ flowSid: 'FW1', size: 2, ...wanted })).executions.map(({ sid }) => sid)
      const place = { side: 'after', at: 20, sid: 'FN3' } as const

      expect(await page({})).toEqual(['FN4', 'FN3', 'FN2'])
      expect(await page({ place })).toEqual(['FN2', 'FN1'])
      expect(await page({ place: { ...place, side: 'before' } })).toEqual(['FN4'])
      expect(await page({ place: { side: 'before', at: 10, sid: 'FN1' } })).toEqual(['FN4', 'FN3', 'FN2'])
      expect(await page({ status: 'active', createdTo: 20 })).toEqual(['FN3', 'FN1'])
      expect(await page({ createdFrom: 20, createdTo: 20 })).toEqual(['FN3', 'FN2'])
      await store.removeExecution('FN3')
      expect(await page({ createdFrom: 20, createdTo: 20 })).toEqual(['FN2'])
    })

    test('what moved an execution comes back in order, and goes with it', async () => {
      const store = await opened()
      const moment = { now: 1, entropy: 'e', webhookUrl: 'https://phone.example/' }
      const happened = HARD_TEXTS.map((to) => ({
        event: { type: 'incoming-request', to, from: '', parameters: { to } } as const,
        moment,
      }))
      let saved = execution()
      for (const [index, one] of happened.entries()) {
        const steps = index % 2 === 0 ? [] : [step(`FT${index}`), step(`FT${index}b`)]
        saved = await store.save(moved({ ...saved, steps: saved.steps + steps.length }, { happened: [one], steps }))
      }
      await store.save(moved(saved))

      expect(await store.events('FN1')).toEqual(happened)
      await store.removeExecution('FN1')
      expect(await store.events('FN1')).toEqual([])
    })

    test('several moves are saved in one go, each a version of its own', async () => {
      const store = await opened()
      const moment = { now: 1, entropy: 'e', webhookUrl: 'https://phone.example/' }
      const happened = ['FT1', 'FT2', 'FT3'].map((step) => ({
        event: { type: 'continued', params: { Digits: '1' }, step } as const,
        moment,
      }))
      const three = { happened, moves: 3 }

      const walked = await store.save(moved(execution({ steps: 1 }), { ...three, steps: [step('FT1')] }))
      const waited = await store.save(moved(walked, three))

      expect([walked.version, waited.version]).toEqual([3, 6])
      expect(await store.events('FN1')).toEqual([...happened, ...happened])
      await expect(store.save(moved({ ...walked, version: 5 }))).rejects.toThrow(StaleExecution)
    })

    test.each([
      ['just what came', { Digits: '1', From: '+15550001000' }],
      ['less than what came', { Digits: '1' }],
      ['something else under the same names', { Digits: '2', From: '+15550001000' }],
      ['nothing', {}],
    ])('a step that gives out %s has it when it is read', async (_, output) => {
      const store = await opened()
      const event = { type: 'continued', params: { Digits: '1', From: '+15550001000' } } as const
      const happened = [{ event, moment: { now: 1, entropy: 'e', webhookUrl: 'https://phone.example/' } }]
      const steps = [
        { ...step('FT1'), output },
        { ...step('FT2'), output },
      ]

      await store.save(moved(execution({ steps: 2 }), { happened, steps }))

      expect(await store.steps('FN1')).toEqual(steps)
      expect(await store.events('FN1')).toEqual(happened)
    })

    test('executions of all flows are searched by contact, status, widget and warning together', async () => {
      const store = await opened()
      const own = (sid: string, createdAt: number, change: Partial<Execution>, rest: Partial<Moved> = {}) =>
        store.save(moved(calling(sid, { sid, createdAt, ...change }), rest))
      const trigger = step('FT1', { type: 'trigger', from: 'Trigger', to: 'ask' })
      await own('FN1', 10, { contact: 'a', status: 'ended', steps: 1 }, { steps: [step('FT1', { to: 'ask' })] })
      await own('FN2', 20, { contact: 'a', steps: 1 }, { steps: [trigger], warnings: [warning('x'), warning('y')] })
      await own('FN3', 20, { contact: 'b', flowSid: 'FW2', channel: 'conversation' }, { warnings: [warning('z')] })
      const sids = async (wanted: Partial<ExecutionPage>) =>
        (await store.executionPage({ size: 9, ...wanted })).executions.map(({ sid }) => sid)
      const ask = { flowSid: 'FW1', name: 'ask' }

      expect(await sids({})).toEqual(['FN3', 'FN2', 'FN1'])
      expect(await sids({ contacts: ['b', 'nobody'] })).toEqual(['FN3'])
      expect(await sids({ contacts: ['a'], status: 'active' })).toEqual(['FN2'])
      expect(await sids({ status: 'active', size: 1 })).toEqual(['FN3', 'FN2'])
      expect(await sids({ widget: ask })).toEqual(['FN2', 'FN1'])
      expect(await sids({ widget: ask, place: { side: 'after', at: 20, sid: 'FN2' } })).toEqual(['FN1'])
      expect(await sids({ widget: ask, status: 'active' })).toEqual(['FN2'])
      expect(await sids({ widget: { flowSid: 'FW1', name: 'Trigger' } })).toEqual(['FN2'])
      expect(await sids({ widget: { flowSid: 'FW2', name: 'ask' } })).toEqual([])
      expect(await sids({ warning: 81018 })).toEqual(['FN3', 'FN2'])
      expect(await sids({ warning: 81018, widget: ask })).toEqual(['FN2'])
      expect(await sids({ warning: 81018, contacts: ['a'], widget: ask, createdTo: 19 })).toEqual([])
      expect(await store.warningCodes('FN2')).toEqual([81018])
    })

    test('a search for a widget looks at no more than some executions at a time, and is taken up where it broke off', async () => {
      const store = await opened()
      const reaching = { steps: [step('FT1', { to: 'ask' })] }
      await store.save(moved(calling('FN0', { sid: 'FN0', createdAt: 0, steps: 1 }), reaching))
      const others = Array.from({ length: 2_000 }, (_, index) => `FN${index + 1}`)
      await Promise.all(others.map((sid, index) => store.save(moved(calling(sid, { sid, createdAt: index + 1 })))))
      const search = { size: 1, widget: { flowSid: 'FW1', name: 'ask' } }

      const first = await store.executionPage(search)
      const second = await store.executionPage({ ...search, place: { side: 'after', at: 1, sid: 'FN1' } })

      expect(first).toEqual({ executions: [], brokeOffAt: expect.objectContaining({ at: 1, sid: 'FN1' }) })
      expect(second).toMatchObject({ executions: [{ sid: 'FN0' }], brokeOffAt: undefined })
    })

    test('the active calls of a contact are listed, the newest first', async () => {
      const store = await opened()
      await store.save(moved(calling('CA1', { sid: 'FN1', createdAt: 1 })))
      await store.save(moved(calling('CA2', { sid: 'FN2', createdAt: 2 })))
      await store.save(moved(calling('CA3', { sid: 'FN3', status: 'ended' })))
      await store.save(moved(calling('CA4', { sid: 'FN4', contact: '+15550009' })))
      await store.save(moved(execution({ sid: 'FN5' })))
      expect((await store.activeCalls('FW1', '+15550001')).map(({ sid }) => sid)).toEqual(['FN2', 'FN1'])
    })
  })

  describe(`${database}: time`, () => {
    test('executions that have waited long enough are due, the longest overdue first', async () => {
      const store = await opened()
      expect(await store.nextDue(0)).toBeUndefined()
      for (const [sid, dueAt] of [
        ['FN1', 30],
        ['FN2', 10],
        ['FN3', 20],
        ['FN4', 99],
      ] as const) {
        await store.save(moved(calling(sid, { sid, waiting: { for: ['time-ran-out'], dueAt } })))
      }
      await store.save(moved(calling('CA5', { sid: 'FN5' })))

      expect(await store.due(30, 10)).toEqual(['FN2', 'FN3', 'FN1'])
      expect(await store.due(30, 2)).toEqual(['FN2', 'FN3'])
      expect(await store.due(9, 10)).toEqual([])
      expect(await store.nextDue(0)).toBe(10)
      expect(await store.nextDue(10)).toBe(20)
      expect(await store.nextDue(99)).toBe(5000)
      expect(await store.nextDue(5000)).toBeUndefined()
    })

    test('an execution that has ended or waits for nothing is never due', async () => {
      const store = await opened()
      const waiting = { for: ['time-ran-out'], dueAt: 10 } as const
      const one = await store.save(moved(execution({ waiting })))
      const other = await store.save(moved(calling('CA1', { sid: 'FN2', waiting })))
      await store.save(moved({ ...one, waiting: undefined }))
      await store.save(moved({ ...other, status: 'ended' }))
      expect(await store.due(99, 10)).toEqual([])
      expect(await store.nextDue(0)).toBeUndefined()
    })

    test('executions that started and ended long enough ago are removed with their logs, others stay', async () => {
      const store = await opened()
      const log = { steps: [step('FT1')], warnings: [warning('w')] }
      const ended = { status: 'ended', createdAt: 9, updatedAt: 19, steps: 1 } as const
      for (let index = 0; index < 250; index++) {
        await store.save(moved(calling(`CA${index}`, { ...ended, sid: `FN${index}` }), log))
      }
      await store.save(moved(calling('CA', { ...ended, sid: 'FNyoung', createdAt: 10 })))
      await store.save(moved(calling('CA', { ...ended, sid: 'FNlate', updatedAt: 20 })))
      await store.save(moved(calling('CA', { sid: 'FNactive', createdAt: 5, updatedAt: 5 })))
      await store.removeExecutions({ startedBefore: 10, endedBefore: 20 })

      for (const sid of ['FN0', 'FN249']) {
        expect(await store.execution(sid)).toBeUndefined()
        expect(await store.steps(sid)).toEqual([])
        expect(await store.warnings(sid)).toEqual([])
      }
      for (const sid of ['FNyoung', 'FNlate', 'FNactive']) expect(await store.execution(sid)).toBeDefined()
    })
  })

  describe(`${database}: what a move leaves`, () => {
    test('steps come back whole, in the order they were walked, whatever the clock said', async () => {
      const store = await opened()
      const compared = [{ transition: 0, type: 'equal_to', operand: '1', value: '1', holds: true }] as const
      const changes = { output: { Digits: '1' }, variables: { a: [1] }, transition: 0, compared }
      const first = step('FTb', { ...changes, name: 'keypress' })
      const second = step('FTa', { flowSid: 'FW2', parentStep: 'FTb', from: '漢', to: 'Ended' })
      const third = step('FTc', { date: 2 })
      const fourth = step('FTd', { date: 1000 })
      const fifth = step('FTe', { date: 1000 })
      let saved = await store.save(moved(execution({ steps: 2 }), { steps: [first, second] }))
      await store.save(moved(calling('CA2', { sid: 'FN2', steps: 1 }), { steps: [step('FTother')] }))
      saved = await store.save(moved({ ...saved, steps: 3 }, { steps: [third] }))
      saved = await store.save(moved({ ...saved, steps: 4 }, { steps: [fourth] }))
      await store.save(moved({ ...saved, steps: 5 }, { steps: [fifth] }))
      expect(await store.steps('FN1')).toEqual([first, second, third, fourth, fifth])
    })

    test('transitions are counted in a time, each by what it leads from and to, with the executions that took it', async () => {
      const store = await opened()
      const menu = [
        step('FT1', { from: 'Trigger', name: 'incomingCall', to: 'menu', date: 1 }),
        step('FT2', { from: 'menu', name: 'keypress', to: 'menu', date: 2 }),
        step('FT3', { from: 'menu', name: 'keypress', to: 'menu', date: 3 }),
        step('FT4', { from: 'menu', name: 'keypress', to: 'Ended', date: 4 }),
        step('FT6', { from: 'which', name: 'match', to: 'yes', transition: 2, date: 4 }),
        step('FT7', { from: 'which', name: 'match', to: 'yes', transition: 1, date: 4 }),
        step('FT8', { from: 'which', name: 'match', to: 'yes', transition: 2, date: 4 }),
      ]
      await store.save(moved(execution(), { steps: menu }))
      const other = execution({ sid: 'FN2', flowSid: 'FW2', contact: '+2' })
      await store.save(moved(other, { steps: [step('FT5', { flowSid: 'FW2' })] }))

      expect(await store.transitionCounts('FW1', { from: 2, to: 4 })).toEqual([
        { from: 'menu', event: 'keypress', to: 'Ended', count: 1, executions: 1 },
        { from: 'menu', event: 'keypress', to: 'menu', count: 2, executions: 1 },
        { from: 'which', event: 'match', to: 'yes', transition: 1, count: 1, executions: 1 },
        { from: 'which', event: 'match', to: 'yes', transition: 2, count: 2, executions: 1 },
      ])
      expect(await store.transitionCounts('FW1', {})).toHaveLength(5)
      expect(await store.transitionCounts('FW3', {})).toEqual([])
    })

    test('all is counted of what was taken very often in one millisecond', async () => {
      const store = await opened()
      const again = { from: 'menu', name: 'next', to: 'menu' }
      const taken = Array.from({ length: 700 }, (_, nth) => step(`FT${nth}`, { ...again, date: nth < 10 ? 1 : 2 }))
      const first = execution({ steps: taken.length })
      await store.save(moved(first, { steps: taken }))
      const other = execution({ sid: 'FN2', contact: '+2', steps: 300 })
      await store.save(moved(other, { steps: taken.slice(0, 300).map((one) => ({ ...one, sid: `${one.sid}b` })) }))

      const [counted] = await store.transitionCounts('FW1', {})
      expect(counted).toEqual({ from: 'menu', event: 'next', to: 'menu', count: 1_000, executions: 2 })
    })

    test('of what was taken more than 50,000 times only the times are counted', async () => {
      const store = await opened()
      const again = { from: 'menu', name: 'next', to: 'menu' }
      const taken = Array.from({ length: 50_000 }, (_, date) => step(`FT${date}`, { ...again, date }))
      const saved = await store.save(moved(execution({ steps: taken.length }), { steps: taken }))
      const often = { from: 'menu', event: 'next', to: 'menu', count: 50_000, executions: 1 }
      expect(await store.transitionCounts('FW1', {})).toEqual([often])

      const once = step('FTlast', { ...again, date: taken.length })
      await store.save(moved({ ...saved, steps: taken.length + 1 }, { steps: [once] }))
      const { executions: _, ...times } = often
      expect(await store.transitionCounts('FW1', {})).toEqual([{ ...times, count: 50_001 }])
    })

    test('warnings come back in the order they were written', async () => {
      const store = await opened()
      const [z, a, m] = [warning('z'), warning('a'), warning('m')]
      const saved = await store.save(moved(execution(), { warnings: [z, a] }))
      await store.save(moved(saved, { warnings: [m] }))
      expect(await store.warnings('FN1')).toEqual([z, a, m])
    })

    test('an effect is pending until the save of its answer', async () => {
      const store = await opened()
      const first = await store.save(moved(execution(), { effect: sending('E1') }))
      expect(await store.pendingEffects()).toEqual([{ ...sending('E1'), executionSid: 'FN1' }])
      const second = await store.save(moved(first, { done: 'E1', effect: sending('E2') }))
      expect((await store.pendingEffects()).map(({ id }) => id)).toEqual(['E2'])
      await store.save(moved(second, { done: 'E2' }))
      expect(await store.pendingEffects()).toEqual([])
    })

    test('effects of an execution that has ended are not pending, whoever ended it', async () => {
      const store = await opened()
      const waits = await store.save(moved(execution(), { effect: sending('E1') }))
      await store.save(moved({ ...waits, status: 'ended', endedReason: 'HANGUP' }))
      expect(await store.pendingEffects()).toEqual([])
    })

    test('an answer is kept with the move, grows, and is forgotten after its time', async () => {
      const store = await opened()
      const begun = { ...answer('token'), answer: '<Response/>', finished: false }
      const saved = await store.save(moved(execution({ updatedAt: 10 }), { delivery: begun }))
      expect(await store.delivery('FW1', 'token')).toEqual(begun)
      expect(await store.delivery('FW2', 'token')).toBeUndefined()

      await store.save(moved({ ...saved, updatedAt: 30 }, { delivery: answer('token') }))
      expect(await store.delivery('FW1', 'token')).toEqual(answer('token'))
      await store.forgetDeliveries(10)
      expect(await store.delivery('FW1', 'token')).toBeDefined()
      await store.forgetDeliveries(11)
      expect(await store.delivery('FW1', 'token')).toBeUndefined()
    })

    test('however many answers there are, those that are old enough are forgotten', async () => {
      const store = await opened()
      const keep = (nth: number) =>
        store.save(moved(calling(`CA${nth}`, { sid: `FN${nth}`, updatedAt: nth }), { delivery: answer(`k${nth}`) }))
      await Promise.all(Array.from({ length: 2_100 }, (_, nth) => keep(nth)))

      await store.forgetDeliveries(2_090)

      for (const nth of [0, 1_000, 1_001, 2_089]) expect(await store.delivery('FW1', `k${nth}`)).toBeUndefined()
      expect(await store.delivery('FW1', 'k2090')).toBeDefined()
    })

    test('an answer can be kept without a move', async () => {
      const store = await opened()
      await store.keepDelivery({ flowSid: 'FW1', key: 'k', answer: 'a', finished: true })
      expect(await store.delivery('FW1', 'k')).toEqual({ flowSid: 'FW1', key: 'k', answer: 'a', finished: true })
      await store.save(moved(execution(), { delivery: answer('k') }))
      await store.keepDelivery({ flowSid: 'FW1', key: 'k', answer: 'b', finished: true })
      expect(await store.delivery('FW1', 'k')).toEqual({ ...answer('k'), answer: 'b' })
    })

    test('what was acknowledged is found, oldest first, until something has come of it', async () => {
      const store = await opened()
      const acknowledged = { params: { Body: '\0', MessageSid: 'IM1' }, webhookUrl: 'https://a.example/' }
      const keep = (key: string) =>
        store.keepDelivery({ flowSid: 'FW1', key, answer: '', finished: true, acknowledged })
      for (const key of ['a', 'b', 'c']) await keep(key)

      await store.save(moved(execution(), { delivery: answer('a') }))
      await store.keepDelivery({ flowSid: 'FW1', key: 'b', answer: '', finished: true })

      expect(await store.acknowledgedDeliveries()).toEqual([
        { flowSid: 'FW1', key: 'c', answer: '', finished: true, acknowledged },
      ])
    })
  })

  describe(`${database}: hard texts`, () => {
    test('every text survives in every place, and none is taken for another', async () => {
      const store = await opened()
      for (const [index, text] of HARD_TEXTS.entries()) {
        const sid = `FN${index}`
        const trail = {
          steps: [step('FT1', { name: text, from: text, to: text, output: { [text]: text } })],
          warnings: [{ ...warning(text), widget: text }],
          delivery: { flowSid: text, key: text, executionSid: sid, answer: text, finished: true },
        }
        const born = execution({
          sid,
          flowSid: text,
          contact: text,
          address: text,
          call: { sid: text, live: true },
          steps: 1,
        })
        const saved = await store.save(moved(born, trail))
        await store.saveRevision(draft({ sid: text, friendlyName: text, commitMessage: text }))

        expect(await store.execution(sid)).toEqual(saved)
        expect(await store.activeWith(text, text, [text])).toEqual(saved)
        expect(await store.executionOfCall(text, text)).toEqual(saved)
        expect(await store.steps(sid)).toEqual(trail.steps)
        expect(await store.warnings(sid)).toEqual(trail.warnings)
        expect(await store.delivery(text, text)).toEqual(trail.delivery)
        expect(await store.flow(text)).toMatchObject({ sid: text, friendlyName: text })
        expect(await store.revision(text, 1)).toMatchObject({ flowSid: text, commitMessage: text })
      }
    })

    test('any contact finds its own execution only', async () => {
      const store = await opened()
      const text = fc
        .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 6 })
        .map((units) => String.fromCharCode(...units))
      let count = 0
      const found = fc.asyncProperty(text, text, async (contact, address) => {
        count += 1
        const flowSid = `FW${count}`
        const saved = await store.save(moved(execution({ sid: `FN${count}`, flowSid, contact, address })))
        expect(await store.activeWith(flowSid, contact, ['none', address])).toEqual(saved)
        expect(await store.activeWith(flowSid, `${contact}\0`, [address])).toBeUndefined()
      })
      await fc.assert(found, { numRuns: 200 })
    })
  })
}

function draft(change: Partial<NewRevision>): NewRevision {
  return { sid: 'FW1', friendlyName: 'menu', definition: {}, status: 'published', at: 1, ...change }
}

function sending(id: string) {
  return { id, step: 'FT1', effect: { type: 'send-message', from: '+1', to: '+2', body: 'hi' } } as const
}

function answer(key: string) {
  return { flowSid: 'FW1', key, executionSid: 'FN1', answer: '<Response>all</Response>', finished: true }
}
