import { z } from 'zod'
import type { Clock } from '../../clock/clock.ts'
import { jsonIn } from '../../engine/json.ts'
import { type Filling, preview } from '../../engine/preview.ts'
import { Refusal } from '../../errors.ts'
import { own } from '../../flow/record.ts'
import type { Store } from '../../store/store.ts'
import { ok, type Resource } from '../resource.ts'
import { DEFINITION_LIMIT } from '../studio/definition.ts'

/** What fills templates. */
export interface PreviewParts extends Pick<Filling, 'liquid'> {
  readonly store: Store
  readonly clock: Clock
}

/** `POST /api/preview`: what a template, or a JSON value with templates in it, becomes with what an execution knows. The execution is left as it is. */
export function previews({ store, clock, liquid }: PreviewParts): Resource {
  return {
    path: '/api/preview',
    about: { POST: { summary: 'What a template becomes', json: ASKED, answer: PREVIEW } },
    bodyLimit: DEFINITION_LIMIT, // a longer template cannot be saved
    async POST({ raw = '' }) {
      const body = jsonIn(raw)
      const template = own(body, 'template')
      if (template === undefined)
        throw new Refusal('invalidRequest', 'template is missing; a text or other JSON expected')
      const sid = textAt(body, 'execution')
      const execution = await store.execution(sid)
      if (!execution) throw new Refusal('notFound', `there is no execution ${JSON.stringify(sid)}`)
      return ok(preview(template, execution, { liquid, now: clock.now() }))
    },
  }
}

function textAt(body: unknown, name: string): string {
  const value = own(body, name)
  if (typeof value === 'string') return value
  throw new Refusal('invalidRequest', `${name} is ${JSON.stringify(value) ?? 'missing'}; a text expected`)
}

const ASKED = z.object({ template: z.unknown(), execution: z.string() })
const PREVIEW = z.object({ value: z.unknown(), problems: z.array(z.unknown()) })
