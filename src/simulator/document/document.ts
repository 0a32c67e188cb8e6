import type { WebAnswer } from '../line/web-request.ts'
import { fault, type Problem } from '../problem.ts'
import { AUDIO_TYPES } from './audio-types.ts'
import { type Element, elementsIn, readXml } from './element.ts'

/** A TwiML document that is to be played. */
export interface Document {
  /** `Response`. */
  readonly root: Element
  readonly verbs: readonly Element[]
  /** Relative URLs are meant from here; undefined where TwiML came by REST. */
  readonly base: string | undefined
}

/** Makes a document of an answer, by its status and its content type (twiml.md 1.3). */
export function documentOf(
  { status, contentType, body, url }: WebAnswer,
  kind: 'voice' | 'message',
): Document | Problem {
  if (status >= 300) return fault(11200, `${url} answered with status ${status}`)
  if (status === 204 || (kind === 'message' && body.trim() === '')) return documentIn(response(), url)
  if (kind === 'voice' && AUDIO_TYPES.has(contentType)) return documentIn(response(verb('Play', url)), url)
  if (body === '') return fault(11770, `${url} answered with nothing`)
  if (contentType === '') return fault(11200, `${url} answered without a Content-Type`)
  if (XML_TYPES.has(contentType)) return parseTwiml(body, url)
  if (contentType === 'text/plain') return plain(body, url, kind)
  return fault(12300, `${url} answered with the content type ${contentType}, which is no TwiML`)
}

const XML_TYPES: ReadonlySet<string> = new Set(['text/xml', 'application/xml', 'text/html'])

/** Reads a text as a TwiML document; `base` is where it came from. */
export function parseTwiml(text: string, base: string | undefined): Document | Problem {
  const root = readXml(text)
  if ('code' in root) return root
  if (root.name !== 'Response') return fault(12102, `the root of the document is <${root.name}>; expected <Response>`)
  const { version } = root.attributes
  if (version !== undefined && !/^\d+(\.\d+)?$/.test(version))
    return fault(12101, `version=${JSON.stringify(version)} of <Response> is no version`)
  return documentIn(root, base)
}

function documentIn(root: Element, base: string | undefined): Document {
  return { root, verbs: elementsIn(root), base }
}

function response(...children: readonly Element[]): Element {
  return { name: 'Response', attributes: {}, children }
}

/** A text is spoken, or sent back. The call ends after it as after any document, and where somebody waits, it is heard again. */
function plain(body: string, url: string, kind: 'voice' | 'message'): Document {
  const document = body.trimStart().startsWith('<') ? parseTwiml(body, url) : undefined
  if (document && !('code' in document)) return document
  return documentIn(response(verb(kind === 'voice' ? 'Say' : 'Message', body)), url)
}

function verb(name: string, ...children: readonly string[]): Element {
  return { name, attributes: {}, children }
}
