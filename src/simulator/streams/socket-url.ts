import { LOOPBACK } from '../line/loopback.ts'

/** The URL of a WebSocket that can be opened; undefined for any other, which was told of when the document was read. */
export function socketUrl(text = ''): string | undefined {
  const [url = ''] = text.trim().split('?', 1) // a query is not sent
  if (!URL.canParse(url)) return undefined
  const { protocol, hostname } = new URL(url)
  return protocol === 'wss:' || (protocol === 'ws:' && LOOPBACK.test(hostname)) ? url : undefined
}
