import { rebuildVisit } from '../../bundle/rebuild.ts'
import { recordedOf } from '../../bundle/recorded.ts'
import { Unplayable } from '../../bundle/replay.ts'
import { reported } from '../../bundle/report.ts'
import { withoutSecrets } from '../../bundle/secrets.ts'
import type { Execution } from '../../engine/execution.ts'
import { notFound, ok, type Resource } from '../resource.ts'
import type { BundleParts } from './bundle.ts'
import { executionIn } from './execution.ts'
import { VISIT } from './shapes.ts'

/** `GET /api/executions/{Sid}/steps/{Sid}`: what the widget was given, heard and asked for: nothing of it is kept, the walk is made again. Without secrets. */
export function step(parts: BundleParts): Resource {
  return {
    path: '/api/executions/:execution/steps/:step',
    about: { GET: { summary: 'What a step was given, heard and asked for', answer: VISIT } },
    async GET(asked) {
      const execution = await executionIn(asked, parts.store)
      const found = await visitOf(execution, asked.ids.step ?? '', parts)
      if (!found) throw notFound(asked)
      return ok(found)
    },
  }
}

async function visitOf(execution: Execution, sid: string, { store, flows, circumstances }: BundleParts) {
  try {
    const visit = await rebuildVisit(await recordedOf(execution, store), await flows.around(execution), sid)
    return visit && withoutSecrets(reported(visit), circumstances.secrets)
  } catch (error) {
    if (error instanceof Unplayable) return { step_sid: sid, missing: error.message }
    throw error
  }
}
