import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import type { Config } from '../../config.ts'
import { problemsOf } from '../../lint/lint.ts'
import { sum } from '../../lint/report-text.ts'
import { catalogue } from '../../widgets/index.ts'
import { collectFlowFiles } from '../flow-files.ts'
import { type Finding, failure, ok, warning } from './finding.ts'

/** How many problems the flows have. */
export async function flows({ FLOWS_DIR: folder }: Config): Promise<readonly Finding[]> {
  const place = relative('.', folder) || '.'
  if (!existsSync(folder)) return [warning(`flows: there is no folder ${place}`, 'put exported flows there')]
  const { unreadable, ...all } = await collectFlowFiles([folder])
  const failed = unreadable.map(({ path, reason }) => failure(`flows: ${path} cannot be read: ${reason}`, 'mend it'))
  if (all.files.length === 0) return [...failed, warning(`flows: none in ${place}`, 'put exported flows there')]
  const problems = problemsOf(all, catalogue)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  const text = `flows: ${sum({ files: all.files.length, errors, warnings, unreadable: 0 })}`
  const remedy = `trunkline validate ${place} tells them`
  if (errors > 0) return [...failed, failure(text, remedy)]
  return [...failed, problems.length > 0 ? warning(text, remedy) : ok(text)]
}
