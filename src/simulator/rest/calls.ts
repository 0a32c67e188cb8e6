import type { Leg } from '../call/leg.ts'
import { type Asked, GONE, json, type Resource } from './asked.ts'
import { callResource } from './call-resource.ts'
import { updateCall } from './call-update.ts'
import { placeCall } from './new-call.ts'
import { isWanted, page, within } from './page.ts'
import { notFound, Refused } from './refused.ts'

/** `Calls.json`: places one, lists them (twiml.md 7). */
export const calls: Resource = {
  GET(asked) {
    const { network, query } = asked
    const [startedThen, endedThen] = [within(query, 'StartTime'), within(query, 'EndTime')]
    const items = network.legs().filter((leg) => {
      const { to, from, parentSid } = leg.setup
      const isBetween = isWanted(query, 'To', to) && isWanted(query, 'From', from)
      const isKind = isWanted(query, 'Status', leg.status) && isWanted(query, 'ParentCallSid', parentSid)
      const isThen = startedThen(leg.startedAt) && endedThen(leg.endedAt)
      return isBetween && isKind && isThen
    })
    return page(asked, { key: 'calls', items, show: callResource })
  },
  POST: ({ network, form }) => json(201, callResource(placeCall(network, form))),
}

/** `Calls/CA….json`: shows, changes or deletes one. */
export const call: Resource = {
  GET: (asked) => json(200, callResource(callIn(asked))),
  POST(asked) {
    const leg = callIn(asked)
    updateCall(leg, asked.form)
    return json(200, callResource(leg))
  },
  DELETE(asked) {
    const leg = callIn(asked)
    if (!leg.isOver)
      throw new Refused(409, 20009, `Cannot delete call ${leg.sid} before it is complete: it is ${leg.status}`)
    asked.network.forget(leg.sid)
    return GONE
  },
}

/** The call that a path names; throws `Refused`. */
export function callIn({ network, ids: { sid = '' }, path }: Asked): Leg {
  const leg = network.leg(sid)
  if (!leg) throw notFound(path)
  return leg
}
