import { z } from 'zod'
import { secondsIn } from '../clock/duration.ts'

const WRITTEN = 'a duration such as 90s, 5m, 2h or 1d'

/** A duration in seconds, written as `90s`, `5m`, `2h`, `1d` or a number of seconds. */
export const duration = z
  .union([z.number(), z.string()], { error: () => WRITTEN })
  .refine((value) => secondsIn(String(value)) !== undefined, WRITTEN)
  .transform((value) => secondsIn(String(value)) ?? 0)
  .meta({ description: 'A duration: 90s, 5m, 2h, 1d, or a number of seconds.' })
