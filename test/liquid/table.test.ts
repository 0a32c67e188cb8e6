import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseTemplate, STUDIO_LIQUID } from '../../src/liquid/template.ts'

/** What Liqp 0.7.9 makes of 6,313 templates, beside the repository where it is developed. */
const TABLE = '../shared/spec/liquid.jsonl'

/** Templates that we leave different on purpose, with the reason. */
const DIFFERENT: ReadonlyMap<string, string> = new Map()

interface Row {
  readonly s: string
  readonly t: string
  readonly c: Readonly<Record<string, unknown>>
  readonly out?: string
  readonly err?: string
}

if (!existsSync(TABLE))
  console.warn(`SKIPPED: ${TABLE} is not there, so Liquid is not compared with the reference engine`)

describe.skipIf(!existsSync(TABLE))('templates render as the reference engine renders them', () => {
  const rows = existsSync(TABLE)
    ? readFileSync(TABLE, 'utf8')
        .trim()
        .split('\n')
        .map((line): Row => JSON.parse(line))
    : []

  test.each([...new Set(rows.map(({ s }) => s))])('the section %s is the same', (section) => {
    const mismatches = rows.filter(({ s, t }) => s === section && !DIFFERENT.has(t)).flatMap(mismatch)
    expect(mismatches).toEqual([])
  })

  test('no template is left different that is the same', () => {
    expect(
      [...DIFFERENT.keys()].filter((t) => rows.filter((row) => row.t === t).flatMap(mismatch).length === 0),
    ).toEqual([])
  })
})

function mismatch({ t, c, out }: Row): readonly object[] {
  const rendered = parseTemplate(t, STUDIO_LIQUID).render(c, 0)
  if (rendered.ok ? rendered.text === out : out === undefined) return []
  return [{ template: t, context: c, expected: out ?? 'an error', rendered }]
}
