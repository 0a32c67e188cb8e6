import type { Time } from '../time.ts'
import type { Person } from './person.ts'

/** What a person does next. */
export type Act =
  | { readonly do: 'press'; readonly keys: string }
  | { readonly do: 'say'; readonly text: string }
  /** Voice for a recording. */
  | { readonly do: 'talk'; readonly seconds: number }
  | { readonly do: 'be-silent' }
  | { readonly do: 'hang-up' }
  | { readonly do: 'text'; readonly body: string; readonly media?: readonly string[] }
  | { readonly do: 'wait'; readonly seconds: number }

/** Whoever has the phone in the hand. */
export interface Actor {
  /** In a call, if one is going on. */
  readonly caller?: Person | undefined
  readonly time: Time
  text(body: string, media: readonly string[]): Promise<void>
}

/** Does one thing; throws `NotTaken` where nobody takes it. */
export async function act(next: Act, { caller, time, text }: Actor): Promise<void> {
  switch (next.do) {
    case 'press':
      return onThePhone(caller, next).press(next.keys)
    case 'say':
      return onThePhone(caller, next).say(next.text)
    case 'talk':
      return onThePhone(caller, next).talk(next.seconds)
    case 'be-silent':
      return onThePhone(caller, next).beSilent()
    case 'hang-up':
      return onThePhone(caller, next).hangUp()
    case 'text':
      return text(next.body, next.media ?? [])
    case 'wait':
      return time.pass(next.seconds)
    default:
      return next satisfies never
  }
}

/** Thrown where an act needs a call and there is none. */
export class NoCall extends Error {
  override readonly name = 'NoCall'
}

function onThePhone(caller: Person | undefined, { do: what }: Act): Person {
  if (caller) return caller
  throw new NoCall(`nobody is on the phone: '${what}' needs a call, and this is a conversation by text`)
}
