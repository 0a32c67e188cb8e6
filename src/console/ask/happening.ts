import * as z from 'zod/mini'

/** What a phone is told, as it comes. */
export const Happening = z.object({
  type: z.string(),
  /** Whose phone it concerns; null: none of them. */
  contact: z.optional(z.nullable(z.string())),
  text: z.optional(z.string()),
  url: z.optional(z.string()),
  keys: z.optional(z.string()),
  digits: z.optional(z.string()),
  seconds: z.optional(z.number()),
  status: z.optional(z.union([z.string(), z.number()])),
  direction: z.optional(z.string()),
  body: z.optional(z.string()),
  media: z.optional(z.array(z.string())),
  target: z.optional(z.string()),
  verb: z.optional(z.string()),
  takes: z.optional(z.array(z.string())),
  contentType: z.optional(z.string()),
  problem: z.optional(z.object({ message: z.string() })),
})

/** Something that happened in the phone's network. */
export type Happening = z.infer<typeof Happening>
