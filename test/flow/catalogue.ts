import { z } from 'zod'
import {
  choice,
  flag,
  integer,
  keyValues,
  required,
  text,
  textFlag,
  textInteger,
  verbatim,
} from '../../src/flow/properties.ts'
import type { WidgetCatalogue, WidgetKind } from '../../src/flow/validate.ts'

/** Every type of Studio's with its events, and the properties that these tests are about. */
const KINDS: readonly WidgetKind[] = [
  kind('trigger', 'incomingCall incomingMessage incomingConversationMessage incomingRequest incomingParent'),
  kind('split-based-on', 'match noMatch', { input: required(text()) }),
  kind('set-variables', 'next', { variables: keyValues() }),
  kind('say-play', 'audioComplete', { say: text(), play: text(), loop: integer({ min: 1 }).default(1) }),
  kind('gather-input-on-call', 'keypress speech timeout', {
    say: text(),
    timeout: integer({ min: 0 }).default(5),
    number_of_digits: integer(),
    stop_gather: flag().default(true),
    finish_on_key: verbatim().default('#'),
    profanity_filter: textFlag().default(true),
  }),
  kind('connect-call-to', 'callCompleted hangup', { record: flag(), timeout: integer(), time_limit: textInteger() }),
  kind('record-voicemail', 'recordingComplete hangup noAudio'),
  kind('record-call', 'success failed'),
  kind('enqueue-call', 'callComplete failedToEnqueue callFailure'),
  kind('make-outgoing-call-v1', 'answered busy noAnswer failed answeredByMachine hangup'),
  kind('make-outgoing-call-v2', 'answered busy noAnswer failed'),
  kind('capture-payments', 'success maxFailedAttempts providerError payInterrupted hangup validationError'),
  kind('fork-stream', 'next'),
  kind('connect-virtual-agent', 'return hangup'),
  kind('connect-virtual-agent-v2', 'completed live-agent-handoff hangup failed paused timeout'),
  kind('add-twiml-redirect', 'return timeout fail', { url: required(text()), timeout: textInteger() }),
  kind('send-to-flex', 'callComplete failedToEnqueue callFailure'),
  kind('send-message', 'sent failed', { body: text() }),
  kind('send-and-wait-for-reply', 'incomingMessage timeout deliveryFailure', { timeout: textInteger().default(3600) }),
  kind('run-function', 'success fail', { url: text(), parameters: keyValues() }),
  kind('make-http-request', 'success failed', {
    url: required(text()),
    method: choice(['GET', 'POST']),
    parameters: keyValues(),
  }),
  kind('run-subflow', 'completed failed', { flow_sid: required(text()) }),
  kind('send-to-auto-pilot', 'sessionEnded failure timeout'),
]

/** A catalogue for tests of the document alone. */
export const catalogue: WidgetCatalogue = new Map(KINDS.map((one) => [one.type, one]))

function kind(type: string, exits: string, properties: z.ZodRawShape = {}): WidgetKind {
  return { type, needs: 'anything', exits: exits.split(' '), properties: z.object(properties) }
}
