import type { FlowDefinition } from './definition.ts'
import { parseFlowText } from './file.ts'
import { acceptable, type Finding, type Issue, type Judging, judged } from './issue.ts'
import { isLegacy, modernised } from './legacy.ts'
import { isObject, own } from './record.ts'
import { readStructure } from './structure.ts'
import { check, type WidgetCatalogue } from './validate.ts'

/** A flow that was read. */
export interface ImportedFlow {
  /** The sid of a REST export. */
  readonly sid?: string
  /** The name of a REST export. */
  readonly friendlyName?: string
  /** What is run: today's dialect, with gaps filled and structure coerced. */
  readonly definition: FlowDefinition
  /** The definition exactly as it was read, for exporting; a REST export's envelope is not part of it. */
  readonly source: unknown
  /** Warnings only. */
  readonly issues: readonly Issue[]
}

/** A flow that cannot be used. */
export interface RefusedFlow {
  /** At least one of them is an error. */
  readonly issues: readonly Issue[]
  /** The definition all the same where its structure could be read: to be looked at, never to be run. */
  readonly readable?: FlowDefinition
}

/** Reads a bare definition or a REST export, in today's dialect or that of 2017 to 2019. */
export function importFlow(
  json: unknown,
  catalogue: WidgetCatalogue,
  judging: Judging = {},
): ImportedFlow | RefusedFlow {
  const { source, fault, ...envelope } = opened(json)
  if (fault) return { issues: judged([fault], judging) }
  const { definition, findings } = readStructure(today(source))
  const issues = judged([...findings, ...(definition ? check(definition, catalogue) : [])], judging)
  if (definition && acceptable(issues)) return { ...envelope, definition, source, issues }
  return definition ? { issues, readable: definition } : { issues }
}

/** The runnable definition of a source that was imported before; throws when it never can have been. */
export function definitionOf(source: unknown): FlowDefinition {
  const { definition, findings } = readStructure(today(source))
  if (!definition) throw new TypeError(`not a flow that was imported: ${findings[0]?.path} ${findings[0]?.message}`)
  return definition
}

function today(source: unknown): unknown {
  return isLegacy(source) && isObject(source) ? modernised(source) : source
}

interface Opened {
  readonly sid?: string
  readonly friendlyName?: string
  readonly source: unknown
  readonly fault?: Finding
}

/** Takes the definition out of a REST export's envelope `{sid, friendly_name, definition}`. */
function opened(json: unknown): Opened {
  const inside = own(json, 'definition')
  if (!isObject(json) || inside === undefined || json.states !== undefined) return { source: json }
  const { sid, friendly_name } = json
  return {
    ...(typeof sid === 'string' ? { sid } : {}),
    ...(typeof friendly_name === 'string' ? { friendlyName: friendly_name } : {}),
    ...(typeof inside === 'string' ? parsed(inside) : { source: inside }),
  }
}

function parsed(text: string): Pick<Opened, 'source' | 'fault'> {
  const read = parseFlowText(text)
  if ('json' in read) return { source: read.json }
  const message = `the definition is a text that is no JSON: ${read.issue.message}`
  return { source: text, fault: { gravity: 'error', rule: 'not-json', path: '#/definition', message } }
}
