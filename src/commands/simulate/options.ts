import { Command, InvalidArgumentError } from 'commander'
import { secondsIn } from '../../clock/duration.ts'
import type { Fields } from '../../engine/fields.ts'
import { jsonObjectIn } from '../../simulator/json-object.ts'
import type { Act } from '../../simulator/people/act.ts'

/** What was asked for on the command line. */
export interface Wish {
  /** Path of the flow, unless a webhook is played against. */
  readonly flow?: string | undefined
  /** The webhook of any TwiML application. */
  readonly url?: string | undefined
  /** How it begins; undefined: as the flow begins. */
  readonly begins?: Beginning | undefined
  readonly acts: readonly Act[]
  readonly from: string
  readonly to?: string | undefined
  readonly twiml: boolean
  readonly trace: boolean
  readonly json: boolean
  /** Whether time runs as for everybody, or is jumped over. */
  readonly realTime: boolean
  /** The file that a scenario is written to. */
  readonly record?: string | undefined
  /** The bundle of an execution that is played again. */
  readonly replay?: string | undefined
}

/** How a simulation begins; a text that is left out is for the person to type. */
export type Beginning =
  | { readonly kind: 'call' }
  | { readonly kind: 'text'; readonly body?: string }
  | { readonly kind: 'request'; readonly parameters: Fields }

/** The command with its flags; the acts among them count in their order. */
export function simulateCommand(run: (wish: Wish) => Promise<void>): Command {
  const acts: Act[] = []
  const command = new Command('simulate')
    .description(
      'plays a phone against a flow, or against any TwiML application; interactive on a terminal; exits with 1 when an act is not taken or the carrier gives something up',
    )
    .argument('[flow]', 'an exported flow (JSON); the flows it runs are looked for beside it')
    .option('--url <webhook>', 'play against this webhook instead of a flow')
    .option('--call', 'begin with a call')
    .option('--sms <text>', 'begin with a text message')
    .option('--request [parameters]', 'begin as the REST API does, with parameters as a JSON object', parametersIn)
    .option('--from <address>', 'the address of whoever holds the phone', '+15550001000')
    .option('--to <address>', 'the address that is called or texted')
    .option('--twiml', 'show every TwiML document', false)
    .option('--trace', 'show the steps of the flow', false)
    .option('--json', 'print one JSON document at the end, and nothing else', false)
    .option('--real-time', 'let time run instead of jumping over it', false)
    .option('--record <file>', 'write what happened as a scenario that `trunkline test` plays again, to a new file')
    .option(
      '--replay <bundle>',
      'play the execution of a bundle again, in the flow given or in its own; exits with 1 where it goes another way, with 2 when something cannot be read',
    )
  for (const [flags, description, read] of ACTS) {
    command.option(flags, description, (text: string) => text)
    const [, name = ''] = /^--([a-z-]+)/.exec(flags) ?? []
    command.on(`option:${name}`, (text: string | undefined) => acts.push(read(text ?? '')))
  }
  return command
    .addHelpText('after', EXAMPLES)
    .action((flow: string | undefined, options: Options) => run(wishOf(flow, options, acts)))
}

function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

const ACTS: readonly (readonly [flags: string, description: string, read: (text: string) => Act])[] = [
  ['--press <keys>', 'press these keys when some are asked for', pressing],
  ['--say <text>', 'say this when speech is asked for', (text) => ({ do: 'say', text })],
  ['--talk <duration>', 'leave so much voice in a recording: 8s', (text) => ({ do: 'talk', seconds: duration(text) })],
  ['--silence', 'do not answer what is asked next', () => ({ do: 'be-silent' })],
  ['--hang-up', 'hang up', () => ({ do: 'hang-up' })],
  ['--reply <text>', 'send one more text message', (body) => ({ do: 'text', body })],
  ['--wait <duration>', 'let time pass: 90s, 5m, 2h', (text) => ({ do: 'wait', seconds: duration(text) })],
]

const EXAMPLES = `
The acts happen in the order in which they are given. After them the caller says nothing
more, and hangs up when ten questions have gone by:
  trunkline simulate flows/menu.json --call --press 2 --talk 8s --press '#'
  trunkline simulate flows/survey.json --sms hello --reply yes --wait 2h
  trunkline simulate flows/appointment-reminder.json --request '{"name":"Ada"}' --press 1
  trunkline simulate --url http://127.0.0.1:8080/voice --call --press 1`

function pressing(keys: string): Act {
  if (/^[0-9*#A-D]+$/.test(keys)) return { do: 'press', keys }
  throw new InvalidArgumentError(`--press ${JSON.stringify(keys)}: expected keys of a phone, 0-9 * #`)
}

function parametersIn(text: string): Fields {
  const parameters = jsonObjectIn(text)
  if (parameters) return parameters
  throw new InvalidArgumentError(`${text}: expected a JSON object such as {"name":"Ada"}`)
}

function duration(text: string): number {
  const seconds = secondsIn(text)
  if (seconds !== undefined) return seconds
  throw new InvalidArgumentError(`${JSON.stringify(text)} is no duration; expected 8s, 5m, 2h or 1d`)
}

interface Options {
  readonly url?: string
  readonly call?: boolean
  readonly sms?: string
  readonly request?: Fields | true
  readonly from: string
  readonly to?: string
  readonly twiml: boolean
  readonly trace: boolean
  readonly json: boolean
  readonly realTime: boolean
  readonly record?: string
  readonly replay?: string
}

function wishOf(flow: string | undefined, given: Options, acts: readonly Act[]): Wish {
  if (given.replay !== undefined) return replayWish(flow, given, acts)
  const { call, sms, request, ...options } = given
  if ((flow === undefined) === (options.url === undefined))
    throw new InvalidArgumentError('expected a flow file, or --url with the webhook of a TwiML application')
  if (options.url !== undefined && !isWebUrl(options.url))
    throw new InvalidArgumentError(`--url ${JSON.stringify(options.url)}: expected an absolute http or https URL`)
  if (options.from === '' || options.to === '')
    throw new InvalidArgumentError('--from and --to need an address such as +15550001000')
  const beginnings: readonly Beginning[] = [
    ...(call ? [{ kind: 'call' } as const] : []),
    ...(sms === undefined ? [] : [{ kind: 'text', body: sms } as const]),
    ...(request === undefined ? [] : [{ kind: 'request', parameters: request === true ? {} : request } as const]),
  ]
  if (beginnings.length > 1) throw new InvalidArgumentError('--call, --sms and --request exclude each other')
  if (request !== undefined && options.url)
    throw new InvalidArgumentError('--request needs a flow: a webhook is called or texted')
  if (options.trace && options.url)
    throw new InvalidArgumentError('--trace needs a flow: nothing is known of the steps behind --url')
  if (options.record && options.url)
    throw new InvalidArgumentError('--record needs a flow: a scenario is played against one')
  return { ...options, flow, acts, begins: beginnings[0] }
}

/** What a bundle holds is all that happens. */
function replayWish(flow: string | undefined, options: Options, acts: readonly Act[]): Wish {
  const { call, sms, request, ...rest } = options
  const others = [call, sms, request, rest.url, rest.record, acts[0]].filter((other) => other !== undefined)
  if (others.length > 0 || rest.realTime || rest.twiml)
    throw new InvalidArgumentError('--replay plays what is in the bundle: only a flow, --trace and --json go with it')
  return { ...rest, flow, acts }
}
