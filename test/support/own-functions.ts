import type { FunctionAnswer, FunctionCall, FunctionCaller } from '../../src/functions/call.ts'
import type { Resource, Visibility } from '../../src/functions/resource.ts'

/** What a function answers: JSON, or whatever else. */
export type Handler = (call: FunctionCall) => Partial<FunctionAnswer> | { readonly json: unknown }

/** Functions in this process, by path; what is called is kept. */
export class OwnFunctions implements FunctionCaller {
  readonly calls: FunctionCall[] = []
  readonly #handlers: Readonly<Record<string, Handler>>
  readonly #resources = { functions: new Map<string, Resource>(), assets: new Map<string, Resource>() }

  constructor(handlers: Readonly<Record<string, Handler>>, visibility: Readonly<Record<string, Visibility>> = {}) {
    this.#handlers = handlers
    for (const path of Object.keys(handlers)) this.#resources.functions.set(path, resource(path, visibility[path]))
  }

  async call(call: FunctionCall): Promise<FunctionAnswer> {
    this.calls.push(call)
    const answer = this.#handlers[call.path]?.(call) ?? {}
    if ('json' in answer) return { status: 200, headers: [JSON_TYPE], body: Buffer.from(JSON.stringify(answer.json)) }
    return { status: 200, headers: [], body: Buffer.alloc(0), ...answer }
  }

  /** As a part of a server. */
  get part() {
    return { caller: this, resources: () => this.#resources }
  }

  asset(path: string): this {
    this.#resources.assets.set(path, { ...resource(path), kind: 'asset' })
    return this
  }
}

/** A function answers with this text. */
export function text(type: string, body: string, status = 200): FunctionAnswer {
  return { status, headers: [['Content-Type', type]], body: Buffer.from(body) }
}

function resource(path: string, visibility: Visibility = 'public'): Resource {
  return { kind: 'function', path, file: `/functions${path}.js`, visibility }
}

const JSON_TYPE = ['Content-Type', 'application/json'] as const
