import { useEffect, useEffectEvent } from 'react'

/** Calls whenever an execution moves, of a flow or one alone; at most some times a second. */
export function useLive(filter: string, onMove: () => void): void {
  const moved = useEffectEvent(onMove)
  useEffect(() => {
    let source: EventSource
    let timer: ReturnType<typeof setTimeout> | undefined
    let retry: ReturnType<typeof setTimeout> | undefined
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        moved()
      }, AT_MOST_EVERY_MS)
    }
    const listen = () => {
      source = new EventSource(`/api/events?${filter}`)
      source.addEventListener('open', soon) // what went on before, or while the connection was lost, is not told
      for (const event of EVENTS) source.addEventListener(event, soon)
      source.addEventListener('error', () => {
        if (source.readyState === EventSource.CLOSED) retry = setTimeout(listen, AGAIN_AFTER_MS)
      })
    }
    listen()
    return () => {
      source.close()
      clearTimeout(timer)
      clearTimeout(retry)
    }
  }, [filter])
}

const EVENTS = ['started', 'step', 'rested', 'ended', 'warning'] as const
const AT_MOST_EVERY_MS = 300

/** A browser gives up by itself where something else was answered, as by a proxy while the server starts. */
const AGAIN_AFTER_MS = 2000
