import { useState } from 'react'

/** What is typed for a value that has another shape: kept as it was typed, as long as the value is what came of it. */
export function useTyped(value: unknown, textOf: (value: unknown) => string) {
  const [typed, setTyped] = useState(() => ({ text: textOf(value), value }))
  const text = Object.is(typed.value, value) ? typed.text : textOf(value) // by an undo, for one
  return { text, typed: (next: string, made: unknown) => setTyped({ text: next, value: made }) }
}
