import { z } from 'zod'
import type { StartEvent } from '../../engine/event.ts'
import type { Execution } from '../../engine/execution.ts'
import { type Fields, isFields } from '../../engine/fields.ts'
import { DEEPEST, jsonIn } from '../../engine/json.ts'
import { Refusal } from '../../errors.ts'
import type { FlowLibrary } from '../../runtime/flows.ts'
import type { Runtime } from '../../runtime/runtime.ts'
import type { Form } from '../../signature/signature.ts'
import { AlreadyActive, type Store } from '../../store/store.ts'
import { PAGE_QUERY, pageShape } from '../openapi/shapes.ts'
import { pageOf, windowIn } from '../page.ts'
import { endTime, given, oneOf, required, shortened, time } from '../parameters.ts'
import { type Asked, notFound, ok, type Resource } from '../resource.ts'
import type { Dialect } from './dialect.ts'
import { executionResource } from './execution-resource.ts'
import { executionShape } from './shapes.ts'

/** What executions over REST need. */
export interface ExecutionParts {
  readonly store: Store
  readonly flows: FlowLibrary
  readonly runtime: Runtime
}

/** `/Flows/{FlowSid}/Executions`: lists those of a flow, and begins one (engine.md 8.2 and 10). */
export function executions(parts: ExecutionParts, dialect: Dialect): Resource {
  const shape = executionShape(dialect)
  const shown = (execution: Execution, { base }: Asked) => executionResource(execution, dialect, base)
  return {
    path: `/${dialect.version}/Flows/:flow/${dialect.plural}`,
    about: {
      GET: {
        summary: 'Lists executions, newest first',
        query: PAGE_QUERY.extend(dialect.version === 'v2' ? { ...WHEN, ...WHETHER } : WHEN),
        answer: pageShape(dialect.plural.toLowerCase(), shape),
      },
      POST: {
        summary: 'Begins an execution',
        form: START,
        status: dialect.version === 'v2' ? 201 : 200,
        answer: shape,
      },
    },
    async GET(asked) {
      const { flow: flowSid = '' } = asked.ids
      if (!(await parts.store.flow(flowSid))) throw notFound(asked)
      const window = windowIn(asked.query)
      const filter = filterIn(asked.query, dialect)
      const { executions: items } = await parts.store.executionPage({ flowSid, ...filter, ...window })
      return ok(
        pageOf(asked, {
          key: dialect.plural.toLowerCase(),
          items,
          window,
          listed: ({ sid, createdAt: at }) => ({ sid, at }),
          show: (execution) => shown(execution, asked),
        }),
      )
    },
    async POST(asked) {
      const wanted = wantedExecution(asked.form)
      const begun = await begin(parts, asked, wanted)
      if (begun instanceof AlreadyActive) return ok(shown(await inTheWay(parts, begun, dialect), asked))
      // What it has come to since is for the next request to tell.
      const asBegun = { ...begun, status: 'active', updatedAt: begun.createdAt } as const
      return { status: dialect.version === 'v2' ? 201 : 200, body: shown(asBegun, asked) }
    },
  }
}

const WHEN = { DateCreatedFrom: z.string().optional(), DateCreatedTo: z.string().optional() }
const WHETHER = { status: z.enum(['active', 'ended']).optional() }
const START = z.object({
  To: z.string(),
  From: z.string(),
  Parameters: z.string().optional().describe('A JSON object: what flow.data is to have'),
})

function filterIn(query: Form, { version }: Dialect) {
  return {
    status: version === 'v2' ? oneOf(query, 'status', ['active', 'ended']) : undefined,
    createdFrom: time(query, 'DateCreatedFrom'),
    createdTo: endTime(query, 'DateCreatedTo'),
  }
}

function wantedExecution(form: Form): StartEvent {
  const [to, from] = [required(form, 'To'), required(form, 'From')]
  const bytes = Buffer.byteLength(to) + Buffer.byteLength(from)
  if (bytes > MOST_BYTES)
    throw new Refusal('invalidContact', `To and From have ${bytes} bytes together; at most ${MOST_BYTES} are taken`)
  return { type: 'incoming-request', to, from, parameters: parametersIn(given(form, 'Parameters') ?? '{}') }
}

/** Of `To` and `From` together. */
const MOST_BYTES = 300

function parametersIn(text: string): Fields {
  const parameters = jsonIn(text)
  if (isFields(parameters)) return parameters
  throw new Refusal(
    'invalidRequest',
    `Parameters is ${JSON.stringify(shortened(text))}; expected a JSON object, at most ${DEEPEST} levels deep`,
  )
}

async function begin(
  { flows, runtime }: ExecutionParts,
  asked: Asked,
  wanted: StartEvent,
): Promise<Execution | AlreadyActive> {
  const flow = flows.list().find(({ sid }) => sid === asked.ids.flow)
  if (!flow) throw notFound(asked)
  try {
    const begun = await runtime.launch(flow.sid, wanted)
    if (!begun) throw notFound(asked, 'no revision of the flow is published')
    return begun
  } catch (error) {
    if (!(error instanceof AlreadyActive)) throw error
    runtime.tell(error.executionSid, wanted) // it notes with 81002 that it was asked in vain
    return error
  }
}

/** The execution that the contact is in already: what version 1 answers with, and version 2 refuses for (engine.md 1.3). */
async function inTheWay({ store }: ExecutionParts, found: AlreadyActive, { version }: Dialect): Promise<Execution> {
  const execution = version === 'v1' ? await store.execution(found.executionSid) : undefined
  if (execution) return execution
  const message = `${found.message}. End the active Execution before creating a new one`
  throw new Refusal('conflict', message, { conflicting_execution_sid: found.executionSid })
}
