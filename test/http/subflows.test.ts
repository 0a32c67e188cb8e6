import { expect, test } from 'vitest'
import { flow, type Places } from '../support/flow.ts'
import { call, form, message, serving, urlIn } from '../support/server.ts'

const CHILD = `FW${'c'.repeat(32)}`

/** A flow that runs the subflow and says what it gave out. */
function parentOf(flow_revision: string) {
  return flow({
    Trigger: { type: 'trigger', exits: { incomingCall: 'sub', incomingMessage: 'sub' } },
    sub: {
      type: 'run-subflow',
      properties: { flow_sid: CHILD, flow_revision },
      exits: { completed: 'say', failed: 'sorry' },
    },
    say: { type: 'say-play', properties: { say: 'It was {{widgets.sub.which}}' }, exits: { audioComplete: null } },
    sorry: { type: 'say-play', properties: { say: 'It failed' }, exits: { audioComplete: null } },
  })
}

function child(places: Places) {
  return { sid: CHILD, friendly_name: 'child', definition: flow(places) }
}

function setting(which: string): Places {
  const variables = [{ key: 'which', value: which }]
  return {
    Start: { type: 'trigger', exits: { incomingParent: 'set' } },
    set: { type: 'set-variables', properties: { variables }, exits: { next: null } },
  }
}

test.each([
  ['LatestPublished', 'a test user', 'It was the second'],
  ['LatestRevision', 'a test user', 'It was the draft'],
  ['LatestDraft', 'a test user', 'It was the draft'],
  ['LatestRevision', 'anybody', 'It was the second'],
  ['LatestDraft', 'anybody', 'It was the second'],
  ['1', 'anybody', 'It was the first'],
  ['3', 'anybody', 'It was the draft'],
  ['9', 'anybody', 'It failed'],
])('a subflow in the revision %s is for %s what says: %s', async (revision, who, said) => {
  const { server, store, flows } = await serving({ parent: parentOf(revision), child: child(setting('the first')) })
  const saved = { sid: CHILD, friendlyName: 'child', at: 1 }
  await store.saveRevision({ ...saved, definition: flow(setting('the second')), status: 'published' })
  await store.saveRevision({ ...saved, definition: flow(setting('the draft')), status: 'draft' })
  flows.serve({ name: 'child', sid: CHILD, friendlyName: 'child', origin: 'file' })
  const testUsers = who === 'a test user' ? ['+15550001'] : []
  await store.setTestUsers(flows.named('parent')?.sid ?? '', testUsers)
  await store.setTestUsers(CHILD, ['+15550001']) // the parent's list decides

  const answer = await server.inject(form(call(), '/flows/parent'))

  expect(answer.body).toContain(`<Say>${said}</Say>`)
})

test('an execution runs its subflow in the revision that was published when it began', async () => {
  const parent = parentOf('LatestPublished')
  const states = parent.states.map((state) =>
    state.name === 'Trigger' ? { ...state, transitions: [{ event: 'incomingCall', next: 'hello' }] } : state,
  )
  const hello = {
    name: 'hello',
    type: 'say-play',
    properties: { say: 'Hello' },
    transitions: [{ event: 'audioComplete', next: 'sub' }],
  }
  const files = { parent: { ...parent, states: [...states, hello] }, child: child(setting('the first')) }
  const { server, store, flows } = await serving(files)
  const begun = await server.inject(form(call(), '/flows/parent'))
  const second = { sid: CHILD, friendlyName: 'child', at: 1, definition: flow(setting('the second')) }
  await store.saveRevision({ ...second, status: 'published' })
  flows.serve({ name: 'child', sid: CHILD, friendlyName: 'child', origin: 'file' })

  const inside = await server.inject(form(call({ CallStatus: 'in-progress' }), urlIn(begun.body, 'Redirect')))

  expect(inside.body).toContain('<Say>It was the first</Say>')
})

test('a call that a subflow sent away comes back into it, and the flow above goes on', async () => {
  const away: Places = {
    Start: { type: 'trigger', exits: { incomingParent: 'away' } },
    away: { type: 'add-twiml-redirect', properties: { url: 'https://elsewhere.example/' }, exits: { return: 'set' } },
    set: {
      type: 'set-variables',
      properties: { variables: [{ key: 'which', value: '{{widgets.away.token}}' }] },
      exits: { next: null },
    },
  }
  const { server, store, flows } = await serving({ parent: parentOf('LatestPublished'), child: child(away) })
  const gone = await server.inject(form(call(), '/flows/parent'))

  const back = await server.inject(form(call({ CallStatus: 'in-progress' }), '/flows/parent?FlowEvent=return&token=x'))
  await server.inject(form(call({ CallStatus: 'in-progress' }), urlIn(back.body, 'Redirect')))

  expect(gone.body).toContain('https://elsewhere.example/')
  expect(back.body).toContain('<Say>It was x</Say>')
  const execution = await store.executionOfCall(flows.named('parent')?.sid ?? '', 'CA1')
  expect(execution).toMatchObject({ status: 'ended', endedReason: 'FLOW_END' })
  const steps = await store.steps(execution?.sid ?? '')
  const sub = steps.find(({ from }) => from === 'sub')
  expect(steps.filter(({ parentStep }) => parentStep === sub?.sid).map(({ from }) => from)).toEqual([
    'Start',
    'away',
    'set',
  ])
})

test('a texter whom a subflow asks answers into it', async () => {
  const ask: Places = {
    Start: { type: 'trigger', exits: { incomingParent: 'ask' } },
    ask: {
      type: 'send-and-wait-for-reply',
      properties: { from: '{{flow.channel.address}}', body: 'Which?' },
      exits: { incomingMessage: null, timeout: null, deliveryFailure: null },
    },
  }
  const { server, store, flows } = await serving({ parent: parentOf('1'), child: child(ask) })
  const sid = flows.named('parent')?.sid ?? ''
  const question = await server.inject(form(message(), '/flows/parent'))
  const asked = await store.activeWith(sid, '+15550001', ['+15550002'])

  await server.inject(form(message({ MessageSid: 'SM2', Body: 'This' }), '/flows/parent'))

  expect(question.body).toContain('<Body>Which?</Body>')
  const steps = await store.steps(asked?.sid ?? '')
  expect(steps.map(({ from, name }) => `${from} ${name}`)).toEqual([
    'Trigger incomingMessage',
    'Start incomingParent',
    'ask incomingMessage',
    'sub completed',
  ])
})
