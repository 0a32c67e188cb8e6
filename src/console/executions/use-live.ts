import { useEffect, useEffectEvent } from 'react'

/** Calls whenever an execution moves, of a flow or one alone; at most some times a second. */
export function useLive(filter: string, onMove: () => void): void {
  const moved = useEffectEvent(onMove)
  useEffect(() => {
    const source = new EventSource(`/api/events?${filter}`)
    let timer: ReturnType<typeof setTimeout> | undefined
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        moved()
      }, AT_MOST_EVERY_MS)
    }
    source.addEventListener('open', soon) // what went on before, or while the connection was lost, is not told
    for (const event of EVENTS) source.addEventListener(event, soon)
    return () => {
      source.close()
      clearTimeout(timer)
    }
  }, [filter])
}

const EVENTS = ['started', 'step', 'rested', 'ended', 'warning'] as const
const AT_MOST_EVERY_MS = 300
