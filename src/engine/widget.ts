import type { z } from 'zod'
import type { TwimlDocument } from '../twiml/verbs.ts'
import type { Branch, Comparison } from './conditions.ts'
import type { Conversation } from './conversation.ts'
import type { Effect } from './effect.ts'
import type { EventType, FlowEvent } from './event.ts'
import type { Call, Context, Execution } from './execution.ts'
import type { Fields } from './fields.ts'
import type { Warning } from './warning.ts'

/** A type of widget. Everything known of a type comes from this one object: its form, its checks, its exits, its documentation, what it does. */
export interface Widget<Exit extends string = string, Properties extends z.ZodType = z.ZodType> {
  /** Studio's name of the type. */
  readonly type: string
  readonly library: LibraryEntry<NoInfer<Exit>>
  readonly summary: string
  /** Where it stands in the table of widget types: the kind of contact, or of beginning, it needs. */
  readonly needs: 'call' | 'message' | 'request' | 'anything'
  readonly exits: readonly Exit[]
  readonly properties: Properties
  /** The exit taken when the filled properties cannot be used at all; without it such properties count as absent. */
  readonly onInvalid?: NoInfer<Exit> | undefined
  enter(visit: Visit<z.output<Properties>>): Result<NoInfer<Exit>>
  /** Answers an event that it waited for; nothing when the event does not concern it. */
  resume?(visit: Visit<z.output<Properties>>, event: FlowEvent): Result<NoInfer<Exit>> | undefined
}

/** How Studio's widget library and canvas name a type of widget and its exits. */
export interface LibraryEntry<Exit extends string = string> {
  readonly title: string
  readonly group: 'Flow control' | 'Messaging' | 'Voice' | 'Tools' | 'Flex'
  /** A title for each exit: one event is called otherwise on another type. */
  readonly exits: Readonly<Record<Exit, string>>
  /** For flows that have it already: new ones take another type. */
  readonly retired?: true
}

/** One stay of an execution at one placed widget: all that a widget may know. */
export interface Visit<Properties = unknown> {
  /** The name the author gave to the placed widget. */
  readonly name: string
  /** The properties with every `{{…}}` filled. */
  readonly properties: Properties
  readonly context: Context
  readonly execution: Execution
  /** Sid of this visit's step. */
  readonly step: string
  /** The `match` transitions of a split, in order. */
  readonly branches: readonly Branch[]
  /** Whether the exit leads to another widget. */
  leadsOn(exit: string): boolean
  /** The absolute URL of the flow's webhook, for what belongs to no visit. */
  readonly webhookUrl: string
  /** The absolute URL at which the carrier goes on with this visit; `FlowEvent` names what happened. */
  callbackUrl(parameters?: { readonly FlowEvent?: string }): string
  /** The value of the property at this path before it became text: an object stays one. */
  valueAt(...path: readonly (string | number)[]): unknown
}

/** What a widget answers: leave by an exit, stay and wait, enter another flow, or give the contact up to a document of its own. */
export type Result<Exit extends string = string> =
  | ({ readonly kind: 'exit'; readonly exit: Exit; readonly branch?: Branch | undefined } & Given)
  | ({
      readonly kind: 'wait'
      readonly for: readonly EventType[]
      readonly document?: TwimlDocument | undefined
      readonly effect?: Effect | undefined
      /** Seconds after which `time-ran-out` happens. */
      readonly timeout?: number | undefined
    } & Pick<Given, 'output' | 'warnings'>)
  | {
      readonly kind: 'call'
      readonly flowSid: string
      readonly revision: string
      readonly parameters: Fields
      readonly warnings?: readonly Warning[] | undefined
    }
  | ({ readonly kind: 'give-up'; readonly exit: Exit; readonly document: TwimlDocument } & Given)

/** What a widget leaves behind: outputs, variables, warnings. */
export interface Given {
  readonly output?: Fields | undefined
  readonly variables?: Fields | undefined
  readonly warnings?: readonly Warning[] | undefined
  /** The call that the execution has from now on. */
  readonly call?: Call | undefined
  /** The conversation that it writes to from now on. */
  readonly conversation?: Conversation | undefined
  /** What a split has compared before it was left. */
  readonly compared?: readonly Compared[] | undefined
}

/** A condition of one transition, counted among the widget's from 0. */
export interface Compared extends Comparison {
  readonly transition: number
}

/** Lets the compiler check a widget and infer its exits and properties. */
export function defineWidget<const Exit extends string, Properties extends z.ZodType>(
  widget: Widget<Exit, Properties>,
): Widget<Exit, Properties> {
  return widget
}

/** Leave by an exit. */
export function exit<const Exit extends string>(
  name: Exit,
  given: Given & { readonly branch?: Branch } = {},
): Result<Exit> {
  return { kind: 'exit', exit: name, ...given }
}

/** Tell the carrier this and wait until it comes back. */
export function answer(document: TwimlDocument, given: Omit<Wait, 'kind' | 'for' | 'document'> = {}): Wait {
  return { kind: 'wait', for: ['continued'], document, ...given }
}

/** Ask for an effect and wait for the event it leads to. */
export function ask(effect: Effect, ...events: readonly EventType[]): Wait {
  return { kind: 'wait', for: events, effect }
}

type Wait = Extract<Result, { kind: 'wait' }>
