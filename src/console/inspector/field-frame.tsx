import type { ReactNode } from 'react'
import type { Field } from '../document/catalogue.ts'

/** What stands around the control of a property: its title, and what helps. */
export function FieldFrame({ field, children }: { readonly field: Field; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is what it is put around
    <label className="field">
      <FieldTitle field={field} />
      {children}
      {field.help && <span className="help">{field.help}</span>}
    </label>
  )
}

/** The title of a property, as Studio has it. */
export function FieldTitle({ field: { title, required } }: { readonly field: Field }) {
  return (
    <span className="label">
      {title}
      {required && <span className="required"> (required)</span>}
    </span>
  )
}
