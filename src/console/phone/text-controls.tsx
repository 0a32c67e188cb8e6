import { Phone } from 'lucide-react'
import type { Act } from '../ask/phones.ts'
import { OneLineForm } from '../parts/one-line-form.tsx'

interface TextControlsProps {
  /** A phone is in the hand. */
  readonly isReady: boolean
  onAct(act: Act): void
}

/** What can be done outside of a call: call, or send a message. */
export function TextControls({ isReady, onAct }: TextControlsProps) {
  return (
    <div className="phone-controls">
      <OneLineForm
        label="Message"
        placeholder="Message…"
        action="Send"
        isReady={isReady}
        onSend={(body) => onAct({ do: 'text', body })}
      />
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
