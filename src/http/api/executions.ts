import { z } from 'zod'
import type { Execution } from '../../engine/execution.ts'
import { Refusal } from '../../errors.ts'
import type { FlowLibrary } from '../../runtime/flows.ts'
import type { Form } from '../../signature/signature.ts'
import type { ExecutionPage } from '../../store/execution-page.ts'
import { PAGE_QUERY, pageShape } from '../openapi/shapes.ts'
import { pageOf, windowIn } from '../page.ts'
import { endTime, given, oneOf, shortened, time } from '../parameters.ts'
import { ok, type Resource } from '../resource.ts'
import type { ApiParts } from './api.ts'
import { executionShown } from './execution-shown.ts'
import { LISTED_EXECUTION } from './shapes.ts'

/** `GET /api/executions`: those of all flows, newest first, or the ones for which every parameter is true. */
export function executions({ store, flows }: ApiParts): Resource {
  return {
    path: '/api/executions',
    about: {
      GET: { summary: 'Searches executions', query: SEARCH, answer: pageShape('executions', LISTED_EXECUTION) },
    },
    async GET(asked) {
      const window = windowIn(asked.query)
      const found = await store.executionPage({ ...searchIn(asked.query, flows), ...window })
      const items = await Promise.all(
        found.executions.map(async (item) => ({ item, codes: await store.warningCodes(item.sid) })),
      )
      return ok(
        pageOf(asked, {
          key: 'executions',
          items,
          window,
          brokeOffAt: found.brokeOffAt,
          listed: ({ item: { sid, createdAt: at } }) => ({ sid, at }),
          show: ({ item, codes }) => executionShown(item, codes, flows),
        }),
      )
    },
  }
}

const SEARCH = PAGE_QUERY.extend({
  flow: z.string().optional().describe('A sid, or the name in /flows/{name}'),
  contact: z.string().optional(),
  status: z.enum(['active', 'ended']).optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  widget: z.string().optional().describe('Only beside its flow'),
  warning: z.string().optional().describe('A code such as 81018'),
})

type Search = Omit<ExecutionPage, 'size' | 'place'>

function searchIn(query: Form, flows: FlowLibrary): Search {
  return {
    ...placeIn(query, flows),
    contacts: contactsIn(query),
    status: oneOf(query, 'status', STATUSES),
    createdFrom: time(query, 'from'),
    createdTo: endTime(query, 'to'),
    warning: warningIn(query),
  }
}

const STATUSES: readonly Execution['status'][] = ['active', 'ended']

/** The flow of the executions; beside a widget, the flow in which that is placed, which may be a subflow of theirs. */
function placeIn(query: Form, flows: FlowLibrary): Pick<Search, 'flowSid' | 'widget'> {
  const [flow, name] = [given(query, 'flow'), given(query, 'widget')]
  const flowSid = flow === undefined ? undefined : (flows.named(flow)?.sid ?? flow)
  if (name === undefined) return { flowSid }
  if (flowSid !== undefined) return { widget: { flowSid, name } }
  throw new Refusal('invalidRequest', `widget is ${JSON.stringify(shortened(name))}; expected the flow of it, too`)
}

/** A number also without its plus, which is a space where a query was not encoded. */
function contactsIn(query: Form): readonly string[] | undefined {
  const contact = given(query, 'contact')
  if (contact === undefined) return undefined
  const bare = contact.trim()
  return /^\d+$/.test(bare) ? [bare, `+${bare}`] : [contact]
}

function warningIn(query: Form): number | undefined {
  const text = given(query, 'warning')
  if (text === undefined || /^\d{5}$/.test(text)) return text === undefined ? undefined : Number(text)
  throw new Refusal('invalidRequest', `warning is ${JSON.stringify(shortened(text))}; expected a code such as 81018`)
}
