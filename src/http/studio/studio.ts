import type { FastifyInstance } from 'fastify'
import { type ApiAccess, behindCredentials } from '../access.ts'
import { mount, type Resource } from '../resource.ts'
import { DIALECTS } from './dialect.ts'
import { execution, executionContext } from './execution.ts'
import { type ExecutionParts, executions } from './executions.ts'
import { type FlowParts, flow, flows, olderFlow, olderFlows } from './flows.ts'
import { revision, revisions } from './revisions.ts'
import { step, stepContext, steps } from './steps.ts'
import { testUsers } from './test-users.ts'
import { validateFlow } from './validate-flow.ts'

/** What Studio's REST API needs. */
export interface StudioParts extends ExecutionParts, FlowParts, ApiAccess {}

/** Studio's REST API, both versions of it: behind credentials, its errors in JSON whatever was posted (engine.md 8 and 9). */
export function studioApi(server: FastifyInstance, parts: StudioParts): void {
  behindCredentials(server, parts, (api) => {
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
