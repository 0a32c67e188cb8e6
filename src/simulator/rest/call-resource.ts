import type { Leg } from '../call/leg.ts'
import { secondsOf } from '../call/status-callback.ts'
import { API_VERSION, resourcePath } from '../resource-path.ts'
import { rfc2822 } from '../rfc2822.ts'

/** A call as the REST API shows it (twiml.md 7). */
export function callResource(leg: Leg) {
  const { sid, setup, createdAt, startedAt, endedAt, answeredBy, isOver, ground } = leg
  const path = resourcePath(ground.accountSid, `Calls/${sid}`)
  return {
    sid,
    parent_call_sid: setup.parentSid ?? null,
    account_sid: ground.accountSid,
    to: setup.to,
    to_formatted: formatted(setup.to),
    from: setup.from,
    from_formatted: formatted(setup.from),
    phone_number_sid: null,
    status: leg.status === 'initiated' ? 'queued' : leg.status, // callbacks alone know `initiated` (twiml.md 2.3)
    start_time: dateOf(startedAt),
    end_time: dateOf(endedAt),
    duration: isOver ? String(secondsOf(leg)) : null,
    price: null,
    price_unit: 'USD',
    direction: setup.direction,
    answered_by: answeredBy === undefined ? null : answeredBy.replace(/_.*/, ''),
    api_version: API_VERSION,
    forwarded_from: setup.extra?.ForwardedFrom ?? null,
    group_sid: null,
    caller_name: setup.extra?.CallerName ?? null,
    queue_time: '0',
    trunk_sid: null,
    date_created: rfc2822(createdAt),
    date_updated: rfc2822(endedAt ?? leg.answeredAt ?? startedAt ?? createdAt),
    uri: `${path}.json`,
    subresource_uris: Object.fromEntries(SUBRESOURCES.map(([name, part]) => [name, `${path}/${part}.json`])),
  }
}

const SUBRESOURCES = [
  ['notifications', 'Notifications'],
  ['recordings', 'Recordings'],
  ['payments', 'Payments'],
  ['events', 'Events'],
  ['siprec', 'Siprec'],
  ['streams', 'Streams'],
  ['transcriptions', 'Transcriptions'],
  ['user_defined_message_subscriptions', 'UserDefinedMessageSubscriptions'],
  ['user_defined_messages', 'UserDefinedMessages'],
] as const

function dateOf(time: number | undefined): string | null {
  return time === undefined ? null : rfc2822(time)
}

/** Numbers of North America are shown as they are written there. */
function formatted(address: string): string {
  return address.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3')
}
