import { titleOf } from '../../picture/words.ts'
import type { Placed } from '../document/placed.ts'
import { useEditor } from '../editor/editor.ts'

/** What is selected, when it is more than one widget, and what can be done with all of it. */
export function ManySelected({ chosen }: { readonly chosen: readonly Placed[] }) {
  const { catalogue, select, run } = useEditor()
  return (
    <>
      <h2>{chosen.length} widgets</h2>
      <button
        type="button"
        className="button danger"
        onClick={() => run({ kind: 'remove', widgets: chosen.map(({ id }) => id) })}
      >
        Remove them
      </button>
      <ul className="chosen-list">
        {chosen.map(({ id, name, type }) => (
          <li key={id}>
            <button type="button" className="jump" onClick={() => select([id])}>
              <b>{name}</b>
              <span>{titleOf(catalogue, type)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
