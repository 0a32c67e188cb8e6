import { type Execution, topFrame } from '../engine/execution.ts'
import type { Position } from '../flow/file.ts'
import { coded } from './compare.ts'
import { requestLine } from './kinds.ts'
import type { Seen } from './ledger.ts'
import type { Mismatch } from './mismatch.ts'
import { repeated } from './repeated.ts'
import { waitsInWords } from './waits-in-words.ts'

/** Why a scenario failed, and how things stood then. */
export interface Failure {
  readonly file: string
  readonly position: Position
  /** The step in words, with its number; undefined where it did not even begin. */
  readonly step?: string | undefined
  /** What could not be done, where that is why. */
  readonly trouble?: string | undefined
  readonly mismatches: readonly Mismatch[]
  /** How things stood: headings and lines. */
  readonly scene: readonly Shown[]
}

export interface Shown {
  readonly title: string
  readonly lines: readonly string[]
}

/** How things stand: what was last heard and got, where each flow stands, what it last asked for. */
export function sceneOf(
  { all, flows }: { readonly all: Seen; readonly flows: ReadonlyMap<string, string> },
  executions: readonly Execution[],
): readonly Shown[] {
  const scene = [
    {
      title: 'last heard',
      lines: all.happenings.flatMap((one) => (one.type === 'said' ? [one.text] : [])).slice(-LAST),
    },
    { title: 'last texts', lines: texts(all).slice(-LAST) },
    ...executions.flatMap((execution) => walkOf(execution, all, flows)),
    { title: 'services', lines: repeated(all.asked.map(requestLine)) },
    { title: 'carrier', lines: repeated(problemsIn(all)) },
  ]
  return scene.filter(({ lines }) => lines.length > 0)
}

const LAST = 5

function texts({ happenings }: Seen): readonly string[] {
  return happenings.flatMap((one) => (one.type === 'message' ? [`${one.from} → ${one.to}: ${one.body}`] : []))
}

function problemsIn({ happenings }: Seen): readonly string[] {
  return happenings.flatMap((one) => (one.type === 'problem' ? [coded(one.problem)] : []))
}

function walkOf(execution: Execution, { moves }: Seen, flows: ReadonlyMap<string, string>): readonly Shown[] {
  const own = moves.filter((move) => move.execution.sid === execution.sid)
  const { at, flowSid } = topFrame(execution)
  const { status, endedReason, contact } = execution
  const how = status === 'ended' ? `ended (${endedReason})` : waitsInWords(execution)
  const steps = own.flatMap((move) => move.steps.map(({ from, name }) => `${from} (${name})`))
  return [
    { title: 'flow', lines: [`${flows.get(flowSid) ?? flowSid} with ${contact} stands on ${at}, ${how}`] },
    {
      title: 'steps',
      lines: steps.length > 0 ? [[...(steps.length > SHOWN ? ['…'] : []), ...steps.slice(-SHOWN)].join(' → ')] : [],
    },
    {
      title: 'warnings',
      lines: repeated(own.flatMap((move) => move.warnings.map((one) => `${one.widget}: ${coded(one)}`))),
    },
  ]
}

const SHOWN = 8
