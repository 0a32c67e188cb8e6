import { Check, Copy } from 'lucide-react'
import { useState } from 'react'

/** A text that is there to be pasted elsewhere, with a button that copies it. */
export function CopyText({ text, what }: { readonly text: string; readonly what: string }) {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), SHOWN_FOR_MS)
  }
  return (
    <span className="copy-text">
      <code title={text}>{text}</code>
      <button
        type="button"
        className="button icon quiet"
        aria-label={`Copy ${what}`}
        title={`Copy ${what}`}
        onClick={copy}
      >
        {isCopied ? <Check size={16} /> : <Copy size={16} />}
      </button>
    </span>
  )
}

const SHOWN_FOR_MS = 1500
