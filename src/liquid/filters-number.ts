import { count, integerOf, readsAsInteger } from './filter-arguments.ts'
import type { Filter } from './filters.ts'
import { classOf, Double, isNumber, type LiquidNumber, long, parseNumber, toDouble, toLong } from './number.ts'
import type { Rendering } from './rendering.ts'
import { roundedText } from './round.ts'
import { TemplateError } from './template-error.ts'
import { asNumber, trimmed } from './text.ts'
import type { Budget, LiquidValue } from './value.ts'

/** The filters that reckon: with 64-bit integers where both sides read as such, else with doubles. */
export const numberFilters: Readonly<Record<string, Filter>> = {
  plus: arithmetic({ whole: (a, b) => a + b, broken: (a, b) => a + b }),
  minus: arithmetic({ whole: (a, b) => a - b, broken: (a, b) => a - b }),
  times: arithmetic({ whole: (a, b) => a * b, broken: (a, b) => a * b }),
  divided_by: arithmetic({ whole: (a, b) => a / divisor(b), broken: (a, b) => a / b }),
  modulo: arithmetic({ whole: (a, b) => a % divisor(b), broken: (a, b) => a % b }),
  abs,
  ceil: toWhole(Math.ceil),
  floor: toWhole(Math.floor),
  round: (value, [digits], run) => roundedText(value, digits, run),
  at_least: bounded((value, bound) => value < bound),
  at_most: bounded((value, bound) => value > bound),
}

interface Operation {
  whole(a: bigint, b: bigint): bigint
  broken(a: number, b: number): number
}

/** A missing value counts as 0; text that is no number is refused. */
function arithmetic({ whole, broken }: Operation): Filter {
  return (value, args, run) => {
    count(args, 1)
    const left = value ?? 0n
    const [right] = args
    if (readsAsInteger(left, run) && readsAsInteger(right, run))
      return long(whole(integerOf(left, run), integerOf(right, run)))
    return new Double(broken(toDouble(asNumber(left, run)), toDouble(asNumber(right, run))))
  }
}

function divisor(number: bigint): bigint {
  if (number === 0n) throw new TemplateError('division by zero')
  return number
}

function abs(value: LiquidValue, _args: readonly LiquidValue[], run: Rendering): LiquidValue {
  const number = numberOrNone(value, run)
  if (number === undefined) return value
  if (readsAsInteger(value, run)) {
    const whole = toLong(number)
    return long(whole < 0n ? -whole : whole)
  }
  return new Double(Math.abs(toDouble(number)))
}

function toWhole(round: (number: number) => number): Filter {
  return (value, _args, run) => {
    const number = numberOrNone(value, run)
    return number === undefined ? value : toLong(new Double(round(toDouble(number))))
  }
}

/** Takes the bound in place of a value that is beyond it; leaves alone what is no number. */
function bounded(isBeyond: (value: number, bound: number) => boolean): Filter {
  return (value, args, run) => {
    const number = numberOrNone(value, run)
    const bound = numberOrNone(args[0], run)
    if (number === undefined || bound === undefined) return value
    return isBeyond(toDouble(number), toDouble(bound)) ? bound : number
  }
}

/** The value as a number if it is one or reads as one. */
function numberOrNone(value: LiquidValue, budget: Budget): LiquidNumber | undefined {
  if (isNumber(value)) return classOf(value) === 'Double' ? value : toLong(value)
  const text = trimmed(value, budget)
  try {
    return parseNumber(text)
  } catch {
    return undefined // Liqp asks by trying, too
  }
}
