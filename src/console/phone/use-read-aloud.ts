import { useEffect, useRef } from 'react'
import type { Line } from './lines.ts'

/** Has the browser read aloud what is said from now on, while it is to be heard. */
export function useReadAloud(lines: readonly Line[], sound: 'on' | 'off'): void {
  const read = useRef(lines.length)
  useEffect(() => {
    const news = lines.slice(read.current)
    read.current = lines.length
    if (sound === 'off') {
      speechSynthesis.cancel()
      return
    }
    for (const { text, isSpoken } of news) if (isSpoken) speechSynthesis.speak(new SpeechSynthesisUtterance(text))
  }, [lines, sound])
  useEffect(() => () => speechSynthesis.cancel(), [])
}
