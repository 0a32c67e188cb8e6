import type { Conference } from '../conference/conferences.ts'
import { API_VERSION, resourcePath } from '../resource-path.ts'
import { rfc2822 } from '../rfc2822.ts'
import { type Asked, json, type Resource } from './asked.ts'
import { isWanted, page, within } from './page.ts'
import { oneOf } from './parameters.ts'
import { invalid, notFound } from './refused.ts'

/** `Conferences.json`: those that are, and were (twiml.md 9). */
export const conferences: Resource = {
  GET(asked) {
    const { network, query } = asked
    const isThen = within(query, 'DateCreated')
    const items = [...network.conferences.list()].reverse().filter(({ status, name, createdAt }) => {
      return isWanted(query, 'Status', status) && isWanted(query, 'FriendlyName', name) && isThen(createdAt)
    })
    return page(asked, { key: 'conferences', items, show: (item) => conferenceResource(item, asked) })
  },
}

/** `Conferences/CF….json`: shows one, or ends it for all. */
export const conference: Resource = {
  GET: (asked) => json(200, conferenceResource(conferenceIn(asked), asked)),
  POST(asked) {
    const found = conferenceIn(asked)
    if (oneOf(asked.form, 'Status', ['completed']) === undefined)
      throw invalid(20001, 'Status is missing; expected completed (announcements are not played here)')
    found.end()
    return json(200, conferenceResource(found, asked))
  },
}

/** The conference that a path names by its sid; throws `Refused`. */
export function conferenceIn({ network, ids, path }: Asked): Conference {
  const found = network.conferences.list().find(({ sid }) => sid === ids.conference)
  if (!found) throw notFound(path)
  return found
}

function conferenceResource({ sid, name, status, createdAt }: Conference, { network }: Asked) {
  const path = resourcePath(network.accountSid, `Conferences/${sid}`)
  return {
    sid,
    account_sid: network.accountSid,
    friendly_name: name,
    status,
    api_version: API_VERSION,
    region: 'us1',
    reason_conference_ended: null,
    call_sid_ending_conference: null,
    date_created: rfc2822(createdAt),
    date_updated: rfc2822(createdAt),
    uri: `${path}.json`,
    subresource_uris: { participants: `${path}/Participants.json`, recordings: `${path}/Recordings.json` },
  }
}
