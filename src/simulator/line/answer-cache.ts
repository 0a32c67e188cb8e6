import type { WebAnswer } from './web-request.ts'

/** Answers to GET that may be asked for again: only whether they are still the same (twiml.md 1.4). */
export class AnswerCache {
  readonly #kept = new Map<string, Kept>()

  /** The headers that ask whether a kept answer is still the same. */
  headersFor(url: string): Readonly<Record<string, string>> {
    const { etag, lastModified } = this.#kept.get(url) ?? {}
    return { ...(etag && { 'if-none-match': etag }), ...(lastModified && { 'if-modified-since': lastModified }) }
  }

  keep(url: string, kept: Kept): void {
    if (kept.answer.status === 200 && (kept.etag || kept.lastModified)) this.#kept.set(url, kept)
  }

  answer(url: string): WebAnswer | undefined {
    return this.#kept.get(url)?.answer
  }
}

interface Kept {
  readonly etag: string | undefined
  readonly lastModified: string | undefined
  readonly answer: WebAnswer
}
