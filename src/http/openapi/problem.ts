import { z } from 'zod'

/** An error as every part of the server answers it, in Twilio's shape. */
export const PROBLEM = z
  .object({
    code: z.number().describe('Of Twilio’s error dictionary'),
    message: z.string(),
    more_info: z.string(),
    status: z.number(),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Problem' })
