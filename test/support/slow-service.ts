import type { HttpOutcome } from '../../src/engine/event.ts'

/** A service that answers when it is told to. */
export function slowService() {
  let hear = () => {}
  let answer = (_: HttpOutcome) => {}
  const asked = new Promise<void>((resolve) => {
    hear = resolve
  })
  const answered = new Promise<HttpOutcome>((resolve) => {
    answer = resolve
  })
  return {
    asked,
    request: () => {
      hear()
      return answered
    },
    answer: (body: string) => answer({ ok: true, status: 200, contentType: 'text/plain', headers: {}, body }),
  }
}
