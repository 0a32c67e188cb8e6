import { z } from 'zod'
import type { Execution, Step } from '../engine/execution.ts'
import type { LoggedWarning } from '../engine/record.ts'
import { event } from './event.ts'
import { trusted } from './trusted.ts'

const whole = z.int().nonnegative()

const frame = z.looseObject({ flowSid: z.string(), revision: whole, at: z.string(), step: z.string() })
const execution = z.looseObject({
  sid: z.string(),
  accountSid: z.string(),
  flowSid: z.string(),
  status: z.enum(['active', 'ended']),
  frames: z.array(frame).min(1),
  version: whole,
})
const step = z.looseObject({ sid: z.string(), flowSid: z.string(), name: z.string(), from: z.string(), to: z.string() })
const warning = z.looseObject({ code: whole, message: z.string(), widget: z.string() })

/** An execution as one file for bug reports: the flows it walked, what moved it, and where that led. */
export const Bundle = z.object({
  format: z.literal('trunkline-bundle'),
  version: z.literal(1),
  /** How templates were filled. */
  template: z.object({ timezone: z.string(), turns: whole, outputLength: whole }),
  /** Every revision it can walk: its own, and those its subflows are pinned to. */
  flows: z
    .array(
      z.object({
        flowSid: z.string(),
        revision: whole,
        status: z.enum(['draft', 'published']),
        definition: z.unknown(),
        createdAt: z.number(),
      }),
    )
    .min(1),
  execution: trusted<Execution>(execution),
  steps: z.array(trusted<Step>(step)),
  warnings: z.array(trusted<LoggedWarning>(warning)),
  /** One for each move, from the first on. */
  events: z.array(
    z.object({
      event,
      moment: z.object({ now: z.number(), entropy: z.string(), webhookUrl: z.string() }),
      performed: z.object({ begun: z.number(), attempts: whole.optional() }).optional(),
    }),
  ),
  /** What each widget was given, heard and asked for, to be read; a walk makes it anew. */
  visits: z.array(z.looseObject({ step_sid: z.string() })).optional(),
  /** Why there are none, or not all. */
  visits_missing: z.string().optional(),
})

export type Bundle = z.output<typeof Bundle>
