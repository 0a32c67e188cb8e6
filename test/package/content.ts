import { execFileSync } from 'node:child_process'
import { z } from 'zod'

const Packed = z.tuple([
  z.object({
    filename: z.string(),
    size: z.number(),
    unpackedSize: z.number(),
    files: z.array(z.object({ path: z.string() })),
  }),
])

/** What `npm pack` says of the package that it makes. */
export function packed(...options: readonly string[]) {
  const words = ['pack', '--json', '--ignore-scripts', ...options]
  const [about] = Packed.parse(JSON.parse(execFileSync('npm', words, { encoding: 'utf8' })))
  return { ...about, paths: about.files.map(({ path }) => path) }
}

/** The files of a package that nobody needs who runs it. */
export function needless(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => !NEEDED.some((pattern) => pattern.test(path)))
}

const NEEDED: readonly RegExp[] = [
  /^(package\.json|README\.md|LICENSE|scenario\.schema\.json)$/,
  /^dist\/(?!console\/).+\.js$/,
  /^dist\/console\//,
  /^migrations\/\d{4}-[\w-]+\.sql$/,
  /^(flows|functions|assets|template)\//,
]
