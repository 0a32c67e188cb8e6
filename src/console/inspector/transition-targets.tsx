import { type Exit, exitsOf } from '../../picture/exits.ts'
import { placeOfKey } from '../document/commands.ts'
import { type Placed, placedIn } from '../document/placed.ts'
import { useEditor } from '../editor/editor.ts'

/** Where each exit leads, to be chosen: the way to connect without a mouse. */
export function TransitionTargets({ placed }: { readonly placed: Placed }) {
  const { catalogue } = useEditor()
  return exitsOf(placed, catalogue).map((exit) => (
    <TargetField key={exit.key} placed={placed} exit={exit} label={exit.title} />
  ))
}

interface TargetFieldProps {
  readonly placed: Placed
  readonly exit: Exit
  readonly label: string
}

/** The widget that an exit leads to. */
export function TargetField({ placed, exit: { key, next = '' }, label }: TargetFieldProps) {
  const { document, run } = useEditor()
  const names = placedIn(document.definition)
    .filter(({ type }) => type !== 'trigger')
    .map(({ name }) => name)
  const connect = (to: string) =>
    run({ kind: 'connect', widget: placed.id, exit: placeOfKey(key), to: to === '' ? undefined : to })
  return (
    <label className="target">
      <span>{label}</span>
      <select className="input" value={next} onChange={({ target }) => connect(target.value)}>
        <option value="">The flow ends</option>
        {!names.includes(next) && next !== '' && <option value={next}>{next} (missing)</option>}
        {[...new Set(names)].map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
