import type { Template } from 'liquidjs'
import type { Cursor } from './cursor.ts'
import { type Evaluate, readExpression } from './expression.ts'
import { readLookup } from './lookup.ts'
import { type LoopAttributes, readAttributes } from './loop-attributes.ts'
import { toInt } from './number.ts'
import type { Rendering } from './rendering.ts'
import { type Body, type RenderTag, writeBlock } from './tag.ts'
import { otherwise } from './tag-if.ts'
import { TemplateError } from './template-error.ts'
import { asNumber } from './text.ts'
import { elementsOf, type LiquidValue } from './value.ts'
import type { Writer } from './writer.ts'

/** `{% for a in list %}` or `{% for a in (1..3) %}`, with `limit` and `offset`. */
export function forTag(words: Cursor, body: Body): RenderTag {
  const name = words.takeLocal()
  words.makes('forloop')
  words.expect('in')
  return words.isAt('(') ? overRange(name, words, body) : overList(name, words, body)
}

function overList(name: string, words: Cursor, body: Body): RenderTag {
  if (!words.isAtVariable() && !words.isAt('[')) words.refuse('a variable')
  const list = readLookup(words)
  const attributes = readAttributes(words)
  const section = body.section(['else', 'endfor'], 'for')
  const [whenEmpty] = otherwise(section, body, 'endfor')
  return (run, out) =>
    run.nested(() => {
      const { offset, limit } = attributes(run)
      const elements = elementsOf(list(run), run)
      if (elements.length === 0) return whenEmpty && writeBlock(whenEmpty.templates, run, out)
      if (offset < 0 && limit > 0) throw new TemplateError(`a loop from index ${offset}`)
      const length = Math.min(limit, elements.length)
      const turns = elements.slice(offset, offset + Math.max(limit, 0))
      const taken = takeTurns({ name, turns, length, templates: section.templates }, run, (templates) =>
        run.write(templates, out),
      )
      run.assign('continue', offset + Math.max(taken, 1))
    })
}

/** Has no `else`; an error in it ends the loop without a word, as in Liqp, and what was written stays. */
function overRange(name: string, words: Cursor, body: Body): RenderTag {
  const [from, to] = readRange(words)
  const attributes = readAttributes(words)
  const { templates, words: behind } = body.section(['endfor'])
  behind.end()
  return (run, out) =>
    run.nested(() => {
      const range = { from, to, attributes: attributes(run) }
      try {
        const { turns, length } = turnsOf(range, run)
        takeTurns({ name, turns, length, templates }, run, (children) => writeWhole(children, run, out))
      } catch (error) {
        if (run.usedUp) throw error
      }
    })
}

function readRange(words: Cursor): readonly [Evaluate, Evaluate] {
  words.expect('(')
  const from = readExpression(words)
  words.expect('..')
  const to = readExpression(words)
  words.expect(')')
  return [from, to]
}

interface Range {
  readonly from: Evaluate
  readonly to: Evaluate
  readonly attributes: LoopAttributes
}

/** The numbers of the range, at most one more than there may be turns; its length is one too small, as in Liqp. */
function turnsOf({ from, to, attributes: { offset, limit } }: Range, run: Rendering) {
  const [first, last] = [toInt(asNumber(from(run), run)), toInt(asNumber(to(run), run))]
  const size = Math.min(last - first - offset + 1, limit, run.settings.turns + 1)
  return {
    length: last - first,
    turns: Array.from({ length: Math.max(size, 0) }, (_, index) => first + offset + index),
  }
}

/** Writes one template after the other, and takes back what a failing one has written. */
function writeWhole(templates: readonly Template[], run: Rendering, out: Writer): void {
  for (const template of templates) {
    const start = out.buffer.length
    try {
      run.write([template], out)
    } catch (error) {
      out.cut(start)
      throw error
    }
    if (run.breakCalled || run.continueCalled) return
  }
}

interface Loop {
  readonly name: string
  readonly turns: readonly LiquidValue[]
  /** What `forloop.length` says. */
  readonly length: number
  readonly templates: Template[]
}

/** Takes turn after turn until a `break`; answers how many. */
function takeTurns(
  { name, turns, length, templates }: Loop,
  run: Rendering,
  write: (templates: Template[]) => void,
): number {
  for (const [index, value] of turns.entries()) {
    run.takeTurn()
    run.assignHere(name, value)
    run.assignHere('forloop', forloop(name, index, { length, turns: turns.length }))
    write(templates)
    const isBroken = run.breakCalled
    run.breakCalled = false
    run.continueCalled = false
    if (isBroken) return index + 1
  }
  return turns.length
}

function forloop(name: string, index: number, { length, turns }: { readonly length: number; readonly turns: number }) {
  return {
    name,
    length,
    index: index + 1,
    index0: index,
    rindex: length - index,
    rindex0: length - index - 1,
    first: index === 0,
    last: index === turns - 1,
  }
}
