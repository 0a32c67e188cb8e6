import type { WidgetCatalogue } from '../../flow/validate.ts'
import type { FlowDesk, KeptFlow } from '../../runtime/flow-desk.ts'
import type { Store } from '../../store/store.ts'
import { PAGE_QUERY, pageShape } from '../openapi/shapes.ts'
import { cut, pageOf, windowIn } from '../page.ts'
import { given, oneOf, required } from '../parameters.ts'
import { type Asked, notFound, ok, type Resource } from '../resource.ts'
import { DEFINITION_LIMIT, definitionIn } from './definition.ts'
import { flowInList, flowResource, olderFlowResource, type Showing } from './flow-resource.ts'
import { FLOW, FLOW_CHANGE, LISTED_FLOW, NEW_FLOW, OLDER_FLOW } from './shapes.ts'

/** What flows over REST need. */
export interface FlowParts {
  readonly store: Store
  readonly desk: FlowDesk
  readonly catalogue: WidgetCatalogue
  readonly accountSid: string
}

/** `/v2/Flows`: lists flows, newest first, and makes one (engine.md 8.2 to 8.4). */
export function flows(parts: FlowParts): Resource {
  return {
    path: '/v2/Flows',
    bodyLimit: DEFINITION_LIMIT,
    about: {
      GET: { summary: 'Lists flows, newest first', query: PAGE_QUERY, answer: pageShape('flows', LISTED_FLOW) },
      POST: { summary: 'Makes a flow', form: NEW_FLOW, status: 201, answer: FLOW },
    },
    GET: (asked) => flowList(asked, parts, flowInList),
    async POST(asked) {
      const friendlyName = required(asked.form, 'FriendlyName')
      const status = statusIn(asked)
      const definition = await definitionIn(required(asked.form, 'Definition'), parts.catalogue)
      const commitMessage = given(asked.form, 'CommitMessage')
      const made = await parts.desk.create({ friendlyName, status, definition, commitMessage })
      return { status: 201, body: shown(made, asked, parts) }
    },
  }
}

/** `/v2/Flows/{Sid}`: shows, changes and removes one. A change replaces the definition, and is a revision. */
export function flow(parts: FlowParts): Resource {
  return {
    path: '/v2/Flows/:flow',
    bodyLimit: DEFINITION_LIMIT,
    about: {
      GET: { summary: 'Shows a flow with its newest definition', answer: FLOW },
      POST: { summary: 'Changes a flow, which makes a revision', form: FLOW_CHANGE, answer: FLOW },
      DELETE: REMOVE,
    },
    GET: async (asked) => ok(shown(await flowIn(asked, parts), asked, parts)),
    async POST(asked) {
      const kept = await flowIn(asked, parts)
      const text = given(asked.form, 'Definition')
      const changed = await parts.desk.update(kept, {
        status: statusIn(asked),
        friendlyName: given(asked.form, 'FriendlyName'),
        definition: text === undefined ? undefined : await definitionIn(text, parts.catalogue),
        commitMessage: given(asked.form, 'CommitMessage'),
      })
      return ok(shown(changed, asked, parts))
    },
    DELETE: (asked) => remove(asked, parts),
  }
}

/** `/v1/Flows`. */
export function olderFlows(parts: FlowParts): Resource {
  return {
    path: '/v1/Flows',
    about: { GET: { summary: 'Lists flows', query: PAGE_QUERY, answer: pageShape('flows', OLDER_FLOW) } },
    GET: (asked) => flowList(asked, parts, olderFlowResource),
  }
}

/** `/v1/Flows/{Sid}`. */
export function olderFlow(parts: FlowParts): Resource {
  return {
    path: '/v1/Flows/:flow',
    about: { GET: { summary: 'Shows a flow', answer: OLDER_FLOW }, DELETE: REMOVE },
    GET: async (asked) => ok(olderFlowResource((await flowIn(asked, parts)).flow, showing(asked, parts))),
    DELETE: (asked) => remove(asked, parts),
  }
}

const REMOVE = { summary: 'Removes a flow with its executions', status: 204 } as const

/** The flow that a path names; throws a `Refusal`. */
export async function flowIn(asked: Asked, { desk }: FlowParts): Promise<KeptFlow> {
  const kept = await desk.find(asked.ids.flow ?? '')
  if (!kept) throw notFound(asked)
  return kept
}

/** What its answers are made with. */
export function showing({ base }: Asked, { accountSid, catalogue }: FlowParts): Showing {
  return { base, accountSid, catalogue }
}

function shown({ flow, newest }: KeptFlow, asked: Asked, parts: FlowParts): object {
  return flowResource(flow, newest, showing(asked, parts))
}

async function flowList(asked: Asked, parts: FlowParts, show: typeof flowInList | typeof olderFlowResource) {
  const window = windowIn(asked.query)
  const listed = ({ sid, createdAt: at }: KeptFlow['flow']) => ({ sid, at })
  const items = cut(await parts.desk.list(), listed, window)
  return ok(pageOf(asked, { key: 'flows', items, window, listed, show: (item) => show(item, showing(asked, parts)) }))
}

async function remove(asked: Asked, parts: FlowParts) {
  await parts.desk.remove((await flowIn(asked, parts)).flow)
  return { status: 204 } as const
}

function statusIn({ form }: Asked): 'draft' | 'published' {
  required(form, 'Status')
  return oneOf(form, 'Status', ['draft', 'published']) ?? 'draft'
}
