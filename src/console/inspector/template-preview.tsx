import { useCallback, useState } from 'react'
import { isObject } from '../../flow/record.ts'
import { executionsOf, type ListedExecution } from '../ask/executions.ts'
import { useEditor } from '../editor/editor.ts'
import { ago } from '../parts/time.ts'
import { Told } from '../parts/told.tsx'
import { useAsked } from '../parts/use-asked.ts'
import { usePreview } from './use-preview.ts'

interface PreviewProps {
  /** The title of the field. */
  readonly title: string
  /** A text, or JSON with texts in it. */
  readonly template: unknown
}

/** What a property becomes with an execution of the flow, for whoever opens it; nothing for one without templates. */
export function TemplatePreview({ title, template }: PreviewProps) {
  const [isOpen, setOpen] = useState(false)
  if (!hasTemplate(template)) return null
  return (
    <details className="preview" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Preview</summary>
      {isOpen && <PreviewWithOne title={title} template={template} />}
    </details>
  )
}

function PreviewWithOne({ title, template }: PreviewProps) {
  const { flow } = useEditor()
  const { answer: executions, error } = useAsked(
    useCallback(() => executionsOf({ flow: flow.sid, status: '', contact: '' }), [flow.sid]),
  )
  const [chosen, setChosen] = useState<string>()
  const execution = chosen ?? executions?.[0]?.sid
  const preview = usePreview(template, execution)
  if (error !== undefined) return <Told error={error} />
  if (executions?.length === 0) return <p className="help">There is no execution yet. Try the flow with the phone.</p>
  return (
    <>
      <select
        className="input"
        aria-label={`${title}: preview with`}
        value={execution ?? ''}
        onChange={({ target }) => setChosen(target.value)}
      >
        {executions?.slice(0, MOST).map((one) => (
          <option key={one.sid} value={one.sid}>
            {nameOf(one)}
          </option>
        ))}
      </select>
      <output className="preview-text">{preview && shownFilled(preview.value)}</output>
      {preview?.problems.map((problem) => (
        <span key={problem} className="help wrong">
          {problem}
        </span>
      ))}
    </>
  )
}

const MOST = 20

function nameOf({ contact, widget, date_created }: ListedExecution): string {
  return `${contact}, ${ago(date_created, Date.now())}, at ${widget ?? 'its end'}`
}

function hasTemplate(value: unknown): boolean {
  if (typeof value === 'string') return /\{[{%]/.test(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(hasTemplate)
}

/** Pairs a line each; anything else that is no text as JSON. */
function shownFilled(value: unknown): string {
  if (typeof value === 'string') return value
  const isPairs = Array.isArray(value) && value.every((one) => isObject(one) && 'key' in one && 'value' in one)
  if (!isPairs) return JSON.stringify(value, null, 2)
  return value.map(({ key, value: filled }) => `${key} = ${filled}`).join('\n')
}
