import { expect, test } from 'vitest'
import { connectCallTo } from '../../src/widgets/connect-call-to.ts'
import { runSubflow } from '../../src/widgets/run-subflow.ts'
import { setVariables } from '../../src/widgets/set-variables.ts'
import { trigger } from '../../src/widgets/trigger.ts'
import {
  codes,
  contextAfter,
  continued,
  hungUp,
  incomingCall,
  incomingMessage,
  type Places,
  restsAt,
  story,
  walked,
} from '../support/flow.ts'
import { TOYS } from './toys.ts'

const PARAMETERS = [
  { key: 'age', value: '{{flow.variables.age}}' },
  { key: 'order', value: '{"size":"L"}', type: 'json' },
]

const PARENT: Places = {
  Trigger: { type: 'trigger', exits: { incomingCall: 'before', incomingMessage: 'before' } },
  before: { type: 'set-variables', properties: { variables: [{ key: 'age', value: '42' }] }, exits: { next: 'sub' } },
  sub: {
    type: 'run-subflow',
    properties: { flow_sid: 'FW1', flow_revision: '1', parameters: PARAMETERS },
    exits: { completed: 'after', failed: 'sorry' },
  },
  after: { type: 'speak', exits: { next: null } },
  sorry: { type: 'listen', exits: { heard: null } },
}

function parentOf(subflow: Places) {
  const begin = { type: 'trigger', exits: { incomingParent: Object.keys(subflow)[0] ?? null } }
  return story([trigger, setVariables, runSubflow, ...TOYS], PARENT, { FW1: { Start: begin, ...subflow } })
}

/** Sets a variable of the subflow to what the template sees there. */
function seen(value: string): Places {
  return { note: { type: 'set-variables', properties: { variables: [{ key: 'seen', value }] }, exits: { next: null } } }
}

test('a subflow runs inside the same execution, and its variables come back flat', () => {
  const begun = parentOf(seen('yes')).started(incomingCall())
  expect(walked(begun)).toEqual([
    'Trigger incomingCall before',
    'before next sub',
    'Start incomingParent note',
    'note next Ended',
    'sub completed after',
  ])
  expect(begun.execution).toMatchObject({ status: 'active', steps: 5 })
  expect(contextAfter(begun).widgets).toEqual({ before: { age: '42' }, sub: { seen: 'yes' } })
  expect(contextAfter(begun).flow).toMatchObject({ variables: { age: '42' } })
})

test('the steps of a subflow name the step that entered it', () => {
  const { steps } = parentOf(seen('yes')).started(incomingCall())
  const [, , start, note, sub] = steps
  expect([start?.parentStep, note?.parentStep]).toEqual([sub?.sid, sub?.sid])
  expect([start?.flowSid, note?.flowSid, sub?.flowSid]).toEqual(['FW1', 'FW1', 'FW0'])
  expect(sub?.parentStep).toBeUndefined()
})

test.each([
  ['its parameters as text', '{{trigger.parent.parameters.age}}', '42'],
  ['a parameter that was read as JSON', '{{trigger.parent.parameters.order.size}}', 'L'],
  ['the flow above', '{{trigger.parent.flow_sid}}', 'FW0'],
  ['how the execution began', '{{trigger.parent.trigger_type}}', 'incomingCall'],
  ['the trigger of the flow above', '{{trigger.call.CallSid}}', 'CA0'],
  ['no variables of the flow above', '[{{flow.variables.age}}]', '[]'],
  ['no widgets of the flow above', '[{{widgets.before.age}}]', '[]'],
  ['the contact', '{{contact.channel.address}}', '+15550001'],
  ['the sid of the flow above as its own', '{{flow.flow_sid}}', 'FW0'],
])('a subflow sees %s', (_what, template, text) => {
  expect(contextAfter(parentOf(seen(template)).started(incomingCall())).widgets.sub).toEqual({ seen: text })
})

