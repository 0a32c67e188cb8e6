import { toDouble, toInt } from './number.ts'
import { asNumber, trimmed } from './text.ts'
import type { Budget, LiquidValue } from './value.ts'

/** Decimals that a double can have in Java's number format. */
const MOST_DECIMALS = 340

/** Decimals that JavaScript prints. */
const MOST_PRINTED = 100

/** The value as text with so many decimals, halves away from zero; what does not read as a plain number is the number 0. */
export function roundedText(value: LiquidValue, digits: LiquidValue, budget: Budget): LiquidValue {
  if (!readsAsDecimal(value, budget)) return 0
  const double = toDouble(asNumber(value, budget))
  const decimals = readsAsDecimal(digits, budget) ? toInt(asNumber(digits, budget)) : 0
  const size = fixed(Math.abs(double), Math.min(Math.max(decimals, 0), MOST_DECIMALS))
  return double < 0 || Object.is(double, -0) ? `-${size}` : size
}

/** Text such as `1e5` and doubles that print so are numbers, but none to `round`. */
function readsAsDecimal(value: LiquidValue, budget: Budget): boolean {
  return /^-?\d+(?:\.\d*)?$/.test(trimmed(value, budget))
}

function fixed(size: number, decimals: number): string {
  const shown = Math.min(decimals, MOST_PRINTED)
  const text = size < 1e21 ? size.toFixed(shown) : wholeText(size, shown)
  return text + '0'.repeat(decimals - shown)
}

function wholeText(size: number, decimals: number): string {
  if (!Number.isFinite(size)) return '∞'
  return BigInt(size) + (decimals > 0 ? `.${'0'.repeat(decimals)}` : '')
}
