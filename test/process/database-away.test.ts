import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { flow } from '../support/flow.ts'
import { Instances } from '../support/instances.ts'
import { asked } from '../support/postgres/databases.ts'
import { postgresUrl } from '../support/postgres/of-this-run.ts'
import { startServer } from '../support/postgres/server.ts'
import { message } from '../support/server.ts'

const isThere = (await postgresUrl()) !== undefined

test.skipIf(!isThere)(
  'three instances that begin at once on an empty database lose no text while its connections are cut and it starts again',
  async () => {
    const server = await startServer()
    onTestFinished(() => server.stop())
    const instances = await Instances.started(3, { COUNTING }, server.url)
    let isOver = false
    const texters = CONTACTS.map(async (From) => {
      const texts: string[] = []
      let last = ''
      do {
        const MessageSid = `SM${From.slice(1)}x${texts.push(`${texts.length}`)}`
        last = await instances.post(
          '/flows/COUNTING',
          message({ From, MessageSid, Body: `${texts.at(-1)}` }),
          MessageSid,
        )
      } while (!isOver || texts.length < 5)
      return { last, texts }
    })

    for (let round = 0; round < 5; round++) {
      await sleep(400)
      await asked(server.url, CUT)
    }
    await server.restart()
    await sleep(1_000)
    isOver = true

    for (const { last, texts } of await Promise.all(texters)) {
      expect(last).toContain(`So far: ${texts.map((text) => `${text},`).join('')}.`)
    }
  },
)

const CUT = 'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()'
const CONTACTS = Array.from({ length: 8 }, (_, nth) => `+1555${nth}`)

/** Says after each text which ones have come. */
const COUNTING = flow({
  Trigger: { type: 'trigger', exits: { incomingMessage: 'begin' } },
  begin: {
    type: 'set-variables',
    properties: { variables: [{ key: 'all', value: '{{trigger.message.Body}},' }] },
    exits: { next: 'ask' },
  },
  ask: {
    type: 'send-and-wait-for-reply',
    properties: { body: 'So far: {{flow.variables.all}}.', from: '{{flow.channel.address}}' },
    exits: { incomingMessage: 'add' },
  },
  add: {
    type: 'set-variables',
    properties: { variables: [{ key: 'all', value: '{{flow.variables.all}}{{widgets.ask.inbound.Body}},' }] },
    exits: { next: 'ask' },
  },
})
