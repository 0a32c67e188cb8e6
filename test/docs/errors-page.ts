import type { WARNING } from '../../src/engine/warning.ts'
import type { ERRORS } from '../../src/errors.ts'

export type Warnings = typeof WARNING
export type Errors = typeof ERRORS

/** The text of docs/errors.md: every code that an answer or an execution can have. */
export function errorsPage(warnings: Warnings, errors: Errors): string {
  return [INTRODUCTION, ofExecutions(warnings), ofAnswers(errors), OTHERS].join('\n')
}

const INTRODUCTION = `# Error codes

All codes are those of [Twilio's error dictionary](https://www.twilio.com/docs/api/errors), so that what you know of them, and what you watch, goes on. This page is generated from the tables that the code uses: \`npm run docs\`.
`

function ofExecutions(warnings: Warnings): string {
  const rows = keysOf(warnings)
    .map((name) => ({ code: warnings[name], ...MEANT[name] }))
    .sort((one, other) => one.code - other.code)
    .map(({ code, when, remedy }) => `| ${code} | ${when} | ${remedy} |`)
  return `## In an execution

They stand with the execution and its step, on the console, in \`/api/executions\` (\`?warning=81018\` finds them) and in \`trunkline_warnings_total\` of the [metrics](operations.md#metrics). A warning changes nothing in the walk: the flow goes on by the exit that the [widget](widgets.md) has for it.

| code | when | what helps |
|---|---|---|
${rows.join('\n')}
`
}

const MEANT: Record<keyof Warnings, { readonly when: string; readonly remedy: string }> = {
  tooManySteps: {
    when: 'The execution has taken 1,000 steps, and is ended.',
    remedy: 'A loop without a wait or a way out: `trunkline validate` names it.',
  },
  tooManyRepeats: {
    when: 'A widget has led to itself more than 10 times in a row, and the execution is ended.',
    remedy: 'Let it lead elsewhere after a few times: count in a variable and split on it.',
  },
  unexpectedEvent: {
    when: 'Something came that the widget has no transition for, or that came too late: a hang-up, a message while the flow was at work, a second call.',
    remedy: 'Nothing, where a caller has just hung up; else connect the transition that the message names.',
  },
  noMatch: {
    when: 'No condition of a Split held, and **No Condition Matches** leads nowhere.',
    remedy: 'Connect it.',
  },
  conversationFailed: {
    when: 'A conversation could not be opened, joined or left.',
    remedy: 'The message has the carrier’s answer: an address that is in another conversation, most often.',
  },
  callTimedOut: {
    when: 'Connect Call To: nobody answered before the timeout.',
    remedy: 'Connect **No Answer**; a longer timeout.',
  },
  callFailed: {
    when: 'An outgoing call could not be placed.',
    remedy: 'The message has the carrier’s answer: a number that is none, or that the account may not call.',
  },
  enqueueTimedOut: {
    when: 'Enqueue Call and Send to Flex: nobody took the call before the timeout.',
    remedy: 'Connect the exit; look at who works on the queue.',
  },
  functionNotRun: {
    when: 'A function failed: it could not be reached, or answered a status of 400 or more.',
    remedy: 'Its lines are in the log with the id of the request; see [functions](functions.md).',
  },
  messageNotSent: {
    when: 'A message could not be sent.',
    remedy: 'The message has the carrier’s answer.',
  },
  invalidUrl: {
    when: 'A URL, filled in, is none that can be used.',
    remedy: 'Look at the template and what it reads: it is empty, most often.',
  },
  taskNotCreated: {
    when: 'Send to Flex: no task could be made.',
    remedy: 'Check `FLEX_WORKSPACE_SID`, the workflow and the channel of the widget.',
  },
  httpFailed: {
    when: 'An HTTP request failed: no answer within its time, a status of 400 or more, an address that is [not allowed](settings.md#what-flows-may-reach).',
    remedy: 'The message says which; the step has what was asked and answered.',
  },
  functionAnswer: {
    when: 'A function ran, but answered too late or too much.',
    remedy: 'Let it answer within the time; a slow service is better asked by an HTTP request.',
  },
  template: {
    when: 'A template could not be filled, or a property with what it gave cannot be used.',
    remedy: '`trunkline validate` finds most of them; the console fills a template with a chosen execution.',
  },
  unsupported: {
    when: 'A widget is of a type that does not run here, or stands in a flow where it cannot: a voice widget without a call.',
    remedy: 'Connect its failure exit; see [what differs](moving-from-studio.md#what-differs).',
  },
  subflowRevision: {
    when: 'Run Subflow asks for a revision that is none.',
    remedy: 'LatestPublished, LatestSaved, or the number of a revision.',
  },
  subflow: {
    when: 'A subflow cannot be entered: there is no such flow, or a subflow wants to enter another.',
    remedy: 'Put the file into the folder, or pin its sid in `flows/sids.json`.',
  },
  tooManyWidgets: {
    when: 'The flow and its subflows have more widgets than may be in one execution, and it is ended.',
    remedy: 'Take parts of it out into flows of their own, reached by redirect.',
  },
  parse: {
    when: 'A value that is to be read as JSON is none; it is taken as text.',
    remedy: 'Look at what the template gives.',
  },
  waitUrl: {
    when: 'The hold music of Enqueue Call has a URL that cannot be used.',
    remedy: 'An absolute URL of http or https, or none at all.',
  },
}

