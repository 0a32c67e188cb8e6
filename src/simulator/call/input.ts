/** What comes to a leg of a call: from the person at its end, or from another part of the network. */
export type Input =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'speech'; readonly text: string }
  /** So many seconds of voice, as a recording hears them. */
  | { readonly kind: 'voice'; readonly seconds: number }
  /** Something that a waiting leg is to know; kept until it is waited for. */
  | { readonly kind: 'signal'; readonly about: unknown }

/** Whether an input is a signal about exactly this. */
export function isAbout(thing: unknown, input: Input): boolean {
  return input.kind === 'signal' && input.about === thing
}
