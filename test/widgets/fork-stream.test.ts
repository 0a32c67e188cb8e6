import { expect, test } from 'vitest'
import { forkStream } from '../../src/widgets/fork-stream.ts'
import { continued, twimlOf, visit } from '../support/visit.ts'

const BACK = '<Redirect method="POST">HOOK?FlowEvent=next</Redirect>'

test.each([
  [
    {
      stream_action: 'start',
      stream_url: 'wss://a.example/s',
      stream_name: 's',
      stream_track: 'both_tracks',
      stream_parameters: [{ key: 'a', value: '1' }],
    },
    '<Start><Stream name="s" url="wss://a.example/s" track="both_tracks"><Parameter name="a" value="1"/></Stream></Start>',
  ],
  [
    { stream_action: 'start', stream_transport_type: 'siprec', stream_connector: 'C', stream_name: 's' },
    '<Start><Siprec name="s" connectorName="C"/></Start>',
  ],
  [{ stream_url: '\n wss://a.example/s\n' }, '<Start><Stream url="wss://a.example/s"/></Start>'],
  [{ stream_transport_type: 'siprec', stream_connector_name: 'C' }, '<Start><Siprec connectorName="C"/></Start>'],
  [{ stream_action: 'stop', stream_name: 's' }, '<Stop><Stream name="s"/></Stop>'],
  [{ stream_action: 'stop', stream_transport_type: 'siprec', stream_name: 's' }, '<Stop><Siprec name="s"/></Stop>'],
])('%j is written as %s', (properties, twiml) => {
  expect(twimlOf(forkStream.enter(visit(forkStream, properties)))).toBe(twiml + BACK)
})

test.each([
  { stream_action: 'start', stream_url: 'https://a.example' },
  { stream_action: 'start' },
  { stream_action: 'start', stream_transport_type: 'siprec' },
  { stream_action: 'stop' },
])('%j touches no stream, and the flow goes on with a warning', (properties) => {
  expect(forkStream.enter(visit(forkStream, properties))).toMatchObject({
    kind: 'exit',
    exit: 'next',
    warnings: [{ code: 81014 }],
  })
})

test('the flow goes on at once and nothing is given out', () => {
  expect(forkStream.resume?.(visit(forkStream), continued({ FlowEvent: 'next' }))).toEqual({
    kind: 'exit',
    exit: 'next',
  })
  expect(forkStream.resume?.(visit(forkStream), { type: 'time-ran-out' })).toBeUndefined()
})
