import type { Card, Drawing, DrawnExit, Line } from './drawing.ts'
import { fitted } from './fitted.ts'
import { CARD_HEIGHT, type Point } from './geometry.ts'
import { pathOf, wayRound } from './line-path.ts'
import { element, escaped } from './xml.ts'

/** Writes a drawing as an SVG document that needs nothing from outside; the same drawing gives the same text. */
export function svgOf(drawing: Drawing, name: string): string {
  const { x, y, width, height } = frameOf(drawing)
  const size = { viewBox: `${x} ${y} ${width} ${height}`, width, height }
  const parts = [
    element('title', {}, escaped(name)),
    element('style', {}, STYLE),
    ARROWS,
    element('rect', { x, y, width, height, class: 'ground' }),
    ...drawing.lines.map(lineOf),
    ...drawing.cards.map(cardOf),
    ...drawing.cards.flatMap(({ exits }) => exits.flatMap(badgeOf)),
  ]
  return `${element('svg', { xmlns: 'http://www.w3.org/2000/svg', role: 'img', ...size }, `\n${parts.join('\n')}\n`)}\n`
}

const MARGIN = 40

/** Everything that is drawn, and some room around it. */
function frameOf({ cards, lines }: Drawing) {
  const corners: readonly Point[] = [
    ...cards.flatMap(({ box }) => [box, { x: box.x + box.width, y: box.y + box.height }]),
    ...lines.flatMap(({ from, to, side }) => (side === undefined ? [from, to] : wayRound(from, to, side))),
  ]
  const left = Math.floor(least(corners.map(({ x }) => x))) - MARGIN
  const top = Math.floor(least(corners.map(({ y }) => y))) - MARGIN
  const width = Math.ceil(-least(corners.map(({ x }) => -x))) + MARGIN - left
  const height = Math.ceil(-least(corners.map(({ y }) => -y))) + MARGIN - top
  return { x: left, y: top, width, height }
}

/** Not by spreading: a flow can have 2,000 widgets, and ten times as many corners. */
function least(values: readonly number[]): number {
  return values.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY)
}

function lineOf(line: Line): string {
  const names = ['line', line.side === undefined ? '' : 'back', line.isWalked ? 'walked' : '']
  const arrow = `url(#${line.isWalked ? 'walked-arrow' : 'arrow'})`
  return element('path', { d: pathOf(line), class: names.filter(Boolean).join(' '), 'marker-end': arrow })
}

/** Its content is a nested document: what is too long for the card is cut off at its edge. */
function cardOf(card: Card): string {
  const { box, name, title, exits } = card
  return element(
    'g',
    { class: classOf(card) },
    element('title', {}, escaped(`${title}: ${name}`)),
    element('rect', { ...box, rx: 6 }),
    element('rect', { x: box.x, y: box.y, width: box.width, height: 3, class: 'tone' }),
    element('svg', { ...box }, ...headOf(card), ...exits.map((exit) => exitLabel(exit, card))),
    ...exits.map(({ dot, next }) => {
      return element('circle', { cx: round(dot.x), cy: dot.y, r: 4, class: next === undefined ? 'open dot' : 'dot' })
    }),
  )
}

function classOf({ group, exits, isStood }: Card): string {
  const isWalked = isStood || exits.some(({ numbers }) => numbers.length > 0)
  const tone = group.toLowerCase().split(' ', 1)[0]
  return ['card', `tone-${tone}`, isWalked ? 'walked' : '', isStood ? 'stood' : ''].filter(Boolean).join(' ')
}

/** Name, type and what the widget does; a long name gives way to the type. */
function headOf({ box: { width }, name, title, summary }: Card): readonly string[] {
  const [type = ''] = fitted(title, { width: width * TYPE_SHARE, size: 11 })
  const left = width - 3 * PADDING - type.length * 6
  const lines = fitted(summary, { width: width - 2 * PADDING, size: 11, lines: 2 })
  return [
    textAt({ x: PADDING, y: 22 }, 'name', fitted(name, { width: left, size: 14 })[0]), // 13, and bold
    textAt({ x: width - PADDING, y: 22 }, 'type', type),
    ...lines.map((line, index) => textAt({ x: PADDING, y: 42 + index * 15 }, 'summary', line)),
    element('path', { d: `M0,${EXITS_AT} H${width}`, class: 'rule' }),
  ]
}

const TYPE_SHARE = 0.55
const PADDING = 10
const EXITS_AT = 68

function exitLabel({ title, dot, next }: DrawnExit, { box, exits }: Card): string {
  const lines = fitted(title, { width: box.width / exits.length - 6, size: 10, lines: 2 })
  const top = (EXITS_AT + CARD_HEIGHT) / 2 - (lines.length - 1) * 6
  return lines
    .map((line, index) =>
      textAt({ x: round(dot.x - box.x), y: top + index * 12 }, next === undefined ? 'open exit' : 'exit', line),
    )
    .join('')
}

/** The numbers of the steps that took an exit, under its dot. */
function badgeOf({ dot, numbers }: DrawnExit): readonly string[] {
  if (numbers.length === 0) return []
  const text = fitted(numbers.join(', '), { width: LONGEST_BADGE, size: 11 })[0] ?? ''
  const width = Math.max(18, text.length * 6 + 10)
  const place = { x: round(dot.x - width / 2), y: dot.y + 8, width, height: 18, rx: 9 }
  return [
    element('g', { class: 'badge' }, element('rect', place), textAt({ x: round(dot.x), y: dot.y + 21 }, '', text)),
  ]
}

const LONGEST_BADGE = 120

function textAt({ x, y }: Point, name: string, text = ''): string {
  return text === '' ? '' : element('text', { x, y, class: name || undefined }, escaped(text))
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

function marker(id: string): string {
  const place = { id, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: 'auto' }
  return element('marker', place, element('path', { d: 'M0,0 L8,4 L0,8 z' }))
}

const ARROWS = element('defs', {}, marker('arrow'), marker('walked-arrow'))

/** No light or dark of its own: a picture is printed and put into documents. */
const STYLE = `
text { font: 11px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2937 }
.ground { fill: #f5f6f8 }
.card > rect { fill: #fff; stroke: #d5dae1 }
.card > .tone { fill: var(--tone); stroke: none }
.card.walked > rect:first-of-type { stroke: #0263e0; stroke-width: 2 }
.card.stood > rect:first-of-type { stroke-dasharray: 6 3 }
.name { font-size: 13px; font-weight: 600 }
.type { text-anchor: end }
.type, .summary { fill: #4b5563 }
.exit { font-size: 10px; text-anchor: middle }
.exit.open { fill: #6b7280 }
.rule { stroke: #e5e7eb }
.dot { fill: #0263e0; stroke: #0263e0 }
.dot.open { fill: #fff; stroke: #6b7280 }
.line { fill: none; stroke: #8a96a8; stroke-width: 1.25 }
.line.back { stroke-dasharray: 5 4 }
.line.walked { stroke: #0263e0; stroke-width: 2.25 }
#arrow path { fill: #8a96a8 }
#walked-arrow path { fill: #0263e0 }
.badge rect { fill: #0263e0; stroke: #fff }
.badge text { fill: #fff; font-weight: 600; text-anchor: middle }
.tone-trigger { --tone: #c0203a }
.tone-flow { --tone: #1d5bbf }
.tone-voice { --tone: #0f7b6c }
.tone-messaging { --tone: #7338a8 }
.tone-tools { --tone: #a8540f }
.tone-flex { --tone: #1d5bbf }
.tone-unknown { --tone: #6b7280 }
`
