import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { Refusal } from '../errors.ts'
import { isMissing } from '../unreadable.ts'

/** What serves the page. */
export interface ConsoleParts {
  /** Where `npm run build` puts it. */
  readonly consoleFolder: string
}

/** Stands in the built page for the nonce, which is a new one in each answer. */
export const NONCE_PLACE = 'NONCE_OF_THE_ANSWER'

/** What the page is made of, under `/console/assets`: the names of these files change when they change. The page itself is there, too. */
export function consoleFiles(server: FastifyInstance, { consoleFolder }: ConsoleParts): void {
  const assets = new Map<string, Promise<Asset>>()
  server.get('/console', { exposeHeadRoute: true, config: { operation: CONSOLE } }, (_request, reply) =>
    sendConsole(reply, consoleFolder),
  )
  server.get<{ Params: { file: string } }>(
    '/console/assets/:file',
    { exposeHeadRoute: true, config: { operation: PART } },
    async ({ params, headers }, reply) => {
      const asset = await assetOf(params.file, assets, join(consoleFolder, 'assets'))
      reply
        .type(asset.type)
        .headers({ 'cache-control': 'public, max-age=31536000, immutable', vary: 'accept-encoding' })
      reply.header('x-content-type-options', 'nosniff')
      if (!/\bgzip\b/.test(headers['accept-encoding'] ?? '')) return reply.send(asset.bytes)
      return reply.header('content-encoding', 'gzip').send(asset.gzipped)
    },
  )
}

const CONSOLE = { summary: 'The console', answer: z.string(), type: 'text/html' } as const
const PART = { summary: 'What the console is made of', answer: z.string(), type: '*/*' } as const

/** The page, as it is served at `/` where the project has no page of its own. */
export async function sendConsole(reply: FastifyReply, consoleFolder: string): Promise<FastifyReply> {
  const html = await builtPage(consoleFolder)
  const nonce = randomBytes(16).toString('base64url')
  return reply
    .type('text/html; charset=utf-8')
    .headers({ ...HEADERS, 'content-security-policy': policy(nonce) })
    .send(html.replaceAll(NONCE_PLACE, nonce))
}

const HEADERS = {
  'cache-control': 'no-cache',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
}

/** No script but ours, nothing from another host; the nonce is for the style sheets that the editors make. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'", // a browser does it when marked text is typed over
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

async function builtPage(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, 'index.html'), 'utf8')
  } catch (error) {
    if (isMissing(error)) return NOT_BUILT
    throw error
  }
}

const NOT_BUILT = `<!doctype html>
<html lang="en">
<title>Trunkline</title>
<h1>The console is not built</h1>
<p>Trunkline runs, but the page that belongs here has yet to be made: <code>npm run build</code>, then load this again.</p>
</html>
`

interface Asset {
  readonly type: string
  readonly bytes: Buffer
  readonly gzipped: Buffer
}

/** Read and packed once; throws a `Refusal` where there is none. */
function assetOf(file: string, known: Map<string, Promise<Asset>>, folder: string): Promise<Asset> {
  const asset = known.get(file) ?? readAsset(file, folder)
  known.set(file, asset)
  asset.catch(() => known.delete(file))
  return asset
}

async function readAsset(file: string, folder: string): Promise<Asset> {
  const type = TYPES.get(/^[\w-][\w.-]*\.(\w+)$/.exec(file)?.[1] ?? '')
  if (!type) throw noAsset(file)
  try {
    const bytes = await readFile(join(folder, file))
    return { type, bytes, gzipped: await promisify(gzip)(bytes, { level: 9 }) }
  } catch (error) {
    throw isMissing(error) ? noAsset(file) : error
  }
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['js', 'text/javascript; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['svg', 'image/svg+xml'],
])

function noAsset(file: string): Refusal {
  return new Refusal('notFound', `the console has no file ${JSON.stringify(file)}`)
}
