import { z } from 'zod'

/** A time as both APIs write it: in ISO 8601, in UTC. */
export const TIME = z.string().describe('ISO 8601, in UTC')

/** What Studio's files hold: any JSON object. */
export const OBJECT = z.record(z.string(), z.unknown())

/** Where a list goes on. */
export const PAGE_QUERY = z.object({
  PageSize: z.string().optional().describe('1 to 1000; 50 when it is left out'),
  PageToken: z.string().optional().describe('As the URLs in meta have it'),
  Page: z.string().optional().describe('Decoration'),
})

/** A page of a list in Twilio's shape. */
export function pageShape(key: string, item: z.ZodType): z.ZodType {
  return z.object({ [key]: z.array(item), meta: META })
}

const META = z
  .object({
    page: z.number(),
    page_size: z.number(),
    key: z.string(),
    first_page_url: z.string(),
    previous_page_url: z.string().nullable(),
    next_page_url: z.string().nullable(),
    url: z.string(),
  })
  .meta({ id: 'Page' })
