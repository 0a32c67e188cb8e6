import { Phone } from 'lucide-react'
import { type SubmitEvent, useState } from 'react'
import type { Act } from '../ask/phones.ts'

interface TextControlsProps {
  /** A phone is in the hand. */
  readonly isReady: boolean
  onAct(act: Act): void
}

/** What can be done outside of a call: call, or send a message. */
export function TextControls({ isReady, onAct }: TextControlsProps) {
  const [body, setBody] = useState('')
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    onAct({ do: 'text', body })
    setBody('')
  }
  return (
    <div className="phone-controls">
      <form className="phone-line" onSubmit={send}>
        <input
          className="input"
          aria-label="Message"
          placeholder="Message…"
          value={body}
          onChange={({ target }) => setBody(target.value)}
        />
        <button type="submit" className="button" disabled={!isReady || body === ''}>
          Send
        </button>
      </form>
      <div className="phone-line">
        <button type="button" className="button" disabled={!isReady} onClick={() => onAct({ do: 'be-silent' })}>
          No reply
        </button>
        <button type="button" className="button primary wide" disabled={!isReady} onClick={() => onAct({ do: 'call' })}>
          <Phone size={16} aria-hidden />
          Call
        </button>
      </div>
    </div>
  )
}
