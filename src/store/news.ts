/** What instances on one database tell each other at once; who misses it finds everything in the database. */
export type News =
  /** A flow has another revision, other test users, or is gone. */
  | { readonly kind: 'flow'; readonly sid: string }
  /** Somebody follows moves here, and wants to be told of them for the next seconds. */
  | { readonly kind: 'following' }
  /** An execution was moved; the steps and the warnings are the newest so many up to these places. */
  | { readonly kind: 'move'; readonly move: MoveNews }

/** A move in few words: it has to fit into 8,000 bytes. */
export interface MoveNews {
  readonly sid: string
  readonly version: number
  readonly steps: Span
  readonly warnings: number
  /** Whether it asks for something and so does not rest yet. */
  readonly asks: boolean
  /** Whether it had ended before. */
  readonly wasEnded: boolean
}

/** Places from one on, up to another one that is not part of it. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Whoever is told of news by other instances. */
export interface Listener {
  hear(news: News): void
  /** Something may have been missed. */
  missed(): void
}
