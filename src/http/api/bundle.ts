import { bundleOf, type Circumstances } from '../../bundle/collect.ts'
import type { Store } from '../../store/store.ts'
import { ok, type Resource } from '../resource.ts'
import { executionIn } from './execution.ts'

/** What bundles need. */
export interface BundleParts {
  readonly store: Store
  readonly circumstances: Circumstances
}

/** `GET /api/executions/{Sid}/bundle`: all that is needed to walk it again elsewhere, without secrets. */
export function bundle({ store, circumstances }: BundleParts): Resource {
  return {
    path: '/api/executions/:execution/bundle',
    GET: async (asked) => ok(await bundleOf(await executionIn(asked, store), store, circumstances)),
  }
}
