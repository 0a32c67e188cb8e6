import type { Template } from 'liquidjs'
import type { Cursor } from './cursor.ts'
import { equal } from './equality.ts'
import { type Evaluate, readExpression, readTerm } from './expression.ts'
import { type Body, type RenderTag, writeBlock } from './tag.ts'
import { otherwise } from './tag-if.ts'

interface When {
  readonly terms: readonly Evaluate[]
  readonly templates: Template[]
}

/** `{% case %}`: the first `when` that has an equal value among its own, else the `else`. */
export function caseTag(words: Cursor, body: Body): RenderTag {
  const { result: subject, reads } = words.noting(() => readExpression(words))
  words.end()
  for (const read of reads) read.isTested = true
  body.skipText()
  const first = body.section(['when'])
  if (first.templates.length > 0) first.words.refuse('only text before the first "when"')
  const whens: When[] = []
  let section = first
  while (section.closedBy === 'when') {
    const terms = readTerms(section.words)
    section = body.section(['when', 'else', 'endcase'])
    whens.push({ terms, templates: section.templates })
  }
  const [other] = otherwise(section, body, 'endcase')
  return (run, out) => {
    const value = subject(run)
    // Every term of a `when` is worked out, even after a hit: a term that fails fails the template.
    const hit = whens.find(({ terms }) => terms.map((term) => equal(value, term(run), run)).includes(true)) ?? other
    if (hit) writeBlock(hit.templates, run, out)
  }
}

function readTerms(words: Cursor): readonly Evaluate[] {
  const terms = [readTerm(words)]
  while (words.skipAny(['or', ','])) terms.push(readTerm(words))
  words.end()
  return terms
}
