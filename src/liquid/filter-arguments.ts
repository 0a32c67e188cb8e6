import { toInt, toLong } from './number.ts'
import { TemplateError } from './template-error.ts'
import { asNumber, trimmed } from './text.ts'
import type { Budget, LiquidValue } from './value.ts'

/** Refuses another number of arguments than the filter takes. */
export function count(args: readonly LiquidValue[], least: number, most = least): void {
  if (args.length >= least && args.length <= most) return
  throw new TemplateError(
    `wrong number of arguments: ${args.length} given, ${least === most ? least : `${least} to ${most}`} expected`,
  )
}

/** The argument at the place; refuses a call without it, not one with nil there. */
export function argument(args: readonly LiquidValue[], place = 0): LiquidValue {
  if (place >= args.length) throw new TemplateError(`argument ${place + 1} is missing`)
  return args[place]
}

/** The argument as a 32-bit integer, or what stands in for a missing one. */
export function intArgument(args: readonly LiquidValue[], place: number, missing: number, budget: Budget): number {
  return place < args.length ? toInt(asNumber(args[place], budget)) : missing
}

/** Whether the value is an integer or reads as one. */
export function readsAsInteger(value: LiquidValue, budget: Budget): boolean {
  return /^-?\d+$/.test(trimmed(value, budget))
}

/** The value as a 64-bit integer, cut if it has decimals. */
export function integerOf(value: LiquidValue, budget: Budget): bigint {
  return toLong(asNumber(value, budget))
}
