import { randomBytes } from 'node:crypto'
import type { Asked } from './outside.ts'

/** What a REST API answers with. */
export type Resource = Readonly<Record<string, unknown>>

/** The resource that comes of a request to the carrier, in the spelling of its REST API. */
export function resourceOf({ method, path, form }: Asked): Resource {
  const { From: from = '', To: to = '', Body: body = '' } = form
  if (path.endsWith('/Calls.json')) return { sid: sid('CA'), from, to, status: 'queued' }
  if (path.includes('/Recordings')) return { sid: sid('RE'), status: 'in-progress' }
  if (path.endsWith('/Messages.json')) return { sid: sid('SM'), from, to, body, status: 'queued' }
  if (path.endsWith('/Tasks'))
    return { sid: sid('WT'), attributes: form.Attributes ?? '', assignment_status: 'pending' }
  if (path.endsWith('/Interactions')) return { sid: sid('KD'), interaction_context_sid: sid('KC') }
  if (path.endsWith('/v1/Conversations'))
    return { sid: sid('CH'), friendly_name: form.FriendlyName ?? '', state: 'active' }
  if (path.endsWith('/Webhooks')) return { sid: sid('WH'), target: 'webhook' }
  if (path.includes('/Participants'))
    return method === 'GET' ? { participants: [], meta: { next_page_url: null } } : { sid: sid('MB') }
  if (!path.endsWith('/Messages')) return { sid: path.split('/').at(-1) ?? '', state: 'active' }
  return { sid: sid('IM'), author: form.Author ?? '', body, conversation_sid: path.split('/').at(-2) ?? '' }
}

function sid(prefix: string): string {
  return prefix + randomBytes(16).toString('hex')
}
