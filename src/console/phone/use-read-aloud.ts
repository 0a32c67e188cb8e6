import { useEffect, useRef } from 'react'
import type { Line } from './lines.ts'

/** Has the browser read aloud what is said from now on. */
export function useReadAloud(lines: readonly Line[], isAloud: boolean): void {
  const read = useRef(0)
  useEffect(() => {
    const news = lines.slice(read.current)
    read.current = lines.length
    if (!isAloud) return speechSynthesis.cancel()
    for (const { text, isSpoken } of news) if (isSpoken) speechSynthesis.speak(new SpeechSynthesisUtterance(text))
  }, [lines, isAloud])
  useEffect(() => () => speechSynthesis.cancel(), [])
}
