import { methodOf } from '../document/attributes.ts'
import { destination } from '../document/destination.ts'
import { type Document, documentOf } from '../document/document.ts'
import { type Element, rawText } from '../document/element.ts'
import { problemsOf } from '../grammar/problems.ts'
import { type Asker, exchange } from '../line/exchange.ts'
import type { Params, WebRequest } from '../line/web-request.ts'
import { fault, type Problem } from '../problem.ts'
import type { Hook } from '../webhooks.ts'
import { faultOf, isSent, type Reply, readReply } from './reply.ts'

/** What one message sets going. */
export interface Conversing {
  readonly asker: Asker
  readonly hook: Hook
  readonly fallback: Hook | undefined
  readonly received: { readonly from: string; readonly to: string }
  /** Sent along with every request for a document (twiml.md 5). */
  readonly params: Params
  /** Sends a reply; a problem ends it all. */
  reply(reply: Reply): Problem | undefined
}

/** One message and the documents that answer it, from the webhook to the last Redirect. */
export class Conversation {
  readonly #talk: Conversing
  #replies = 0
  #fellBack = false

  constructor(talk: Conversing) {
    this.#talk = talk
  }

  async run(): Promise<void> {
    const { hook, params, asker } = this.#talk
    let next: WebRequest | undefined = { ...hook, params }
    for (let documents = 1; next; documents += 1) {
      if (documents > MOST_DOCUMENTS) return asker.warn(TOO_MANY_DOCUMENTS)
      const document = await this.#fetch(next)
      next = document && this.#play(document)
    }
  }

  /** The fallback URL is asked once, with what went wrong (twiml.md 1.4). */
  async #fetch(request: WebRequest): Promise<Document | undefined> {
    const { asker, fallback, params } = this.#talk
    const answer = await exchange(asker, request)
    const document = 'code' in answer ? answer : documentOf(answer, 'message')
    if (!('code' in document)) return this.#checked(document)
    if (document !== answer) asker.warn(document)
    if (!fallback || this.#fellBack) return undefined
    this.#fellBack = true
    return this.#fetch({ ...fallback, params: { ...params, ErrorCode: String(document.code), ErrorUrl: request.url } })
  }

  /** Tells once of everything that is wrong with a document. */
  #checked(document: Document): Document {
    for (const problem of problemsOf(document, 'message')) this.#talk.asker.warn(problem)
    return document
  }

  /** Sends what a document says; answers where the next one comes from. */
  #play(document: Document): WebRequest | undefined {
    for (const verb of document.verbs) {
      if (verb.name === 'Redirect') return this.#redirected(verb, document)
      const problem = REPLIES.has(verb.name) ? this.#reply(verb, document) : undefined
      if (problem) return void this.#talk.asker.warn(problem)
    }
    return undefined
  }

  #redirected(verb: Element, { base }: Document): WebRequest | undefined {
    const { params } = this.#talk
    const target = destination({ url: rawText(verb), method: methodOf(verb.attributes.method) }, base)
    if ('code' in target || target.kind !== 'url') return undefined // told of when the document was read
    return { url: target.url, method: target.method, params }
  }

  #reply(verb: Element, { base }: Document): Problem | undefined {
    const { asker, received } = this.#talk
    const reply = readReply(verb, { base, received })
    const refused = faultOf(verb, reply)
    if (refused) asker.warn(refused)
    if (!isSent(reply)) return undefined
    this.#replies += 1
    return this.#replies > MOST_REPLIES ? TOO_MANY_REPLIES : this.#talk.reply(reply)
  }
}

const REPLIES: ReadonlySet<string> = new Set(['Message', 'Sms'])

/** For one message that came in (twiml.md 1.2). */
const MOST_DOCUMENTS = 50
const MOST_REPLIES = 10
const TOO_MANY_DOCUMENTS = fault(14106, `more than ${MOST_DOCUMENTS} documents answer one message`)
const TOO_MANY_REPLIES = fault(14109, `more than ${MOST_REPLIES} replies to one message`)
