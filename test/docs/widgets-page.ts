import { z } from 'zod'
import type { Widget } from '../../src/engine/widget.ts'
import { jsonSchemaOf } from '../../src/flow/property-schema.ts'

/** The text of docs/widgets.md: one section for each type of widget. */
export function widgetsPage(widgets: readonly Widget[]): string {
  return [INTRODUCTION, overview(widgets), ...widgets.map(section)].join('\n')
}

const INTRODUCTION = `# Widgets

Every type of widget that runs here, by the name it has in a flow's JSON. Text properties may hold \`{{…}}\` templates.
A property in another JSON type than the one given is read all the same where that is possible (\`"5"\` for 5).

This page is generated from the widgets themselves: \`npm run docs\`.
`

/** What a walk must have for the widget to work. */
const NEEDS: Record<Widget['needs'], string> = {
  call: 'a call',
  message: 'somebody who can be written to',
  request: 'a beginning over REST',
  anything: 'nothing in particular',
}

function overview(widgets: readonly Widget[]): string {
  const rows = widgets.map(({ type, library, summary }) => [`[\`${type}\`](#${type})`, library.title, summary])
  return `${table(['Type', 'In Studio', 'What it does'], rows)}\n`
}

function section(widget: Widget): string {
  const { type, library, summary, needs, exits } = widget
  const named = exits.map((exit) => `${code(exit)} (${library.exits[exit]})`)
  const facts = [
    `- Studio calls it ${library.title}${library.retired ? ' and offers it for new flows no more' : ''}; group: ${library.group}.`,
    `- Needs ${NEEDS[needs]}.`,
    `- Exits: ${named.join(', ')}.${invalidNote(widget)}`,
  ]
  return `${[`## ${type}`, summary, facts.join('\n'), properties(widget)].join('\n\n')}\n`
}

function invalidNote({ onInvalid }: Widget): string {
  return onInvalid === undefined ? '' : ` Properties that cannot be used lead to ${code(onInvalid)}.`
}

/** The part of a property's JSON Schema that the page shows. */
const Property = z.object({
  title: z.string().optional(),
  description: z.string().optional(),
  type: z.string(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  default: z.unknown().optional(),
})

const Schema = z.object({
  properties: z.record(z.string(), Property).default({}),
  required: z.array(z.string()).default([]),
})

function properties(widget: Widget): string {
  const { properties, required } = Schema.parse(jsonSchemaOf(widget.properties))
  const rows = Object.entries(properties).map(([name, property]) => [
    code(name),
    [property.title, property.description].filter(Boolean).join('. '),
    typeOf(property),
    required.includes(name) ? 'required' : defaultOf(property),
  ])
  return rows.length === 0 ? 'It has no properties.' : table(['Property', 'Title', 'Value', 'Default'], rows)
}

function typeOf({ type, enum: words, minimum, maximum }: z.output<typeof Property>): string {
  if (words) return words.map(code).join(', ')
  const bounds = [minimum !== undefined && `at least ${minimum}`, maximum !== undefined && `at most ${maximum}`]
  return [type, ...bounds.filter((bound) => bound !== false)].join(', ')
}

function defaultOf(property: z.output<typeof Property>): string {
  return property.default === undefined ? '' : code(JSON.stringify(property.default))
}

function code(text: string): string {
  return `\`${text}\``
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
