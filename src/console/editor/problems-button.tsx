import { CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react'
import { placedIn } from '../document/placed.ts'
import { counted } from '../parts/time.ts'
import { type Editor, useEditor } from './editor.ts'
import { useOverlay } from './overlay.ts'
import { openEnds } from './problem.ts'

/** How many problems there are, or open ends where there is no problem; opens the list of them. */
export function ProblemsButton() {
  const { shown, show } = useOverlay()
  const { text, tone, Icon } = standingOf(useEditor())
  const isShown = shown === 'problems'
  return (
    <button
      type="button"
      className={`button ${tone}`}
      aria-expanded={isShown}
      onClick={() => show(isShown ? undefined : 'problems')}
    >
      <Icon size={16} aria-hidden />
      {text}
    </button>
  )
}

function standingOf({ problems, document, catalogue }: Editor) {
  const hasErrors = problems.some(({ severity }) => severity === 'error')
  if (problems.length > 0) {
    const tone = hasErrors ? 'wrong' : 'warn'
    return { text: counted(problems.length, 'problem'), tone, Icon: TriangleAlert }
  }
  const ends = openEnds(placedIn(document.definition), catalogue).flatMap(({ exits }) => exits).length
  if (ends > 0) return { text: counted(ends, 'open end'), tone: '', Icon: CircleDashed }
  return { text: 'No problems', tone: '', Icon: CircleCheck }
}
