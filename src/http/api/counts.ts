import { z } from 'zod'
import { endTime, time } from '../parameters.ts'
import { notFound, ok, type Resource } from '../resource.ts'
import type { JudgingParts } from './flow-problems.ts'

/** `GET /api/flows/{Sid}/counts`: how often each transition was taken in a time. */
export function counts({ store, flows }: Pick<JudgingParts, 'store' | 'flows'>): Resource {
  return {
    path: '/api/flows/:flow/counts',
    about: {
      GET: {
        summary: 'How often each transition was taken, and by how many executions',
        query: PERIOD,
        answer: z.object({ counts: z.array(COUNT) }),
      },
    },
    async GET(asked) {
      const { flow: name = '' } = asked.ids
      const flow = flows.find(name)
      if (!flow) throw notFound(asked)
      const period = { from: time(asked.query, 'from'), to: endTime(asked.query, 'to') }
      return ok({ counts: await store.transitionCounts(flow.sid, period) })
    },
  }
}

const PERIOD = z.object({ from: z.string().optional(), to: z.string().optional() })
const COUNT = z.object({
  from: z.string(),
  event: z.string(),
  to: z.string(),
  transition: z.number().optional(),
  count: z.number(),
  executions: z.number().optional(),
})
