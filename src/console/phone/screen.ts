import type { Happening } from '../ask/happening.ts'
import { type Line, lineOf } from './lines.ts'

/** What a phone shows. */
export interface Screen {
  readonly lines: readonly Line[]
  /** The TwiML documents that came, the newest last. */
  readonly documents: readonly string[]
  readonly isInCall: boolean
  /** What the call waits for: keys, speech, voice. */
  readonly takes: readonly string[]
}

/** A phone with which nothing has been done. */
export const BLANK: Screen = { lines: [], documents: [], isInCall: false, takes: [] }

/** What each contact's phone shows, by its address. */
export type Screens = ReadonlyMap<string, Screen>

/** What the phones show after something has happened to one of them; what concerns none is noted on all. */
export function screensAfter(screens: Screens, happening: Happening): Screens {
  const { contact } = happening
  if (typeof contact === 'string')
    return new Map([...screens, [contact, screenAfter(screens.get(contact) ?? BLANK, happening)]])
  return new Map([...screens].map(([address, screen]) => [address, notedOn(screen, happening)]))
}

/** A call of somebody else is told by the one that it is connected with. */
function notedOn(screen: Screen, happening: Happening): Screen {
  if (happening.type === 'call') return screen
  const { lines, documents } = screenAfter(screen, happening)
  return { ...screen, lines, documents }
}

/** What the phone shows after something has happened. */
function screenAfter(screen: Screen, happening: Happening): Screen {
  const line = lineOf(happening)
  const { type, contentType = '', body = '' } = happening
  const isDocument = type === 'answered' && contentType.includes('xml') && body !== ''
  return {
    lines: line ? [...screen.lines, line] : screen.lines,
    documents: isDocument ? [...screen.documents, body].slice(-MOST_DOCUMENTS) : screen.documents,
    isInCall: type === 'call' ? !OVER.has(String(happening.status)) : screen.isInCall,
    takes: takenAfter(screen, happening),
  }
}

const MOST_DOCUMENTS = 20
const OVER: ReadonlySet<string> = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled'])

function takenAfter({ takes }: Screen, happening: Happening): readonly string[] {
  if (happening.type === 'listening') return happening.takes ?? []
  return ANSWERS.has(happening.type) ? [] : takes
}

/** What ends the waiting for an answer. */
const ANSWERS: ReadonlySet<string> = new Set(['spoke', 'talked', 'silence', 'call', 'hung-up', 'asked'])
