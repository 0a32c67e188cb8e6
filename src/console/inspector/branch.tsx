import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import type { Exit } from '../../picture/exits.ts'
import type { Placed } from '../document/placed.ts'
import { useEditor } from '../editor/editor.ts'
import { ConditionRow } from './condition-row.tsx'
import { newCondition } from './condition-words.ts'
import { TargetField } from './transition-targets.tsx'

interface BranchProps {
  readonly placed: Placed
  readonly exit: Exit
  /** Its place among the widget's transitions. */
  readonly place: number
}

/** A branch of a split: its conditions, all of which must hold, and where it leads. */
export function Branch({ placed, exit, place }: BranchProps) {
  const { run } = useEditor()
  const { conditions = [] } = placed.transitions[place] ?? {}
  const set = (path: readonly (string | number)[], value: unknown) =>
    run({ kind: 'set-transition', widget: placed.id, path: [place, ...path], value })
  return (
    <fieldset className="branch">
      <legend>{exit.title}</legend>
      {conditions.map((condition, index) => (
        <ConditionRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition has nothing but its place to be known by
          key={index}
          placed={placed}
          path={['transitions', place, 'conditions', index]}
          condition={condition}
          onChange={(next) => set(['conditions', index], next)}
        />
      ))}
      <div className="branch-tools">
        <button
          type="button"
          className="button quiet"
          onClick={() => set(['conditions', conditions.length], newCondition(placed.properties.input))}
        >
          <Plus size={16} aria-hidden />
          And…
        </button>
        <BranchOrder placed={placed} place={place} title={exit.title} />
      </div>
      <TargetField placed={placed} exit={exit} label="Leads to" />
    </fieldset>
  )
}

/** Branches are tested from the first to the last, so their order is the flow's meaning. */
function BranchOrder({
  placed,
  place,
  title,
}: {
  readonly placed: Placed
  readonly place: number
  readonly title: string
}) {
  const { run } = useEditor()
  const transitions = Array.isArray(placed.json.transitions) ? placed.json.transitions : []
  const set = (changed: readonly unknown[]) => run({ kind: 'set-transitions', widget: placed.id, transitions: changed })
  const move = (to: number) => set(transitions.toSpliced(place, 1).toSpliced(to, 0, transitions[place]))
  return (
    <>
      <button
        type="button"
        className="button icon quiet"
        aria-label={`Test ${title} earlier`}
        disabled={place === 0}
        onClick={() => move(place - 1)}
      >
        <ArrowUp size={16} />
      </button>
      <button
        type="button"
        className="button icon quiet"
        aria-label={`Test ${title} later`}
        disabled={place === transitions.length - 1}
        onClick={() => move(place + 1)}
      >
        <ArrowDown size={16} />
      </button>
      <button
        type="button"
        className="button icon quiet danger"
        aria-label={`Remove ${title}`}
        onClick={() => set(transitions.toSpliced(place, 1))}
      >
        <X size={16} />
      </button>
    </>
  )
}
