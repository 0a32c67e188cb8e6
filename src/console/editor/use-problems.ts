import { useEffect, useState } from 'react'
import type { JsonObject } from '../../flow/record.ts'
import { problemsOf } from '../ask/check.ts'
import type { Problem } from '../document/problem.ts'

/** What the server finds wrong in a definition; asked again when nothing has been typed for a while. */
export function useProblems(definition: JsonObject): readonly Problem[] {
  const [problems, setProblems] = useState<readonly Problem[]>([])
  useEffect(() => {
    let isWanted = true
    const timer = setTimeout(async () => {
      const found = await problemsOf(definition).catch(() => undefined) // out of reach: what was found stays
      if (isWanted && found) setProblems(found)
    }, QUIET_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [definition])
  return problems
}

const QUIET_MS = 400
