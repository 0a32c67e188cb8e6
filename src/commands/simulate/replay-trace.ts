import type { Bundle } from '../../bundle/bundle.ts'
import type { Replayed } from '../../bundle/replay.ts'
import type { FlowEvent } from '../../engine/event.ts'
import type { Paint } from '../paint.ts'
import { Transcript } from './transcript.ts'

/** A walk and the colours it is written in. */
export interface Traced {
  readonly bundle: Bundle
  readonly moves: readonly Replayed[]
  readonly paint: Paint
}

/** A walk as lines: each event, and the steps it led to. */
export function traceOf({ bundle: { execution, events }, moves, paint }: Traced): readonly string[] {
  const lines: string[] = []
  const transcript = new Transcript((line) => void lines.push(line), {
    shown: { trace: true, twiml: false },
    paint,
    startedAt: execution.createdAt,
    own: execution.contact,
  })
  moves.forEach((move, index) => {
    const at = events[index]?.moment.now ?? execution.createdAt
    transcript.addEvent(at, eventText(move.event))
    transcript.addMove(move)
  })
  return lines
}

/** An event with what a person has to do with it. */
function eventText(event: FlowEvent): string {
  const said = 'params' in event ? TOLD.flatMap((name) => toldText(name, event.params[name])) : []
  if (event.type === 'http-responded')
    return `${event.type} ${event.outcome.ok ? event.outcome.status : event.outcome.reason}`
  return [event.type, ...said].join(' ')
}

const TOLD = ['FlowEvent', 'Digits', 'SpeechResult', 'Body', 'CallStatus', 'MessageStatus', 'DialCallStatus'] as const

function toldText(name: string, value: string | undefined): readonly string[] {
  return value ? [`${name}=${JSON.stringify(value)}`] : []
}
