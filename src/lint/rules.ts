import { endlessLoop } from './endless-loop.ts'
import { gatherKeypressUnconnected, gatherSpeechUnconnected } from './gather-unconnected.ts'
import { liquidSyntax } from './liquid-syntax.ts'
import { nameBreaksLiquid } from './name-breaks-liquid.ts'
import { notInContext } from './not-in-context.ts'
import { plusInUrl, unencodedInUrl } from './plus-in-url.ts'
import { repeatsOnlyItself } from './repeats-only-itself.ts'
import type { Rule, RulePage } from './rule.ts'
import { schemaRules } from './schema-rules.ts'
import { speechComparedExactly } from './speech-compared-exactly.ts'
import { splitWithoutNoMatch } from './split-without-nomatch.ts'
import { subflowLimits } from './subflow-limits.ts'
import { subflowNesting } from './subflow-nesting.ts'
import { subflowRevisions } from './subflow-revisions.ts'
import { unknownFilter } from './unknown-filter.ts'
import { unknownWidget } from './unknown-widget.ts'
import { unresolvedSid } from './unresolved-sid.ts'
import { unsetVariable } from './unset-variable.ts'
import { widgetRunsLater } from './widget-runs-later.ts'

/** The rules beyond the schema, in the order of the documentation. */
export const rules: readonly Rule[] = [
  liquidSyntax,
  unknownFilter,
  notInContext,
  unknownWidget,
  widgetRunsLater,
  unsetVariable,
  nameBreaksLiquid,
  endlessLoop,
  repeatsOnlyItself,
  splitWithoutNoMatch,
  gatherSpeechUnconnected,
  gatherKeypressUnconnected,
  speechComparedExactly,
  plusInUrl,
  unencodedInUrl,
  unresolvedSid,
  subflowNesting,
  subflowRevisions,
  subflowLimits,
]

/** Every rule that a problem can name, those of the schema first. */
export const rulePages: readonly RulePage[] = [...schemaRules, ...rules]
