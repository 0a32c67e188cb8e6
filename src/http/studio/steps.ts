import { z } from 'zod'
import type { Execution, Step } from '../../engine/execution.ts'
import { contextAfter } from '../../engine/history.ts'
import { isoSeconds } from '../../engine/iso-seconds.ts'
import { PAGE_QUERY, pageShape } from '../openapi/shapes.ts'
import { cut, type Listed, pageOf, windowIn } from '../page.ts'
import { type Asked, notFound, ok, type Resource } from '../resource.ts'
import type { Dialect } from './dialect.ts'
import { executionIn } from './execution.ts'
import { executionUrl } from './execution-resource.ts'
import type { ExecutionParts } from './executions.ts'
import { contextShape, stepShape } from './shapes.ts'

/** `…/Steps`: what an execution walked, newest first. */
export function steps({ store }: ExecutionParts, dialect: Dialect): Resource {
  return {
    path: `${stepsPath(dialect)}`,
    about: {
      GET: { summary: 'Lists steps, newest first', query: PAGE_QUERY, answer: pageShape('steps', stepShape(dialect)) },
    },
    async GET(asked) {
      const execution = await executionIn(asked, store)
      const walked = (await store.steps(execution.sid)).map((step, position) => ({ step, position })).reverse()
      const window = windowIn(asked.query)
      return ok(
        pageOf(asked, {
          key: 'steps',
          items: cut(walked, listed, window),
          window,
          listed,
          show: ({ step }) => stepResource(step, execution, urlsOf(execution, dialect, asked)),
        }),
      )
    },
  }
}

/** `…/Steps/{Sid}`. */
export function step({ store }: ExecutionParts, dialect: Dialect): Resource {
  return {
    path: `${stepsPath(dialect)}/:step`,
    about: { GET: { summary: 'Shows a step', answer: stepShape(dialect) } },
    async GET(asked) {
      const execution = await executionIn(asked, store)
      const { step: found } = await stepIn(asked, await store.steps(execution.sid))
      return ok(stepResource(found, execution, urlsOf(execution, dialect, asked)))
    },
  }
}

/** `…/Steps/{Sid}/Context`: what `{{…}}` saw right after the step. */
export function stepContext({ store }: ExecutionParts, dialect: Dialect): Resource {
  return {
    path: `${stepsPath(dialect)}/:step/Context`,
    about: {
      GET: {
        summary: 'Shows what {{…}} saw after a step',
        answer: contextShape(dialect).extend({ step_sid: z.string() }),
      },
    },
    async GET(asked) {
      const execution = await executionIn(asked, store)
      const walked = await store.steps(execution.sid)
      const { step: found, position } = await stepIn(asked, walked)
      return ok({
        account_sid: execution.accountSid,
        context: contextAfter(execution, walked.slice(0, position + 1)),
        [`${dialect.singular}_sid`]: execution.sid,
        flow_sid: found.flowSid,
        step_sid: found.sid,
        url: `${executionUrl(execution, dialect, asked.base)}/Steps/${found.sid}/Context`,
      })
    },
  }
}

function stepsPath({ version, plural }: Dialect): string {
  return `/${version}/Flows/:flow/${plural}/:execution/Steps`
}

interface Walked {
  readonly step: Step
  /** From 0. */
  readonly position: number
}

function listed({ step: { sid }, position }: Walked): Listed {
  return { sid, at: position }
}

function stepIn(asked: Asked, walked: readonly Step[]): Walked {
  const position = walked.findIndex(({ sid }) => sid === asked.ids.step)
  const found = walked[position]
  if (!found) throw notFound(asked)
  return { step: found, position }
}

interface Urls {
  readonly executionKey: string
  readonly steps: string
}

function urlsOf(execution: Execution, dialect: Dialect, { base }: Asked): Urls {
  return { executionKey: `${dialect.singular}_sid`, steps: `${executionUrl(execution, dialect, base)}/Steps` }
}

function stepResource(step: Step, { accountSid, sid }: Execution, { executionKey, steps: url }: Urls) {
  return {
    sid: step.sid,
    account_sid: accountSid,
    flow_sid: step.flowSid,
    [executionKey]: sid,
    parent_step_sid: step.parentStep ?? null,
    name: step.name,
    context: {}, // the real one is a resource of its own
    transitioned_from: step.from,
    transitioned_to: step.to,
    type: step.type,
    date_created: isoSeconds(step.date),
    date_updated: null,
    url: `${url}/${step.sid}`,
    links: { step_context: `${url}/${step.sid}/Context` },
  }
}