test('a subflow is told the execution and the step that entered it', () => {
  const begun = parentOf(seen('{{trigger.parent.execution_sid}} {{trigger.parent.step_sid}}')).started(incomingCall())
  expect(contextAfter(begun).widgets.sub).toEqual({ seen: `${begun.execution.sid} ${begun.steps.at(-1)?.sid}` })
})

test('a subflow can wait, and the flow above goes on afterwards', () => {
  const { started, resumed } = parentOf({ ask: { type: 'listen', exits: { heard: null } } })
  const begun = started(incomingMessage())
  expect(restsAt(begun)).toBe('ask')
  expect(begun.execution.frames).toHaveLength(2)
  const after = resumed(begun, incomingMessage('yes'))
  expect(walked(after).slice(0, 2)).toEqual(['ask heard Ended', 'sub completed after'])
})

test('what add-ons say of a reply inside a subflow is seen there and by the flow above', () => {
  const { started, resumed } = parentOf({
    ask: { type: 'listen', exits: { heard: 'note' } },
    ...seen('{{flow.add_ons.spam}}'),
  })
  const begun = started(incomingMessage('hi', { AddOns: '{"spam":"unknown"}' }))
  expect(contextAfter(begun).flow).not.toHaveProperty('add_ons')
  const after = resumed(begun, incomingMessage('yes', { AddOns: '{"spam":"none"}' }))
  expect(contextAfter(after)).toMatchObject({ flow: { add_ons: { spam: 'none' } }, widgets: { sub: { seen: 'none' } } })
})

test('nothing is left of the scope of a subflow but its variables', () => {
  const begun = parentOf(seen('yes')).started(incomingCall())
  expect(begun.execution.frames).toHaveLength(1)
  expect(contextAfter(begun).trigger).not.toHaveProperty('parent')
})

test('a subflow that runs twice starts anew, and what it gives out is merged', () => {
  const places: Places = { ...PARENT, after: { type: 'speak', exits: { next: 'sub' } } }
  const count = { key: 'count', value: '{{ flow.variables.count | default: 0 | plus: 1 }}' }
  const FW1: Places = {
    Start: { type: 'trigger', exits: { incomingParent: 'note' } },
    note: { type: 'set-variables', properties: { variables: [count] }, exits: { next: null } },
  }
  const { started, resumed } = story([trigger, setVariables, runSubflow, ...TOYS], places, { FW1 })
  const again = resumed(started(incomingCall()), continued())
  expect(contextAfter(again).widgets.sub).toEqual({ count: '1' })
})

test('a Run Subflow that leads to itself runs ten times, whatever the subflow does', () => {
  const sub = { ...PARENT.sub, type: 'run-subflow', exits: { completed: 'sub' } }
  const FW1: Places = { Start: { type: 'trigger', exits: { incomingParent: 'note' } }, ...seen('yes') }
  const ended = story([trigger, setVariables, runSubflow, ...TOYS], { ...PARENT, sub }, { FW1 }).started(incomingCall())
  expect(ended.execution).toMatchObject({ status: 'ended', endedReason: 'MAX_WIDGET_REPEATS' })
  expect(walked(ended).filter((step) => step === 'sub completed sub')).toHaveLength(10)
})

test.each([
  ['its failure exit', { failure: 'note' }, ['old failure note', 'note next Ended', 'sub completed after']],
  ['the end of the subflow', { success: 'note' }, ['old unsupported Ended', 'sub completed after']],
])('a retired widget in a subflow leads to %s', (_where, exits, walk) => {
  const begun = parentOf({ old: { type: 'understand', exits }, ...seen('yes') }).started(incomingCall())
  expect(walked(begun).slice(-walk.length)).toEqual(walk)
})

