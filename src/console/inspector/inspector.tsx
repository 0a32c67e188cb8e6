import { useState } from 'react'
import { titleOf } from '../../picture/words.ts'
import { iconOf, toneOf } from '../canvas/tones.ts'
import type { Placed } from '../document/placed.ts'
import type { Problem } from '../document/problem.ts'
import { useEditor } from '../editor/editor.ts'
import { widgetOf } from '../editor/problem.ts'
import { ConfigTab } from './config-tab.tsx'
import { JsonTab } from './json-tab.tsx'
import { TransitionsTab } from './transitions-tab.tsx'

/** Everything of the selected widget, to be changed: Studio's Inspector Panel. */
export function Inspector({ placed }: { readonly placed: Placed }) {
  const { catalogue } = useEditor()
  const known = catalogue.get(placed.type)
  const [tab, setTab] = useState<Tab>(known ? 'Config' : 'JSON')
  const Icon = iconOf(catalogue, placed.type)
  return (
    <>
      <header className={`inspector-head ${toneOf(catalogue, placed.type)}`}>
        <Icon size={18} aria-hidden />
        <h2>{titleOf(catalogue, placed.type)}</h2>
      </header>
      {known && <p className="faint">{known.summary}</p>}
      <WidgetProblems placed={placed} />
      <div className="tabs" role="tablist" aria-label="Inspector">
        {TABS.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`tab-${one}`}
            aria-selected={tab === one}
            aria-controls="inspector-tab"
            onClick={() => setTab(one)}
          >
            {one}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="inspector-tab" className="tab-panel" aria-labelledby={`tab-${tab}`}>
        {tab === 'Config' && <ConfigTab placed={placed} />}
        {tab === 'Transitions' && <TransitionsTab placed={placed} />}
        {tab === 'JSON' && <JsonTab placed={placed} />}
      </div>
    </>
  )
}

const TABS = ['Config', 'Transitions', 'JSON'] as const
type Tab = (typeof TABS)[number]

function WidgetProblems({ placed }: { readonly placed: Placed }) {
  const { problems } = useEditor()
  const own = problems.filter((problem) => widgetOf(problem, [placed]) === placed.id)
  return own.map((problem) => (
    <p key={JSON.stringify([problem.path, problem.message])} className={`notice ${TONES[problem.severity]}`}>
      {problem.message}
      {problem.hint && <span className="hint">{problem.hint}</span>}
    </p>
  ))
}

const TONES: Record<Problem['severity'], string> = { error: 'wrong', warning: 'warn' }
