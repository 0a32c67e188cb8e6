import { readFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'

/** Has `require` read the sources of a project as Twilio does: JavaScript whatever its package.json says of modules, and `twilio` without having installed it; and TypeScript, which is a comfort of ours. */
export function readSources(): void {
  const { extensions } = require
  const standard = extensions['.js']
  extensions['.js'] = (module, file) => {
    if (file.includes(`${sep}node_modules${sep}`)) standard?.(module, file)
    else compile(module, { file, text: readFileSync(file, 'utf8') })
  }
  extensions['.ts'] = (module, file) => compile(module, { file, text: javascriptOf(file) })
  findMore()
}

const require = createRequire(import.meta.url)

interface Source {
  readonly file: string
  readonly text: string
}

/** Of both kinds of modules: Node sees which one it is. */
function compile(module: Module, { file, text }: Source): void {
  Reflect.apply(Reflect.get(module, '_compile'), module, [text, file])
}

function javascriptOf(file: string): string {
  const { transformSync }: typeof import('esbuild') = require('esbuild') // only here: not every project has TypeScript
  const options = { loader: 'ts', format: 'cjs', target: `node${process.versions.node}` } as const
  return transformSync(readFileSync(file, 'utf8'), { ...options, sourcefile: file, sourcemap: 'inline' }).code
}

/** What Node does not find may be our copy of `twilio`, or TypeScript that is named as what it is compiled to. */
function findMore(): void {
  const find: Resolve = Reflect.get(Module, '_resolveFilename').bind(Module)
  const resolve: Resolve = (request, ...rest) => {
    try {
      return find(request, ...rest)
    } catch (error) {
      if (/^twilio(\/|$)/.test(request)) return find(join(OUR_TWILIO, request.slice('twilio'.length)), ...rest)
      if (/^\.{1,2}\/.*\.js$/.test(request)) return find(request.replace(/\.js$/, '.ts'), ...rest)
      throw error
    }
  }
  Reflect.set(Module, '_resolveFilename', resolve)
}

const OUR_TWILIO = dirname(require.resolve('twilio/package.json'))

type Resolve = (request: string, ...rest: readonly unknown[]) => string
