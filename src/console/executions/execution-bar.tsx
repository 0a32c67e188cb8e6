import { ChevronLeft, ChevronRight, Download } from 'lucide-react'
import { bundlePath, type Execution, endExecution } from '../ask/executions.ts'
import { useEditor } from '../editor/editor.ts'

interface ExecutionBarProps {
  readonly execution: Execution
  readonly number: number
  readonly last: number
  onGo(step: number): void
  onEnd(): void
}

/** Which execution this is, and which of its steps is looked at. */
export function ExecutionBar({ execution, number, last, onGo, onEnd }: ExecutionBarProps) {
  const { tell } = useEditor()
  const { sid, contact, status } = execution
  return (
    <div className="execution-bar">
      <b>{contact}</b>
      <span className={`badge ${status === 'active' ? 'good' : ''}`}>{status}</span>
      <button
        type="button"
        className="button icon"
        aria-label="Step before"
        disabled={number <= 1}
        onClick={() => onGo(number - 1)}
      >
        <ChevronLeft size={16} />
      </button>
      <span aria-live="polite">
        step {number} of {last}
      </span>
      <button
        type="button"
        className="button icon"
        aria-label="Next step"
        disabled={number >= last}
        onClick={() => onGo(number + 1)}
      >
        <ChevronRight size={16} />
      </button>
      <a className="button icon" href={bundlePath(sid)} download={`${sid}.json`} aria-label="Download as a bundle">
        <Download size={16} />
      </a>
      {status === 'active' && (
        <button type="button" className="button danger" onClick={() => endExecution(execution).then(onEnd, tell)}>
          End it
        </button>
      )}
    </div>
  )
}
