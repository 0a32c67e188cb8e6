import { PhoneOff } from 'lucide-react'
import type { Act } from '../ask/phones.ts'
import { OneLineForm } from '../parts/one-line-form.tsx'

interface CallControlsProps {
  /** What the call waits for. */
  readonly takes: readonly string[]
  onAct(act: Act): void
}

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const

/** What can be done in a call: keys, speech as text, a voice for a recording, silence, and the end of it. */
export function CallControls({ takes, onAct }: CallControlsProps) {
  return (
    <div className="phone-controls">
      <Keypad takes={takes} onAct={onAct} />
      <OneLineForm
        label="Say something"
        placeholder="Say something…"
        action="Say"
        isReady={takes.includes('speech')}
        onSend={(text) => onAct({ do: 'say', text })}
      />
      <div className="phone-line">
        {takes.includes('voice') && (
          <button type="button" className="button" onClick={() => onAct({ do: 'talk', seconds: 7 })}>
            Talk for 7 s
          </button>
        )}
        <button
          type="button"
          className="button"
          disabled={takes.length === 0}
          onClick={() => onAct({ do: 'be-silent' })}
        >
          Be silent
        </button>
        <button type="button" className="button wide hang-up" onClick={() => onAct({ do: 'hang-up' })}>
          <PhoneOff size={16} aria-hidden />
          Hang up
        </button>
      </div>
    </div>
  )
}

function Keypad({ takes, onAct }: CallControlsProps) {
  return (
    <div className="keypad">
      {KEYS.map((keys) => (
        <button
          key={keys}
          type="button"
          className="button"
          disabled={!takes.includes('keys')}
          onClick={() => onAct({ do: 'press', keys })}
        >
          {keys}
        </button>
      ))}
    </div>
  )
}
