import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { RulePage } from '../../src/lint/rule.ts'
import { rulePages, rules } from '../../src/lint/rules.ts'
import { schemaRules } from '../../src/lint/schema-rules.ts'
import { problemsIn, textOf } from './example.ts'

describe.each(rulePages.map((page): [string, RulePage] => [page.id, page]))('%s', (id, { bad, good, gravities }) => {
  test('is broken by its bad example, and nothing else is', () => {
    const problems = problemsIn(textOf(bad))
    expect([...new Set(problems.map(({ rule }) => rule))]).toEqual([id])
    const isError = gravities.includes('error')
    expect(problems.every(({ severity }) => severity === 'warning' || isError)).toBe(true)
  })

  test('is not broken by its good example, nor is any other', () => {
    expect(problemsIn(textOf(good))).toEqual([])
  })
})

test('every rule has a name of its own', () => {
  expect(rulePages.map(({ id }) => id)).toEqual([...new Set(rulePages.map(({ id }) => id))])
})

test('the rules that src/flow names are those that are described', () => {
  const source = readdirSync('src/flow')
    .map((file) => readFileSync(`src/flow/${file}`, 'utf8'))
    .join('\n')
  const named = [...source.matchAll(/rule: '([a-z-]+)'|\bat\('([a-z-]+)'/g)].map(([, rule, at]) => rule ?? at)
  expect([...new Set(named)].sort()).toEqual(schemaRules.map(({ id }) => id).sort())
})

test('a rule beyond the schema only warns', () => {
  expect(rules.flatMap(({ gravities }) => gravities).every((gravity) => gravity === 'warning')).toBe(true)
})
