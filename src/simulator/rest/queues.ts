import { LONGEST_NAME } from '../grammar/queue.ts'
import type { Member, Queue } from '../queue/queues.ts'
import { resourcePath } from '../resource-path.ts'
import { rfc2822 } from '../rfc2822.ts'
import { type Asked, GONE, json, type Resource } from './asked.ts'
import { page } from './page.ts'
import { hookIn, one, whole } from './parameters.ts'
import { invalid, notFound, Refused } from './refused.ts'

/** `Queues.json`: makes one, lists them (twiml.md 9). */
export const queues: Resource = {
  GET(asked) {
    const { network } = asked
    return page(asked, { key: 'queues', items: network.queues.list(), show: (item) => queueResource(item, asked) })
  },
  POST(asked) {
    const { network } = asked
    const made = network.queues.open(newNameIn(asked) ?? missing('FriendlyName'))
    made.maxSize = sizeIn(asked) ?? made.maxSize
    return json(201, queueResource(made, asked))
  },
}

/** `Queues/QU….json`: shows, changes or deletes one. */
export const queue: Resource = {
  GET: (asked) => json(200, queueResource(queueIn(asked), asked)),
  POST(asked) {
    const found = queueIn(asked)
    const name = newNameIn(asked)
    found.maxSize = sizeIn(asked) ?? found.maxSize
    if (name !== undefined) asked.network.queues.rename(found, name)
    return json(200, queueResource(found, asked))
  },
  DELETE(asked) {
    const found = queueIn(asked)
    if (found.members.length > 0)
      throw new Refused(409, 20009, `Cannot delete queue ${found.sid}: ${found.members.length} callers wait in it`)
    asked.network.queues.remove(found)
    return GONE
  },
}

/** `Queues/QU…/Members.json`: who waits, in their order. */
export const queueMembers: Resource = {
  GET(asked) {
    const items = queueIn(asked).members
    return page(asked, { key: 'queue_members', items, show: (item) => memberResource(item, asked) })
  },
}

/** `Queues/QU…/Members/CA….json`, or `Front`: shows one, or takes them out to another document. */
export const queueMember: Resource = {
  GET: (asked) => json(200, memberResource(memberIn(asked), asked)),
  POST(asked) {
    const member = memberIn(asked)
    const hook = hookIn(asked.form, { url: 'Url', method: 'Method', code: 21205 }) ?? missing('Url')
    const shown = memberResource(member, asked)
    member.leg.interrupt({ kind: 'redirected', to: { kind: 'url', ...hook } })
    return json(200, shown)
  },
}

function queueIn({ network, ids, path }: Asked): Queue {
  const found = network.queues.list().find(({ sid }) => sid === ids.queue)
  if (!found) throw notFound(path)
  return found
}

function memberIn(asked: Asked): Member {
  const { members } = queueIn(asked)
  const wanted = asked.ids.member
  const found = wanted === 'Front' ? members[0] : members.find(({ leg }) => leg.sid === wanted)
  if (!found) throw notFound(asked.path)
  return found
}

/** A name that no other queue has. */
function newNameIn({ form, network }: Asked): string | undefined {
  const name = one(form, 'FriendlyName')
  if (name === undefined) return undefined
  if (name.length > LONGEST_NAME)
    throw invalid(20002, `FriendlyName has ${name.length} characters; at most ${LONGEST_NAME} are taken`)
  if (network.queues.find(name)) throw invalid(20002, `There is a queue named ${JSON.stringify(name)} already`)
  return name
}

function sizeIn({ form }: Asked): number | undefined {
  return whole(form, 'MaxSize', { least: 1, most: 5_000 })
}

function missing(name: string): never {
  throw invalid(20001, `${name} is missing`)
}

function queueResource({ sid, name, members, averageWait, maxSize, createdAt }: Queue, { network }: Asked) {
  const path = resourcePath(network.accountSid, `Queues/${sid}`)
  return {
    sid,
    account_sid: network.accountSid,
    friendly_name: name,
    current_size: members.length,
    average_wait_time: averageWait,
    max_size: maxSize,
    date_created: rfc2822(createdAt),
    date_updated: rfc2822(members.at(-1)?.enteredAt ?? createdAt),
    uri: `${path}.json`,
    subresource_uris: { members: `${path}/Members.json` },
  }
}

function memberResource(member: Member, { network }: Asked) {
  const { queue: of, leg, enteredAt, seconds } = member
  return {
    call_sid: leg.sid,
    queue_sid: of.sid,
    date_enqueued: rfc2822(enteredAt),
    position: of.positionOf(member),
    wait_time: seconds,
    uri: resourcePath(network.accountSid, `Queues/${of.sid}/Members/${leg.sid}.json`),
  }
}
