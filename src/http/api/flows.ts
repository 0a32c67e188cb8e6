import { z } from 'zod'
import type { FlowDesk } from '../../runtime/flow-desk.ts'
import type { FlowActivity, SavedFlow } from '../../store/saved-flow.ts'
import { type Asked, ok, type Resource } from '../resource.ts'
import { iso } from './execution-shown.ts'
import { FlowJudge, type JudgingParts } from './flow-problems.ts'
import { ACTIVE_FLOW, BROKEN_FILE } from './shapes.ts'

/** What the list of flows needs. */
export interface FlowListParts extends JudgingParts {
  readonly desk: FlowDesk
  readonly accountSid: string
}

/** `GET /api/flows`: all that are served, by their friendly names, with what goes on in them and how many problems each has; and the files that are not served as they are. */
export function flowList(parts: FlowListParts): Resource {
  const judge = new FlowJudge(parts)
  return {
    path: '/api/flows',
    about: {
      GET: { summary: 'Lists flows with what goes on in them', answer: ANSWER },
    },
    async GET(asked) {
      const saved = (await parts.desk.list()).toSorted(byName)
      const activity = new Map((await parts.store.activity()).map((one) => [one.flowSid, one]))
      const problems = await judge.problems(saved)
      const show = (flow: SavedFlow) => ({
        ...shown(flow, asked, parts),
        ...activityShown(activity.get(flow.sid)),
        problems: problems.get(flow.sid) ?? 0,
      })
      const broken = parts.desk.brokenFiles.map(({ file, flaw, flow }) => ({
        file,
        problem: flaw,
        flow_sid: flow?.sid ?? null,
      }))
      return ok({ flows: saved.map(show), broken_files: broken })
    },
  }
}

const ANSWER = z.object({ flows: z.array(ACTIVE_FLOW), broken_files: z.array(BROKEN_FILE) })

function byName(one: SavedFlow, other: SavedFlow): number {
  return one.friendlyName.localeCompare(other.friendlyName) || (one.sid < other.sid ? -1 : 1)
}

function shown({ sid, friendlyName, ...flow }: SavedFlow, { base }: Asked, { flows, accountSid }: FlowListParts) {
  return {
    sid,
    name: flows.bySid(sid)?.name ?? sid,
    friendly_name: friendlyName,
    status: flow.status,
    revision: flow.revision,
    origin: flow.origin,
    webhook_url: `${base}/v1/Accounts/${accountSid}/Flows/${sid}`,
    date_updated: iso(flow.updatedAt),
  }
}

function activityShown(activity: FlowActivity | undefined) {
  const { active = 0, lastAt } = activity ?? {}
  return { active_executions: active, last_activity: lastAt === undefined ? null : iso(lastAt) }
}
