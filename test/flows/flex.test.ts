import { expect, test } from 'vitest'
import { rawText } from '../../src/simulator/element.ts'
import { stage } from './stage.ts'

test('a call is put into the queue of the agents with the caller in its attributes', async () => {
  const { call, execution } = await stage('voice-ivr')
  await call.dial()
  const { verb } = call
  expect(verb?.name).toBe('Enqueue')
  expect(JSON.parse(verb ? rawText(verb) : '')).toEqual({ type: 'inbound', name: '+15550001000' })
  await call.act({ do: 'finish', params: { QueueResult: 'bridged' } })
  expect(await execution()).toMatchObject({
    status: 'ended',
    frames: [{ widgets: { SendCallToAgent: { QueueResult: 'bridged' } } }],
  })
})
