import { z } from 'zod'
import { whyUnreachable } from '../../unreachable.ts'

/** Flows of an account over Studio's REST API; every function throws `Refused`. */
export interface StudioApi {
  list(): Promise<readonly FlowInList[]>
  /** The newest revision, or nothing where there is no such flow. */
  flow(sid: string): Promise<KeptFlow | undefined>
  create(wanted: WantedFlow): Promise<KeptFlow>
  update(sid: string, wanted: WantedFlow): Promise<KeptFlow>
}

/** A flow without its definition. */
export type FlowInList = z.output<typeof InList>

/** A flow as the account has it. */
export type KeptFlow = z.output<typeof Kept>

/** What a flow is to be. */
export interface WantedFlow {
  readonly friendlyName: string
  readonly status: 'draft' | 'published'
  readonly definition: unknown
  readonly message?: string | undefined
}

/** Where the API is, and by whom it is asked. */
export interface Account {
  readonly url: string
  readonly user: string
  readonly password: string
}

/** Thrown when the account says no, or nothing; the message has its words. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

const InList = z.object({ sid: z.string(), friendly_name: z.string() })
const Kept = InList.extend({ status: z.string(), revision: z.number(), definition: z.unknown() })
const Page = z.object({ flows: z.array(InList), meta: z.object({ next_page_url: z.string().nullish() }) })
const Fault = z.object({ message: z.string(), details: z.object({ errors: z.array(z.unknown()) }).optional() })

/** The API of an account. */
export function studioApi(account: Account): StudioApi {
  const asked = async (path: string, form?: URLSearchParams) => read(await ask(account, path, form), account)
  const saved = async (path: string, wanted: WantedFlow) => taken(Kept, await asked(path, formOf(wanted)), account)
  return {
    list: () => everyPage((path) => asked(path), account),
    async flow(sid) {
      const answer = await ask(account, `/v2/Flows/${sid}`)
      return answer.status === 404 ? undefined : taken(Kept, await read(answer, account), account)
    },
    create: (wanted) => saved('/v2/Flows', wanted),
    update: (sid, wanted) => saved(`/v2/Flows/${sid}`, wanted),
  }
}

async function everyPage(asked: (path: string) => Promise<unknown>, account: Account): Promise<readonly FlowInList[]> {
  const all: FlowInList[] = []
  for (let next: string | undefined = '/v2/Flows?PageSize=100'; next !== undefined; ) {
    const { flows, meta }: z.output<typeof Page> = taken(Page, await asked(next), account)
    all.push(...flows)
    next = meta.next_page_url ? pathIn(meta.next_page_url) : undefined
  }
  return all
}

/** The host stays the one that was named, whatever a proxy makes of it. */
function pathIn(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}

function formOf({ friendlyName, status, definition, message }: WantedFlow): URLSearchParams {
  const form = { FriendlyName: friendlyName, Status: status, Definition: JSON.stringify(definition) }
  return new URLSearchParams({ ...form, ...(message !== undefined && { CommitMessage: message }) })
}

async function ask({ url, user, password }: Account, path: string, form?: URLSearchParams): Promise<Response> {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  const posted = form && { method: 'POST', body: form }
  try {
    return await fetch(url + path, { headers: { authorization }, signal: AbortSignal.timeout(TIMEOUT_MS), ...posted })
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
    throw new Refused(`${url} cannot be reached: ${whyUnreachable(cause)}`)
  }
}

/** A flow of 2,000 widgets takes Studio its time. */
const TIMEOUT_MS = 60_000

async function read(answer: Response, { url }: Account): Promise<unknown> {
  const text = await answer.text()
  const json = jsonIn(text)
  if (answer.ok && json !== undefined) return json
  const fault = Fault.safeParse(json)
  const words = fault.success ? fault.data.message : text.slice(0, 200)
  const errors = fault.success ? (fault.data.details?.errors ?? []).map((error) => `\n  ${JSON.stringify(error)}`) : []
  throw new Refused(`${url} answers ${answer.status}: ${words}${errors.join('')}`)
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function taken<T>(shape: z.ZodType<T>, json: unknown, { url }: Account): T {
  const read = shape.safeParse(json)
  if (read.success) return read.data
  throw new Refused(`${url} answers something else than Studio's API: ${z.prettifyError(read.error)}`)
}
