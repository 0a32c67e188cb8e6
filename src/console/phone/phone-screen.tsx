import { useEffect, useRef } from 'react'
import type { Line } from './lines.ts'
import { useReadAloud } from './use-read-aloud.ts'

interface ScreenProps {
  readonly lines: readonly Line[]
  /** Whether what is said from now on is read aloud. */
  readonly sound: 'on' | 'off'
}

/** What was said and written, the newest in sight. */
export function PhoneScreen({ lines, sound }: ScreenProps) {
  useReadAloud(lines, sound)
  const end = useRef<HTMLLIElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new line is what there is to scroll to
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' })
  }, [lines])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <ul className="phone-screen" aria-label="Conversation" aria-live="polite" tabIndex={0}>
      {lines.length === 0 && <li className="note">Call the flow, or text it.</li>}
      {lines.map(({ by, text }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added
        <li key={place} className={by}>
          {text}
        </li>
      ))}
      <li ref={end} className="end" aria-hidden />
    </ul>
  )
}
