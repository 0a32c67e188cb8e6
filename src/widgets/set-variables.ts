import { z } from 'zod'
import { typedPairs } from '../engine/typed-pairs.ts'
import { defineWidget, exit } from '../engine/widget.ts'
import { keyValues } from '../flow/properties.ts'

/** Writes each pair to `flow.variables` and gives it out as well (widgets.md 3.3). */
export const setVariables = defineWidget({
  type: 'set-variables',
  library: { title: 'Set Variables', group: 'Flow control', exits: { next: 'Variables Set' } },
  summary: 'Sets variables that the whole flow can read.',
  needs: 'anything',
  exits: ['next'],
  properties: z.object({
    variables: keyValues().meta({ title: 'Variables' }),
  }),

  enter(visit) {
    const { fields, warnings } = typedPairs(visit, 'variables', visit.properties.variables)
    return exit('next', { output: fields, variables: fields, warnings })
  },
})
