import { X } from 'lucide-react'
import { placedIn } from '../document/placed.ts'
import type { Problem } from '../document/problem.ts'
import { useEditor } from './editor.ts'
import { openEnds, widgetOf } from './problem.ts'

/** Everything that is wrong, and every open end; a click goes there. */
export function ProblemList({ onClose }: { onClose(): void }) {
  const { problems, document, catalogue } = useEditor()
  const all = placedIn(document.definition)
  const of = (wanted: Problem['severity']) => problems.filter(({ severity }) => severity === wanted)
  const ends = openEnds(all, catalogue)
  return (
    <section className="problem-list" aria-label="Problems">
      <header>
        <h2>Problems</h2>
        <button type="button" className="button icon quiet" aria-label="Close" onClick={onClose}>
          <X size={16} />
        </button>
      </header>
      <div className="problem-list-body">
        {problems.length + ends.length === 0 && <p className="faint">Nothing is wrong, and no exit is open.</p>}
        <Problems title="Errors" problems={of('error')} />
        <Problems title="Warnings" problems={of('warning')} />
        {ends.length > 0 && (
          <>
            <h3>Open ends</h3>
            <p className="faint">The execution ends there.</p>
            <ul>
              {ends.map(({ widget, name, exits }) => (
                <li key={widget}>
                  <Jump to={widget} name={name} text={exits.join(', ')} />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  )
}

function Problems({ title, problems }: { readonly title: string; readonly problems: readonly Problem[] }) {
  const { document } = useEditor()
  const all = placedIn(document.definition)
  if (problems.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {problems.map((problem) => {
          const id = widgetOf(problem, all)
          const text = problem.hint ? `${problem.message} (${problem.hint})` : problem.message
          return (
            <li key={JSON.stringify([problem.path, problem.rule, problem.message])}>
              {id === undefined ? text : <Jump to={id} name={problem.widget ?? id} text={text} />}
            </li>
          )
        })}
      </ul>
    </>
  )
}

interface JumpProps {
  readonly to: string
  readonly name: string
  readonly text: string
}

function Jump({ to, name, text }: JumpProps) {
  const { reveal } = useEditor()
  return (
    <button type="button" className="jump" onClick={() => reveal(to)}>
      <b>{name}</b>
      <span>{text}</span>
    </button>
  )
}
