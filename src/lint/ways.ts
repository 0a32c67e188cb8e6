import type { PlacedWidget } from '../flow/definition.ts'
import { leadsTo } from '../flow/leads-to.ts'

/** Where the widgets of a flow lead, by name, numbered: rules ask for every widget what comes after it, and sets of names would take seconds for a flow of thousands. */
export class Ways {
  readonly #names: readonly string[]
  readonly #numbers: ReadonlyMap<string, number>
  readonly #next: readonly (readonly number[])[]

  /** Of pairs of names, each of which leads from the first to the second; the second may be no widget's. */
  constructor(steps: readonly (readonly [from: string, to: string])[]) {
    this.#names = [...new Set(steps.flat())]
    this.#numbers = new Map(this.#names.map((name, number) => [name, number]))
    const next: number[][] = this.#names.map(() => [])
    for (const [from, to] of steps) next[this.#number(from)]?.push(this.#number(to))
    this.#next = next.map((numbers) => [...new Set(numbers)])
  }

  /** What can come after some widgets, which are among it only where a way leads back to them. */
  after(names: Iterable<string>): Places {
    const seen = new Uint8Array(this.#names.length)
    const waiting = [...names].map((name) => this.#number(name))
    for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
      for (const next of this.#next[number] ?? []) {
        if (!seen[next]) waiting.push(next)
        seen[next] = 1
      }
    }
    return {
      has: (name) => seen[this.#number(name)] === 1,
      names: () => this.#names.filter((_, number) => seen[number] === 1),
    }
  }

  #number(name: string): number {
    return this.#numbers.get(name) ?? -1
  }
}

/** Some widgets of a flow. */
export interface Places {
  has(name: string): boolean
  names(): readonly string[]
}

/** The steps that lead from widget to widget, by name; of two widgets that share one, the first counts. */
export function stepsOf(widgets: ReadonlyMap<string, PlacedWidget>): (readonly [from: string, to: string])[] {
  return [...widgets].flatMap(([name, widget]) => nextNames(widget).map((next) => [name, next] as const))
}

/** The names that a widget's transitions lead to, those of no widget included. */
export function nextNames({ transitions }: PlacedWidget): string[] {
  return transitions.flatMap((transition) => leadsTo(transition) ?? [])
}

/** Whether an event leads to another widget. */
export function leadsOn({ transitions }: PlacedWidget, event: string): boolean {
  return transitions.some((transition) => transition.event === event && leadsTo(transition) !== undefined)
}
