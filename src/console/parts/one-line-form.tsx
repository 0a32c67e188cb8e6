import { type SubmitEvent, useState } from 'react'
import '../styles/one-line-form.css'

interface OneLineFormProps {
  /** What the line is for. */
  readonly label: string
  readonly placeholder: string
  /** What the button says. */
  readonly action: string
  /** Whether it can be sent now, once something is written. */
  readonly isReady?: boolean
  onSend(text: string): void
}

/** A line to write and a button that sends it, after which it is empty again. */
export function OneLineForm({ label, placeholder, action, isReady = true, onSend }: OneLineFormProps) {
  const [text, setText] = useState('')
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    onSend(text)
    setText('')
    event.currentTarget.querySelector('input')?.focus() // the button is off now, and would lose it
  }
  return (
    <form className="one-line-form" onSubmit={send}>
      <input
        className="input"
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <button type="submit" className="button" disabled={!isReady || text.trim() === ''}>
        {action}
      </button>
    </form>
  )
}
