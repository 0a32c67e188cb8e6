import { Handle, type NodeProps, Position } from '@xyflow/react'
import { TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import type { Exit } from '../../picture/exits.ts'
import type { Card } from './card.ts'
import { useDistance } from './distance.ts'
import type { WidgetNode } from './nodes.ts'

/** A widget on the canvas: all of it, or from far away the name alone, so that a thousand can be moved at once. */
export const WidgetCard = memo(function WidgetCard({
  data: { card, problem, steps, mark },
  selected,
}: NodeProps<WidgetNode>) {
  const distance = useDistance()
  return (
    <div className={`card ${distance} ${card.tone} ${selected ? 'selected' : ''} ${wayOf(steps)} ${mark ?? ''}`}>
      {distance === 'near' && <NearCard card={card} />}
      {distance === 'far' && <b>{breakable(card.name)}</b>}
      {distance !== 'near' && <Dots card={card} />}
      {steps && steps.length > 0 && <span className="card-steps">{stepsText(steps)}</span>}
      {mark && distance !== 'farthest' && <span className={`card-mark ${mark}`}>{mark}</span>}
      {problem && distance !== 'farthest' && (
        <span className={`card-problem ${problem}`} role="img" aria-label={problem} title={PROBLEM_TITLES[problem]}>
          <TriangleAlert size={12} />
        </span>
      )}
    </div>
  )
})

/** With a place to break behind each underscore, for a long name would be broken within a word. */
function breakable(name: string): string {
  return name.replaceAll('_', '_\u200b')
}

function wayOf(steps: readonly number[] | undefined): string {
  if (!steps) return ''
  return steps.length > 0 ? 'visited' : 'not-visited'
}

/** The last three of them, where an execution has come by many times. */
function stepsText(steps: readonly number[]): string {
  const shown = steps.slice(-3).join(', ')
  return steps.length > 3 ? `… ${shown}` : shown
}

/** Its name, Studio's word for its type, what it does, and its exits with their dots. */
function NearCard({ card }: { readonly card: Card }) {
  const { Icon } = card
  return (
    <>
      {!card.isTrigger && <Handle type="target" position={Position.Top} className="card-target" />}
      <div className="card-head">
        <Icon size={14} aria-hidden />
        <b title={card.name}>{card.name || 'no name'}</b>
        <span>{card.title}</span>
      </div>
      <div className="card-text">{card.summary}</div>
      <div className="card-exits">
        {card.exits.map((exit) => (
          <CardExit key={exit.key} exit={exit} />
        ))}
      </div>
    </>
  )
}

/** Where edges begin and end, for React Flow to measure; from far away no edge is drawn from card to card by hand. */
function Dots({ card: { exits, isTrigger } }: { readonly card: Card }) {
  return (
    <>
      {!isTrigger && <i className="dot target" data-handlepos="top" />}
      {exits.map(({ key, next }, place) => (
        <i
          key={key}
          className={next === undefined ? 'dot source open' : 'dot source'}
          data-handleid={key}
          data-handlepos="bottom"
          style={{ left: `${((place + 0.5) * 100) / exits.length}%` }}
        />
      ))}
    </>
  )
}

const PROBLEM_TITLES = { error: 'It has an error', warning: 'There is a warning' } as const

/** An exit: hollow and grey as long as it leads nowhere. */
function CardExit({ exit: { key, title, next } }: { readonly exit: Exit }) {
  return (
    <div className={`card-exit ${next === undefined ? 'open' : ''}`}>
      <span title={title}>{title}</span>
      <Handle type="source" position={Position.Bottom} id={key} className="card-dot" />
    </div>
  )
}
