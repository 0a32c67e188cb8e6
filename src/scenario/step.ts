import { z } from 'zod'
import type { Act } from '../simulator/people/act.ts'
import { duration } from './duration-form.ts'
import { Expectation, Got, Heard } from './expectation.ts'
import { form, oneOrMany, words } from './form.ts'

const KEYS = 'keys of a phone, 0-9 * # A-D, in quotes where they are a lone #'
const now = z.union([z.literal(true), z.null()], { error: () => 'true, or nothing at all' })
const keys = z
  .union([z.string(), z.number()], { error: () => KEYS })
  .transform(String)
  .pipe(z.string().regex(/^[0-9*#A-D]+$/, KEYS))
const parameters = z.record(z.string(), words)

const TextForm = form({
  body: words.optional().meta({ description: 'The text; left out where only pictures are sent.' }),
  media: oneOrMany(z.string()).optional().meta({ description: 'URLs of pictures and files.' }),
  from: words.optional().meta({ description: 'Who sends it, by name or address.' }),
  to: words.optional().meta({ description: 'The address it is sent to.' }),
  parameters: parameters.optional().meta({ description: 'Further parameters of the webhook.' }),
})

const CallForm = form({
  from: words.optional().meta({ description: 'Who calls, by name or address.' }),
  to: words.optional().meta({ description: 'The number that is called.' }),
  parameters: parameters.optional().meta({ description: 'Further parameters of every webhook of the call.' }),
})

const StepForm = form({
  as: words.optional().meta({ description: 'Whose step this is, by name or address; left out: the one who began.' }),
  press: keys.optional().meta({ description: 'Press these keys when some are asked for.' }),
  say: words.optional().meta({ description: 'Say this when speech is asked for.' }),
  talk: duration.optional().meta({ description: 'Leave so much voice in a recording: 8s.' }),
  silence: now.optional().meta({ description: 'Give no answer to what is asked next.' }),
  hangUp: now.optional().meta({ description: 'Hang up.' }),
  text: z
    .union([words.transform((body) => ({ body })), TextForm])
    .optional()
    .meta({ description: 'Send a text message.' }),
  wait: duration.optional().meta({ description: 'Let time pass: 90s, 5m, 2h, 1d.' }),
  phone: z
    .enum(['on', 'off', 'opted-out'], { error: () => 'on, off or opted-out' })
    .optional()
    .meta({
      description: 'Switch the phone off (texts to it are not delivered), opted-out (they are refused), or on.',
    }),
  call: z
    .union([now.transform(() => ({})), CallForm])
    .optional()
    .meta({ description: 'Call the flow.' }),
  hear: Heard.optional().meta({ description: 'Short for expect: { heard: … }.' }),
  get: Got.optional().meta({ description: 'Short for expect: { got: … }.' }),
  expect: Expectation.optional().meta({ description: 'What is expected after it.' }),
}).superRefine((step, context) => {
  const acts = ACTS.filter((name) => step[name] !== undefined)
  const told = acts.length > 1 ? `${acts.join(' and ')} are done in steps of their own` : undefined
  const empty = Object.keys(step).every((name) => name === 'as') ? 'something that is done or expected' : undefined
  const twice = step.hear && step.expect?.heard ? 'hear is short for expect: { heard }: one of them' : undefined
  const again = step.get && step.expect?.got ? 'get is short for expect: { got }: one of them' : undefined
  const message = told ?? empty ?? twice ?? again
  if (message !== undefined) context.addIssue({ code: 'custom', message })
})

const ACTS = ['press', 'say', 'talk', 'silence', 'hangUp', 'text', 'wait', 'phone', 'call'] as const

/** What is done in a step, what is expected after it, or both. */
export const Step = z
  .union([z.enum(['silence', 'hangUp']).transform((name) => ({ [name]: true as const })), StepForm])
  .transform((step: z.output<typeof StepForm>) => ({
    as: step.as,
    act: actOf(step),
    expectation: expectationOf(step),
  }))
  .meta({ id: 'Step', description: 'What is done, what is expected after it, or both.' })

export type Step = z.output<typeof Step>

/** What a person does in a scenario: what they can do on a phone, or to call. */
export type Deed =
  | Exclude<Act, { do: 'text' }>
  | ({ readonly do: 'text' } & Partial<z.output<typeof TextForm>>)
  | { readonly do: 'switch-phone'; readonly to: 'on' | 'off' | 'opted-out' }
  | ({ readonly do: 'call' } & Partial<z.output<typeof CallForm>>)

function actOf({
  press,
  say,
  talk,
  silence,
  hangUp,
  text,
  wait,
  phone,
  call,
}: z.output<typeof StepForm>): Deed | undefined {
  if (press !== undefined) return { do: 'press', keys: press }
  if (say !== undefined) return { do: 'say', text: say }
  if (talk !== undefined) return { do: 'talk', seconds: talk }
  if (silence !== undefined) return { do: 'be-silent' }
  if (hangUp !== undefined) return { do: 'hang-up' }
  if (text) return { do: 'text', ...text }
  if (wait !== undefined) return { do: 'wait', seconds: wait }
  if (phone !== undefined) return { do: 'switch-phone', to: phone }
  return call && { do: 'call', ...call }
}

function expectationOf({ hear, get, expect }: z.output<typeof StepForm>): Expectation | undefined {
  if (!hear && !get) return expect
  return { ...expect, ...(hear && { heard: hear }), ...(get && { got: get }) }
}
