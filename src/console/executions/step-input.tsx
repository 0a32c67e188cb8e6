import type { JsonObject } from '../../flow/record.ts'
import type { Input } from '../ask/steps.ts'
import { atMs } from '../parts/time.ts'

/** What came to a step from outside, in a line each; all of it, when that is opened. */
export function StepInput({ input }: { readonly input: readonly Input[] }) {
  if (input.length === 0) return null
  return (
    <section className="inspector-section">
      <h3>Input</h3>
      {input.map(({ event, date, params }) => (
        <details key={`${event} ${date}`}>
          <summary>
            {event}
            {tellingOf(params)} <span className="faint">{atMs(date)}</span>
          </summary>
          <pre className="json">{JSON.stringify(params, null, 2)}</pre>
        </details>
      ))}
    </section>
  )
}

function tellingOf(params: JsonObject): string {
  return TELLING.flatMap((name) => (params[name] ? [`: ${name} ${JSON.stringify(params[name])}`] : [])).join('')
}

/** What of a webhook says what somebody did. */
const TELLING = ['Digits', 'SpeechResult', 'Body', 'MessageStatus', 'DialCallStatus', 'RecordingDuration'] as const