test.each<[string, Places, Record<string, Places>]>([
  ['there is no such flow', PARENT, {}],
  [
    'it would be entered from a subflow',
    {
      ...PARENT,
      sub: {
        ...PARENT.sub,
        type: 'run-subflow',
        properties: { flow_sid: 'FW1' },
        exits: { completed: 'after', failed: 'sorry' },
      },
    },
    {
      FW1: {
        Start: { type: 'trigger', exits: { incomingParent: 'deeper' } },
        deeper: { type: 'run-subflow', properties: { flow_sid: 'FW1' }, exits: { failed: 'note', completed: null } },
        ...seen('refused'),
      },
    },
  ],
])('a subflow is refused with 81024 when %s', (_when, places, subflows) => {
  const begun = story([trigger, setVariables, runSubflow, ...TOYS], places, subflows).started(incomingCall())
  expect(codes(begun)).toContain(81024)
  expect(walked(begun)).toContain(Object.keys(subflows).length > 0 ? 'deeper failed note' : 'sub failed sorry')
})

test('a subflow whose trigger leads nowhere is completed at once', () => {
  const begun = parentOf({}).started(incomingCall())
  expect(walked(begun)).toContain('sub completed after')
})

test('a caller who hangs up in a subflow ends the whole execution', () => {
  const { started, resumed } = parentOf({ say: { type: 'tell', exits: { next: null } } })
  const after = resumed(started(incomingCall()), hungUp())
  expect(after.execution).toMatchObject({ status: 'ended', endedReason: 'HANGUP' })
  expect(walked(after)).toEqual([])
})

test.each([
  ['that is listed nowhere', {}, ['talk hangup Ended'], 'HANGUP'],
  ['that leads nowhere', { hangup: null }, ['talk hangup Ended', 'sub completed keep', 'keep next Ended'], 'FLOW_END'],
])('a hang-up in a subflow by an exit %s ends by %j', (_what, exits, walk, endedReason) => {
  const keep = { type: 'set-variables', exits: { next: null } }
  const sub = { ...PARENT.sub, type: 'run-subflow', exits: { completed: 'keep' } }
  const FW1: Places = {
    Start: { type: 'trigger', exits: { incomingParent: 'talk' } },
    talk: { type: 'connect-call-to', properties: { to: '+15550003' }, exits: { callCompleted: null, ...exits } },
  }
  const types = [trigger, setVariables, runSubflow, connectCallTo, ...TOYS]
  const { started, resumed } = story(types, { ...PARENT, sub, keep }, { FW1 })
  const after = resumed(started(incomingCall()), continued({ CallStatus: 'completed', DialCallStatus: 'canceled' }))
  expect(walked(after)).toEqual(walk)
  expect(after.execution).toMatchObject({ status: 'ended', endedReason })
})

test('the steps of subflows count towards the 1,000', () => {
  const places: Places = {
    ...PARENT,
    sub: { type: 'run-subflow', properties: { flow_sid: 'FW1' }, exits: { completed: 'before' } },
  }
  const FW1: Places = { Start: { type: 'trigger', exits: { incomingParent: 'note' } }, ...seen('yes') }
  const ended = story([trigger, setVariables, runSubflow, ...TOYS], places, { FW1 }).started(incomingCall())
  expect(ended.execution).toMatchObject({ status: 'ended', endedReason: 'MAX_STEPS' })
  expect(ended.execution.steps).toBeLessThanOrEqual(1000)
})

test.each([
  [2000, 'active', undefined, []],
  [2001, 'ended', 'ERROR', [81026]],
])('a flow that has %i widgets with those of its subflows is %s', (size, status, endedReason, logged) => {
  const note = { type: 'set-variables', exits: { next: null } }
  const more = Object.fromEntries(Array.from({ length: size / 2 - 4 }, (_, index) => [`more${index}`, note]))
  const twice = { ...PARENT, again: { ...PARENT.sub, type: 'run-subflow' }, ...(size % 2 ? { odd: note } : {}) }
  const FW1: Places = { Start: { type: 'trigger', exits: { incomingParent: 'more0' } }, ...more }
  const begun = story([trigger, setVariables, runSubflow, ...TOYS], twice, { FW1 }).started(incomingCall())
  expect(begun.execution).toMatchObject({ status, ...(endedReason && { endedReason }) })
  expect(codes(begun)).toEqual(logged)
})
