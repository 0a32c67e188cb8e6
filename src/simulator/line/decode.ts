import { TextDecoder } from 'node:util'

/** The text of an answer: in the character set of its header or of its declaration, UTF-8 where neither says one. */
export function decoded(bytes: Uint8Array, contentType: string): string {
  const [, said] = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType) ?? []
  return decoderOf(said ?? declared(bytes)).decode(bytes)
}

/** What an XML declaration says, which is in ASCII. */
function declared(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  return /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1]
}

function decoderOf(label = 'utf-8'): TextDecoder {
  try {
    return new TextDecoder(label)
  } catch {
    return new TextDecoder() // nobody knows such a character set
  }
}
