import type { Finding } from '../flow/issue.ts'
import type { LintedFlow } from './linted-flow.ts'

/** What there is to say of a rule; `docs/rules.md` is made of these. */
export interface RulePage {
  /** In kebab-case; the heading of its section in the docs. */
  readonly id: string
  /** One sentence that says what is wrong. */
  readonly summary: string
  /** How grave its findings can be. */
  readonly gravities: readonly Finding['gravity'][]
  /** What happens to a flow that breaks it. */
  readonly why: string
  readonly bad: Example
  readonly good: Example
}

/** JSON as a reader of the docs sees it: some widgets of a flow that begins at the first of them, or a whole file. */
export type Example =
  | { readonly kind: 'widgets'; readonly text: string }
  | { readonly kind: 'file'; readonly text: string }

/** A rule beyond the schema: a flow that breaks it runs, but not as its author meant. */
export interface Rule extends RulePage {
  find(flow: LintedFlow): readonly Found[]
}

/** A problem as a rule tells it: its rule and gravity are the same every time. */
export type Found = Omit<Finding, 'rule' | 'gravity'>

/** Some widgets, one after the other. */
export function widgets(...lines: readonly string[]): Example {
  return { kind: 'widgets', text: lines.join(',\n') }
}

/** The lines of a file. */
export function file(...lines: readonly string[]): Example {
  return { kind: 'file', text: lines.join('\n') }
}
