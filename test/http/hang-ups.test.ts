import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { HttpOutcome } from '../../src/engine/event.ts'
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

test('a caller who hangs up while a service is asked leaves no empty voicemail', async () => {
  const held: (() => void)[] = []
  const httpRequest = async (): Promise<HttpOutcome> => {
    await new Promise<void>((resolve) => held.push(resolve))
    return { ok: false, reason: 'network', message: 'down' }
  }
  const [, ...rest] = VOICEMAIL.states
  const start = { name: 'Trigger', type: 'trigger', transitions: [{ event: 'incomingCall', next: 'look' }] }
  const look = { name: 'look', type: 'make-http-request', properties: { url: 'https://slow.example/' } }
  const states = [start, { ...look, transitions: [{ event: 'failed', next: 'record' }] }, ...rest]
  const { server, store, flows } = await serving({ voicemail: { ...VOICEMAIL, states } }, {}, { httpRequest })
  const post = async (params: Record<string, string>) => server.inject(form(params, '/flows/voicemail'))
  const beep = post(call())
  await expect.poll(() => held.length).toBe(1)

  const status = post(OVER)
  await setTimeout(50)
  for (const answer of held) answer()
  await Promise.all([beep, status])

  const execution = await store.executionOfCall(flows.list()[0]?.sid ?? '', 'CA1')
  expect(execution).toMatchObject({ status: 'ended', endedReason: 'HANGUP', steps: 2 })
  expect((await store.warnings(execution?.sid ?? '')).map(({ code }) => code)).toEqual([81016, 81002])
})
