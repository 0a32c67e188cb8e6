import type { ReadTag } from './tag.ts'
import { caseTag } from './tag-case.ts'
import { cycleTag } from './tag-cycle.ts'
import { forTag } from './tag-for.ts'
import { ifTag, unlessTag } from './tag-if.ts'
import { ifChangedTag } from './tag-ifchanged.ts'
import { tablerowTag } from './tag-tablerow.ts'
import { assignTag, captureTag, decrementTag, incrementTag } from './tag-variables.ts'

/** All tags there are, by name: Liqp 0.7.9's (engine.md 4.3). */
export const tags: Readonly<Record<string, ReadTag>> = {
  assign: assignTag,
  capture: captureTag,
  increment: incrementTag,
  decrement: decrementTag,
  if: ifTag,
  unless: unlessTag,
  case: caseTag,
  for: forTag,
  tablerow: tablerowTag,
  cycle: cycleTag,
  ifchanged: ifChangedTag,
  break: () => (run) => {
    run.breakCalled = true
  },
  continue: () => (run) => {
    run.continueCalled = true
  },
  comment: (words, body) => {
    words.end()
    body.skipTo('endcomment').end()
    return () => {}
  },
  raw: (words, body) => {
    words.end()
    const { templates, words: behind } = body.section(['endraw'])
    behind.end()
    return (run, out) => run.write(templates, out)
  },
  /** Studio has no templates to include, and Liqp says nothing about one that is missing. */
  include: (words) => {
    if (words.take().kind !== 'text') words.refuse('a name in quotes')
    if (words.skipAny(['with']) && words.take().kind !== 'text') words.refuse('text')
    words.end()
    return () => {}
  },
}
