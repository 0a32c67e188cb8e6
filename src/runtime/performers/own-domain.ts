import { unescape as unescaped } from 'node:querystring'
import type { HttpRequestEffect } from '../../engine/effect.ts'
import type { FunctionAnswer, FunctionCaller } from '../../functions/call.ts'
import type { Resource } from '../../functions/resource.ts'
import { isListed, SIDS_FILE, type Sids, uncallable } from '../sids.ts'
import { RequestFailed } from './http-outcome.ts'
import { type Answer, answerOf, callOf, type OwnRequest, ownRequest } from './own-hop.ts'
import type { Hop } from './request-hop.ts'

/** What is served here beside flows, by path. */
export interface ServedResources {
  readonly functions: ReadonlyMap<string, Resource>
  readonly assets: ReadonlyMap<string, Resource>
}

export interface OwnDomainParts {
  /** Beginnings of our URLs, up to the path; the first is the one that is given out. */
  bases(): readonly [string, ...string[]]
  sids(): Sids
  resources(): ServedResources
  readonly caller: FunctionCaller
  /** Has this server answer. */
  ask(request: OwnRequest): Promise<FunctionAnswer>
}

type Asked = Pick<HttpRequestEffect, 'url' | 'function'>

/** What flows ask for by a name that is ours: the sid of a function, its path, our addresses, and hosts that stand for us (functions-flex.md A6). */
export class OwnDomain {
  readonly #parts: OwnDomainParts

  constructor(parts: OwnDomainParts) {
    this.#parts = parts
  }

  /** The URL of a request, also where its function has a sid or a path alone; throws `RequestFailed` where there is no such function. */
  urlOf({ url, function: called }: Asked): string {
    if (!called) return url
    const { sid } = called
    const path = sid === undefined ? undefined : this.#parts.sids().functions.get(sid)
    if (path !== undefined) return this.#urlAt(path, `${SIDS_FILE}: ${sid} leads to ${path}`)
    if (url.startsWith('/')) return this.#urlAt(url, `the URL leads to ${url}`)
    if (url !== sid) return url
    throw new RequestFailed(
      'no-function',
      `${url} stands for no function here: ${SIDS_FILE} says which, {"ZH…": "/price"}`,
    )
  }

  /** Whether a request is answered here, be it that there is no such function. */
  answers(asked: Asked): boolean {
    try {
      const url = this.urlOf(asked)
      return URL.canParse(url) && this.has(new URL(url))
    } catch (error) {
      if (error instanceof RequestFailed) return true
      throw error
    }
  }

  /** Whether what is asked at a URL is answered here. */
  has(url: URL): boolean {
    return this.#pathOf(url) !== undefined
  }

  /** Answers a hop without the network; nothing where it leads elsewhere. Throws `RequestFailed` for what is not there. */
  async answer(hop: Hop, token: string | undefined): Promise<Answer | undefined> {
    const path = this.#pathOf(hop.url)
    if (path === undefined) return undefined
    const { functions, assets } = this.#parts.resources()
    const own = { ...hop, url: this.#ownUrl(path, hop.url) }
    if (!assets.has(path)) demand(path, functions, `${hop.url.host} is served here, and leads to ${path}`)
    if (hop.callsFunction && functions.has(path))
      return answerOf(await this.#parts.caller.call(callOf(own, path, token)))
    const [base] = this.#parts.bases()
    return answerOf(await this.#parts.ask(ownRequest(own, base, token)))
  }

  #urlAt(place: string, leads: string): string {
    const [base] = this.#parts.bases()
    const [path = ''] = place.split(/[?#]/, 1)
    demand(path, this.#parts.resources().functions, leads)
    return new URL(base + place).href
  }

  /** The path that a URL has here: at a host that stands for us whatever it is; at our own address, where flows and APIs are, too, only what is there. */
  #pathOf(url: URL): string | undefined {
    if (isListed(url.hostname, this.#parts.sids().hosts)) return unescaped(url.pathname)
    const address = url.origin + url.pathname
    const base = this.#parts.bases().find((one) => address.startsWith(`${one}/`))
    if (base === undefined) return undefined
    const path = unescaped(address.slice(base.length))
    const { functions, assets } = this.#parts.resources()
    return functions.has(path) || assets.has(path) ? path : undefined
  }

  /** The same under the address that is given out: it is what is signed, and what a function knows as its own. */
  #ownUrl(path: string, { search }: URL): URL {
    const [base] = this.#parts.bases()
    return new URL(base + encodeURI(path) + search)
  }
}

function demand(path: string, functions: ServedResources['functions'], leads: string): void {
  const trouble = uncallable(path, functions, leads)
  if (trouble !== undefined) throw new RequestFailed('no-function', trouble)
}
