import { UserPlus } from 'lucide-react'
import type { Contacts } from './use-contacts.ts'

/** Says whose phone is shown, and shows that of another contact, or of a new one. */
export function ContactSwitch({ added, shown, show, add }: Contacts) {
  return (
    <fieldset className="contacts">
      <legend className="visually-hidden">Contacts</legend>
      {added.map((contact) => (
        <button
          key={contact}
          type="button"
          className="button"
          aria-pressed={contact === shown}
          onClick={() => show(contact)}
        >
          {contact}
        </button>
      ))}
      {add && (
        <button
          type="button"
          className="button icon quiet"
          aria-label="Add a contact"
          title="Add a contact"
          onClick={add}
        >
          <UserPlus size={16} />
        </button>
      )}
    </fieldset>
  )
}
