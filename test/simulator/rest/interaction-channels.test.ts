import { expect, test } from 'vitest'
import { carrierWith } from '../support/carrier.ts'

/** A conversation in the hands of agents. */
async function handedOver() {
  const { client, network } = await carrierWith()
  const { conversations } = client.conversations.v1
  const { sid: media_channel_sid } = await conversations.create()
  const properties = { workspace_sid: network.taskRouter.workspaceSid, workflow_sid: `WW${'1'.repeat(32)}` }
  const made = await client.flexApi.v1.interaction.create({
    channel: { type: 'web', properties: { media_channel_sid } },
    routing: { properties },
  })
  const { channels } = client.flexApi.v1.interaction(made.sid)
  return { client, network, conversation: conversations(media_channel_sid), made, channels }
}

test.each([
  ['closed', undefined, 'wrapping', 'closed'],
  ['closed', { status: 'closed' }, 'completed', 'closed'],
  ['inactive', { status: 'closed' }, 'completed', 'active'],
] as const)(
  'a channel that becomes %s with the routing %j leaves its task %s and its conversation %s',
  async (status, routing, task, state) => {
    const { network, conversation, channels, made } = await handedOver()
    const channel = channels(made.channel.sid)

    expect(await channel.update({ status, ...(routing && { routing }) })).toMatchObject({ status })

    expect(await channel.fetch()).toMatchObject({ status })
    expect(network.taskRouter.list()).toMatchObject([{ status: task }])
    expect(await conversation.fetch()).toMatchObject({ state })
  },
)

test('the channel of an interaction is listed, and is active while agents have it', async () => {
  const { channels, made } = await handedOver()
  expect(await channels.list()).toMatchObject([
    { sid: made.channel.sid, interactionSid: made.sid, type: 'web', status: 'active' },
  ])
})

test.each([
  ['no status', {}],
  ['another status', { status: 'active' }],
  ['another routing', { status: 'closed', routing: { status: 'wrapping' } }],
  ['no routing, which a rest needs', { status: 'inactive' }],
])(
  'an update of a channel with %s is refused',
  async (_what, { status = '', routing }: { status?: string; routing?: object }) => {
    const { client, made } = await handedOver()
    const uri = `https://flex-api.twilio.com/v1/Interactions/${made.sid}/Channels/${made.channel.sid}`
    const data = { Status: status, ...(routing && { Routing: JSON.stringify(routing) }) }
    expect(await client.request({ method: 'post', uri, data })).toMatchObject({ statusCode: 400 })
  },
)

test('a channel of another interaction is not there', async () => {
  const { channels } = await handedOver()
  await expect(channels(`UO${'1'.repeat(32)}`).fetch()).rejects.toMatchObject({ status: 404 })
})
