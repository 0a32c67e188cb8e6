import { validateHeaderName, validateHeaderValue } from 'node:http'
import { z } from 'zod'
import type { FunctionCall } from './call.ts'

/** What the children of one generation are told at their start: the project as it was when the generation began. */
export interface Generation {
  /** Files of functions by path: `/sms/reply`. */
  readonly functions: Readonly<Record<string, string>>
  /** Files of private assets by path: `/names.json`. */
  readonly assets: Readonly<Record<string, string>>
  /** The entries of `.env`. */
  readonly environment: Readonly<Record<string, string>>
  /** Where packages are looked for, and where relative paths begin. */
  readonly folder: string
  readonly account: Account
  /** The most bytes of an answer's body. */
  readonly answerBytes: number
  /** Whether the stack of an error is answered, too. */
  readonly showsStacks: boolean
  /** Whether cookies are for https only. */
  readonly secureCookies: boolean
}

/** The account in whose name functions use REST. */
export interface Account {
  readonly sid: string
  readonly authToken: string
  /** Whether it is one at Twilio, with all of Twilio's products. */
  readonly real: boolean
}

/** Where REST requests of functions go. */
export interface Addresses {
  /** This very server, which is Studio to them: `http://127.0.0.1:3000`. */
  readonly own: string
  /** Everything else of Twilio's; left out, Twilio's own hosts. */
  readonly carrier?: string | undefined
}

/** A call that a child is sent; maybe ahead of its time, while another one is under way. */
export interface CallMessage extends Order {
  readonly type: 'call'
  /** Counts the calls of the child. */
  readonly nth: number
  /** Not to be begun later than this: milliseconds of the machine's clock. */
  readonly until?: number | undefined
}

/** A call, and what the client that it may use has to know. */
export interface Order {
  readonly call: FunctionCall
  readonly addresses: Addresses
}

/** What a child is told. */
export type ToChild = { readonly type: 'begin'; readonly generation: Generation } | CallMessage

/** What a child may say; it is the code of others that runs there, so nothing of it is believed. */
export const FromChild = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({
    type: z.literal('answered'),
    nth: z.int(),
    status: z.int().min(200).max(599),
    headers: z
      .array(z.tuple([z.string(), z.string()]).refine(isHeader, 'no header that HTTP can carry').readonly())
      .readonly(),
  }),
  // It ends while it has nothing to do; a call that is on its way will not be begun.
  z.object({ type: z.literal('leaving') }),
  // The next call that it was sent, if there is one, begins only when this is out.
  z.object({ type: z.literal('rested'), left: z.array(z.string()) }),
  // A call that was sent ahead of its time: it is too late to begin it.
  z.object({ type: z.literal('unbegun'), nth: z.int() }),
])

/** The same, as the child writes it. */
export type FromChild = z.output<typeof FromChild>

function isHeader([name, value]: readonly [string, string]): boolean {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
    return true
  } catch {
    return false // what they throw says no more than that
  }
}
