import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { blocksOf } from '../docs/pages.ts'
import { clone } from '../support/clone.ts'
import { typed } from '../support/shell.ts'

const hasEngine = spawnSync('docker', ['info']).status === 0
if (!hasEngine)
  console.warn('\nSKIPPED: the containers of docs/deploying.md, for no Docker runs here; see `npm run try-image`\n')

const SETTINGS = `TWILIO_ACCOUNT_SID=AC${'0'.repeat(32)}
TWILIO_AUTH_TOKEN=secret
PUBLIC_URL=https://phones.example.org
POSTGRES_PASSWORD=secret
`

const IS_READY = 'curl -fsS --retry 30 --retry-all-errors --retry-delay 1 http://127.0.0.1:3000/readyz'

test.skipIf(!hasEngine)(
  'the containers of docs/deploying.md are built, begin and are ready',
  async () => {
    const folder = await clone()
    writeFileSync(join(folder, '.env'), SETTINGS)
    const commands = blocksOf('docs/deploying.md', 'sh')
      .join('')
      .replace(/^docker run (.*)$/m, `docker run --detach --name tried $1\n${IS_READY}\ndocker rm --force tried`)
      .replace(/^(.*docker compose .*)up$/gm, `$1up --detach --wait\n${IS_READY}\n$1down --volumes`)
      .replace(/^npx trunkline backup .*$/m, '')

    const said = await typed(commands, { cwd: folder })

    expect(said.match(/{"status":"ok"}/g)).toHaveLength(4)
  },
  1_200_000,
)
