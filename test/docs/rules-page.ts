import type { Finding } from '../../src/flow/issue.ts'
import type { Example, RulePage } from '../../src/lint/rule.ts'

/** The text of docs/rules.md: one section for each rule. */
export function rulesPage(rules: readonly RulePage[]): string {
  return [INTRODUCTION, overview(rules), ...rules.map(section)].join('\n')
}

const INTRODUCTION = `# Rules

What \`trunkline validate\` tells of a flow, by the rule that each problem names. A flow with an error is refused; with
warnings it runs. Widgets in the examples stand in a flow that begins at the first of them.

This page is generated from the rules themselves: \`npm run docs\`.
`

function overview(rules: readonly RulePage[]): string {
  const rows = rules.map(({ id, summary }) => `| [\`${id}\`](#${id}) | ${summary.replaceAll('|', '\\|')} |`)
  return `${['| Rule | What is wrong |', '| --- | --- |', ...rows].join('\n')}\n`
}

function section({ id, summary, gravities, why, bad, good }: RulePage): string {
  const severity = `Severity: ${gravities.map((gravity) => SEVERITY[gravity]).join('; or ')}.`
  return `${[`## ${id}`, summary, severity, why, 'Bad:', code(bad), 'Good:', code(good)].join('\n\n')}\n`
}

const SEVERITY: Record<Finding['gravity'], string> = {
  error: 'error',
  studio: 'warning, error with `--strict`',
  strict: 'nothing, error with `--strict`',
  warning: 'warning',
}

function code({ text }: Example): string {
  return `\`\`\`json\n${text}\n\`\`\``
}
