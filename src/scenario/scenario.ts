import { z } from 'zod'
import type { Fields } from '../engine/fields.ts'
import { Callee, Connections, Guests, Payment, Queue, Recipient } from './far-ends.ts'
import { form, words } from './form.ts'
import { Service } from './service.ts'
import { Step } from './step.ts'

const parameters = z.record(z.string(), words)

const opening = (text: string) =>
  z.union([words.transform((Body) => ({ Body })), parameters]).meta({ description: text })

const RequestForm = form({
  To: words.optional().meta({ description: 'The contact, by name or address.' }),
  From: words.optional().meta({ description: 'The address of the flow: a number, or the sid of a Messaging Service.' }),
  Parameters: z.record(z.string(), z.unknown()).default({}).meta({ description: 'What the flow finds in flow.data.' }),
})

const ConversationForm = form({
  Author: words.optional().meta({ description: 'Who writes, by name or address; who has no number chats.' }),
  Body: words.optional().meta({ description: 'The text.' }),
  To: words.optional().meta({ description: 'The number that a phone writes to.' }),
  ChannelAttributes: z
    .record(z.string(), z.unknown())
    .optional()
    .meta({ description: 'The attributes of the conversation, which the flow finds in trigger.conversation.' }),
})

const Start = z
  .union(
    [
      z.enum(['call', 'request']).transform((kind) => ({ [kind]: {} })),
      form({
        call: z
          .union([z.null().transform(() => ({})), parameters])
          .optional()
          .meta({ description: 'A call, with parameters of its webhooks: From, To, …' }),
        message: opening('A text message: its text, or the parameters of its webhook: From, Body, …').optional(),
        sms: opening('The same as message.').optional(),
        text: opening('The same as message.').optional(),
        request: z
          .union([z.null().transform(() => ({})), RequestForm])
          .optional()
          .meta({ description: 'As the REST API begins an execution: To (the contact), From, Parameters.' }),
        conversation: z
          .union([words.transform((Body) => ({ Body })), ConversationForm])
          .optional()
          .meta({ description: 'A message in a conversation: its text, or Author, Body and To.' }),
      }).refine((start) => Object.keys(start).length === 1, 'one of call, message, conversation and request'),
    ],
    { error: () => 'call or request, or a call, message, conversation or request with its parameters' },
  )
  .transform(startOf)
  .meta({ id: 'Start', description: 'How it begins: with a call, with a message, in a conversation, or over REST.' })

/** How a scenario begins: who is at the one end, and at which address of the flow. */
export type Start = {
  readonly contact?: string | undefined
  readonly address?: string | undefined
} & (
  | { readonly kind: 'call'; readonly parameters: Parameters }
  | { readonly kind: 'message'; readonly body?: string | undefined; readonly parameters: Parameters }
  | { readonly kind: 'conversation'; readonly body?: string | undefined; readonly attributes?: Fields | undefined }
  | { readonly kind: 'request'; readonly parameters: Fields }
)

type Parameters = Readonly<Record<string, string>>
type StartForm = { readonly [key in 'call' | 'message' | 'sms' | 'text']?: Parameters | undefined } & {
  readonly request?: Partial<z.output<typeof RequestForm>> | undefined
  readonly conversation?: z.output<typeof ConversationForm> | undefined
}

function startOf({ call, message, sms, text, request, conversation }: StartForm): Start {
  if (conversation) {
    const { Author: contact, Body: body, To: address, ChannelAttributes: attributes } = conversation
    return { kind: 'conversation', contact, address, body, attributes }
  }
  if (request) {
    const { To: contact, From: address, Parameters: parameters = {} } = request
    return { kind: 'request', contact, address, parameters }
  }
  const { From: contact, To: address, Body: body, ...parameters } = call ?? message ?? sms ?? text ?? {}
  return call ? { kind: 'call', contact, address, parameters } : { kind: 'message', contact, address, body, parameters }
}

const Settings = form({
  TEMPLATE_TIMEZONE: words.optional().meta({ description: 'The time zone of dates in templates.' }),
  TEMPLATE_LOOP_TURNS: words.optional().meta({ description: 'Turns of all loops of one template.' }),
  TEMPLATE_OUTPUT_LENGTH: words.optional().meta({ description: 'The longest text that a template gives.' }),
  MESSAGE_REPLIES: words.optional().meta({ description: 'twiml or rest: how answers to messages go out.' }),
  HTTP_ALLOW_PRIVATE: words.optional().meta({ description: 'on: requests may reach private addresses.' }),
  FUNCTIONS_DIR: words.optional().meta({ description: 'The folder of functions, by its path from this file.' }),
  ASSETS_DIR: words.optional().meta({ description: 'The folder of assets, by its path from this file.' }),
})

/** A story of people before a flow: what they do, and what they should hear, get or find. */
export const Scenario = form({
  $schema: z.string().optional().meta({ description: 'Where this schema is, for editors.' }),
  name: words.optional().meta({ description: 'What the story is about, as a sentence.' }),
  flow: z
    .string('the path of a flow file')
    .min(1, 'the path of a flow file')
    .meta({ description: 'The flow, by its path from this file.' }),
  start: Start,
  // biome-ignore lint/suspicious/noThenProperty: the format has this key; it is a list and leaves the schema as `steps`
  then: z.array(Step, 'a list of steps').default([]).meta({ description: 'The steps, one after another.' }),
  services: z.array(Service, 'a list of services').default([]).meta({
    description: 'What stands for the services and functions that the flow asks; the first that fits answers.',
  }),
  network: z
    .enum(['stubs', 'allow'])
    .default('stubs')
    .meta({ description: 'allow: requests that no service fits go out to the world.' }),
  people: z.record(z.string(), words).default({}).meta({ description: 'Names for addresses: ann: +15550001111.' }),
  callees: z
    .record(z.string(), Callee)
    .default({})
    .meta({ description: 'What those do whom the flow dials, by address or name; * is everybody else.' }),
  queues: z.record(z.string(), Queue).default({}).meta({
    description: 'What happens to callers in queues, by name or by the sid of a workflow; * is every other.',
  }),
  recipients: z
    .record(z.string(), Recipient)
    .default({})
    .meta({ description: 'What becomes of texts to them, by address or name; * is everybody else.' }),
  conferences: z
    .record(z.string(), Guests)
    .default({})
    .meta({ description: 'Who joins the conferences of the flow, by their names; * is every other.' }),
  payments: z
    .record(z.string(), Payment)
    .default({})
    .meta({ description: 'What payment connectors make of payments, by their names; * is every other.' }),
  connections: Connections.default({}).meta({ description: 'How the far ends of Connect go, by their nouns.' }),
  conversations: z
    .record(z.string(), z.array(words, 'a list of people'))
    .default({})
    .meta({ description: 'Conversations that there are already, by their unique names, and who is in them.' }),
  settings: Settings.default({}).meta({ description: 'Settings of the server.' }),
  now: z.iso
    .datetime({ offset: true, error: 'a time such as 2026-03-02T09:30:00Z' })
    .default('2026-01-05T17:00:00Z')
    .transform((text) => Date.parse(text))
    .meta({ description: 'The time at which it begins; left out: Monday 2026-01-05T17:00:00Z.' }),
})
  .transform(({ then: steps, $schema, ...scenario }) => ({ ...scenario, steps }))
  .meta({
    title: 'Trunkline scenario',
    description: 'A story of people before a flow: what they do, and what they should hear, get or find.',
  })

export type Scenario = z.output<typeof Scenario>
