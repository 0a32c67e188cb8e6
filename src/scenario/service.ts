import { z } from 'zod'
import { form, oneOrMany, words } from './form.ts'

const FAILURES = ['timeout', 'network', 'too-large'] as const

const AnswerForm = form({
  status: z
    .int('a whole number from 100 to 599')
    .min(100, 'a status from 100 on')
    .max(599, 'a status up to 599')
    .optional()
    .meta({ description: 'The status; 200 when it is left out.' }),
  json: z.unknown().optional().meta({ description: 'The body, sent as JSON.' }),
  body: words.optional().meta({ description: 'The body as it is.' }),
  contentType: z.string().optional().meta({ description: 'The content type, where the body does not say it.' }),
  headers: z.record(z.string(), words).optional().meta({ description: 'Headers of the answer.' }),
  fails: z.enum(FAILURES).optional().meta({ description: 'How there is no answer at all.' }),
}).refine((answer) => Object.keys(answer).length === 1 || answer.fails === undefined, 'either an answer or fails')

/** What stands for a service or a function that a flow asks. */
export const Service = form({
  url: z.string().meta({ description: 'The URL; * stands for anything. Without a ? any query fits.' }),
  method: z.enum(['GET', 'POST']).optional().meta({ description: 'GET or POST; both when it is left out.' }),
  answer: oneOrMany(AnswerForm)
    .optional()
    .meta({ description: 'The answer, or several: one after another, the last one for good.' }),
  fails: z.enum(FAILURES).optional().meta({ description: 'How there is no answer at all.' }),
  times: z
    .int('a whole number')
    .min(1, 'a number from 1 on')
    .optional()
    .meta({ description: 'How often it answers; then the next service that fits does.' }),
})
  .refine(({ answer, fails }) => (answer === undefined) !== (fails === undefined), 'answer or fails, one of them')
  .refine(({ answer }) => answer?.length !== 0, 'at least one answer')
  .meta({ id: 'Service', description: 'What stands for a service or a function that the flow asks.' })

export type Service = z.output<typeof Service>
export type ServiceAnswer = z.output<typeof AnswerForm>
