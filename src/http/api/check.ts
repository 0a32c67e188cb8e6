import { setImmediate as breath } from 'node:timers/promises'
import { z } from 'zod'
import { Refusal } from '../../errors.ts'
import { parseFlowText } from '../../flow/file.ts'
import { type Issue, pathIn } from '../../flow/issue.ts'
import { OBJECT } from '../openapi/shapes.ts'
import { ok, type Resource } from '../resource.ts'
import { DEFINITION_LIMIT } from '../studio/definition.ts'
import { type JudgingParts, problemsBeside } from './flow-problems.ts'
import { FLAW } from './shapes.ts'

/** `POST /api/flows/check`: every problem of the definition in the body, as `trunkline validate` tells it. */
export function check(parts: JudgingParts): Resource {
  return {
    path: '/api/flows/check',
    about: {
      POST: {
        summary: 'Tells the problems of a definition',
        json: OBJECT,
        answer: z.object({ problems: z.array(FLAW) }),
      },
    },
    bodyLimit: DEFINITION_LIMIT,
    async POST({ raw }) {
      if (raw === undefined)
        throw new Refusal('invalidRequest', 'no JSON found in the body; a flow definition expected')
      const parsed = parseFlowText(raw)
      await breath()
      const issues = 'issue' in parsed ? [parsed.issue] : await problemsBeside(parsed.json, parts)
      return ok({ problems: issues.map(shown) })
    },
  }
}

function shown({ severity, rule, message, hint, path, offset, widget }: Issue) {
  return {
    severity,
    rule,
    message,
    ...(hint !== undefined && { hint }),
    path: pathIn(path),
    ...(offset !== undefined && { offset }),
    ...(widget !== undefined && { widget }),
  }
}
