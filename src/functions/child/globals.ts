import type { Generation } from '../messages.ts'
import type { Clients } from './clients.ts'
import { variablesOf } from './context.ts'
import { TwilioResponse } from './response.ts'
import { runtimeOf } from './runtime.ts'
import type { TwilioPackage } from './twilio-package.ts'

export interface GlobalParts {
  readonly generation: Generation
  readonly twilio: TwilioPackage
  readonly clients: Clients
}

/** Sets what functions find everywhere, also at the top of their files: `Twilio`, `Runtime`, what Twilio's local runner adds (functions-flex.md A2), and the variables, for code that has no `context`. */
export function setGlobals({ generation, twilio, clients }: GlobalParts): void {
  Object.assign(process.env, variablesOf(generation))
  const runtime = runtimeOf({ generation, clients })
  const sdk = twilioGlobal(twilio)
  setGlobal('Twilio', () => sdk)
  setGlobal('Runtime', () => runtime)
  setGlobal('Functions', () => runtime.getFunctions())
  setGlobal('Response', () => TwilioResponse)
  setGlobal('twilioClient', () => clients.client())
}

/** As a variable of the function's own would be: it can be written over. */
function setGlobal(name: string, get: () => unknown): void {
  const set = (value: unknown) => Object.defineProperty(globalThis, name, { value, writable: true, configurable: true })
  Object.defineProperty(globalThis, name, { get, set, configurable: true })
}

/** The whole package, with `Response`; all but that and `twiml` loads it when it is touched. */
function twilioGlobal(twilio: TwilioPackage): unknown {
  const own = { Response: TwilioResponse, twiml: twilio.twiml }
  return new Proxy(function Twilio() {}, {
    get: (_, name) => Reflect.get(name in own ? own : twilio.all, name),
    has: (_, name) => name in own || name in twilio.all,
    ownKeys: () => [...new Set([...Reflect.ownKeys(twilio.all), ...Object.keys(own)])],
    getOwnPropertyDescriptor: (_, name) => Reflect.getOwnPropertyDescriptor(name in own ? own : twilio.all, name),
    apply: (_, __, words) => Reflect.apply(twilio.all, undefined, words),
    construct: (_, words) => Object(Reflect.apply(twilio.all, undefined, words)),
  })
}
