import { type KeyboardEvent, useState } from 'react'
import { titleOf } from '../../picture/words.ts'
import { type Found, find } from '../document/find.ts'
import { placedIn } from '../document/placed.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useEditor } from './editor.ts'

/** Finds widgets by name, type and any text of theirs; Enter goes there. */
export function FindDialog({ onClose }: { onClose(): void }) {
  const { document, catalogue, reveal } = useEditor()
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  const found = find(placedIn(document.definition), query, catalogue).slice(0, MOST)
  const go = (place: number) => {
    const id = found[place]?.placed.id
    if (id === undefined) return
    onClose()
    reveal(id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0
    if (step !== 0) event.preventDefault()
    setChosen((before) => Math.min(Math.max(0, before + step), found.length - 1))
  }
  return (
    <Dialog title="Find a widget" onClose={onClose}>
      <form
        className="find"
        onSubmit={(event) => {
          event.preventDefault()
          go(chosen)
        }}
      >
        <input
          className="input"
          type="search"
          aria-label="Find by name, type or text"
          placeholder="Find by name, type or text"
          value={query}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setQuery(event.target.value)
            setChosen(0)
          }}
        />
        <FoundList found={found} chosen={chosen} onGo={go} />
        {found.length === 0 && <p className="faint">No widget has this in its name, type or text.</p>}
      </form>
    </Dialog>
  )
}

interface FoundListProps {
  readonly found: readonly Found[]
  readonly chosen: number
  onGo(place: number): void
}

function FoundList({ found, chosen, onGo }: FoundListProps) {
  const { catalogue } = useEditor()
  return (
    <ul className="found" aria-label="Found">
      {found.map(({ placed, excerpt }, place) => (
        <li key={placed.id}>
          <button
            ref={place === chosen ? bringIntoSight : undefined}
            type="button"
            className={place === chosen ? 'jump chosen' : 'jump'}
            onClick={() => onGo(place)}
          >
            <b>{placed.name}</b>
            <span>{titleOf(catalogue, placed.type)}</span>
            {excerpt !== undefined && <span className="excerpt">{excerpt}</span>}
          </button>
        </li>
      ))}
    </ul>
  )
}

/** The keys lead beyond what the list shows at once. */
function bringIntoSight(chosen: HTMLElement | null): void {
  chosen?.scrollIntoView({ block: 'nearest' })
}

/** More are not looked through; who sees so many types another word. */
const MOST = 50
