import { z } from 'zod'
import { form } from './form.ts'

/** Things that are wanted one after another. */
export interface Series<Item> {
  /** `in-order`: others may lie between them. `only`: nothing else. */
  readonly kind: 'in-order' | 'only'
  readonly items: readonly Item[]
}

/** One thing, a list of them in their order, or `only:` these. An empty list wants nothing at all. */
export function series<Schema extends z.ZodType>(item: Schema) {
  type Item = z.output<Schema>
  const only = form({ only: z.array(item).meta({ description: 'These in this order, and nothing else.' }) })
  return z.union([
    item.transform((one): Series<Item> => ({ kind: 'in-order', items: [one] })),
    z.array(item).transform((items): Series<Item> => ({ kind: items.length > 0 ? 'in-order' : 'only', items })),
    only.transform(({ only: items }): Series<Item> => ({ kind: 'only', items: items as Item[] })), // as its schema made them
  ])
}
