import { expect, test } from 'vitest'
import { connectCallTo } from '../../src/widgets/connect-call-to.ts'
import { continued, HUNG_UP, twimlOf, visit } from '../support/visit.ts'

const dialled = (properties: Record<string, unknown>) => twimlOf(connectCallTo.enter(visit(connectCallTo, properties)))

test.each([
  [{ noun: 'number', to: ' +15550009 ' }, '<Number>+15550009</Number>'],
  [{ noun: 'number-multi', to: '+15550008, +15550009,' }, '<Number>+15550008</Number><Number>+15550009</Number>'],
  [{ noun: 'client', to: 'bob' }, '<Client>bob</Client>'],
  [{ noun: 'sim', to: 'DE1' }, '<Sim>DE1</Sim>'],
  [{ noun: 'conference', to: 'CF1' }, '<Conference>CF1</Conference>'],
  [
    { noun: 'sip', sip_endpoint: 'sip:a@b.example', sip_username: 'u', sip_password: 'p' },
    '<Sip username="u" password="p">sip:a@b.example</Sip>',
  ],
  [{ noun: 'sip', sip_endpoint: 'a@b.example' }, '<Sip>sip:a@b.example</Sip>'],
])('%j dials %s', (properties, target) => {
  expect(dialled(properties)).toBe(
    `<Dial action="HOOK" method="POST" callerId="+15550001" timeout="30">${target}</Dial>`,
  )
})

test('every attribute of the call can be set', () => {
  expect(
    dialled({ noun: 'number', to: '1', caller_id: '+15550007', timeout: '12', time_limit: '60', record: true }),
  ).toContain(
    '<Dial action="HOOK" method="POST" callerId="+15550007" timeout="12" timeLimit="60" record="record-from-answer">',
  )
})

test('a caller id that a template leaves among blanks is dialled with all the same', () => {
  expect(dialled({ noun: 'number', to: '1', caller_id: '\n  +15550007\n' })).toContain('callerId="+15550007"')
})

test('at most ten numbers ring at once', () => {
  const to = Array.from({ length: 12 }, (_, index) => `+1555000${index}`).join(',')
  expect(dialled({ noun: 'number-multi', to }).match(/<Number>/g)).toHaveLength(10)
})

test.each([{ noun: 'number', to: ' ' }, { noun: 'sip' }, { noun: 'number-multi', to: ' , ' }])(
  '%j reaches nobody and goes on as a failed call',
  (properties) => {
    expect(connectCallTo.enter(visit(connectCallTo, properties))).toMatchObject({
      exit: 'callCompleted',
      output: { DialCallStatus: 'failed' },
      warnings: [{}],
    })
  },
)

test('the dialled leg being over leaves by callCompleted, whatever came of it', () => {
  const params = { DialCallStatus: 'busy', CallStatus: 'in-progress' }
  expect(connectCallTo.resume?.(visit(connectCallTo), continued(params))).toMatchObject({
    exit: 'callCompleted',
    output: params,
    warnings: [],
  })
})

test('nobody answering is noted with 81007', () => {
  expect(connectCallTo.resume?.(visit(connectCallTo), continued({ DialCallStatus: 'no-answer' }))).toMatchObject({
    warnings: [{ code: 81007 }],
  })
})

test('a caller who hangs up leaves by hangup', () => {
  const gone = visit(connectCallTo, {}, { execution: HUNG_UP })
  expect(connectCallTo.resume?.(gone, continued({ CallStatus: 'completed' }))).toMatchObject({ exit: 'hangup' })
})

test('any other event does not concern it', () => {
  expect(connectCallTo.resume?.(visit(connectCallTo), { type: 'time-ran-out' })).toBeUndefined()
})
