import { X } from 'lucide-react'
import { useCallback, useState } from 'react'
import { setTestUsers, testUsersOf } from '../ask/test-users.ts'
import { OneLineForm } from '../parts/one-line-form.tsx'
import { Told } from '../parts/told.tsx'
import { useAsked } from '../parts/use-asked.ts'

/** The contacts who walk the draft of a flow; a change counts at once. */
export function TestUsers({ flow }: { readonly flow: string }) {
  const { answer: contacts, error } = useAsked(useCallback(() => testUsersOf(flow), [flow]))
  return (
    <section className="field" aria-label="Test users">
      <span className="label">Test users</span>
      <span className="help">They walk the newest revision, published or not.</span>
      {contacts && <Contacts flow={flow} known={contacts} />}
      {error !== undefined && <Told error={error} />}
    </section>
  )
}

interface ContactsProps {
  readonly flow: string
  /** Those that there are at first. */
  readonly known: readonly string[]
}

function Contacts({ flow, known }: ContactsProps) {
  const [contacts, setContacts] = useState(known)
  const [refused, setRefused] = useState<unknown>()
  const keep = (next: readonly string[]) => {
    setRefused(undefined)
    setContacts(next) // at once: the next change is made to these
    setTestUsers(flow, next).catch((error: unknown) => {
      setRefused(error)
      setContacts(contacts)
    })
  }
  return (
    <>
      <ul className="test-users">
        {contacts.map((contact) => (
          <li key={contact} className="test-user">
            <span className="mono">{contact}</span>
            <button
              type="button"
              className="button icon quiet"
              aria-label={`Remove ${contact}`}
              onClick={() => keep(contacts.filter((one) => one !== contact))}
            >
              <X size={16} />
            </button>
          </li>
        ))}
      </ul>
      <OneLineForm
        label="New test user"
        placeholder="+15550100200"
        action="Add"
        onSend={(contact) => keep([...new Set([...contacts, contact.trim()])])}
      />
      {refused !== undefined && <Told error={refused} />}
    </>
  )
}
