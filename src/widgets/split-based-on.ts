import { z } from 'zod'
import { WARNING, type Warning } from '../engine/warning.ts'
import { type Compared, defineWidget, exit } from '../engine/widget.ts'
import { required, verbatim } from '../flow/properties.ts'

/** Takes the first branch whose conditions hold (widgets.md 3.2 and 4). */
export const splitBasedOn = defineWidget({
  type: 'split-based-on',
  library: {
    title: 'Split Based On...',
    group: 'Flow control',
    exits: { match: 'Condition Matches', noMatch: 'No Condition Matches' },
  },
  summary: 'Goes one of several ways, depending on a value.',
  needs: 'anything',
  exits: ['match', 'noMatch'],
  onInvalid: 'noMatch',
  properties: z.object({
    input: required(verbatim()).meta({ title: 'Variable to test' }),
  }),

  enter({ properties: { input }, branches, leadsOn }) {
    const warnings: Warning[] = []
    const compared: Compared[] = []
    for (const branch of branches) {
      const verdict = branch.holds(input)
      warnings.push(...verdict.warnings)
      compared.push(...verdict.comparisons.map((comparison) => ({ transition: branch.index, ...comparison })))
      if (verdict.holds) return exit('match', { branch, warnings, compared })
    }
    if (!leadsOn('noMatch'))
      warnings.push({ code: WARNING.noMatch, message: 'no transition matched, and noMatch leads nowhere' })
    return exit('noMatch', { warnings, compared })
  },
})
