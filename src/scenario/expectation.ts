import { z } from 'zod'
import { form, oneOrMany, words } from './form.ts'
import { series } from './series.ts'
import { WantedText } from './wanted-text.ts'

const fields = z.record(z.string(), z.unknown())

/** A message that somebody is to get: its text, or more of it. */
export type WantedMessage = z.output<typeof WantedMessage>

const MessageForm = form({
  body: WantedText.optional().meta({ description: 'The text of the message.' }),
  media: oneOrMany(WantedText).optional().meta({ description: 'Pictures and files in it, by their URLs.' }),
  from: words.optional().meta({ description: 'The address it comes from.' }),
  to: words.optional().meta({ description: 'Who gets it, by name or address; left out: the person of this step.' }),
})

const WantedMessage = z
  .union([WantedText.transform((body): z.output<typeof MessageForm> => ({ body })), MessageForm])
  .meta({ id: 'WantedMessage' })

/** A request that a service is to be asked: `METHOD URL` in one line, or its parts. */
export type WantedRequest = z.output<typeof RequestForm> & { readonly line?: WantedText }

const RequestForm = form({
  method: z.enum(['GET', 'POST']).optional().meta({ description: 'GET or POST.' }),
  url: WantedText.optional().meta({ description: 'The absolute URL.' }),
  body: WantedText.optional().meta({ description: 'The body as it is sent.' }),
  json: z.unknown().optional().meta({ description: 'The body as JSON; keys that are left out may be anything.' }),
  form: fields.optional().meta({ description: 'Fields of a form; those that are left out may be anything.' }),
})

const WantedRequest = z
  .union([
    WantedText.transform((line): WantedRequest => ({ line })),
    RequestForm.transform((parts): WantedRequest => parts),
  ])
  .meta({ id: 'WantedRequest' })

const CALL_STATUSES = [
  'queued',
  'ringing',
  'in-progress',
  'completed',
  'busy',
  'failed',
  'no-answer',
  'canceled',
] as const
const REASONS = ['FLOW_END', 'HANGUP', 'STOPPED', 'MAX_STEPS', 'MAX_WIDGET_REPEATS', 'EXPIRED', 'ERROR'] as const

/** What is said and played to the person. */
export const Heard = series(WantedText).meta({
  description: 'What was said or played since the last thing that was done.',
})

/** The messages the person gets. */
export const Got = series(WantedMessage).meta({
  description: 'The messages that came since the last thing that was done.',
})

/** What is expected: of what has happened since the last act, and of how things stand. */
export const Expectation = form({
  heard: Heard.optional(),
  got: Got.optional(),
  twiml: series(WantedText)
    .optional()
    .meta({ description: 'The TwiML documents that came since the last thing that was done, as they came.' }),
  asked: series(WantedRequest)
    .optional()
    .meta({ description: 'The services and functions that were asked since the last thing that was done.' }),
  path: series(words)
    .optional()
    .meta({ description: 'The widgets that were left since the last thing that was done.' }),
  dialled: series(WantedText)
    .optional()
    .meta({ description: 'Who was rung by the call since the last thing that was done.' }),
  warnings: series(WantedText)
    .optional()
    .meta({ description: 'Warnings of the flow since the last thing that was done, each as "CODE message".' }),
  problems: series(WantedText)
    .optional()
    .meta({ description: 'Errors and warnings of the carrier since the last thing that was done, as "CODE message".' }),
  at: words.optional().meta({ description: 'The widget on which the flow stands.' }),
  status: z.enum(['active', 'ended']).optional().meta({ description: 'Whether the flow goes on.' }),
  endedReason: z.enum(REASONS).optional().meta({ description: 'Why the flow has ended.' }),
  call: z.enum(CALL_STATUSES).optional().meta({ description: 'The status of the call.' }),
  widgets: fields
    .optional()
    .meta({ description: 'What widgets gave out; names and keys that are left out may be anything.' }),
  variables: fields.optional().meta({ description: 'Variables of the flow; those that are left out may be anything.' }),
  context: fields.optional().meta({ description: 'All that {{…}} sees: trigger, flow, contact, widgets.' }),
}).meta({ id: 'Expectation', description: 'What is expected.' })

export type Expectation = z.output<typeof Expectation>
