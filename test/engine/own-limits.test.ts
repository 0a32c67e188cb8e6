import { expect, test } from 'vitest'
import { LIMITS } from '../../src/engine/limits.ts'
import { setVariables } from '../../src/widgets/set-variables.ts'
import { trigger } from '../../src/widgets/trigger.ts'
import { codes, incomingMessage, type Places, story } from '../support/flow.ts'
import { TOYS } from './toys.ts'

const long = 'x'.repeat(90_000)

function startedWith(places: Places) {
  const begin = { type: 'trigger', exits: { incomingMessage: 'one' } }
  return story([trigger, setVariables, ...TOYS], { Trigger: begin, ...places })
}

const setting = (key: string, value: string, next: string) => ({
  type: 'set-variables',
  properties: { variables: [{ key, value }] },
  exits: { next },
})

test('an execution ends before one walk has more to save than can be written in a moment', () => {
  const { started } = startedWith({ one: setting('a', long, 'two'), two: setting('a', long, 'one') })

  const ended = started(incomingMessage())

  expect(ended.execution).toMatchObject({ status: 'ended', endedReason: 'ERROR' })
  expect(codes(ended)).toEqual([81000])
  expect(JSON.stringify(ended.steps).length).toBeLessThan(LIMITS.written)
})

test('an execution ends when it knows more than can be read and written at each of its steps', () => {
  const { started, resumed } = startedWith({ one: { type: 'pass', exits: { next: 'wait' } }, wait: { type: 'fetch' } })
  const { execution, ...begun } = started(incomingMessage())
  const frames = execution.frames.map((frame) => ({ ...frame, widgets: { much: 'x'.repeat(LIMITS.context) } }))

  const ended = resumed({ ...begun, execution: { ...execution, frames } }, incomingMessage())

  expect(ended.execution).toMatchObject({ status: 'ended', endedReason: 'ERROR' })
  expect(codes(ended)).toEqual([81000])
})

test('a widget that is as long as no real flow is not entered', () => {
  const ended = startedWith({ one: setting('a', 'x'.repeat(LIMITS.widgetLength), 'one') }).started(incomingMessage())

  expect(ended.execution).toMatchObject({ status: 'ended', endedReason: 'ERROR', steps: 1 })
  expect(codes(ended)).toEqual([81026])
})

test('of a thousand warnings of one visit the first are kept, and how many there were', () => {
  const variables = Array.from({ length: 1_000 }, (_, index) => ({ key: `v${index}`, value: '{{ a | nosuch }}' }))
  const one = { type: 'set-variables', properties: { variables } }

  const { warnings } = startedWith({ one }).started(incomingMessage())

  expect(warnings).toHaveLength(LIMITS.warnings + 2) // and that nothing follows
  expect(warnings[LIMITS.warnings]?.message).toBe('there are 980 more warnings of this visit')
})

test('all templates of one visit share what a template may take', () => {
  const taking = `{% for i in (1..15) %}${'{% assign a = 1 | plus: 1 %}'.repeat(200)}{% endfor %}done`
  const variables = Array.from({ length: 15 }, (_, index) => ({ key: `v${index}`, value: taking }))
  const one = { type: 'set-variables', properties: { variables } }

  const { execution, warnings } = startedWith({ one }).started(incomingMessage())

  const set = Object.values(execution.frames[0]?.variables ?? {})
  expect(set[0]).toBe('done')
  expect(set.at(-1)).toBe('')
  expect(warnings[0]?.message).toContain('the template takes too much work')
})
