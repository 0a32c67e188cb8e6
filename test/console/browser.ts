import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import type { FlowFiles } from '../support/server.ts'
import { serving } from '../support/server.ts'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where a Chromium is; nowhere, which is told loudly, on machines without one. */
export const CHROMIUM = [process.env.CHROMIUM ?? '', ...PLACES].find((path) => existsSync(path))
if (CHROMIUM === undefined) console.warn('SKIPPED: no Chromium is here; set CHROMIUM to where one is')

/** A console in a browser. */
export interface Shown {
  readonly page: Page
  readonly origin: string
  /** The sid of a served flow. */
  sidOf(name: string): string
  /** Bytes of the page's own files so far, as they came. */
  received(): number
}

/** How a console is looked at. */
export interface Looking {
  readonly colours?: 'light' | 'dark'
  readonly width?: number
  readonly height?: number
  /** Settings of the server. */
  readonly settings?: Readonly<Record<string, string>>
  /** The status with which the server may refuse something. */
  readonly refusal?: number
}

/** Builds the page and starts a browser for the tests of a file. */
export function withBrowser(): (files: FlowFiles, looking?: Looking) => Promise<Shown> {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-console-'))
  let browser: Browser | undefined
  beforeAll(async () => {
    if (CHROMIUM === undefined) return
    buildInto(folder)
    browser = await chromium.launch({ executablePath: CHROMIUM, args: [...QUIET] })
  })
  afterAll(() => browser?.close())
  return async (files, looking = {}) => {
    if (!browser) throw new Error('the browser has not started')
    return shown(browser, { files, folder, looking })
  }
}

/** As users have it: in a process of its own, for a test is no production. */
function buildInto(folder: string): void {
  const { NODE_ENV: _, ...env } = process.env
  const vite = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error', '--emptyOutDir', '--outDir', folder]
  execFileSync(process.execPath, vite, { env })
}

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const

interface Showing {
  readonly files: FlowFiles
  readonly folder: string
  readonly looking: Looking
}

/** A page of which nothing may go wrong, and which asks nobody but this server. */
async function shown(browser: Browser, { files, folder, looking }: Showing): Promise<Shown> {
  const { colours = 'light', width = 1280, height = 720, settings = {}, refusal } = looking
  const { server, flows } = await serving(files, settings, { consoleFolder: folder })
  const origin = await server.listen({ port: 0, host: '127.0.0.1' })
  const context = await browser.newContext({ colorScheme: colours, viewport: { width, height } })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  const faults: string[] = []
  let bytes = 0
  page.on('pageerror', ({ message }) => faults.push(message))
  page.on('console', (message) => {
    const isExpected = refusal !== undefined && message.text().includes(`status of ${refusal}`)
    if (message.type() === 'error' && !isExpected) faults.push(message.text())
  })
  page.on('request', (request) => isOwn(request.url(), origin) || faults.push(`${request.url()} was asked`))
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (pathname === '/' || pathname.startsWith('/console/assets/'))
      bytes += Number(response.headers()['content-length'] ?? 0)
  })
  const { currentTestName = '' } = expect.getState()
  onTestFinished(async () => {
    await pictured(page, currentTestName)
    await context.close()
    expect(faults).toEqual([])
  })
  return {
    page,
    origin,
    sidOf: (name) => flows.named(name)?.sid ?? `no flow is named ${name}`,
    received: () => bytes,
  }
}

/** With `SCREENSHOTS=folder`, how a test left its page, to be looked at. */
async function pictured(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS
  if (folder) await page.screenshot({ path: join(folder, `${name.replaceAll(/\W+/g, '-')}.png`) })
}

function isOwn(url: string, origin: string): boolean {
  return url.startsWith(`${origin}/`) || url.startsWith('blob:')
}
