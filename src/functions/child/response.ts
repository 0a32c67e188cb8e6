/** `Twilio.Response`: an answer with a status, headers and cookies of its own (functions-flex.md A3). Its fields are named as in Twilio's. */
export class TwilioResponse {
  statusCode: number
  body: unknown
  headers: Record<string, HeaderValue | HeaderValue[]> = {}

  constructor({ statusCode = 200, body = null, headers = {} }: ResponseOptions = {}) {
    this.statusCode = statusCode
    this.body = body
    this.setHeaders(headers)
  }

  setStatusCode(statusCode: number): this {
    this.statusCode = statusCode
    return this
  }

  setBody(body: unknown): this {
    this.body = body
    return this
  }

  /** Takes the place of all headers, cookies included. */
  setHeaders(headers: Readonly<Record<string, HeaderValue | HeaderValue[]>>): this {
    if (typeof headers !== 'object') return this // as Twilio's
    this.headers = {}
    for (const [name, value] of Object.entries(headers)) this.appendHeader(name, value)
    return this
  }

  /** A name that comes again has all of its values. */
  appendHeader(name: string, value: HeaderValue | HeaderValue[]): this {
    if (typeof value === 'object' && !Array.isArray(value)) throw new Error('Header value cannot be an object')
    const key = name.toLowerCase() === 'set-cookie' ? COOKIES : name
    const before = this.headers[key]
    this.headers[key] = before === undefined ? value : [before, value].flat()
    return this
  }

  setCookie(name: string, value: string, attributes: readonly string[] = []): this {
    return this.appendHeader(COOKIES, [`${name}=${value}`, ...attributes].join(';'))
  }

  /** Takes back what was to be set, and has the browser forget it. */
  removeCookie(name: string): this {
    const others = [this.headers[COOKIES] ?? []].flat().filter((cookie) => !String(cookie).startsWith(`${name}=`))
    this.headers[COOKIES] = [...others, `${name}=;Max-Age=0`]
    return this
  }
}

type HeaderValue = string | number

interface ResponseOptions {
  readonly statusCode?: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, HeaderValue | HeaderValue[]>>
}

const COOKIES = 'Set-Cookie'
