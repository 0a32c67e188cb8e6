import { useEffect } from 'react'
import { isInDialog, isTyping } from '../parts/typing.ts'

interface Stepping {
  readonly number: number
  readonly last: number
  go(step: number): void
}

/** Steps through an execution by the arrow keys. */
export function useStepKeys({ number, last, go }: Stepping): void {
  useEffect(() => {
    const steps: Record<string, number> = { ArrowLeft: number - 1, ArrowRight: number + 1, Home: 1, End: last }
    const onKey = ({ key }: KeyboardEvent) => {
      const step = steps[key]
      if (step !== undefined && !isTyping() && !isInDialog()) go(step)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [number, last, go])
}
