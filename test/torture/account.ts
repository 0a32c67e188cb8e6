import type { Line } from './line.ts'

/** What the server itself says of an execution: its bundle, as far as it is looked at here. */
export interface Told {
  readonly execution: ToldExecution
  readonly steps: readonly ToldStep[]
  readonly events: readonly { readonly event: ToldEvent }[]
}

interface ToldExecution {
  readonly sid: string
  readonly flowSid: string
  readonly status: string
  readonly endedReason?: string
  readonly steps: number
  readonly call?: { readonly sid: string }
  readonly frames: readonly { readonly variables?: { readonly all?: string } }[]
}

interface ToldStep {
  readonly sid: string
  readonly flowSid: string
  readonly name: string
  readonly type: string
  readonly from: string
  readonly to: string
  readonly date: number
}

export interface ToldEvent {
  readonly type: string
  readonly step?: string
  readonly params?: Readonly<Record<string, string>>
  readonly parameters?: Readonly<Record<string, string>>
}

/** All executions of a server, asked for over its API. */
export async function accountOf(line: Line): Promise<readonly Told[]> {
  const told: Told[] = []
  for (let path: string | undefined = '/api/executions?PageSize=500'; path; ) {
    const page: Page = await json(line, path)
    for (const { sid } of page.executions) told.push(await json(line, `/api/executions/${sid}/bundle`))
    path = pathOf(page.meta.next_page_url)
  }
  return told
}

interface Page {
  readonly executions: readonly { readonly sid: string }[]
  readonly meta: { readonly next_page_url: string | null }
}

/** How many executions have not ended. */
export async function activeCount(line: Line): Promise<number> {
  const page: Page = await json(line, '/api/executions?status=active&PageSize=1000')
  return page.executions.length
}

async function json<T>(line: Line, path: string): Promise<T> {
  const answer = await line.api(path)
  if (answer?.status !== 200) throw new Error(`${path} was answered ${answer?.status}: ${answer?.body}`)
  return JSON.parse(answer.body)
}

function pathOf(url: string | null): string | undefined {
  if (url === null) return undefined
  const { pathname, search } = new URL(url)
  return pathname + search
}
