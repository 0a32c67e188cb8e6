import { expect, test } from 'vitest'
import { call, form, serving, urlIn } from '../support/server.ts'

const VOICEMAIL = {
  initial_state: 'Trigger',
  flags: { allow_concurrent_calls: true },
  states: [
    { name: 'Trigger', type: 'trigger', properties: {}, transitions: [{ event: 'incomingCall', next: 'record' }] },
    {
      name: 'record',
      type: 'record-voicemail',
      properties: {},
      transitions: [
        { event: 'recordingComplete', next: 'keep' },
        { event: 'noAudio' },
        { event: 'hangup', next: 'keep' },
      ],
    },
    {
      name: 'keep',
      type: 'set-variables',
      properties: { variables: [{ key: 'voicemail', value: '{{widgets.record.RecordingUrl}}' }] },
      transitions: [{ event: 'next' }],
    },
  ],
}

const OVER = call({ CallStatus: 'completed', CallDuration: '12' })
const RECORDED = call({ CallStatus: 'completed', RecordingUrl: 'https://a.example/RE1', Digits: 'hangup' })

test.each(['first', 'last', 'meanwhile', 'first and twice'])(
  'a voicemail that ends by hanging up is kept when the status callback comes %s',
  async (order) => {
    const { server, store, flows } = await serving({ voicemail: VOICEMAIL })
    const beep = await server.inject(form(call(), '/flows/voicemail'))
    const status = () => server.inject(form(OVER, '/flows/voicemail'))
    const action = () => server.inject(form(RECORDED, urlIn(beep.body, 'action')))

    if (order === 'meanwhile') await Promise.all([status(), action()])
    if (order === 'last') await action().then(status)
    if (order === 'first') await status().then(action)
    if (order === 'first and twice') await status().then(status).then(action)

    const execution = await store.executionOfCall(flows.list()[0]?.sid ?? '', 'CA1')
    expect(execution).toMatchObject({ status: 'ended', endedReason: 'FLOW_END', steps: 3 })
    expect(execution?.frames[0]?.variables).toEqual({ voicemail: 'https://a.example/RE1' })
  },
)
