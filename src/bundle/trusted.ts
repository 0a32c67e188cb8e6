import { z } from 'zod'

/** What is taken for the engine's own once it has this shape: as much of it is looked at as a walk could stumble over. */
export function trusted<T>(shape: z.ZodType): z.ZodType<T> {
  return z.custom<T>((value) => shape.safeParse(value).success)
}
