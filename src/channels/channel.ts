import type { SendMessageEffect } from '../engine/effect.ts'
import type { Fields } from '../engine/fields.ts'

/** The way out to the phone network. */
export interface Channel {
  /** Hands a message over; a refusal is an answer, not an error. */
  sendMessage(message: SendMessageEffect): Promise<Handed>
}

/** What became of a message: the Message resource with the key names that flows see, and why it was refused if it was. */
export type Handed =
  | { readonly ok: true; readonly message: Fields }
  | { readonly ok: false; readonly message: Fields; readonly reason: string }
