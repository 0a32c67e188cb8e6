import { randomBytes } from 'node:crypto'
import type { Asked } from './outside.ts'

/** What a REST API answers with. */
export type Resource = Readonly<Record<string, string | boolean>>

/** The resource that comes of a request to the carrier, in the spelling of its REST API. */
export function resourceOf({ path, form }: Asked): Resource {
  const { From: from = '', To: to = '', Body: body = '' } = form
  if (path.endsWith('/Calls.json')) return { sid: sid('CA'), from, to, status: 'queued' }
  if (path.includes('/Recordings')) return { sid: sid('RE'), status: 'in-progress' }
  if (path.endsWith('/Messages.json')) return { sid: sid('SM'), from, to, body, status: 'queued' }
  return { sid: sid('IM'), author: form.Author ?? '', body, conversation_sid: path.split('/').at(-2) ?? '' }
}

function sid(prefix: string): string {
  return prefix + randomBytes(16).toString('hex')
}
