import type { Happening } from '../ask/happening.ts'

/** A line on the screen of the phone: what the flow says or writes, what the person does, or what is noted beside. */
export interface Line {
  readonly by: 'flow' | 'person' | 'note' | 'wrong'
  readonly text: string
  /** Spoken, and so may be read aloud. */
  readonly isSpoken: boolean
}

/** What of a happening is shown to whoever holds the phone; nothing of most. */
export function lineOf(happening: Happening): Line | undefined {
  const { type, text = '', url = '', keys = '', seconds = 0, body = '', media = [], target = '' } = happening
  switch (type) {
    case 'said':
      return { by: 'flow', text, isSpoken: true }
    case 'played':
      return note('flow', `(plays ${fileOf(url)})`)
    case 'toned':
      return note('flow', `(${happening.digits ?? 'tone'})`)
    case 'pressed':
      return note('person', keys)
    case 'spoke':
      return note('person', text)
    case 'talked':
      return note('person', `(talks for ${seconds} s)`)
    case 'silence':
      return note('note', 'No answer')
    case 'message':
      return note(happening.direction === 'inbound' ? 'person' : 'flow', [body, ...media].filter(Boolean).join('\n'))
    case 'call':
      return callLine(String(happening.status ?? ''))
    case 'dialled':
      return note('note', `Calls ${target}`)
    case 'connected':
      return note('note', `Connected with ${target}`)
    case 'recorded':
      return note('note', `Recorded ${seconds} s`)
    case 'noted':
      return note('note', text)
    case 'problem':
      return note('wrong', happening.problem?.message ?? 'Something went wrong')
    default:
      return undefined
  }
}

function callLine(status: string): Line | undefined {
  if (status === 'in-progress') return note('note', 'Call begins')
  if (status === 'completed') return note('note', 'Call ended')
  return ['busy', 'failed', 'no-answer', 'canceled'].includes(status) ? note('note', `Call: ${status}`) : undefined
}

function note(by: Line['by'], text: string): Line {
  return { by, text, isSpoken: false }
}

function fileOf(url: string): string {
  return url.split('/').at(-1)?.split('?')[0] || url
}
