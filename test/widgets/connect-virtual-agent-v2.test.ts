import { expect, test } from 'vitest'
import { connectVirtualAgentV2 } from '../../src/widgets/connect-virtual-agent-v2.ts'
import { continued, HUNG_UP, TEXTING, twimlOf, visit } from '../support/visit.ts'

test('the caller is connected with the agent, its configuration and parameters', () => {
  const properties = {
    connector_name: 'agent',
    status_callback: 'https://a.example/s',
    status_callback_method: 'GET',
    configurations: [{ key: 'language', value: 'en' }],
    parameters: [{ key: 'name', value: 'Zoë' }],
  }
  expect(twimlOf(connectVirtualAgentV2.enter(visit(connectVirtualAgentV2, properties)))).toBe(
    '<Connect action="HOOK" method="POST"><VirtualAgent connectorName="agent" statusCallback="https://a.example/s" statusCallbackMethod="GET">' +
      '<Config name="language" value="en"/><Parameter name="name" value="Zoë"/></VirtualAgent></Connect>',
  )
})

test('the connector may be named by its details', () => {
  const properties = { connector_details: { name: 'agent', addon_sid: 'XB1', installed_addon_sid: 'XE1' } }
  expect(twimlOf(connectVirtualAgentV2.enter(visit(connectVirtualAgentV2, properties)))).toContain(
    'connectorName="agent"',
  )
})

test.each([
  ['a message', { connector_name: 'agent' }, TEXTING],
  ['the channel of conversations', { connector_name: 'agent', channel: 'conversations' }, {}],
  ['no connector', {}, {}],
])('%s leaves by failed and says why', (_what, properties, execution) => {
  expect(connectVirtualAgentV2.enter(visit(connectVirtualAgentV2, properties, { execution }))).toMatchObject({
    exit: 'failed',
    warnings: [{}],
  })
})

test.each(['completed', 'live-agent-handoff', 'failed', 'paused', 'timeout'] as const)(
  'VirtualAgentStatus %s is the exit',
  (VirtualAgentStatus) => {
    expect(connectVirtualAgentV2.resume?.(visit(connectVirtualAgentV2), continued({ VirtualAgentStatus }))).toEqual({
      kind: 'exit',
      exit: VirtualAgentStatus,
      output: { VirtualAgentStatus },
    })
  },
)

test('it is left by hangup when the caller is gone, else without a status by failed', () => {
  const gone = visit(connectVirtualAgentV2, {}, { execution: HUNG_UP })
  const completed = continued({ VirtualAgentStatus: 'completed' })
  expect(connectVirtualAgentV2.resume?.(gone, continued())).toMatchObject({ exit: 'hangup' })
  expect(connectVirtualAgentV2.resume?.(gone, completed)).toMatchObject({ exit: 'hangup' })
  expect(connectVirtualAgentV2.resume?.(visit(connectVirtualAgentV2), continued())).toMatchObject({ exit: 'failed' })
  expect(connectVirtualAgentV2.resume?.(gone, { type: 'time-ran-out' })).toBeUndefined()
})
