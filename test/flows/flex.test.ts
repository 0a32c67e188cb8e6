import { expect, test } from 'vitest'
import { stage } from './stage.ts'

test('a call is put into the queue of the agents with the caller in its attributes', async () => {
  const { call, execution } = await stage('voice-ivr')
  await call.dial()
  expect(call.verb?.name).toBe('Enqueue')
  expect(JSON.parse(call.verb?.children[0]?.text ?? '')).toEqual({ type: 'inbound', name: '+15550001000' })
  await call.act({ do: 'finish', params: { QueueResult: 'bridged' } })
  expect(await execution()).toMatchObject({
    status: 'ended',
    frames: [{ widgets: { SendCallToAgent: { QueueResult: 'bridged' } } }],
  })
})
