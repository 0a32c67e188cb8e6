import { useState } from 'react'
import { isObject } from '../../flow/record.ts'
import type { Placed } from '../document/placed.ts'
import { useEditor } from '../editor/editor.ts'
import { LiquidEditor } from './liquid-editor.tsx'

/** All of a widget as JSON, taken over while it is an object. */
export function JsonTab({ placed }: { readonly placed: Placed }) {
  const { run } = useEditor()
  const [text, setText] = useState(() => JSON.stringify(placed.json, null, 2))
  const [problem, setProblem] = useState<string>()
  const apply = () => {
    const json = objectIn(text)
    setProblem(json ? undefined : 'This is not a JSON object.')
    if (json) run({ kind: 'replace-widget', widget: placed.id, json })
  }
  return (
    <div className="json-tab">
      <LiquidEditor
        label="JSON of the widget"
        language="json"
        placed={placed}
        path={[]}
        value={text}
        onChange={setText}
      />
      {problem !== undefined && <p className="help wrong">{problem}</p>}
      <button type="button" className="button" disabled={text === JSON.stringify(placed.json, null, 2)} onClick={apply}>
        Apply
      </button>
    </div>
  )
}

function objectIn(text: string) {
  try {
    const json: unknown = JSON.parse(text)
    return isObject(json) ? json : undefined
  } catch {
    return undefined
  }
}
