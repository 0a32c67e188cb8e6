/**
 * The kinds of property a widget's schema is built from.
 *
 * A widget writes `properties: z.object({ say: text(), loop: integer({ min: 1 }).default(1), url: required(text()) })`
 * and is given the values *after* `{{…}}` was filled, so `"5"` is an integer and `"true"` a flag wherever Studio's
 * files or a template give them as text.
 *
 * - A bare kind may be absent: its output is `T | undefined`, whether the key is missing, null or (but in
 *   `verbatim()`) the empty text. `.optional()` makes the key optional too, `.default(x)` fills in x for all three,
 *   `required(kind)` refuses all three.
 * - `.meta({ title, description })` may be added; `meta().json` names the type that Studio's own schema demands,
 *   `meta().liquid === false` a text that Studio wants literal (enumerations, sids): strict validation refuses `{{…}}`;
 *   `meta().form` how a form lets it be edited (`form.ts`).
 * - Unknown keys are ignored by `z.object`.
 */
import { z } from 'zod'
import { kind } from './property-kind.ts'
import { flagFrom, integerFrom, listFrom, nameFrom, pairsFrom, textFrom } from './readings.ts'
import { isObject } from './record.ts'
import { shown } from './shown.ts'

/** A text; numbers and booleans become text, the empty text is absent. JSON type in Studio: string. */
export function text() {
  return kind(z.string(), { form: 'text', json: 'string', read: textFrom })
}

/** A text that names something, such as a voice, a number or an address: blanks around it are none of it, which templates over several lines leave. JSON type in Studio: string. */
export function name() {
  return kind(z.string(), { form: 'text', json: 'string', read: nameFrom })
}

/** A text that may be empty: '' stays '' (the finish key of a gather, for one). JSON type in Studio: string. */
export function verbatim() {
  return kind(z.string(), { form: 'text', json: 'string', read: textFrom, keepsEmpty: true })
}

/** A whole number within its bounds, both inclusive; "5" is read as 5. JSON type in Studio: integer. */
export function integer(bounds: Bounds = {}) {
  return kind(wholeNumber(bounds), { form: 'number', json: 'integer', read: integerFrom })
}

/** A whole number that Studio's schema wants as text: `"3600"`; yields a number. JSON type in Studio: string. */
export function textInteger(bounds: Bounds = {}) {
  return kind(wholeNumber(bounds), {
    form: 'number',
    json: 'string',
    refusal: 'found, integer expected',
    read: integerFrom,
  })
}

/** True or false; "true" and "false" are read too. JSON type in Studio: boolean. */
export function flag() {
  return kind(z.boolean(), { form: 'flag', json: 'boolean', read: flagFrom })
}

/** True or false that Studio's schema wants as text: `"true"`; yields a boolean. JSON type in Studio: string. */
export function textFlag() {
  return kind(z.boolean(), {
    form: 'flag',
    json: 'string',
    refusal: 'found, "true" or "false" expected',
    read: flagFrom,
  })
}

/** One of some words, in any case, given back as written here; any other word is refused. JSON type in Studio: string. */
export function choice<const Words extends readonly [string, ...string[]]>(words: Words) {
  const read = (value: unknown) => words.find((word) => word.toLowerCase() === textFrom(value)?.trim().toLowerCase())
  const refusal = `does not have a value in the enumeration [${words.join(', ')}]`
  return kind(z.enum(words), { form: 'choice', json: 'string', refusal, read }).meta({ liquid: false })
}

/** One pair of a `keyValues()` list. */
export interface KeyValue {
  readonly key: string
  readonly value: string
  /** Whether the pair asks, in any of its spellings, for its value to be read as JSON. */
  readonly parse_as_json: boolean
}

/** A list of `{key, value}` pairs: parameters, variables; values become text. JSON type in Studio: array. */
export function keyValues() {
  const pair = z.object({ key: z.string({ error: MISSING }), value: z.string(), parse_as_json: z.boolean() })
  return kind(z.array(pair), { form: 'key-values', json: 'array', read: pairsFrom }).meta({ items: PAIR_SCHEMA })
}

/** Whether a place in a widget's properties is the key of a pair, which Studio takes as it stands (widgets.md 1.1). */
export function isPairKey(path: readonly PropertyKey[]): boolean {
  return path.at(-1) === 'key' && typeof path.at(-2) === 'number'
}

/** A list of texts; one text is split at blanks and commas. JSON type in Studio: array. */
export function list() {
  const item = z.string({ error: ({ input }) => `${shown(input)} found, string expected` })
  return kind(z.array(item), { form: 'list', json: 'array', read: listFrom })
}

/** A list of objects of any shape (the participants of a conversation). JSON type in Studio: array. */
export function records() {
  return kind(z.array(z.record(z.string(), z.unknown())), {
    form: 'json',
    json: 'array',
    refusal: 'found, array of objects expected',
    read: (value) => (Array.isArray(value) && value.every(isObject) ? value : undefined),
  })
}

/** An object of any shape. JSON type in Studio: object. */
export function record() {
  return kind(z.record(z.string(), z.unknown()), {
    form: 'json',
    json: 'object',
    read: (value) => (isObject(value) ? value : undefined),
  })
}

/** A property that Studio demands: absent, null and (but in `verbatim()`) empty are refused. */
export function required<Kind extends z.ZodType>(property: Kind) {
  return z.nonoptional(property, { error: MISSING })
}

interface Bounds {
  readonly min?: number
  readonly max?: number
}

const MISSING = 'is missing but it is required'

/** What a pair looks like in Studio's files, for forms. */
const PAIR_SCHEMA = {
  type: 'object',
  properties: { key: { type: 'string' }, value: { type: 'string' }, parse_as_json: { type: 'boolean' } },
  required: ['key', 'value'],
}

function wholeNumber({ min, max }: Bounds) {
  const error = ({ input }: { input?: unknown }) => `${shown(input)} found, ${rangeOf({ min, max })} expected`
  const atLeast = min === undefined ? z.number() : z.number().min(min, { error })
  return max === undefined ? atLeast : atLeast.max(max, { error })
}

function rangeOf({ min, max }: { min: number | undefined; max: number | undefined }): string {
  if (max === undefined) return `integer of at least ${min}`
  return min === undefined ? `integer of at most ${max}` : `integer from ${min} to ${max}`
}
