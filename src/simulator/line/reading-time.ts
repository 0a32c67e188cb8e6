import type { Dispatcher } from 'undici'

/** Gives an exchange up when nothing comes for so many milliseconds, be it the first packet or the next one (twiml.md 1.4). */
export function readingWithin(milliseconds: number): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    let timer: NodeJS.Timeout | undefined
    const wait = (controller: Dispatcher.DispatchController) => {
      clearTimeout(timer)
      timer = setTimeout(() => controller.abort(new NothingCame(milliseconds)), milliseconds)
    }
    return dispatch(options, {
      onRequestStart(controller, context) {
        wait(controller)
        handler.onRequestStart?.(controller, context)
      },
      onResponseStart(controller, ...response) {
        wait(controller)
        handler.onResponseStart?.(controller, ...response)
      },
      onResponseData(controller, chunk) {
        wait(controller)
        handler.onResponseData?.(controller, chunk)
      },
      onResponseEnd(controller, trailers) {
        clearTimeout(timer)
        handler.onResponseEnd?.(controller, trailers)
      },
      onResponseError(controller, error) {
        clearTimeout(timer)
        handler.onResponseError?.(controller, error)
      },
    })
  }
}

class NothingCame extends Error {
  override readonly name = 'TimeoutError'

  constructor(milliseconds: number) {
    super(`nothing came for ${milliseconds} ms`)
  }
}
