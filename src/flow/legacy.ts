import { isObject, type JsonObject, own } from './record.ts'

/** Whether a definition is in the dialect of the exports of 2017 to 2019. */
export function isLegacy(raw: unknown): boolean {
  const states = own(raw, 'states')
  return own(raw, 'initial_state') === undefined && Array.isArray(states) && states.some(isLegacyState)
}

/** A definition of the old dialect in today's shape; what today's has no word for is kept. */
export function modernised(raw: JsonObject): JsonObject {
  const states = Array.isArray(raw.states) ? raw.states : []
  const names = new Map(states.map((state) => [own(state, 'sid'), own(state, 'name')]))
  const initial = states.find((state) => own(state, 'type') === INITIAL)
  return {
    ...raw,
    states: states.map((state) => (isObject(state) ? modernState(state, names) : state)),
    initial_state: own(initial, 'name'),
    flags: raw.flags ?? { allow_concurrent_calls: false }, // the default before October 2018
  }
}

const INITIAL = 'InitialState'

/** The old names of today's types (widgets.md 1.3). */
const TYPES: ReadonlyMap<unknown, string> = new Map([
  [INITIAL, 'trigger'],
  ['Message', 'send-message'],
  ['MessagePrompt', 'send-and-wait-for-reply'],
  ['SayPlay', 'say-play'],
  ['Gather', 'gather-input-on-call'],
  ['Branch', 'split-based-on'],
  ['SetVariables', 'set-variables'],
  ['Function', 'run-function'],
  ['Webhook', 'make-http-request'],
  ['ConnectCaller', 'connect-call-to'],
  ['Record', 'record-voicemail'],
  ['EnqueueCall', 'enqueue-call'],
  ['SendToFlex', 'send-to-flex'],
  ['Pay', 'capture-payments'],
  ['Dial', 'make-outgoing-call-v1'],
  ['DialV2', 'make-outgoing-call-v2'],
])

function isLegacyState(state: unknown): boolean {
  return TYPES.has(own(state, 'type'))
}

type Names = ReadonlyMap<unknown, unknown>

function modernState(state: JsonObject, names: Names): JsonObject {
  const { type, properties, transitions } = state
  return {
    ...state,
    type: TYPES.get(type) ?? type,
    properties: isObject(properties) ? withoutNulls(properties) : properties,
    transitions: Array.isArray(transitions) ? transitions.map((one) => modernTransition(one, names)) : transitions,
  }
}

/** Old transitions lead to a widget's sid. */
function modernTransition(transition: unknown, names: Names): unknown {
  return isObject(transition) ? { ...transition, next: names.get(transition.next) ?? transition.next } : transition
}

/** Old exports list every property there is, the unused ones as null. */
function withoutNulls(properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null))
}
