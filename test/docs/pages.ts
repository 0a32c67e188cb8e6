import { readdirSync, readFileSync } from 'node:fs'

/** Every page that users read, by its path. */
export const pages: ReadonlyMap<string, string> = new Map(
  ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', ...readdirSync('docs').map((name) => `docs/${name}`)]
    .filter((path) => path.endsWith('.md'))
    .map((path) => [path, readFileSync(path, 'utf8')]),
)

/** The code blocks of a page in a language. */
export function blocksOf(path: string, language: string): readonly string[] {
  const blocks = (pages.get(path) ?? '').matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)
  return [...blocks].flatMap(([, written, block = '']) => (written === language ? [block] : []))
}
