import type { IncomingMessage } from 'node:http'

/** The headers that functions may see, by names in lower case; one that comes more than once has its values in order (functions-flex.md A2). */
export function visibleHeaders({ rawHeaders }: IncomingMessage): Record<string, string | readonly string[]> {
  const values = new Map<string, string | readonly string[]>()
  for (const [name, value] of pairs(rawHeaders)) {
    if (HIDDEN.test(name)) continue
    const before = values.get(name)
    values.set(name, before === undefined ? value : [before, value].flat())
  }
  return Object.fromEntries(values)
}

/** Between two hops, or told by whoever stands before the server. */
const HIDDEN =
  /^(?:connection|proxy-connection|expect|host|proxy-authorization|proxy-authenticate|referer|trailer|transfer-encoding|upgrade|via|x-real-ip|(?:x-accel-|x-forwarded-|x-amz|i-twilio-|i-t-|ot-).*)$/

/** The cookies of a request: names keep their case, the first of a name counts. */
export function cookiesOf(request: IncomingMessage): Record<string, string> {
  const lines = [...pairs(request.rawHeaders)].filter(([name]) => name === 'cookie').map(([, value]) => value)
  const cookies = new Map<string, string>()
  for (const cookie of lines.join(';').split(';')) {
    const [name = '', ...value] = cookie.split('=')
    const key = name.trim()
    if (key !== '' && value.length > 0 && !cookies.has(key)) cookies.set(key, cookieValue(value.join('=').trim()))
  }
  return Object.fromEntries(cookies)
}

function cookieValue(text: string): string {
  const value = /^"(.*)"$/.exec(text)?.[1] ?? text
  try {
    return decodeURIComponent(value)
  } catch {
    return value // a % that escapes nothing stands for itself
  }
}

/** How large the headers of a request are, and how many. */
export function extentOf({ rawHeaders }: IncomingMessage): { readonly bytes: number; readonly count: number } {
  const lines = [...pairs(rawHeaders)].map(([name, value]) => `${name}: ${value}\r\n`)
  return { bytes: Buffer.byteLength(lines.join(''), 'latin1'), count: lines.length }
}

function* pairs(rawHeaders: readonly string[]): Generator<readonly [name: string, value: string]> {
  for (let index = 0; index < rawHeaders.length; index += 2) {
    yield [(rawHeaders[index] ?? '').toLowerCase(), rawHeaders[index + 1] ?? '']
  }
}
