import { useEffect, useMemo, useState } from 'react'
import { type Execution, executionOf } from '../ask/executions.ts'
import type { Path } from '../canvas/path.ts'
import { useEditor } from '../editor/editor.ts'
import { pathOf, visitsOf } from '../executions/visits.ts'

/** What is tried with the phone: which execution, and its way over the canvas as it goes on. */
export interface Trial {
  readonly execution: string | undefined
  readonly path: Path | undefined
  /** Another execution is followed, or none, or the same has moved. */
  follow(execution: string | undefined): void
  end(): void
}

/** Follows what is tried. */
export function useTrial(): Trial {
  const { document, flow } = useEditor()
  const [move, setMove] = useState<{ readonly execution: string }>()
  const [seen, setSeen] = useState<Execution>()
  useEffect(() => {
    if (!move) return
    let isWanted = true
    executionOf(move.execution).then(
      (execution) => isWanted && setSeen(execution),
      () => undefined, // it may be gone by now
    )
    return () => {
      isWanted = false
    }
  }, [move])
  const path = useMemo(
    () => (move && seen ? pathOf(visitsOf(seen), document.definition, flow.sid) : undefined),
    [move, seen, document.definition, flow.sid],
  )
  const follow = (execution: string | undefined) => (execution === undefined ? end() : setMove({ execution }))
  const end = () => {
    setMove(undefined)
    setSeen(undefined)
  }
  return { execution: move?.execution, path, follow, end }
}
