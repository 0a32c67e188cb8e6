import { Allowance } from './allowance.ts'
import type { LiquidSettings } from './settings.ts'
import { isTemplate, parseTemplate } from './template.ts'

/** A JSON value, such as the properties of a widget, with every string in it parsed once as a template. */
export interface Fillable {
  /** The same shape with the templates filled, by one allowance for all; those that fail become empty text and are reported. */
  fill(scope: Readonly<Record<string, unknown>>, now: number, allowance?: Allowance): Filled
}

export interface Filled {
  readonly value: unknown
  readonly problems: readonly Problem[]
}

interface Problem {
  readonly path: readonly (string | number)[]
  readonly error: string
}

/** How a value is filled. */
export interface FillSettings extends LiquidSettings {
  /** Whether the text in this place is no template, whatever it looks like. */
  isLiteral?(path: Path): boolean
  /** Whether the template in this place stands for its value, which may be longer than a text may be. */
  isValue?(path: Path): boolean
}

/** Parses all templates in a value; parts without any are handed on as they are. */
export function compileFillable(value: unknown, settings: FillSettings): Fillable {
  const filler = fillerOf(value, [], settings)
  if (!filler) return { fill: () => ({ value, problems: [] }) }
  return {
    fill: (scope, now, allowance = new Allowance(settings.work)) => {
      const problems: Problem[] = []
      return { value: filler({ scope, now, allowance, problems }), problems }
    },
  }
}

interface Filling {
  readonly scope: Readonly<Record<string, unknown>>
  readonly now: number
  readonly allowance: Allowance
  readonly problems: Problem[]
}

/** Makes the filled value; there is none for a value without templates. */
type Filler = (filling: Filling) => unknown

type Path = readonly (string | number)[]

function fillerOf(value: unknown, path: Path, settings: FillSettings): Filler | undefined {
  if (typeof value === 'string') {
    if (!isTemplate(value) || settings.isLiteral?.(path)) return undefined
    return templateFiller(value, path, settings)
  }
  if (typeof value !== 'object' || value === null) return undefined
  return Array.isArray(value) ? listFiller(value, path, settings) : mapFiller(value, path, settings)
}

function templateFiller(source: string, path: Path, settings: FillSettings): Filler {
  const isValue = settings.isValue?.(path) ?? false
  const template = parseTemplate(isValue ? source.trim() : source, settings) // among blanks a value would be text
  return ({ scope, now, allowance, problems }) => {
    const filled = isValue ? template.evaluate(scope, now, allowance) : template.render(scope, now, allowance)
    if (filled.ok) return 'text' in filled ? filled.text : filled.value
    problems.push({ path, error: filled.error })
    return ''
  }
}

function listFiller(list: readonly unknown[], path: Path, settings: FillSettings): Filler | undefined {
  const fillers = list.map((element, index) => fillerOf(element, [...path, index], settings))
  if (fillers.every((filler) => filler === undefined)) return undefined
  return (filling) => list.map((element, index) => fillers[index]?.(filling) ?? element)
}

function mapFiller(map: object, path: Path, settings: FillSettings): Filler | undefined {
  const fillers = Object.entries(map).flatMap(([key, element]) => {
    const filler = fillerOf(element, [...path, key], settings)
    return filler ? [[key, filler] as const] : []
  })
  if (fillers.length === 0) return undefined
  return (filling) => {
    const filled: Record<string, unknown> = { ...map }
    for (const [key, filler] of fillers) filled[key] = filler(filling) // it has this key, be it `__proto__`
    return filled
  }
}
