import * as z from 'zod/mini'

/** What to ask of the server; a GET where there is nothing to send. */
export interface Question<Answer> {
  readonly path: string
  /** The shape that the answer has. */
  readonly answer: z.ZodMiniType<Answer>
  readonly method?: 'POST' | 'DELETE'
  readonly form?: Readonly<Record<string, string>> | URLSearchParams
  readonly json?: unknown
}

/** What the server refuses, in its words. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  /** Each flaw of a definition, where that is what is refused. */
  readonly flaws: readonly string[]

  constructor(status: number, message: string, flaws: readonly string[] = []) {
    super(message)
    this.status = status
    this.flaws = flaws
  }
}

/** The event of the window that tells that nobody is signed in any more. */
export const SIGNED_OUT = 'trunkline:signed-out'

/** Asks the server: every request of the page goes through here, and to nobody else. Throws `Refused`. */
export async function ask<Answer>(question: Question<Answer>): Promise<Answer> {
  const response = await reach(question)
  const text = await response.text()
  const body = jsonIn(text)
  if (response.ok) return z.parse(question.answer, body)
  if (response.status === 401) dispatchEvent(new Event(SIGNED_OUT))
  const { message = response.statusText, details } = z.safeParse(ErrorBody, body).data ?? {}
  throw new Refused(response.status, message, details?.errors?.map(flawText))
}

async function reach({ path, method, form, json }: Question<unknown>): Promise<Response> {
  const body = form ? new URLSearchParams(form) : json === undefined ? undefined : JSON.stringify(json)
  try {
    return await fetch(path, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: json === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body }),
    })
  } catch {
    throw new Refused(0, 'The server cannot be reached.')
  }
}

const Flaw = z.object({ message: z.string(), property_path: z.optional(z.string()) })

const ErrorBody = z.object({
  message: z.optional(z.string()),
  details: z.optional(z.object({ errors: z.optional(z.array(Flaw)) })),
})

function flawText({ message, property_path }: z.infer<typeof Flaw>): string {
  return property_path === undefined ? message : `${property_path}: ${message}`
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // an empty answer, or one of a proxy
  }
}
