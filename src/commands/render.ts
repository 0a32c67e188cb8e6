import { writeFile } from 'node:fs/promises'
import { Unplayable } from '../bundle/replay.ts'
import { drawingOf } from '../picture/drawing.ts'
import { mermaidOf } from '../picture/mermaid.ts'
import { svgOf } from '../picture/svg.ts'
import { type Walk, walkThrough } from '../picture/walk.ts'
import type { PICTURES } from './pictures.ts'
import { readBundle } from './read-bundle.ts'
import { type ReadFlow, readFlow, UnreadableFlow } from './read-flow.ts'
import type { Streams } from './streams.ts'
import { WORDS } from './words.ts'
import { UnwritableFile, writing } from './writing.ts'

export interface RenderOptions {
  readonly format: (typeof PICTURES)[number]
  /** The bundle of an execution whose steps are numbered. */
  readonly execution?: string
  /** The file that is written, instead of the output. */
  readonly output?: string
}

/** Draws the flow of a file; answers the exit code: 0 drawn, 2 something cannot be read or written. */
export async function render(file: string, options: RenderOptions, { output, errors }: Streams): Promise<number> {
  try {
    const flow = await readFlow(file)
    const walk = options.execution === undefined ? undefined : await walkIn(options.execution, flow)
    const picture = drawn(flow, walk, options)
    if (options.output === undefined) output.write(picture)
    else await writing(options.output, writeFile(options.output, picture))
    return 0
  } catch (error) {
    if (!(error instanceof Unplayable || error instanceof UnreadableFlow || error instanceof UnwritableFile))
      throw error
    errors.write(`${error instanceof Unplayable ? `${options.execution}: ` : ''}${error.message}\n`)
    return 2
  }
}

/** A bundle can hold the flows of its subflows, too; where the file's sid is none of theirs, its main flow is meant. */
async function walkIn(bundle: string, { sid }: ReadFlow): Promise<Walk> {
  const { execution, steps, flows } = await readBundle(bundle)
  const isIn = flows.some(({ flowSid }) => flowSid === sid)
  return walkThrough(isIn && sid !== undefined ? sid : execution.flowSid, execution, steps)
}

function drawn({ definition, name }: ReadFlow, walk: Walk | undefined, { format }: RenderOptions): string {
  switch (format) {
    case 'svg':
      return svgOf(drawingOf(definition, WORDS, walk), name)
    case 'mermaid':
      return mermaidOf(definition, WORDS, walk)
    default:
      return format satisfies never
  }
}
