import type { TwimlDocument } from '../twiml/verbs.ts'
import { type Conversation, channelFields } from './conversation.ts'
import type { EventType, Params } from './event.ts'
import type { Fields } from './fields.ts'
import type { PinnedSubflow } from './subflow-name.ts'
import type { Compared } from './widget.ts'

/** One contact's walk through one flow: all that is needed to go on after a restart. Never changed in place. Times are epoch milliseconds. */
export interface Execution {
  readonly sid: string
  readonly accountSid: string
  readonly flowSid: string
  readonly status: 'active' | 'ended'
  readonly endedReason?: EndedReason | undefined
  /** The sid of the call, message or request that began it. */
  readonly initiatedBy: string
  /** How it began; says which widgets can work here. */
  readonly channel: Channel
  /** `contact.channel.address` */
  readonly contact: string
  /** `flow.channel.address`: a number, or a Messaging Service sid. */
  readonly address: string
  readonly call?: Call | undefined
  readonly conversation?: Conversation | undefined
  /** The flow and, above it, the subflow it stands in. */
  readonly frames: readonly Frame[]
  readonly subflows?: readonly PinnedSubflow[] | undefined
  /** `flow.add_ons` */
  readonly addOns?: Fields | undefined
  readonly steps: number
  readonly waiting?: Waiting | undefined
  /** What the carrier is told when it asks now; absent: nothing, which ends a call. */
  readonly document?: TwimlDocument | undefined
  readonly createdAt: number
  readonly updatedAt: number
  /** A save of a stale version is refused; 0 was never saved. */
  readonly version: number
}

export type Channel = 'call' | 'message' | 'conversation' | 'request'

export type EndedReason = 'FLOW_END' | 'HANGUP' | 'STOPPED' | 'MAX_STEPS' | 'MAX_WIDGET_REPEATS' | 'EXPIRED' | 'ERROR'

export interface Call {
  readonly sid: string
  /** False once it is known to be over. */
  readonly live: boolean
}

/** A place in one flow with the scope of that flow: widgets and variables are its own. */
export interface Frame {
  readonly flowSid: string
  readonly revision: number
  /** Name of the widget it stands on. */
  readonly at: string
  /** Sid of the step that this visit of the widget becomes when it is left. */
  readonly step: string
  /** How many times in a row this widget was entered. */
  readonly repeats: number
  readonly trigger: Fields
  readonly data?: Fields | undefined
  readonly variables?: Fields | undefined
  readonly widgets: Fields
  /** The step of the flow below that entered this one. */
  readonly parentStep?: string | undefined
}

/** What lets an execution go on. */
export interface Waiting {
  readonly for: readonly EventType[]
  /** Epoch milliseconds at which `time-ran-out` happens; every wait has an end, the age limit of an execution at the latest. */
  readonly dueAt: number
  /** What the widget has to give out already; written when the step ends. */
  readonly output?: Fields | undefined
  /** What was reported of the end of the call, while the last request of its verb is still to come. */
  readonly parting?: Params | undefined
}

/** An edge walked: which widget was left by which event, and what it changed. Studio's Step (engine.md 1.4). */
export interface Step {
  readonly sid: string
  readonly parentStep?: string | undefined
  readonly flowSid: string
  /** The event. */
  readonly name: string
  readonly type: string
  readonly from: string
  /** Name of the next widget, or `Ended`. */
  readonly to: string
  /** Which of the widget's transitions was followed, counted from 0; tells one `match` from another. Absent where none was. */
  readonly transition?: number | undefined
  readonly date: number
  /** What this visit wrote into `widgets.NAME`. */
  readonly output: Fields
  readonly variables?: Fields | undefined
  /** What a subflow sees in `trigger.parent`; kept with the step of its trigger. */
  readonly parent?: Fields | undefined
  /** What a split has compared: every condition up to the one that held. */
  readonly compared?: readonly Compared[] | undefined
}

/** The four roots that `{{…}}` sees (engine.md 2.1). */
export interface Context {
  readonly trigger: Fields
  readonly flow: Fields
  readonly contact: Fields
  readonly widgets: Fields
}

/** The context of the frame an execution stands in; `data`, `variables` and `add_ons` are absent until they are used. */
export function contextOf(execution: Execution): Context {
  const { trigger, data, variables, widgets } = topFrame(execution)
  const { address, conversation } = execution
  return {
    trigger,
    flow: {
      sid: execution.sid,
      flow_sid: execution.flowSid,
      channel: { address, ...(conversation && channelFields(conversation)) },
      ...(data && { data }),
      ...(variables && { variables }),
      ...(execution.addOns && { add_ons: execution.addOns }),
    },
    contact: { channel: { address: execution.contact } },
    widgets,
  }
}

/** The frame in which the walk goes on. */
export function topFrame(execution: Execution): Frame {
  const frame = execution.frames.at(-1)
  if (!frame) throw new Error(`execution ${execution.sid} stands in no flow`)
  return frame
}

/** The same execution with its top frame changed. */
export function withTopFrame(execution: Execution, change: Partial<Frame>): Execution {
  return { ...execution, frames: changedAtTop(execution, change) }
}

/** The frames of an execution, the top one changed. */
export function changedAtTop(execution: Execution, change: Partial<Frame>): readonly Frame[] {
  return execution.frames.with(-1, { ...topFrame(execution), ...change })
}
