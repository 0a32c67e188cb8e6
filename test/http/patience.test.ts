import { expect, test } from 'vitest'
import { channelThat } from '../support/channel.ts'
import { flow } from '../support/flow.ts'
import { form, message, serving } from '../support/server.ts'

const HI = { from: '{{flow.channel.address}}', to: '{{contact.channel.address}}', body: 'Hi' }

const GREETING = flow({
  Trigger: { type: 'trigger', exits: { incomingMessage: 'greet', incomingRequest: 'greet' } },
  greet: { type: 'send-message', properties: HI, exits: { sent: null } },
})

test('what a webhook waits for is sent at once, what REST or a timer began when there is room', async () => {
  const sent: string[] = []
  const by = (way: string) =>
    channelThat({
      async sendMessage({ to }) {
        sent.push(`${way} to ${to}`)
        return { ok: true, message: { Sid: 'SM1' } }
      },
    })
  const ways = { channel: by('at once'), patient: by('in line') }
  const { server, runtime, flows } = await serving({ greeting: GREETING }, { MESSAGE_REPLIES: 'rest' }, ways)

  await server.inject(form(message({ From: '+15550001' }), '/flows/greeting'))
  const request = { type: 'incoming-request', to: '+15550003', from: '+15550002', parameters: {} } as const
  await runtime.start(flows.list()[0]?.sid ?? '', request)

  expect(sent).toEqual(['at once to +15550001', 'in line to +15550003'])
})
