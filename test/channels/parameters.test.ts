import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { flawsIn, TAKEN } from '../support/carrier-parameters.ts'

const VENDOR = 'node_modules/twilio/lib/rest'

test.each([
  ['messages', 'api/v2010/account/message.js'],
  ['calls', 'api/v2010/account/call.js'],
  ['recordings', 'api/v2010/account/call/recording.js'],
  ['recording', 'api/v2010/account/call/recording.js'],
  ['conversations', 'conversations/v1/conversation.js'],
  ['participants', 'conversations/v1/conversation/participant.js'],
  ['webhooks', 'conversations/v1/conversation/webhook.js'],
  ['words', 'conversations/v1/conversation/message.js'],
  ['tasks', 'taskrouter/v1/workspace/task.js'],
  ['interactions', 'flexApi/v1/interaction.js'],
] as const)('the parameters that our carrier takes for %s are those of the vendor’s package', (resource, file) => {
  const known = readFileSync(`${VENDOR}/${file}`, 'utf8').matchAll(/data\["([\w.]+)"\]/g)

  expect([...known].map(([, name]) => name)).toEqual(expect.arrayContaining(Object.keys(TAKEN[resource].parameters)))
})

test.each([
  [[['To', '+1']], 'From or MessagingServiceSid is missing'],
  [[['Too', '+1']], 'Too is no parameter'],
  [[['StatusCallback', '/relative']], 'StatusCallback cannot be "/relative"'],
  [[['To', '+1'], ['To', '+2']], 'To comes more than once'], // biome-ignore format: one line a case
  [[['From', '+1'], ['MessagingServiceSid', 'MG1']], 'From and MessagingServiceSid exclude each other'], // biome-ignore format: one line a case
] as const)('of a message with %j it says that %s', (form, flaw) => {
  expect(flawsIn('/2010-04-01/Accounts/AC1/Messages.json', form)).toContain(flaw)
})
