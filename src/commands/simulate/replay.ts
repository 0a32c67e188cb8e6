import type { Bundle } from '../../bundle/bundle.ts'
import { compare } from '../../bundle/compare.ts'
import { type Replayed, replay, Unplayable } from '../../bundle/replay.ts'
import { STUDIO_LIQUID } from '../../liquid/template.ts'
import { wholeMatch } from '../../regex/whole-match.ts'
import { definitionIn, UnusableFlow } from '../../stage.ts'
import { catalogue } from '../../widgets/index.ts'
import { paintFor } from '../paint.ts'
import { readBundle } from '../read-bundle.ts'
import type { Wish } from './options.ts'
import { traceOf } from './replay-trace.ts'
import { summaryOf, written } from './side-by-side.ts'
import type { Terminal } from './terminal.ts'

/** Plays the execution of a bundle again and shows where it goes another way; answers the exit code: 0 the same way, 1 another one, 2 when something cannot be read. */
export async function replayBundle(file: string, wish: Wish, streams: Streams): Promise<number> {
  try {
    const bundle = await readBundle(file)
    const instead = wish.flow === undefined ? undefined : await definitionIn(wish.flow)
    const moves = replay({ bundle, toolbox: toolboxOf(bundle), instead })
    return tell({ wish, bundle, moves, output: streams.output })
  } catch (error) {
    if (!(error instanceof Unplayable || error instanceof UnusableFlow)) throw error
    streams.errors.write(`${error instanceof Unplayable ? `${file}: ` : ''}${error.message}\n`)
    return 2
  }
}

function toolboxOf({ template }: Bundle) {
  return { widgets: catalogue, liquid: { ...STUDIO_LIQUID, ...template }, wholeMatch }
}

/** Where the walk is shown, and what cannot be read is told. */
interface Streams extends Pick<Terminal, 'output'> {
  readonly errors: NodeJS.WritableStream
}

interface Telling {
  readonly wish: Wish
  readonly bundle: Bundle
  readonly moves: readonly Replayed[]
  readonly output: Terminal['output']
}

function tell({ wish, bundle, moves, output }: Telling): number {
  const lines = compare(bundle, moves)
  const isSame = lines.every(({ kind }) => kind === 'same')
  const paint = paintFor(output)
  const trace = wish.trace ? [...traceOf({ bundle, moves, paint }), ''] : []
  const text = [...trace, ...written(lines, paint), '', summaryOf(lines)].join('\n')
  output.write(`${wish.json ? JSON.stringify({ same: isSame, lines, ...walked(moves) }, null, 2) : text}\n`)
  return isSame ? 0 : 1
}

function walked(moves: readonly Replayed[]) {
  return {
    steps: moves.flatMap(({ steps }) => steps),
    warnings: moves.flatMap(({ warnings }) => warnings),
    execution: moves.at(-1)?.execution,
  }
}
