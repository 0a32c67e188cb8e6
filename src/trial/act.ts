import { z } from 'zod'
import { jsonIn } from '../engine/json.ts'
import { Refusal } from '../errors.ts'

/** What somebody does with one of the phones of a trial. */
export type Act = z.output<typeof Act>

/** Addresses by which people are reached: numbers, or those of a channel such as `whatsapp:+15550001`. */
export const Address = z.string().regex(/^([a-z]+:)?\+[1-9]\d{2,14}$/, 'a number such as +15550001000')

/** Whose phone it is; the first contact's, when it is left out. */
const whose = { contact: Address.optional() }

const Act = z.discriminatedUnion('do', [
  z.strictObject({ ...whose, do: z.literal('call') }),
  z.strictObject({
    ...whose,
    do: z.literal('text'),
    body: z.string().max(1_600).default(''),
    media: z
      .array(z.url({ protocol: /^https?$/ }))
      .max(10)
      .default([]),
  }),
  /** Has the flow begin over REST, with the contact as who it is for. */
  z.strictObject({ ...whose, do: z.literal('request'), parameters: z.record(z.string(), z.unknown()).default({}) }),
  z.strictObject({ ...whose, do: z.literal('press'), keys: z.string().regex(/^[0-9*#A-D]{1,50}$/, 'keys of a phone') }),
  z.strictObject({ ...whose, do: z.literal('say'), text: z.string().min(1).max(1_000) }),
  /** Voice for a recording. */
  z.strictObject({ ...whose, do: z.literal('talk'), seconds: z.number().min(1).max(600) }),
  /** Gives no answer to what is asked. */
  z.strictObject({ ...whose, do: z.literal('be-silent') }),
  z.strictObject({ ...whose, do: z.literal('hang-up') }),
  /** What becomes of calls to the phone from now on. */
  z.strictObject({
    ...whose,
    do: z.literal('when-called'),
    outcome: z.enum(['answered', 'busy', 'no-answer', 'failed']),
    answeredBy: z.enum(['human', 'machine', 'fax', 'unknown']).default('human'),
  }),
])

const MOST_CONTACTS = 8

/** A trial as it is asked for. */
export type Wish = z.output<typeof Wish>

const Wish = z.strictObject({
  /** Sid of a flow, or its name in `/flows/{name}`. */
  flow: z.string(),
  revision: z.enum(['draft', 'published']).default('draft'),
  contacts: z.array(Address).min(1).max(MOST_CONTACTS).optional(),
  /** How many there are, each with a number of its own, where none are named; one, when it is left out. */
  count: z.int().min(1).max(MOST_CONTACTS).optional(),
})

/** Reads an act; throws a `Refusal`. */
export function actIn(raw: string | undefined): Act {
  return read(Act, raw)
}

/** Reads a wish; throws a `Refusal`. */
export function wishIn(raw: string | undefined): Wish {
  return read(Wish, raw)
}

function read<Schema extends z.ZodType>(schema: Schema, raw: string | undefined): z.output<Schema> {
  if (raw === undefined) throw new Refusal('invalidRequest', 'no JSON found in the body; an object expected')
  const parsed = schema.safeParse(jsonIn(raw))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Refusal('invalidRequest', `${issue?.path.join('.') || 'the body'}: ${issue?.message}`)
}
