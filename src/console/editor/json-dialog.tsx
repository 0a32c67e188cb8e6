import { Download } from 'lucide-react'
import { useState } from 'react'
import { editable, flowIn } from '../document/import.ts'
import { CodeEditor } from '../inspector/code-editor.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { useEditor } from './editor.ts'

/** The flow's JSON: to be copied out, or pasted over. */
export function JsonDialog({ onClose }: { onClose(): void }) {
  const { exported, flow, run } = useEditor()
  const [shown] = useState(() => JSON.stringify(exported, null, 2))
  const [text, setText] = useState(shown)
  const read = flowIn(text)
  const apply = () => {
    if ('problem' in read) return
    run({ kind: 'replace', definition: editable(read.definition) })
    onClose()
  }
  return (
    <Dialog title="Flow Definition" size="wide" onClose={onClose}>
      <form method="dialog">
        <h2>Flow Definition</h2>
        <CodeEditor label="Flow Definition" language="json" value={text} onChange={setText} />
        {'problem' in read && <p className="help wrong">{read.problem}</p>}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={() => download(`${flow.friendly_name}.json`, shown)}>
            <Download size={16} aria-hidden />
            Download
          </button>
          <button type="submit" className="button">
            Close
          </button>
          <button
            type="button"
            className="button primary"
            disabled={text === shown || 'problem' in read}
            onClick={apply}
          >
            Apply
          </button>
        </div>
      </form>
    </Dialog>
  )
}

function download(name: string, text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
