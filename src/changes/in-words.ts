import { titleOf, type Words } from '../picture/words.ts'
import type { Change, ExitChange, WidgetChange } from './change.ts'

/** Changes as lines for people: what belongs to one widget stands below it. */
export function changesInWords(changes: readonly Change[], types: ReadonlyMap<string, string>, words: Words): string[] {
  const named = (widget: string) => `${widget} (${titleOf(words, types.get(widget) ?? '')})`
  let heading = ''
  return changes.flatMap((change) => {
    const own = headline(change, named, words)
    if (own !== undefined) {
      heading = change.kind === 'widget-renamed' ? change.widget : ''
      return [own]
    }
    if (!('widget' in change) || change.widget === heading) return inside(change)
    heading = change.widget
    return [`changed ${named(change.widget)}`, ...inside(change)]
  })
}

function headline(change: Change, named: (widget: string) => string, words: Words): string | undefined {
  switch (change.kind) {
    case 'widget-added':
      return `added ${named(change.widget)}`
    case 'widget-removed':
      return `removed ${change.widget} (${titleOf(words, change.type)})`
    case 'widget-renamed':
      return `renamed ${change.before} to ${named(change.widget)}`
    case 'flow-changed':
      return [`the flow: ${change.property}`, ...values(change)].join('\n')
    default:
      return undefined
  }
}

/** What has a line of its own says nothing more. */
function inside(change: Change): string[] {
  switch (change.kind) {
    case 'type-changed':
      return [`  was of the type ${change.before}, is ${change.after}`]
    case 'property-changed':
      return [`  ${change.property}`, ...values(change)]
    case 'transition-moved':
    case 'conditions-changed':
    case 'branch-added':
    case 'branch-removed':
    case 'branch-shifted':
      return exitLines(change)
    default:
      return []
  }
}

function exitLines(change: ExitChange & Pick<WidgetChange, 'widget'>): string[] {
  const exit = `  ${change.exit}`
  switch (change.kind) {
    case 'transition-moved':
      return [`${exit}: led to ${target(change.before)}, leads to ${target(change.after)}`]
    case 'conditions-changed':
      return [exit, `    was: ${change.before}`, `    now: ${change.after}`]
    case 'branch-added':
      return [`${exit}: a new branch, if ${change.conditions}, to ${target(change.leadsTo)}`]
    case 'branch-removed':
      return [`${exit}: no branch any more, it was: if ${change.conditions}, to ${target(change.leadsTo)}`]
    case 'branch-shifted':
      return [`${exit}: was tried as number ${change.before}, is as number ${change.after}`]
    default:
      return change satisfies never
  }
}

function values({ before, after }: { readonly before: unknown; readonly after: unknown }): string[] {
  return [`    was: ${shown(before)}`, `    now: ${shown(after)}`]
}

function shown(value: unknown): string {
  return value === undefined ? '(not there)' : JSON.stringify(value)
}

function target(next: string | undefined): string {
  return next ?? '(the end)'
}
