import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { needless, packed } from './content.ts'

/** Packs Trunkline, installs it into an empty folder and uses it there as a newcomer would; `npm run try-package`. */
const folder = mkdtempSync(join(tmpdir(), 'trunkline-package-'))
try {
  execFileSync('npm', ['run', 'prepack'], { stdio: ['ignore', 'ignore', 'inherit'] })
  const { filename, size, unpackedSize, paths } = packed('--pack-destination', folder)
  say(`packed: ${paths.length} files, ${megabytes(size)} MB, ${megabytes(unpackedSize)} MB unpacked`)
  if (needless(paths).length > 0) fail(`nobody needs ${needless(paths).join(', ')}`)
  if (install(filename)) await use()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** False where there is no registry to install dependencies from. */
function install(filename: string): boolean {
  mkdirSync(join(folder, 'app'))
  const began = performance.now()
  const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', join(folder, filename)], {
    cwd: join(folder, 'app'),
    encoding: 'utf8',
  })
  if (status === 0) {
    const kilobytes = Number(
      execFileSync('du', ['-sk', join(folder, 'app/node_modules')], { encoding: 'utf8' }).split('\t')[0],
    )
    say(`installed in ${seconds(began)} s, ${Math.round(kilobytes / 1024)} MB`)
    return true
  }
  if (!/ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENOTCACHED/.test(stderr)) fail(`it does not install:\n${stderr}`)
  say('SKIPPED: there is no registry to install the dependencies from')
  return false
}

async function use(): Promise<void> {
  trunkline('init', 'phones')
  trunkline('validate', 'phones/flows', '--strict')
  trunkline('test', 'phones')
  const played = trunkline('simulate', 'phones/flows/welcome.json', '--call', '--press', '1')
  if (!played.includes('We are open')) fail(`the simulated call hears something else:\n${played}`)
  trunkline('render', 'phones/flows/welcome.json', '-o', 'welcome.svg')
  const welcome = join(folder, 'app/phones/flows/welcome.json')
  for (let copy = 1; copy < 100; copy += 1) cpSync(welcome, join(folder, `app/phones/flows/copy-${copy}.json`))
  await serve(readdirSync(join(folder, 'app/phones/flows')).length)
}

function trunkline(...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('npx', ['--no-install', 'trunkline', ...words], {
    cwd: join(folder, 'app'),
    encoding: 'utf8',
  })
  if (status !== 0) fail(`trunkline ${words.join(' ')} exits with ${status}:\n${stdout}${stderr}`)
  say(`trunkline ${words.join(' ')}: fine`)
  return stdout
}

/** Serves what was made, to the first answered webhook, and stops it. */
async function serve(flows: number): Promise<void> {
  const { PATH = '', HOME = '' } = process.env
  const began = performance.now()
  const child = spawn(process.execPath, ['node_modules/trunkline/dist/cli.js', 'serve', 'phones'], {
    cwd: join(folder, 'app'),
    env: { PATH, HOME, PORT: '0', LOG_PRETTY: 'off' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const origin = await originOf(createInterface(child.stdout))
  const body = new URLSearchParams({ CallSid: 'CA1', From: '+15550001', To: '+15550002', CallStatus: 'ringing' })
  const twiml = await (await fetch(`${origin}/flows/welcome`, { method: 'POST', body })).text()
  if (!twiml.includes('<Gather')) fail(`a call is answered with ${twiml}`)
  say(`serve: the first webhook is answered ${seconds(began)} s after the start, with ${flows} flows`)
  for (const path of ['opening-hours', 'chime.wav', 'console', 'docs', 'metrics']) await reach(`${origin}/${path}`)
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  if (code !== 0) fail(`serve exits with ${code} on SIGTERM`)
}

async function reach(url: string): Promise<void> {
  const { status } = await fetch(url)
  if (status !== 200) fail(`${url} is answered with ${status}`)
}

async function originOf(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const origin = /answers on (http:\/\/\S+)/.exec(line)?.[1]
    if (origin !== undefined) return origin
  }
  return fail('serve stops before it listens')
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function fail(message: string): never {
  throw new Error(message)
}

function seconds(began: number): string {
  return ((performance.now() - began) / 1_000).toFixed(1)
}

function megabytes(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(2)
}
