import type { FastifyInstance } from 'fastify'
import type { Credentials } from '../../signature/basic-auth.ts'
import { requireAccess } from '../access.ts'
import { failAsJson } from '../fail.ts'
import { DIALECTS } from './dialect.ts'
import { execution, executionContext } from './execution.ts'
import { type ExecutionParts, executions } from './executions.ts'
import { type FlowParts, flow, flows, olderFlow, olderFlows } from './flows.ts'
import { mount, type Resource } from './resource.ts'
import { revision, revisions } from './revisions.ts'
import { step, stepContext, steps } from './steps.ts'
import { testUsers } from './test-users.ts'
import { validateFlow } from './validate-flow.ts'

/** What Studio's REST API needs. */
export interface StudioParts extends ExecutionParts, FlowParts {
  readonly credentials: readonly Credentials[]
  /** Base of every URL given out; undefined: as the request says. */
  readonly publicUrl: string | undefined
}

/** Studio's REST API, both versions of it: behind credentials, its errors in JSON whatever was posted (engine.md 8 and 9). */
export function studioApi(server: FastifyInstance, parts: StudioParts): void {
  server.register(async (api) => {
    api.addHook('onRequest', requireAccess(parts.credentials))
    api.setErrorHandler(failAsJson)
    for (const resource of resources(parts)) mount(api, resource, parts.publicUrl)
  })
}

function resources(parts: StudioParts): readonly Resource[] {
  return [
    validateFlow(parts),
    flows(parts),
    flow(parts),
    revisions(parts),
    revision(parts),
    testUsers(parts),
    olderFlows(parts),
    olderFlow(parts),
    ...DIALECTS.flatMap((dialect) => [
      executions(parts, dialect),
      execution(parts, dialect),
      executionContext(parts, dialect),
      steps(parts, dialect),
      step(parts, dialect),
      stepContext(parts, dialect),
    ]),
  ]
}
