import { useState } from 'react'
import type { FieldProps } from './field-editor.tsx'
import { FieldFrame } from './field-frame.tsx'

/** A property of any shape as JSON, taken over while it is JSON. */
export function JsonField({ field, value, onChange }: FieldProps) {
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value, null, 2))
  const [isWrong, setWrong] = useState(false)
  const take = (next: string) => {
    setText(next)
    const read = readJson(next)
    setWrong(read === undefined)
    if (read) onChange(read.value)
  }
  return (
    <FieldFrame field={field}>
      <textarea
        className="input mono"
        aria-invalid={isWrong}
        value={text}
        onChange={({ target }) => take(target.value)}
      />
      {isWrong && <span className="help wrong">This is no JSON yet; what it was before is kept.</span>}
    </FieldFrame>
  )
}

function readJson(text: string): { readonly value: unknown } | undefined {
  if (text.trim() === '') return { value: undefined }
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}
