import { createRequire } from 'node:module'
import { join } from 'node:path'
import type twilio from 'twilio'

/** The `twilio` package as the project finds it; loaded when it is needed, for that takes longer than most calls. */
export class TwilioPackage {
  readonly #require: NodeJS.Require

  constructor(folder: string) {
    this.#require = createRequire(join(folder, 'package.json'))
  }

  get all(): typeof twilio {
    return this.#require('twilio')
  }

  /** Loads what most functions need, ahead of the first call. */
  warm(): void {
    try {
      for (const name of TWIML) Reflect.get(this.twiml, name)
    } catch {
      // a copy of the project’s own that cannot be loaded: whoever uses it is told
    }
  }

  /** `twiml`, without the rest of the package. */
  readonly twiml: object = Object.defineProperties(
    {},
    Object.fromEntries(
      TWIML.map((name) => [name, { enumerable: true, get: () => this.#require(`twilio/lib/twiml/${name}`) }]),
    ),
  )
}

const TWIML = ['VoiceResponse', 'MessagingResponse', 'FaxResponse']
