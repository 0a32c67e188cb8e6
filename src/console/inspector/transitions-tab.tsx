import { Plus } from 'lucide-react'
import { exitsOf, MATCH } from '../../picture/exits.ts'
import type { Placed } from '../document/placed.ts'
import { useEditor } from '../editor/editor.ts'
import { Branch } from './branch.tsx'
import { newBranch } from './condition-words.ts'
import { TargetField } from './transition-targets.tsx'

/** The exits of a widget; of a split its branches with their conditions, in the order in which they are tested. */
export function TransitionsTab({ placed }: { readonly placed: Placed }) {
  const { catalogue, run } = useEditor()
  const isSplit = catalogue.get(placed.type)?.exits.some(({ event }) => event === MATCH) === true
  const add = () => {
    const value = newBranch(placed.properties.input)
    run({ kind: 'set-transition', widget: placed.id, path: [placed.transitions.length], value })
  }
  return (
    <>
      {exitsOf(placed, catalogue).map((exit) => {
        if (exit.transition !== undefined && exit.event === MATCH)
          return <Branch key={exit.key} placed={placed} exit={exit} place={exit.transition} />
        return <TargetField key={exit.key} placed={placed} exit={exit} label={exit.title} />
      })}
      {isSplit && (
        <button type="button" className="button" onClick={add}>
          <Plus size={16} aria-hidden />
          New Condition
        </button>
      )}
    </>
  )
}
