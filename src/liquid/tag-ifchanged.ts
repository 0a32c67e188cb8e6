import type { Cursor } from './cursor.ts'
import { type Body, type RenderTag, writeBlock } from './tag.ts'
import { TemplateError } from './template-error.ts'
import { isMap } from './value.ts'
import { Writer } from './writer.ts'

/** `{% ifchanged %}` in a loop: writes its block when it has not written the same in this loop. */
export function ifChangedTag(words: Cursor, body: Body): RenderTag {
  words.end()
  const { templates, words: behind } = body.section(['endifchanged'])
  behind.end()
  return (run, out) => {
    const loop = run.read('forloop')
    if (!isMap(loop)) throw new TemplateError('ifchanged stands in no loop')
    const held = run.read('@ifchanged')
    const seen = loop.first !== true && held instanceof Set ? held : new Set<unknown>()
    run.assignHere('@ifchanged', seen)
    const block = new Writer(run)
    writeBlock(templates, run, block)
    if (seen.has(block.buffer)) return
    seen.add(block.buffer)
    out.write(block.buffer)
  }
}
