import { z } from 'zod'
import { contextOf, type Execution } from '../../engine/execution.ts'
import { Refusal } from '../../errors.ts'
import type { Store } from '../../store/store.ts'
import { required } from '../parameters.ts'
import { type Asked, notFound, ok, type Resource } from '../resource.ts'
import type { Dialect } from './dialect.ts'
import { executionResource, executionUrl } from './execution-resource.ts'
import type { ExecutionParts } from './executions.ts'
import { contextShape, executionShape } from './shapes.ts'

/** `…/Executions/{Sid}`: shows one, ends it, deletes it. Version 1 ends none under its older name. */
export function execution(parts: ExecutionParts, dialect: Dialect): Resource {
  const shape = executionShape(dialect)
  return {
    path: `/${dialect.version}/Flows/:flow/${dialect.plural}/:execution`,
    about: {
      GET: { summary: 'Shows an execution', answer: shape },
      ...(dialect.plural === 'Executions' && { POST: { summary: 'Ends an execution', form: END, answer: shape } }),
      DELETE: { summary: 'Removes an execution', status: 204 },
    },
    GET: async (asked) => ok(executionResource(await executionIn(asked, parts.store), dialect, asked.base)),
    ...(dialect.plural === 'Executions' && {
      async POST(asked: Asked) {
        demandEnd(required(asked.form, 'Status'))
        const found = await executionIn(asked, parts.store)
        const ended = (await parts.runtime.stop(found.sid)) ?? found
        return ok(executionResource(ended, dialect, asked.base))
      },
    }),
    async DELETE(asked) {
      const { sid } = await executionIn(asked, parts.store)
      await parts.runtime.remove(sid)
      return { status: 204 }
    },
  }
}

const END = z.object({ Status: z.literal('ended') })

/** `…/Executions/{Sid}/Context`: what `{{…}}` sees now, or saw at the end (engine.md 2.4). */
export function executionContext(parts: ExecutionParts, dialect: Dialect): Resource {
  return {
    path: `/${dialect.version}/Flows/:flow/${dialect.plural}/:execution/Context`,
    about: { GET: { summary: 'Shows what {{…}} sees', answer: contextShape(dialect) } },
    async GET(asked) {
      const found = await executionIn(asked, parts.store)
      return ok({
        account_sid: found.accountSid,
        context: contextOf(found),
        flow_sid: found.flowSid,
        [`${dialect.singular}_sid`]: found.sid,
        url: `${executionUrl(found, dialect, asked.base)}/Context`,
      })
    },
  }
}

/** The execution that a path names; throws a `Refusal`. */
export async function executionIn(asked: Asked, store: Store): Promise<Execution> {
  const { flow, execution: sid = '' } = asked.ids
  const found = await store.execution(sid)
  if (found?.flowSid !== flow || !found) throw notFound(asked)
  return found
}

function demandEnd(status: string): void {
  if (status !== 'ended') throw new Refusal('invalidRequest', `Status is ${JSON.stringify(status)}; expected ended`)
}
