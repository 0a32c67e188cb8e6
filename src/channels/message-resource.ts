import type { SendMessageEffect } from '../engine/effect.ts'
import type { Fields } from '../engine/fields.ts'
import { isoSeconds } from '../engine/iso-seconds.ts'
import { isMessagingService } from '../engine/messaging-service.ts'
import { fieldsFromRest } from './rest-resource.ts'

interface Sent {
  readonly message: SendMessageEffect
  readonly accountSid: string
  readonly sid: string
  /** Epoch milliseconds. */
  readonly at: number
}

/** The Message resource of a message just accepted, as flows see it in `outbound` (widgets.md 7, recorded). */
export function acceptedMessage({ message, accountSid, sid, at }: Sent): Fields {
  const service = isMessagingService(message.from) ? message.from : null
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

/** A Message resource of the REST API as flows see it: without its address. */
export function messageFromRest({ uri, ...resource }: Fields): Fields {
  return fieldsFromRest(resource)
}
