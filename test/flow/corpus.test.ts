import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseFlowText, positionOf } from '../../src/flow/file.ts'
import { importFlow } from '../../src/flow/import.ts'
import { own } from '../../src/flow/record.ts'
import { catalogue } from './catalogue.ts'

const FLOWS = join(import.meta.dirname, '../../../shared/flows')
const present = existsSync(join(FLOWS, 'INDEX.tsv'))
if (!present) console.warn('SKIPPED: the corpus of real flows (../shared/flows) is not here')

/** Files that are refused. None of them can be saved in Studio either. */
const REFUSED: Readonly<Record<string, readonly [rule: string, reason: string]>> = {
  'JeanLuis2010__UltimaDefensaLegal__studio-flow--d089ae4.json': [
    'bare-condition',
    'hand-made: the splits compare by texts such as \'{{trigger.call.To}} == "+1…"\', so every call would go astray',
  ],
  'RJPearson94__twilio-sdk-go__acceptance-studio-acceptance-test-1.json': [
    'dangling-transition',
    'made to be refused: the trigger leads to the widget "invalidTransition", which does not exist',
  ],
  'techmatters__flex-plugins__studioFlow-default-main--c050c89.json': [
    'missing-property',
    'cut out of a template: its trigger has neither name nor type',
  ],
  'twilio-labs__function-templates__assets-sms-studio-flow--b5eeda9.json': [
    'dangling-transition',
    'edited by hand: "Goodbye" leads to "SaveToAirtable", which was taken out',
  ],
}

/** Types in the files that no Studio ever had. */
const STRANGERS = new Set([
  ...['http-request', 'webhook', 'function', 'text-to-speech', 'listen', 'connect'],
  ...['make-outgoing-connection', 'start-call-recording', 'hangup', 'hang-up', 'stop-call', 'endCall', 'end'],
])

interface Row {
  readonly file: string
  readonly format: string
}

const rows: readonly Row[] = present ? readIndex() : []
const modern = rows.filter(({ file, format }) => format !== 'legacy' && !(file in REFUSED))
const legacy = rows.filter(({ format }) => format === 'legacy')

describe.skipIf(!present)('of the real flows', () => {
  test('every file of the folder is in the index and the other way round', () => {
    expect(rows.map(({ file }) => file).sort()).toEqual(
      readdirSync(FLOWS)
        .filter((file) => file.endsWith('.json'))
        .sort(),
    )
    expect(rows.length).toBeGreaterThan(200)
  })

  test.each(Object.entries(REFUSED))('%s is refused, for a reason', (file, [rule]) => {
    const { issues } = importFlow(read(file), catalogue)
    expect(issues.filter(({ severity }) => severity === 'error').map((issue) => issue.rule)).toContain(rule)
  })

  test.each(modern)('$file is imported, and exported as it was', ({ file }) => {
    const json = read(file)
    const before = structuredClone(json)
    const flow = importFlow(json, catalogue)
    expect('definition' in flow ? flow.source : flow.issues).toEqual(before)
    expect('definition' in flow && flow.definition).toMatchObject({ initial_state: own(before, 'initial_state') })
  })

  test.each(legacy)('$file, in the old dialect, is mapped to types of today', ({ file }) => {
    const flow = importFlow(read(file), catalogue)
    const states = 'definition' in flow ? flow.definition.states : []
    expect(states.length).toBeGreaterThan(0)
    expect(states.filter(({ type }) => !catalogue.has(type))).toEqual([])
    expect(flow.issues.filter(({ rule }) => rule === 'unknown-event')).toEqual([])
  })

  test.each(modern)('$file has no widget type that is neither known nor strange', ({ file }) => {
    const { issues } = importFlow(read(file), catalogue)
    const unknown = issues.filter(({ rule }) => rule === 'unknown-widget-type').map(({ message }) => message)
    expect(unknown.filter((message) => !STRANGERS.has(message.split("'")[1] ?? ''))).toEqual([])
  })

  test.each(rows)('every issue of $file has a place in its text', ({ file }) => {
    const text = readFileSync(join(FLOWS, file), 'utf8')
    const places = importFlow(read(file), catalogue).issues.map(({ path }) => positionOf(text, path))
    expect(places.filter(({ line }) => line < 1 || line > text.split('\n').length)).toEqual([])
  })
})

function readIndex(): Row[] {
  const [header = '', ...lines] = readFileSync(join(FLOWS, 'INDEX.tsv'), 'utf8').trimEnd().split('\n')
  const columns = header.split('\t')
  return lines.map((line) => {
    const cells = line.split('\t')
    const cell = (name: string) => cells[columns.indexOf(name)] ?? ''
    return { file: cell('file'), format: cell('format') }
  })
}

function read(file: string): unknown {
  const parsed = parseFlowText(readFileSync(join(FLOWS, file), 'utf8'))
  if ('issue' in parsed) throw new Error(`${file}: ${parsed.issue.message}`)
  return parsed.json
}
