import type { News } from '../happening.ts'
import { caution, type Problem } from '../problem.ts'
import type { Line } from './line.ts'
import type { WebAnswer, WebRequest } from './web-request.ts'

/** One request as it stands, with its answer, both told; why there is none is told as `seen` sees it. */
export async function exchange(asker: Asker, request: WebRequest, seen = asItIs): Promise<WebAnswer | Problem> {
  const { url } = request
  asker.tell({ type: 'asked', ...request })
  const answer = await asker.line.ask(request)
  if ('code' in answer) {
    const problem = seen(answer)
    asker.tell({ type: 'problem', problem, url })
    return problem
  }
  asker.tell({ type: 'answered', url, status: answer.status, contentType: answer.contentType, body: answer.body })
  return answer
}

function asItIs(problem: Problem): Problem {
  return problem
}

/** Tells a callback something: nothing hangs on its answer, so that none or a bad one is a warning with `code`. */
export async function callBack(asker: Asker, request: WebRequest, code: number): Promise<void> {
  const unanswered = ({ message }: Problem): Problem =>
    caution(code, `the callback ${request.url} got no answer: ${message}`)
  const answer = await exchange(asker, request, unanswered)
  if ('status' in answer && answer.status >= 400)
    asker.warn(caution(code, `the callback ${request.url} answered with status ${answer.status}`))
}

/** Whatever asks servers: one end of a call, or a message. */
export interface Asker {
  readonly line: Line
  tell(news: News): void
  warn(problem: Problem): void
}
