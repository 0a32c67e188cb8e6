import { basename, dirname, resolve } from 'node:path'
import { field } from '../engine/fields.ts'
import { didYouMean } from '../flow/nearest.ts'
import { faultsOf } from './faults.ts'
import { Scenario } from './scenario.ts'
import { type Fault, type Source, sourcesIn } from './source.ts'

/** A scenario as it was read, ready to be played. */
export interface ReadScenario {
  readonly name: string
  readonly file: string
  /** Absolute path of the flow. */
  readonly flowFile: string
  readonly scenario: Scenario
  readonly source: Source
}

/** A scenario that cannot be played, and why. */
export interface UnreadableScenario {
  readonly name: string
  readonly file: string
  readonly faults: readonly Fault[]
}

/** Reads the scenarios of a file: a YAML file has one in each of its documents. `file` is an absolute path. */
export function readScenarios(file: string, text: string): readonly (ReadScenario | UnreadableScenario)[] {
  const sources = sourcesIn(file, text)
  const alone = sources.length === 1
  return sources.map((source, index) => readOne(source, alone ? nameOf(file) : `${nameOf(file)} ${index + 1}`))
}

/** Whether a document looks like a scenario, whatever is wrong with it: one that is passed over would never be missed. */
export function isScenario({ has, faults }: Source): boolean {
  const given = TELLING.filter((key) => has([key]))
  return given.length > (faults.length > 0 ? 0 : 1)
}

const TELLING = ['flow', 'start', 'then'] as const

function nameOf(file: string): string {
  return basename(file).replace(/\.(ya?ml|json)$/, '')
}

function readOne(source: Source, usually: string): ReadScenario | UnreadableScenario {
  const { file, faults } = source
  const given = field(source.value, 'name')
  const name = given === undefined || given === null ? usually : String(given)
  if (faults.length > 0) return { name, file, faults }
  const parsed = Scenario.safeParse(source.value)
  if (!parsed.success) return { name, file, faults: faultsOf(source, parsed.error) }
  const strangers = unknownPeople(parsed.data, source)
  if (strangers.length > 0) return { name, file, faults: strangers }
  return { name, file, flowFile: resolve(dirname(file), parsed.data.flow), scenario: parsed.data, source }
}

/** The address of somebody who is named in a scenario. */
export function addressOf(name: string, people: Scenario['people']): string {
  return Object.hasOwn(people, name) ? (people[name] ?? name) : name
}

function unknownPeople({ steps, start, people }: Scenario, source: Source): readonly Fault[] {
  const key = ['call', 'message', 'sms', 'text', 'request'].find((one) => source.has(['start', one])) ?? ''
  return [
    ...mistyped(start.contact, people, source.at(['start', key, key === 'request' ? 'To' : 'From'])),
    ...steps.flatMap(({ as, act }, index) => {
      const from = act && 'from' in act ? act.from : undefined
      return [
        ...stranger(as, people, source.at(['then', index, 'as'])),
        ...stranger(from, people, source.at(['then', index, act?.do ?? '', 'from'])),
      ]
    }),
  ]
}

/** `+15550001`, `whatsapp:+15550001`, `client:ann`, `42`. */
const ADDRESS = /^\+?\d+$|^[\w-]+:\S+$/

function stranger(name: string | undefined, people: Scenario['people'], position: Fault['position']): readonly Fault[] {
  if (name === undefined || Object.hasOwn(people, name) || ADDRESS.test(name)) return []
  const { hint = 'expected an address such as +15550001, or a name that people has' } = didYouMean(
    name,
    Object.keys(people),
  )
  return [{ position, message: `nobody is called ${JSON.stringify(name)}; ${hint}` }]
}

/** The carrier knows callers without a number, such as `anonymous`: only what looks like a slip is told. */
function mistyped(name: string | undefined, people: Scenario['people'], position: Fault['position']): readonly Fault[] {
  return name !== undefined && didYouMean(name, Object.keys(people)).hint ? stranger(name, people, position) : []
}
