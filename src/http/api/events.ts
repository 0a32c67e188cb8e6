import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Refusal } from '../../errors.ts'
import type { Broadcast, SeenMove } from '../../runtime/broadcast.ts'
import type { FlowLibrary } from '../../runtime/flows.ts'
import { given } from '../parameters.ts'
import { queryPairs } from '../webhooks/form.ts'
import { stepShown, warningShown } from './execution.ts'
import { executionShown } from './execution-shown.ts'
import { STREAM } from './shapes.ts'
import { Streams, sseText } from './streams.ts'

/** What the live stream needs. */
export interface EventParts {
  readonly broadcast: Broadcast
  readonly flows: FlowLibrary
}

/** `GET /api/events`: what executions do from now on, as Server-Sent Events, once it is saved; of all, of one flow, or of one execution. */
export function events(server: FastifyInstance, { broadcast, flows }: EventParts): void {
  const streams = new Streams()
  const textOf = onceEach((move) => moveText(move, flows))
  server.addHook('preClose', async () => streams.close())
  server.get('/api/events', { config: { operation: MOVES } }, (request, reply) => {
    if (streams.size >= MOST_STREAMS)
      throw new Refusal('tooManyRequests', `${streams.size} clients listen already, and no more are taken`)
    const concerns = filterIn(request, flows)
    reply.hijack() // the answer goes on until somebody ends it
    const end = broadcast.listen((move) => {
      if (concerns(move)) streams.tell(reply.raw, textOf(move))
    })
    streams.open(reply.raw, end)
  })
}

const MOST_STREAMS = 1_000
const NARROWED = z.object({ flow: z.string().optional(), execution: z.string().optional() })
const MOVES = { summary: 'What executions do, as it happens', query: NARROWED, ...STREAM } as const

function filterIn({ url }: FastifyRequest, flows: FlowLibrary): (move: SeenMove) => boolean {
  const query = queryPairs(url)
  const [flow, sid] = [given(query, 'flow'), given(query, 'execution')]
  const flowSid = flow === undefined ? undefined : (flows.named(flow)?.sid ?? flow)
  return ({ execution }) =>
    (flowSid === undefined || execution.flowSid === flowSid) && (sid === undefined || execution.sid === sid)
}

/** However many clients listen, a move is put into words once. */
function onceEach(words: (move: SeenMove) => string): (move: SeenMove) => string {
  const known = new WeakMap<SeenMove, string>()
  return (move) => {
    const text = known.get(move) ?? words(move)
    known.set(move, text)
    return text
  }
}

function moveText({ execution, steps, warnings, asks, wasEnded }: SeenMove, flows: FlowLibrary): string {
  const { sid: execution_sid, flowSid: flow_sid } = execution
  const { warnings: _, ...shown } = executionShown(execution, [], flows)
  const rest = execution.status === 'ended' ? 'ended' : asks ? undefined : 'rested'
  const first = execution.steps - steps.length
  return [
    ...(execution.version === 1 ? [sseText('started', shown)] : []),
    ...steps.map((step, index) =>
      sseText('step', { execution_sid, flow_sid, position: first + index, step: stepShown(step) }),
    ),
    ...warnings.map((warning) => sseText('warning', { execution_sid, flow_sid, warning: warningShown(warning) })),
    ...(rest && !wasEnded ? [sseText(rest, shown)] : []),
  ].join('')
}
