import type { Plan } from './office.ts'

/** What answering-machine detection is asked for (twiml.md 6.4). */
export interface Detection {
  readonly mode: 'Enable' | 'DetectMessageEnd'
  /** Seconds after which it gives up. */
  readonly timeout: number
}

/** What it finds out about whoever answered, and after how many seconds. */
export function detected({ answeredBy = 'unknown' }: Plan, { mode, timeout }: Detection): Detected {
  switch (answeredBy) {
    case 'human':
      return { answeredBy: 'human', seconds: 2 }
    case 'fax':
      return { answeredBy: 'fax', seconds: 3 }
    case 'unknown':
      return { answeredBy: 'unknown', seconds: timeout }
    case 'machine':
      return mode === 'Enable'
        ? { answeredBy: 'machine_start', seconds: 4 }
        : { answeredBy: 'machine_end_beep', seconds: 12 }
    default:
      return answeredBy satisfies never
  }
}

interface Detected {
  readonly answeredBy: string
  readonly seconds: number
}
