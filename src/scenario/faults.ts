import type { z } from 'zod'
import { field } from '../engine/fields.ts'
import type { Fault, Path, Source } from './source.ts'

/** What is wrong with a scenario, each with its place and with what was expected. */
export function faultsOf(source: Source, { issues }: z.core.$ZodError): readonly Fault[] {
  return withoutEchoes(issues.flatMap((issue) => plain(issue, [])))
    .map((told) => faultOf(source, told))
    .toSorted(({ position: one }, { position: other }) => one.line - other.line || one.column - other.column)
}

/** Where a key is strange, what else is said of that place is its consequence. */
function withoutEchoes(told: readonly Told[]): readonly Told[] {
  const strange = new Set(told.filter(isStranger).map(({ path }) => path.join('/')))
  return told.filter((one) => isStranger(one) || !strange.has(one.path.join('/')))
}

interface Told {
  readonly path: Path
  readonly message: string
  readonly keys?: readonly string[] | undefined
}

/** Of the alternatives of a union, the one that was probably meant. */
function plain(issue: z.core.$ZodIssue, around: Path): readonly Told[] {
  const path = [...around, ...issue.path]
  if (issue.code !== 'invalid_union') {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : undefined
    return [{ path, message: expected(issue.message), keys }]
  }
  const alternatives = issue.errors.map((errors) => withoutEchoes(errors.flatMap((one) => plain(one, path))))
  const meant = alternatives.filter((told) => told.every((one) => isInside(one, path)))
  const [best] = meant.toSorted((one, other) => depth(other) - depth(one) || one.length - other.length)
  if (best) return best
  return [{ path, message: issue.message === GENERIC ? forms(alternatives) : issue.message }]
}

const GENERIC = 'Invalid input'

function isInside({ path, keys }: Told, { length }: Path): boolean {
  return path.length > length || keys !== undefined
}

function depth(told: readonly Told[]): number {
  return Math.max(...told.map(({ path, keys, message }) => path.length + (keys ? hinted(message) : 0)))
}

function hinted(message: string): number {
  return message.includes('did you mean') ? 1.5 : 0
}

function forms(alternatives: readonly (readonly Told[])[]): string {
  return [...new Set(alternatives.flatMap((told) => told.map(({ message }) => message)))].join(', or ')
}

/** `Invalid input: expected string, received number` says twice what the message shows anyway. */
function expected(message: string): string {
  const [, wanted] = /expected (?:one of )?(.*?)(?:, received \S+)?$/.exec(message) ?? []
  return /^Invalid/.test(message) && wanted !== undefined ? (NAMES[wanted] ?? wanted.replaceAll('|', ', ')) : message
}

const NAMES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys with values',
  record: 'keys with values',
  null: 'nothing',
}

function isStranger({ keys }: Told): boolean {
  return keys !== undefined
}

function faultOf(source: Source, { path, message, keys }: Told): Fault {
  const [key] = keys ?? []
  if (key !== undefined) return { position: source.keyAt([...path, key]), message }
  const value = path.reduce<unknown>((inside, name) => at(inside, name), source.value)
  const shown = value === undefined ? 'missing' : brief(value)
  const name = path.length === 0 ? 'the scenario' : path.map(String).join('.')
  return { position: source.at(path), message: `${name} is ${shown}; expected ${message}` }
}

function at(value: unknown, key: PropertyKey): unknown {
  return Array.isArray(value) ? value[Number(key)] : field(value, String(key))
}

const LONGEST = 60

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
