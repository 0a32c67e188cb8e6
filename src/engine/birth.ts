import type { Flow } from './compile.ts'
import { conversationAt, conversationOf } from './conversation.ts'
import type { Params, StartEvent } from './event.ts'
import type { Execution } from './execution.ts'
import type { Fields } from './fields.ts'
import { jsonIn } from './json.ts'
import { type Moment, sidOf } from './moment.ts'

/** A new execution of a flow, standing before its first widget. */
export function executionFor(flow: Flow, accountSid: string, event: StartEvent, moment: Moment): Execution {
  const { data, trigger, ...origin } = originOf(event, moment)
  return {
    sid: sidOf('FN', moment, 0),
    accountSid,
    flowSid: flow.sid,
    status: 'active',
    frames: [
      {
        flowSid: flow.sid,
        revision: flow.revision,
        at: flow.initial,
        step: sidOf('FT', moment, 0),
        repeats: 1,
        trigger,
        data,
        widgets: {},
      },
    ],
    steps: 0,
    createdAt: moment.now,
    updatedAt: moment.now,
    version: 0,
    ...origin,
  }
}

/** Both ends of what begins an execution, as the carrier names them. */
export function namedEndsOf(event: StartEvent): Pick<Execution, 'contact' | 'address'> {
  if (event.type === 'incoming-request') return { contact: event.to, address: event.from }
  const { Author = '', From: contact = Author, ConversationSid = '', To: address = ConversationSid } = event.params
  return { contact, address }
}

type Origin = Pick<Execution, 'channel' | 'contact' | 'address' | 'initiatedBy' | 'call' | 'conversation'> & {
  readonly trigger: Fields
  readonly data?: Fields
}

/** Who is at the other end, and the trigger data (engine.md 2.1 and 2.2). */
function originOf(event: StartEvent, moment: Moment): Origin {
  switch (event.type) {
    case 'incoming-call': {
      const { CallSid: sid = '', From = '', To = '' } = event.params
      return {
        channel: 'call',
        contact: From,
        address: To,
        initiatedBy: sid,
        call: { sid, live: true },
        trigger: { call: read(event.params) },
      }
    }
    case 'incoming-message': {
      const { MessageSid, SmsSid = '' } = event.params
      return {
        channel: 'message',
        ...endsOf(event.params),
        initiatedBy: MessageSid ?? SmsSid,
        trigger: { message: read(event.params) },
      }
    }
    case 'incoming-conversation-message': {
      const { MessageSid = '', Author = '', From = Author, ConversationSid = '', ChatServiceSid } = event.params
      const { ChannelSid = ConversationSid, InstanceSid = ChatServiceSid } = event.params
      const conversation = { ...read(event.params), From, ChannelSid, ...(InstanceSid && { InstanceSid }) }
      return {
        channel: 'conversation',
        contact: From,
        address: ConversationSid,
        initiatedBy: MessageSid,
        conversation: conversationAt(conversationOf(event.params)),
        trigger: { conversation },
      }
    }
    case 'incoming-request': {
      const { to, from, parameters } = event
      return {
        channel: 'request',
        contact: to,
        address: from,
        initiatedBy: sidOf('RQ', moment, 0),
        data: parameters,
        trigger: { request: { to, from, parameters } },
      }
    }
    default:
      return event satisfies never
  }
}

/** Who has written and to whom. Over RCS that is a bare number and a Messaging Service, by which alone it is reached (engine.md 1.3 and 2.1). */
export function endsOf({ From = '', To = '', MessagingServiceSid }: Params): Pick<Execution, 'contact' | 'address'> {
  const address = From.startsWith(RCS) && MessagingServiceSid ? MessagingServiceSid : To
  return { contact: From.replace(RCS, ''), address }
}

const RCS = 'rcs:'

/** The parameters that hold JSON; everything else is kept as text, verbatim. */
const JSON_PARAMETERS: ReadonlySet<string> = new Set(['AddOns', 'ChannelAttributes'])

/** What a flow sees of a webhook: `FlowEvent` belongs to our own URLs, so a trigger does not show it. */
function read(params: Params): Fields {
  const shown = Object.entries(params).filter(([name]) => name !== 'FlowEvent')
  return Object.fromEntries(shown.map(([name, value]) => [name, JSON_PARAMETERS.has(name) ? jsonOr(value) : value]))
}

function jsonOr(text: string): unknown {
  const value = jsonIn(text)
  return value === undefined ? text : value // Studio keeps what does not parse as it came
}
