import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { readConfig } from '../../src/config.ts'

const Compose = z.object({
  services: z.record(
    z.string(),
    z.looseObject({
      command: z.string().optional(),
      profiles: z.array(z.string()).default([]),
      environment: z.record(z.string(), z.string()).default({}),
      volumes: z.array(z.string()).default([]),
    }),
  ),
  volumes: z.record(z.string(), z.unknown()),
})

const COMPOSE = Compose.parse(parse(readFileSync('compose.yaml', 'utf8')))
const PAGE = readFileSync('docs/deploying.md', 'utf8')
const ACCOUNT = { TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'secret', HOST: '0.0.0.0' }

/** Whether a tool is on this machine; where it is not, what it would judge goes unjudged, and that is said. */
function has(tool: string, ...words: readonly string[]): boolean {
  const found = spawnSync(tool, words, { encoding: 'utf8' }).status === 0
  if (!found) console.warn(`\nSKIPPED: what ${[tool, ...words].join(' ')} would judge of the docs, which is not here\n`)
  return found
}

test('compose.yaml: SQLite by default, PostgreSQL and the TLS front by their profiles', () => {
  const { trunkline, postgres, caddy } = COMPOSE.services
  expect([trunkline?.profiles, postgres?.profiles, caddy?.profiles]).toEqual([[], ['postgres'], ['public']])
  expect(trunkline).toMatchObject({ read_only: true, cap_drop: ['ALL'], tmpfs: ['/tmp'] })
  expect(() => readConfig({ ...ACCOUNT, ...trunkline?.environment }, '/srv/phones')).not.toThrow()
  const named = Object.values(COMPOSE.services).flatMap(({ volumes }) =>
    volumes.map((one) => one.split(':', 1)[0] ?? ''),
  )
  expect(named.filter((name) => !name.startsWith('.')).sort()).toEqual(Object.keys(COMPOSE.volumes).sort())
})

test('compose.yaml: the database that its comment names is the one that its profile makes', () => {
  const [, url = ''] = /DATABASE_URL=(\S+)/.exec(readFileSync('compose.yaml', 'utf8')) ?? []
  const { username, hostname, pathname } = new URL(url)
  const { POSTGRES_USER: user, POSTGRES_DB: database } = COMPOSE.services.postgres?.environment ?? {}
  expect({ username, hostname, pathname }).toEqual({ username: user, hostname: 'postgres', pathname: `/${database}` })
  expect(readConfig({ ...ACCOUNT, DATABASE_URL: url }, '/srv/phones').DATABASE_URL).toBe(url)
})

test.runIf(has('docker-compose', '--version'))('compose.yaml is taken by docker-compose, with every profile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-compose-'))
  writeFileSync(join(folder, '.env'), 'TWILIO_AUTH_TOKEN=secret\n')
  writeFileSync(join(folder, 'compose.yaml'), readFileSync('compose.yaml'))
  const words = ['-f', 'compose.yaml', '--profile', 'public', '--profile', 'postgres', 'config']
  const { status, stdout, stderr } = spawnSync('docker-compose', words, { cwd: folder, encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
  expect(Object.keys(Compose.parse(parse(stdout)).services)).toHaveLength(3)
})

const [UNIT = '', NGINX = ''] = ['ini', 'nginx'].map(
  (kind) => new RegExp(`\`\`\`${kind}\n([\\s\\S]*?)\`\`\``).exec(PAGE)?.[1] ?? '',
)

test('the systemd unit has settings that there are, and starts the program of the package', () => {
  const [, settings = ''] = /^Environment=(.*)$/m.exec(UNIT) ?? []
  const pairs = Object.fromEntries(
    settings.split(' ').map((pair) => [pair.split('=', 1)[0], pair.slice(pair.indexOf('=') + 1)]),
  )
  expect(readConfig({ ...ACCOUNT, ...pairs }, '/srv/phones').DATABASE_URL).toBe(
    'sqlite:/var/lib/trunkline/trunkline.db',
  )
  const { bin } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(UNIT).toMatch(
    new RegExp(`^ExecStart=/\\S+ /\\S+/node_modules/trunkline/${bin.trunkline} serve /srv/phones$`, 'm'),
  )
})

test.runIf(has('systemd-analyze', '--version'))('systemd takes the unit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-unit-'))
  const unit = join(folder, 'trunkline.service')
  writeFileSync(unit, UNIT.replace('/usr/bin/node', process.execPath))
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' })
  const own = stderr.split('\n').filter((line) => line.includes('trunkline'))
  expect([status, own]).toEqual([0, []])
})

test('the fronts lead to where the server listens, and wait for longer than the carrier', () => {
  const [, inside = ''] = /^location \/ \{\n((?: {2}\w+ [^;{}]+;\n)+)\}\n$/.exec(NGINX) ?? []
  const directives = Object.fromEntries(
    [...inside.matchAll(/(\w+) ([^;]+);/g)].map(([, name = '', value]) => [name, value]),
  )
  const { HOST, PORT } = readConfig({}, '.')
  expect(directives).toMatchObject({ proxy_pass: `http://${HOST}:${PORT}`, proxy_http_version: '1.1' })
  expect(Number.parseInt(directives.proxy_read_timeout ?? '', 10)).toBeGreaterThan(15)

  const front = /^caddy reverse-proxy --from \$\{DOMAIN:-localhost\} --to (\w+):(\d+)$/
  const [, service = '', port] = front.exec(COMPOSE.services.caddy?.command ?? '') ?? []
  expect(COMPOSE.services).toHaveProperty(service)
  expect(Number(port)).toBe(PORT)
})

test.runIf(has('nginx', '-v'))('nginx takes its location', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-nginx-'))
  mkdirSync(join(folder, 'logs'))
  const file = join(folder, 'nginx.conf')
  writeFileSync(file, `pid ${folder}/pid;\nevents {}\nhttp {\nserver {\nlisten 127.0.0.1:8443;\n${NGINX}}\n}\n`)
  const { status, stderr } = spawnSync('nginx', ['-t', '-q', '-p', folder, '-c', file], { encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, ''])
})

test('the commands for containers mount and name what the image has', () => {
  const dockerfile = readFileSync('Dockerfile', 'utf8')
  expect(dockerfile).toMatch(/^VOLUME \/data$/m)
  expect(dockerfile).toMatch(/^EXPOSE 3000$/m)
  expect(PAGE).toMatch(
    /docker run --read-only --tmpfs \/tmp .*-p 127\.0\.0\.1:3000:3000 -v trunkline-data:\/data -v "\$PWD\/flows:\/srv\/phones\/flows:ro" trunkline/,
  )
  for (const [, from = ''] of dockerfile.matchAll(/^COPY --from=build \/app\/(\w[\w.-]*)(?= )/gm))
    expect([from, existsSync(from) || ['dist', 'node_modules'].includes(from)]).toEqual([from, true])
})
