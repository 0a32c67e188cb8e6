import { parseEnv } from 'node:util'

/** What the text of an `.env` file sets. Editors of Windows write a byte order mark in front, which Node takes for a part of the first name. */
export function envEntries(text: string): [name: string, value: string][] {
  return Object.entries(parseEnv(text.replace(/^\uFEFF/, ''))).map(([name, value = '']) => [name, value])
}
