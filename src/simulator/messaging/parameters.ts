import { geography } from '../call/geography.ts'
import type { Params } from '../line/web-request.ts'
import { API_VERSION } from '../resource-path.ts'
import { describe } from './delivery-errors.ts'
import type { Message } from './message.ts'
import { segmentsOf } from './segments.ts'

/** The parameters of a message that came in (twiml.md 5). */
export function receivedParams({ sid, from, to, body, media, serviceSid }: Message, accountSid: string): Params {
  return {
    MessageSid: sid,
    SmsSid: sid,
    SmsMessageSid: sid,
    SmsStatus: 'received',
    AccountSid: accountSid,
    ...(serviceSid && { MessagingServiceSid: serviceSid }),
    From: from,
    To: to,
    Body: body,
    NumMedia: String(media.length),
    NumSegments: String(segmentsOf(body)),
    ...Object.fromEntries(
      media.flatMap((url, index) => [
        [`MediaUrl${index}`, url],
        [`MediaContentType${index}`, mediaTypeOf(url)],
      ]),
    ),
    ApiVersion: API_VERSION,
    ...geography(['From', 'To']),
    ...(from.startsWith('whatsapp:') && { WaId: from.replaceAll(/\D/g, '') }),
  }
}

/** What a status callback is told (twiml.md 8.3). */
export function statusParams(message: Message, accountSid: string): Params {
  const { sid, status, from, to, serviceSid, errorCode, updatedAt } = message
  const [channel, address] = to.split(':', 2)
  return {
    MessageSid: sid,
    SmsSid: sid,
    MessageStatus: status,
    SmsStatus: status,
    To: to,
    From: from,
    AccountSid: accountSid,
    ApiVersion: API_VERSION,
    ...(serviceSid && { MessagingServiceSid: serviceSid }),
    ...(errorCode !== undefined && { ErrorCode: String(errorCode), ErrorMessage: describe(errorCode) }),
    ...(REPORTED.has(status) && { RawDlrDoneDate: minuteOf(updatedAt) }),
    ...(address !== undefined && channel && { ChannelPrefix: channel }),
    ...(status === 'read' && { EventType: 'READ' }),
  }
}

/** Statuses that another carrier told. */
const REPORTED: ReadonlySet<string> = new Set(['delivered', 'undelivered'])

/** YYMMDDhhmm. */
function minuteOf(time: number): string {
  return new Date(time).toISOString().replaceAll(/\D/g, '').slice(2, 12)
}

/** The media type that the ending of a URL stands for. */
export function mediaTypeOf(url: string): string {
  const [, ending = ''] = /\.(\w+)$/.exec(new URL(url, 'http://localhost').pathname) ?? []
  return MEDIA_TYPES[ending.toLowerCase()] ?? 'application/octet-stream'
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  pdf: 'application/pdf',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  mp4: 'video/mp4',
  '3gp': 'video/3gpp',
  vcf: 'text/vcard',
  txt: 'text/plain',
}
