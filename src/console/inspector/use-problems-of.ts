import { useMemo } from 'react'
import type { JsonPath } from '../document/json.ts'
import type { Placed } from '../document/placed.ts'
import type { Problem } from '../document/problem.ts'
import { useEditor } from '../editor/editor.ts'
import { problemsBelow } from './flaws.ts'

/** The problems of a part of a widget; the same list, as long as the server finds nothing new. */
export function useProblemsOf({ index }: Placed, inside: JsonPath): readonly Problem[] {
  const { problems } = useEditor()
  const path = JSON.stringify(['states', index, ...inside])
  return useMemo(() => problemsBelow(problems, JSON.parse(path)), [problems, path])
}
