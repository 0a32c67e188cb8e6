import { z } from 'zod'
import { Scenario } from './scenario.ts'

/** The format of scenario files as a JSON Schema, for editors. */
export function scenarioSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(Scenario, { io: 'input', target: 'draft-7' })
  return `${JSON.stringify({ $schema, ...schema }, null, 2)}\n`
}
