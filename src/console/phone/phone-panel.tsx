import { X } from 'lucide-react'
import { useState } from 'react'
import type { Act } from '../ask/phones.ts'
import { isChanged } from '../document/document.ts'
import { useEditor } from '../editor/editor.ts'
import { Told } from '../parts/told.tsx'
import { flowHash } from '../route.ts'
import { CallControls } from './call-controls.tsx'
import { ContactSwitch } from './contact-switch.tsx'
import { PhoneScreen } from './phone-screen.tsx'
import { TextControls } from './text-controls.tsx'
import { usePhone } from './use-phone.ts'
import '../styles/phone.css'

interface PhonePanelProps {
  /** The execution that is shown on the canvas. */
  readonly execution: string | undefined
  onFollow(execution: string | undefined): void
  onClose(): void
}

/** A phone beside the canvas, on the draft: it calls and texts the flow by this server's real webhooks. */
export function PhonePanel({ execution, onFollow, onClose }: PhonePanelProps) {
  const { flow, document, save } = useEditor()
  const { screen, error, act, ...contacts } = usePhone(flow.sid, onFollow)
  const [isAloud, setAloud] = useState(false)
  const [refused, setRefused] = useState<unknown>()
  const begin = async (one: Act) => {
    setRefused(undefined)
    try {
      if (isChanged(document)) await save('draft') // what is tried is what is seen
      await act(one)
    } catch (cause) {
      setRefused(cause)
    }
  }
  const trouble = refused ?? error
  return (
    <aside className="side-panel" aria-label="Phone">
      <header className="phone-head">
        <h2>Phone</h2>
        <button type="button" className="button icon quiet" aria-label="Put the phone away" onClick={onClose}>
          <X size={16} />
        </button>
      </header>
      <p className="faint">
        {contacts.shown ? `${contacts.shown} reaches the draft. Nothing leaves this server.` : 'Fetching a phone…'}
      </p>
      <ContactSwitch {...contacts} />
      <section key={contacts.shown} className="phone" aria-label="Phone">
        <PhoneScreen lines={screen.lines} sound={isAloud ? 'on' : 'off'} />
        {screen.isInCall ? (
          <CallControls takes={screen.takes} onAct={act} />
        ) : (
          <TextControls isReady={contacts.shown !== undefined} onAct={begin} />
        )}
      </section>
      {trouble !== undefined && <Told error={trouble} />}
      <label className="check">
        <input type="checkbox" checked={isAloud} onChange={({ target }) => setAloud(target.checked)} />
        <span>Read aloud</span>
      </label>
      {execution !== undefined && <a href={flowHash(flow.sid, 'executions', execution)}>Open the execution</a>}
      <details>
        <summary>TwiML</summary>
        {screen.documents.toReversed().map((xml, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the newest comes first, and none is changed
          <pre key={place} className="json">
            {xml}
          </pre>
        ))}
      </details>
    </aside>
  )
}
