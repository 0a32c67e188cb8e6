import type { FlowDefinition, PlacedWidget } from '../flow/definition.ts'
import { exitsOf } from './exits.ts'
import { numbersOf, type Walk } from './walk.ts'
import { titleOf, type Words } from './words.ts'

/** Writes a flow as a Mermaid flowchart, which Markdown on GitHub and elsewhere shows; open ends are left out. */
export function mermaidOf({ states }: FlowDefinition, words: Words, walk?: Walk): string {
  const ids = new Map(states.map(({ name }, index) => [name, `w${index}`]))
  const nodes = states.map((placed) => `  ${ids.get(placed.name)}["${label(placed, words)}"]`)
  const arrows = states.flatMap((placed) => arrowsFrom(placed, { words, walk, ids }))
  const walked = arrows.flatMap(({ isWalked }, index) => (isWalked ? [index] : []))
  const styles = [
    ...(walked.length > 0 ? [`  linkStyle ${walked.join(',')} stroke:#0263e0,stroke-width:3px`] : []),
    ...(walk?.stands && ids.has(walk.stands)
      ? [`  style ${ids.get(walk.stands)} stroke:#0263e0,stroke-width:3px`]
      : []),
  ]
  return `${['flowchart TD', ...nodes, ...arrows.map(({ text }) => text), ...styles].join('\n')}\n`
}

interface Arrow {
  readonly text: string
  readonly isWalked: boolean
}

interface Around {
  readonly words: Words
  readonly walk: Walk | undefined
  readonly ids: ReadonlyMap<string, string>
}

function arrowsFrom(placed: PlacedWidget, { words, walk, ids }: Around): readonly Arrow[] {
  return exitsOf(placed, words).flatMap((exit) => {
    const target = exit.next === undefined ? undefined : ids.get(exit.next)
    if (target === undefined) return []
    const numbers = numbersOf(walk, placed, exit)
    const title = numbers.length > 0 ? `(${numbers.join(', ')}) ${exit.title}` : exit.title
    return [{ text: `  ${ids.get(placed.name)} -->|"${escaped(title)}"| ${target}`, isWalked: numbers.length > 0 }]
  })
}

function label({ name, type }: PlacedWidget, words: Words): string {
  return `${escaped(name)}<br/><small>${escaped(titleOf(words, type))}</small>`
}

/** What Mermaid would read as its own, HTML's or Markdown's, as numbered entities. */
function escaped(text: string): string {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
  return line.replaceAll(/["#<>&`\\{}[\]|;]|^[-+]|(?<=^\d+)[.)]/g, (sign) => `#${sign.charCodeAt(0)};`)
}
