import { expect, test } from 'vitest'
import { connectVirtualAgent } from '../../src/widgets/connect-virtual-agent.ts'
import { continued, HUNG_UP, twimlOf, visit } from '../support/visit.ts'

const PROPERTIES = {
  connector: 'agent',
  language: 'en-US',
  sentiment_analysis: 'true',
  status_callback: 'https://a.example/s',
}

test('the caller is connected with the agent', () => {
  expect(twimlOf(connectVirtualAgent.enter(visit(connectVirtualAgent, PROPERTIES)))).toBe(
    '<Connect action="HOOK?FlowEvent=return" method="POST">' +
      '<VirtualAgent connectorName="agent" language="en-US" sentimentAnalysis="true" statusCallback="https://a.example/s"/></Connect>',
  )
})

test('a status callback that is no URL is left out, with a warning', () => {
  const result = connectVirtualAgent.enter(visit(connectVirtualAgent, { ...PROPERTIES, status_callback: 'nowhere' }))
  expect(twimlOf(result)).not.toContain('statusCallback')
  expect(result).toMatchObject({ warnings: [{ code: 81014, message: expect.stringContaining('"nowhere"') }] })
})

test('it is left by return when the agent is done, by hangup when the caller is gone', () => {
  const gone = visit(connectVirtualAgent, PROPERTIES, { execution: HUNG_UP })
  expect(connectVirtualAgent.resume?.(visit(connectVirtualAgent, PROPERTIES), continued({ a: '1' }))).toMatchObject({
    exit: 'return',
    output: { a: '1' },
  })
  expect(connectVirtualAgent.resume?.(gone, continued())).toMatchObject({ exit: 'hangup' })
})

test('any other event does not concern it', () => {
  expect(connectVirtualAgent.resume?.(visit(connectVirtualAgent, PROPERTIES), { type: 'time-ran-out' })).toBeUndefined()
})
