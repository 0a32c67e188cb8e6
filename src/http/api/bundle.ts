import { bundleOf, type Circumstances } from '../../bundle/collect.ts'
import type { FlowLibrary } from '../../runtime/flows.ts'
import type { Store } from '../../store/store.ts'
import { OBJECT } from '../openapi/shapes.ts'
import { ok, type Resource } from '../resource.ts'
import { executionIn } from './execution.ts'

/** What bundles need. */
export interface BundleParts {
  readonly store: Store
  readonly flows: FlowLibrary
  readonly circumstances: Circumstances
}

/** `GET /api/executions/{Sid}/bundle`: all that is needed to walk it again elsewhere, without secrets. */
export function bundle({ store, flows, circumstances }: BundleParts): Resource {
  return {
    path: '/api/executions/:execution/bundle',
    about: { GET: { summary: 'An execution as one file, without secrets', answer: OBJECT } },
    async GET(asked) {
      const execution = await executionIn(asked, store)
      return ok(await bundleOf(execution, store, { ...circumstances, flows: await flows.around(execution) }))
    },
  }
}
