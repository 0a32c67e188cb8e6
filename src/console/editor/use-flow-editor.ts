import { useCallback, useMemo, useReducer, useState } from 'react'
import type { KeptFlow } from '../ask/flows.ts'
import type { Catalogue } from '../document/catalogue.ts'
import { type FlowDocument, isChanged, opened, saved, select } from '../document/document.ts'
import { editable } from '../document/import.ts'
import { placedIn } from '../document/placed.ts'
import type { Editor } from './editor.ts'
import { useEdits } from './use-edits.ts'
import { usePositions } from './use-positions.ts'
import { useProblems } from './use-problems.ts'
import { useSaving } from './use-saving.ts'
import { useView } from './use-view.ts'

/** What the editor begins with. */
interface Beginning {
  readonly kept: KeptFlow
  readonly catalogue: Catalogue
  readonly selection: readonly string[]
}

/** The editor of a flow that was loaded; undefined until it can be drawn. */
export function useFlowEditor({ kept, catalogue, selection }: Beginning): Editor | undefined {
  const [flow, setFlow] = useState(kept)
  const [trouble, tell] = useState<unknown>()
  const [document, dispatch] = useReducer(stepped, undefined, () =>
    select(opened(editable(kept.definition)), selection),
  )
  const { definition } = document
  const positions = usePositions(placedIn(definition), catalogue)
  const problems = useProblems(definition)
  const edits = useEdits({ document, dispatch, catalogue, positions })
  const view = useView(positions, edits.select)
  const exported = isChanged(document) ? definition : flow.definition

  const onSaved = useCallback(() => dispatch((before) => saved(before, definition)), [definition])
  const save = useSaving({ flow, definition: exported, onFlow: setFlow, onSaved })
  return useMemo(() => {
    if (!positions) return undefined
    return { flow, document, catalogue, positions, problems, exported, trouble, tell, save, ...edits, ...view }
  }, [flow, document, catalogue, positions, problems, exported, trouble, save, edits, view])
}

function stepped(document: FlowDocument, step: (before: FlowDocument) => FlowDocument): FlowDocument {
  return step(document)
}
