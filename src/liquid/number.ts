import { TemplateError } from './template-error.ts'

/** A Java double made by a template; it must stay apart from an integer, for it prints as `3.0`. */
export class Double {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
}

/**
 * A number as Liqp holds it. From JSON comes a `number`: Integer, Long or Double by its value.
 * Made by the template are `bigint` (a Long) and `Double`.
 */
export type LiquidNumber = number | bigint | Double

/** Java's class of the number: values of different classes are never equal inside a list. */
export type NumberClass = 'Integer' | 'Long' | 'Double'

export function isNumber(value: unknown): value is LiquidNumber {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Double
}

export function classOf(number: LiquidNumber): NumberClass {
  if (typeof number === 'bigint') return 'Long'
  if (number instanceof Double || !Number.isInteger(number) || Math.abs(number) >= 2 ** 63) return 'Double'
  return number === (number | 0) ? 'Integer' : 'Long'
}

export function toDouble(number: LiquidNumber): number {
  return number instanceof Double ? number.value : Number(number)
}

const LONGEST = 2n ** 63n - 1n

/** Java's `longValue`: a double is cut and kept within 64 bits. */
export function toLong(number: LiquidNumber): bigint {
  if (typeof number === 'bigint') return number
  const double = toDouble(number)
  if (Number.isNaN(double)) return 0n
  if (double >= 2 ** 63) return LONGEST
  return double <= -(2 ** 63) ? -LONGEST - 1n : BigInt(Math.trunc(double))
}

/** Java's `intValue`: a double is kept within 32 bits, a long loses its upper ones. */
export function toInt(number: LiquidNumber): number {
  if (classOf(number) !== 'Double') return Number(BigInt.asIntN(32, toLong(number)))
  const double = toDouble(number)
  return Number.isNaN(double) ? 0 : Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, Math.trunc(double)))
}

/** Wraps at 64 bits, as Java does. */
export function long(value: bigint): bigint {
  return BigInt.asIntN(64, value)
}

const JAVA_DOUBLE = /^[+-]?(?:NaN|Infinity|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?)$/

/** Reads trimmed text as Java's `Double.valueOf` would; refuses what it refuses, and integers of more than 64 bits. */
export function parseNumber(text: string): Double {
  if (/^\d+$/.test(text)) return new Double(Number(parseLong(text)))
  if (!JAVA_DOUBLE.test(text)) throw new TemplateError(`${JSON.stringify(text.slice(0, 80))} is not a number`)
  return new Double(Number(text.replace(/[fFdD]$/, '')))
}

/** Reads an integer of at most 64 bits. */
export function parseLong(digits: string): bigint {
  const value = digits.length > 1000 ? LONGEST + 1n : BigInt(digits)
  if (value > LONGEST || value < -LONGEST - 1n) throw new TemplateError(`${digits.slice(0, 40)} has more than 64 bits`)
  return value
}

/** Prints as Java does: `7`, `2.5`, `3.0`, `1.00000005E8`, `1.0E-4`. */
export function numberText(number: LiquidNumber): string {
  return classOf(number) === 'Double' ? doubleText(toDouble(number)) : String(toLong(number))
}

function doubleText(double: number): string {
  if (!Number.isFinite(double)) return String(double)
  const size = Math.abs(double)
  if (size === 0) return Object.is(double, -0) ? '-0.0' : '0.0'
  if (size >= 1e-3 && size < 1e7) return withPoint(String(double))
  const [digits = '', exponent = ''] = double.toExponential().split('e')
  return `${withPoint(digits)}E${Number(exponent)}`
}

function withPoint(digits: string): string {
  return digits.includes('.') ? digits : `${digits}.0`
}
