import { whyUnreachable } from '../../unreachable.ts'

/** What a server answered, or why none did. */
export type Answer = { readonly kind: 'answered'; readonly response: Response; readonly text: string } | Silence

/** No answer. */
export interface Silence {
  readonly kind: 'silent'
  readonly why: string
}

/** Asks once, and follows nothing: a carrier's webhook follows redirects, but signs the first address. */
export async function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  try {
    const response = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) })
    return { kind: 'answered', response, text: await response.text() }
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
    return { kind: 'silent', why: whyUnreachable(cause) }
  }
}

/** Milliseconds. */
const TIMEOUT_MS = 10_000
