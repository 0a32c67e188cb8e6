import type { Template } from 'liquidjs'
import type { Cursor } from './cursor.ts'
import { type Evaluate, readExpression } from './expression.ts'
import type { Section } from './parser.ts'
import { type Body, type RenderTag, writeBlock } from './tag.ts'
import { isTrue } from './value.ts'

interface Branch {
  readonly condition: Evaluate
  readonly templates: Template[]
}

/** `{% if %}`, with any number of `elsif` and one `else`. */
export function ifTag(words: Cursor, body: Body): RenderTag {
  const branches: Branch[] = []
  let condition = readCondition(words)
  let section = body.section(['elsif', 'else', 'endif'])
  while (section.closedBy === 'elsif') {
    branches.push({ condition, templates: section.templates })
    condition = readCondition(section.words)
    section = body.section(['elsif', 'else', 'endif'])
  }
  branches.push({ condition, templates: section.templates }, ...otherwise(section, body, 'endif'))
  return firstThat(branches)
}

/** `{% unless %}`, with one `else` but no `elsif`. */
export function unlessTag(words: Cursor, body: Body): RenderTag {
  const condition = readCondition(words)
  const section = body.section(['else', 'endunless'])
  const negated = { condition: (run: Parameters<Evaluate>[0]) => !isTrue(condition(run)), templates: section.templates }
  return firstThat([negated, ...otherwise(section, body, 'endunless')])
}

function readCondition(words: Cursor): Evaluate {
  const { result: condition, reads } = words.noting(() => readExpression(words))
  words.end()
  for (const read of reads) read.isTested = true
  return condition
}

/** The branch of `else`, if the section ends there. */
export function otherwise({ closedBy, words }: Section, body: Body, end: string): readonly Branch[] {
  words.end()
  if (closedBy !== 'else') return []
  const { templates, words: behind } = body.section([end])
  behind.end()
  return [{ condition: () => true, templates }]
}

function firstThat(branches: readonly Branch[]): RenderTag {
  return (run, out) => {
    const branch = branches.find(({ condition }) => isTrue(condition(run)))
    if (branch) writeBlock(branch.templates, run, out)
  }
}
