import type { News } from '../happening.ts'
import type { Problem } from '../problem.ts'
import type { Line } from './line.ts'
import type { WebAnswer, WebRequest } from './web-request.ts'

/** One request as it stands, with its answer, both told. */
export async function exchange(asker: Asker, request: WebRequest): Promise<WebAnswer | Problem> {
  asker.tell({ type: 'asked', ...request })
  const answer = await asker.line.ask(request)
  if ('code' in answer) asker.warn(answer)
  else asker.tell({ type: 'answered', status: answer.status, contentType: answer.contentType, body: answer.body })
  return answer
}

/** Whatever asks servers: one end of a call, or a message. */
export interface Asker {
  readonly line: Line
  tell(news: News): void
  warn(problem: Problem): void
}
