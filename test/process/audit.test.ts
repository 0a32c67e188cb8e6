import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test.each([
  ['nothing is known of any', 'exit 0', 0, ''],
  ['one is known to be weak', `echo '{"vulnerabilities":{"x":{"severity":"high"}}}'; exit 1`, 1, '"severity":"high"'],
  ['the registry cannot tell', `echo '{"message":"405 Method Not Allowed"}'; exit 1`, 0, 'Skipped: '],
  ['nobody answers', 'exit 1', 0, 'Skipped: '],
])('the audit of dependencies where %s', (_what, npm, status, said) => {
  const folder = mkdtempSync(join(tmpdir(), 'npm-'))
  writeFileSync(join(folder, 'npm'), `#!${execFileSync('which', ['bash']).toString().trim()}\n${npm}\n`)
  chmodSync(join(folder, 'npm'), 0o755)

  const audit = spawnSync('bash', ['.ci/audit'], { env: { PATH: `${folder}:${process.env.PATH}` } })

  expect(audit.status).toBe(status)
  expect(audit.stdout.toString()).toContain(said)
})
