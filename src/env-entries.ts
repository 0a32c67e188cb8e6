import { parseEnv } from 'node:util'

/** What the text of an `.env` file sets. Editors of Windows write a byte order mark in front, which Node takes for a part of the first name. */
export function envEntries(text: string): [name: string, value: string][] {
  const entries = Object.entries(parseEnv(text.replace(/^\uFEFF/, '')))
  return entries
    .map(([name, value = '']): [string, string] => [nameIn(name), value])
    .filter(([name]) => !name.startsWith('#'))
}

/** To Node a line without `=` is the beginning of the next name, be that a comment. */
function nameIn(lines: string): string {
  const name = lines.slice(lines.lastIndexOf('\n') + 1).trim()
  return name.replace(/^export\s+/, '')
}
