import { readFile } from 'node:fs/promises'
import { changesBetween } from '../changes/changes.ts'
import { flowText } from '../changes/flow-text.ts'
import { changesInWords } from '../changes/in-words.ts'
import type { FlowDefinition } from '../flow/definition.ts'
import { whyUnreadable } from '../unreadable.ts'
import { readFlow, UnreadableFlow } from './read-flow.ts'
import type { Streams } from './streams.ts'
import { WORDS } from './words.ts'

export interface DiffOptions {
  readonly json?: true
  /** Writes one flow as a text that git can compare. */
  readonly textconv?: true
  /** Takes the arguments that git gives to an external diff. */
  readonly git?: true
}

/** Tells in words how two flows differ; answers the exit code: 0 they do not, 1 they do, 2 something cannot be read. */
export async function diff(files: readonly string[], options: DiffOptions, streams: Streams): Promise<number> {
  try {
    if (options.textconv) return await asText(files, streams)
    if (options.git) return await forGit(files, streams)
    const [before, after, ...more] = files
    if (before === undefined || after === undefined || more.length > 0) return misused('two flow files', streams)
    return await compared(before, after, { json: options.json, output: streams.output })
  } catch (error) {
    if (!(error instanceof UnreadableFlow)) throw error
    streams.errors.write(`${error.message}\n`)
    return 2
  }
}

function misused(expected: string, { errors }: Streams): number {
  errors.write(`trunkline diff: expected ${expected}\n`)
  return 2
}

interface Telling extends Pick<Streams, 'output'> {
  readonly json?: true | undefined
}

async function compared(before: string, after: string, { json, output }: Telling): Promise<number> {
  const [old, now] = [await definitionIn(before), await definitionIn(after)]
  const changes = changesBetween(old, now, WORDS)
  const types = new Map([...old.states, ...now.states].map(({ name, type }) => [name, type]))
  const isSame = changes.length === 0
  if (json) output.write(`${JSON.stringify({ same: isSame, changes }, null, 2)}\n`)
  else
    output.write(
      changesInWords(changes, types, WORDS)
        .map((line) => `${line}\n`)
        .join(''),
    )
  return isSame ? 0 : 1
}

/** The definition in a file; an empty one for `/dev/null`, by which git means that there is no such file. */
async function definitionIn(file: string): Promise<FlowDefinition> {
  return file === '/dev/null' ? { states: [], initial_state: '' } : (await readFlow(file)).definition
}

/** What is no flow is shown as it is: an error would end the whole of git's output. */
async function asText([file, ...more]: readonly string[], streams: Streams): Promise<number> {
  if (file === undefined || more.length > 0) return misused('one file after --textconv', streams)
  try {
    streams.output.write(flowText(await definitionIn(file)))
  } catch (error) {
    if (!(error instanceof UnreadableFlow)) throw error
    streams.output.write(await asItIs(file))
  }
  return 0
}

async function asItIs(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new UnreadableFlow(`${file} cannot be read: ${whyUnreadable(error)}`)
  })
}

/** Git takes any other exit code than 0 for a failure, and goes no further. */
async function forGit([path = '', before, , , after]: readonly string[], streams: Streams): Promise<number> {
  if (before === undefined || after === undefined) return misused("git's seven arguments after --git", streams)
  streams.output.write(`flow ${path}\n`)
  try {
    await compared(before, after, streams)
  } catch (error) {
    if (!(error instanceof UnreadableFlow)) throw error
    streams.output.write('  one of the two is no flow\n')
  }
  return 0
}