function ofAnswers(errors: Errors): string {
  const rows = keysOf(errors)
    .map((name) => ({ ...errors[name], when: ANSWERED[name] }))
    .sort((one, other) => one.status - other.status || one.code - other.code)
    .map(({ status, code, when }) => `| ${status} | ${code} | ${when} |`)
  return `## In an answer

REST requests, webhooks and the console are answered errors as Twilio answers them: \`{"code", "message", "more_info", "status"}\`, and \`details\` where there is more to say. The message names the value and what was expected.

| status | code | when |
|---|---|---|
${rows.join('\n')}
`
}

const ANSWERED: Record<keyof Errors, string> = {
  invalidRequest: 'A parameter is missing or wrong, a body cannot be read.',
  unauthenticated: 'Credentials are missing or wrong; in development they count from this machine only.',
  methodNotAllowed: 'The resource is there, and has no such method.',
  wrongSignature:
    'The signature of a webhook is missing or wrong: `PUBLIC_URL` is not the address that the carrier asked, or `TWILIO_AUTH_TOKEN` is not the token of its account. [`trunkline doctor`](commands.md) tells which.',
  foreignPage: 'A page of another site has asked what only the console may ask.',
  readOnly: 'The flow comes from a file, which may not or cannot be written (`FLOW_FILES`).',
  notFound: 'There is no such resource.',
  requestTimeout: 'The request did not arrive in time.',
  conflict: 'The contact is in an active execution of the flow, which `details` names.',
  bodyTooLarge: 'The body is too large.',
  unknownContentType: 'The content type is none that can be read here.',
  headersTooLarge: 'The first line and the headers are too large, or too many.',
  tooManyRequests: 'More than a limit allows: executions a second, functions at once, failed logins, open streams.',
  invalidPageToken: 'The page is none of this list.',
  invalidRevision: 'The revision is no number and no word for one.',
  invalidDefinition: 'A flow definition is not valid; `details.errors` has each flaw with its place.',
  invalidContact: 'The contact of a new execution is too long.',
  internal: 'A fault of Trunkline: please [report it](../CONTRIBUTING.md) with the line of the log.',
  unavailable: 'The server stops, its memory runs out or its database cannot be used: ask again soon.',
}

const OTHERS = `## On the simulated phone

The phone of the console and of \`trunkline simulate\` tells what is wrong with TwiML by the codes of Twilio's debugger, such as 12100 for a document that is no XML or 13520 for an empty Say, each with the place; what they mean is at \`https://www.twilio.com/docs/api/errors/12100\`.
`

function keysOf<Table extends object>(table: Table): (keyof Table)[] {
  return Object.keys(table).filter((key): key is Extract<keyof Table, string> => key in table)
}
