import type { Cursor } from './cursor.ts'
import { readLookup } from './lookup.ts'
import { readAttributes } from './loop-attributes.ts'
import { type Body, type RenderTag, writeBlock } from './tag.ts'
import { elementsOf } from './value.ts'

/** `{% tablerow a in list cols:2 %}`: the rows of an HTML table. */
export function tablerowTag(words: Cursor, body: Body): RenderTag {
  const name = words.takeLocal()
  words.makes('tablerowloop')
  words.expect('in')
  if (!words.isAtVariable() && !words.isAt('[')) words.refuse('a variable')
  const list = readLookup(words)
  const attributes = readAttributes(words)
  const { templates, words: behind } = body.section(['endtablerow'])
  behind.end()
  return (run, out) => {
    const elements = elementsOf(list(run), run)
    const { limit, cols = elements.length } = attributes(run)
    const total = Math.min(elements.length, limit)
    if (total === 0) out.write('<tr class="row1">\n</tr>\n')
    for (let index = 0, column = 1, row = 1; index < total; index++, column++) {
      run.takeTurn()
      run.assignHere(name, elements[index])
      run.assignHere('tablerowloop', tablerowloop({ index, column, cols, total, length: elements.length }))
      if (column === 1) out.write(`<tr class="row${row++}">${index === 0 ? '\n' : ''}`)
      out.write(`<td class="col${column}">`)
      writeBlock(templates, run, out)
      run.breakCalled = false
      run.continueCalled = false
      out.write('</td>')
      if (column !== cols && index !== total - 1) continue
      out.write('</tr>\n')
      column = 0
    }
    run.forget('tablerowloop')
  }
}

interface Cell {
  readonly index: number
  readonly column: number
  readonly cols: number
  readonly total: number
  readonly length: number
}

function tablerowloop({ index, column, cols, total, length }: Cell) {
  return {
    length,
    index0: index,
    index: index + 1,
    rindex0: total - index - 1,
    rindex: total - index,
    first: index === 0,
    last: index === total - 1,
    col0: column - 1,
    col: column,
    col_first: column === 1,
    col_last: column === cols,
  }
}
