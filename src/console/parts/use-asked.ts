import { useCallback, useEffect, useState } from 'react'

/** What was asked of the server: on its way, here, or refused. */
export interface Asked<Answer> {
  readonly answer: Answer | undefined
  readonly error: unknown
  /** Asks once more; the old answer stays until the new one is here. */
  again(): void
}

/** Asks when it is first shown, and whenever `question` is another function. */
export function useAsked<Answer>(question: () => Promise<Answer>): Asked<Answer> {
  const [turn, setTurn] = useState(0)
  const [state, setState] = useState<{ readonly answer?: Answer; readonly error?: unknown }>({})
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks the same once more
  useEffect(() => {
    let isWanted = true
    question().then(
      (answer) => isWanted && setState({ answer }),
      (error: unknown) => isWanted && setState((before) => ({ ...before, error })),
    )
    return () => {
      isWanted = false
    }
  }, [question, turn])
  const again = useCallback(() => setTurn((before) => before + 1), [])
  return { answer: state.answer, error: state.error, again }
}
