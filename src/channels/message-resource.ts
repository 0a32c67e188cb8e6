import type { SendMessageEffect } from '../engine/effect.ts'
import type { Fields } from '../engine/fields.ts'

interface Sent {
  readonly message: SendMessageEffect
  readonly accountSid: string
  readonly sid: string
  /** Epoch milliseconds. */
  readonly at: number
}

/** The Message resource of a message just accepted, as flows see it in `outbound` (widgets.md 7, recorded). */
export function acceptedMessage({ message, accountSid, sid, at }: Sent): Fields {
  const service = message.from.startsWith('MG') ? message.from : null
  const date = isoSeconds(at)
  return {
    Sid: sid,
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    Status: service ? 'accepted' : 'queued',
    Direction: 'outbound-api',
    From: service ? null : message.from,
    To: message.to,
    Body: message.body ?? '',
    MessagingServiceSid: service,
    NumMedia: message.mediaUrl ? '1' : '0',
    NumSegments: service ? '0' : '1',
    Price: null,
    PriceUnit: null,
    ErrorCode: null,
    ErrorMessage: null,
    DateCreated: date,
    DateUpdated: date,
    DateSent: null,
    SubresourceUris: { media: `/2010-04-01/Accounts/${accountSid}/Messages/${sid}/Media.json` },
  }
}

/** The same for a message that was refused: never given a sid. */
export function refusedMessage(sent: Omit<Sent, 'sid'>, code: number | null, reason: string): Fields {
  return {
    ...acceptedMessage({ ...sent, sid: '' }),
    Sid: null,
    Status: 'failed',
    ErrorCode: code,
    ErrorMessage: reason,
    SubresourceUris: null,
  }
}

/** A Message resource of the REST API under the names that flows see: `num_media` as `NumMedia`, dates as ISO 8601. */
export function messageFromRest(resource: Fields): Fields {
  return Object.fromEntries(
    Object.entries(resource)
      .filter(([key]) => key !== 'uri')
      .map(([key, value]) => [pascal(key), key.startsWith('date_') ? isoDate(value) : value]),
  )
}

function pascal(name: string): string {
  return name.replaceAll(/(^|_)([a-z])/g, (_match, _underscore, letter: string) => letter.toUpperCase())
}

/** The REST API writes RFC 2822. */
function isoDate(value: unknown): unknown {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? value : isoSeconds(at)
}

function isoSeconds(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
}
