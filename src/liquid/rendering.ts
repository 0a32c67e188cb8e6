import { Context, type Liquid, type Template, toValueSync } from 'liquidjs'
import type { Allowance } from './allowance.ts'
import type { LiquidSettings } from './settings.ts'
import { TemplateError } from './template-error.ts'
import type { Budget, LiquidValue } from './value.ts'
import type { Writer } from './writer.ts'

/** The context roots that a template sees. */
export type Roots = Readonly<Record<string, unknown>>

/** What a template is filled with. */
export interface Scene {
  readonly roots: Roots
  /** What `now` means to the `date` filter, epoch milliseconds. */
  readonly now: number
  readonly allowance: Allowance
}

/** One render of a template: its variables and what it has used up. Made for it and thrown away after it. */
export class Rendering extends Context implements Budget {
  readonly settings: LiquidSettings
  readonly now: number
  readonly #liquid: Liquid
  readonly #roots: Roots
  /** Outermost first; every loop adds one. */
  readonly #variables: Map<string, LiquidValue>[] = [new Map()]
  readonly #allowance: Allowance
  #turnsLeft: number
  #usedUp = false

  constructor(liquid: Liquid, settings: LiquidSettings, { roots, now, allowance }: Scene) {
    super({}, liquid.options)
    this.settings = settings
    this.now = now
    this.#liquid = liquid
    this.#roots = roots
    this.#turnsLeft = settings.turns
    this.#allowance = allowance
  }

  /** True once a limit is passed: no tag may go on after that. */
  get usedUp(): boolean {
    return this.#usedUp
  }

  /** Renders one template after the other; stops after a `break` or `continue`. */
  write(templates: Template[], out: Writer): void {
    this.spend(templates.length * STEPS_A_PART)
    toValueSync(this.#liquid.renderer.renderTemplates(templates, this, out))
  }

  /** The value of the innermost variable of that name that is not nil, else of the context root. */
  read(name: string): LiquidValue {
    for (let depth = this.#variables.length - 1; depth > 0; depth--) {
      const value = this.#variables[depth]?.get(name)
      if (value !== undefined && value !== null) return value
    }
    const [outermost] = this.#variables
    if (outermost?.has(name)) return outermost.get(name)
    return Object.hasOwn(this.#roots, name) ? this.#roots[name] : undefined
  }

  knows(name: string): boolean {
    return this.#variables.some((level) => level.has(name)) || Object.hasOwn(this.#roots, name)
  }

  /** Sets the variable for the whole template, as `assign` and `capture` do. */
  assign(name: string, value: LiquidValue): void {
    this.#variables[0]?.set(name, value)
  }

  /** Sets the variable for the loop that the tag stands in. */
  assignHere(name: string, value: LiquidValue): void {
    this.#variables.at(-1)?.set(name, value)
  }

  forget(name: string): void {
    this.#variables.findLast((level) => level.has(name))?.delete(name)
  }

  /** Runs with variables of its own, as a loop does. */
  nested<T>(run: () => T): T {
    this.#variables.push(new Map())
    try {
      return run()
    } finally {
      this.#variables.pop()
    }
  }

  takeTurn(): void {
    if (--this.#turnsLeft < 0) this.refuse(`the template takes more than ${this.settings.turns} loop turns`)
  }

  spend(steps: number): void {
    if (!this.#allowance.take(steps)) this.refuse('the template takes too much work')
  }

  /** Ends the render because of a limit. */
  refuse(reason: string): never {
    this.#usedUp = true
    throw new TemplateError(reason)
  }
}

/** For a text, an output or a tag, whatever it reads and writes. */
const STEPS_A_PART = 20
