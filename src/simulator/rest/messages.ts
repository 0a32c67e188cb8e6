import type { Form } from '../../signature/signature.ts'
import { describe } from '../messaging/delivery-errors.ts'
import type { Message, OutgoingMessage } from '../messaging/message.ts'
import { segmentsOf } from '../messaging/segments.ts'
import type { Problem } from '../problem.ts'
import { API_VERSION, resourcePath } from '../resource-path.ts'
import { rfc2822 } from '../rfc2822.ts'
import { type Asked, GONE, json, type Resource } from './asked.ts'
import { contentIn } from './content.ts'
import { isWanted, page, within } from './page.ts'
import { all, given, one, whole } from './parameters.ts'
import { invalid, notFound, Refused } from './refused.ts'

/** `Messages.json`: sends one, lists them (twiml.md 8.1). */
export const messages: Resource = {
  GET(asked) {
    const { network, query } = asked
    const isThen = within(query, 'DateSent')
    const items = network.messages.list().filter(({ to, from, sentAt, createdAt }) => {
      return isWanted(query, 'To', to) && isWanted(query, 'From', from) && isThen(sentAt ?? createdAt)
    })
    return page(asked, { key: 'messages', items, show: (item) => resourceOf(item, network.accountSid) })
  },
  POST({ network, form }) {
    const made = network.messages.create(outgoing(form, network.clock.now()))
    if ('code' in made) throw invalid(made.code, made.message)
    return json(201, resourceOf(made, network.accountSid))
  },
}

/** `Messages/SM….json`: shows, calls off, empties or deletes one. */
export const message: Resource = {
  GET: (asked) => json(200, resourceOf(messageIn(asked), asked.network.accountSid)),
  POST(asked) {
    const { network, form } = asked
    const found = messageIn(asked)
    refuseFor(changed(asked, found, { status: one(form, 'Status'), body: given(form, 'Body') }))
    return json(200, resourceOf(messageIn(asked), network.accountSid))
  },
  DELETE(asked) {
    refuseFor(asked.network.messages.remove(messageIn(asked)))
    return GONE
  },
}

/** The message that a path names; throws `Refused`. */
export function messageIn({ network, ids: { sid = '' }, path }: Asked): Message {
  const found = network.messages.get(sid)
  if (!found) throw notFound(path)
  return found
}

interface Change {
  readonly status: string | undefined
  readonly body: string | undefined
}

function changed({ network }: Asked, found: Message, { status, body }: Change): Problem | undefined {
  if (status !== undefined && body !== undefined)
    throw invalid(30400, 'A message cannot be canceled and emptied at once')
  if (status === 'canceled') return network.messages.cancel(found)
  if (status !== undefined) throw invalid(30400, `Status is ${JSON.stringify(status)}; expected canceled`)
  if (body === '') return network.messages.redact(found)
  throw invalid(
    30400,
    body === undefined ? 'Status or Body is missing' : 'Body of an existing message can only be emptied',
  )
}

function refuseFor(problem: Problem | undefined): void {
  if (problem) throw new Refused(problem.code === 20009 ? 409 : 400, problem.code, problem.message)
}

function outgoing(form: Form, now: number): OutgoingMessage {
  whole(form, 'ValidityPeriod', { least: 1, most: 36_000, code: 21624 })
  const callback = one(form, 'StatusCallback')
  return {
    from: one(form, 'From'),
    serviceSid: serviceIn(form),
    to: one(form, 'To') ?? '',
    body: one(form, 'Body') ?? contentIn(form),
    media: all(form, 'MediaUrl'),
    statusCallback: callback === undefined ? undefined : { url: callback, method: 'POST' },
    sendAt: scheduleIn(form, now),
    direction: 'outbound-api',
  }
}

function serviceIn(form: Form): string | undefined {
  const sid = one(form, 'MessagingServiceSid')
  if (sid === undefined || sid.startsWith('MG')) return sid
  throw invalid(21705, `MessagingServiceSid is ${JSON.stringify(sid)}; expected MG and 32 hexadecimal digits`)
}

/** When a message is to be sent, if not now; epoch milliseconds. */
function scheduleIn(form: Form, now: number): number | undefined {
  const [type, text] = [one(form, 'ScheduleType'), one(form, 'SendAt')]
  if (type === undefined) return undefined // SendAt alone schedules nothing
  if (type !== 'fixed') throw invalid(35126, `ScheduleType is ${JSON.stringify(type)}; expected fixed`)
  if (text === undefined) throw invalid(35111, 'SendAt is missing, which ScheduleType fixed needs')
  if (one(form, 'MessagingServiceSid') === undefined)
    throw invalid(35118, 'MessagingServiceSid is missing, without which nothing can be scheduled')
  const time = Date.parse(text)
  if (time >= now + SOONEST_MS && time <= now + LATEST_MS) return time
  throw invalid(35114, `SendAt is ${JSON.stringify(text)}; expected a time 300 seconds to 35 days ahead, as ISO 8601`)
}

const SOONEST_MS = 300_000
const LATEST_MS = 35 * 24 * 3_600_000

function resourceOf(found: Message, accountSid: string) {
  const { sid, status, serviceSid, body, media, errorCode, createdAt, updatedAt, sentAt } = found
  const isUndecided = status === 'accepted' || status === 'scheduled'
  const path = resourcePath(accountSid, `Messages/${sid}`)
  return {
    account_sid: accountSid,
    api_version: API_VERSION,
    body,
    date_created: rfc2822(createdAt),
    date_sent: sentAt === undefined ? null : rfc2822(sentAt),
    date_updated: rfc2822(updatedAt),
    direction: found.direction,
    error_code: errorCode ?? null,
    error_message: errorCode === undefined ? null : describe(errorCode),
    from: isUndecided && serviceSid ? null : found.from,
    messaging_service_sid: serviceSid ?? null,
    num_media: String(media.length),
    num_segments: isUndecided ? '0' : String(segmentsOf(body)),
    price: null,
    price_unit: null,
    sid,
    status,
    subresource_uris: { media: `${path}/Media.json` },
    to: found.to,
    uri: `${path}.json`,
  }
}
