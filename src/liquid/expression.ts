import type { Cursor } from './cursor.ts'
import { equal, same } from './equality.ts'
import { readLookup } from './lookup.ts'
import { Double, isNumber, parseLong, toDouble } from './number.ts'
import type { Rendering } from './rendering.ts'
import { textOf } from './text.ts'
import { BLANK, EMPTY, isList, isTrue, type LiquidValue, listOf } from './value.ts'

/** An expression made ready to be worked out again and again. */
export type Evaluate = (run: Rendering) => LiquidValue

type Operator = (left: LiquidValue, right: LiquidValue, run: Rendering) => boolean

const RELATIONS: Readonly<Record<string, Operator>> = {
  '<': ordered((a, b) => a < b),
  '<=': ordered((a, b) => a <= b),
  '>': ordered((a, b) => a > b),
  '>=': ordered((a, b) => a >= b),
}
const EQUALITIES: Readonly<Record<string, Operator>> = { '==': equal, '!=': unequal, '<>': unequal }
const CONTAINS: Readonly<Record<string, Operator>> = { contains }

/** Reads an expression: `and`, `or` bind least and to the right, then `contains`, then equality, then the relations. */
export function readExpression(cursor: Cursor): Evaluate {
  const first = readContains(cursor)
  const others: { readonly word: string; readonly operand: Evaluate }[] = []
  for (let word = cursor.skipAny(['and', 'or']); word; word = cursor.skipAny(['and', 'or'])) {
    others.push({ word, operand: readContains(cursor) })
  }
  if (others.length === 0) return first
  return (run) => {
    let holds = isTrue(first(run))
    for (const { word, operand } of others) {
      if (holds === (word === 'or')) return holds
      holds = isTrue(operand(run))
    }
    return holds
  }
}

const readRelation = chain(readTerm, RELATIONS)
const readEquality = chain(readRelation, EQUALITIES)
const readContains = chain(readEquality, CONTAINS)

/** Reads operands joined by operators of one strength, from left to right. */
function chain(readOperand: (cursor: Cursor) => Evaluate, operators: Readonly<Record<string, Operator>>) {
  const signs = Object.keys(operators)
  return (cursor: Cursor): Evaluate => {
    let whole = readOperand(cursor)
    for (let sign = cursor.skipAny(signs); sign; sign = cursor.skipAny(signs)) {
      whole = applied(operators[sign], whole, readOperand(cursor))
    }
    return whole
  }
}

function applied(operator: Operator | undefined, left: Evaluate, right: Evaluate): Evaluate {
  return (run) => operator?.(left(run), right(run), run)
}

/** Reads a literal, a variable with its path, or an expression in parentheses. */
export function readTerm(cursor: Cursor): Evaluate {
  if (cursor.isAtVariable() || cursor.isAt('[')) return readLookup(cursor)
  if (cursor.isAt('(')) return readGroup(cursor)
  if (cursor.peek()?.kind === 'sign') cursor.refuse('a value')
  const { kind, text } = cursor.take()
  if (kind === 'text') return () => text
  const value = kind === 'name' ? WORDS.get(text) : kind === 'double' ? new Double(Number(text)) : parseLong(text)
  return () => value
}

const WORDS: ReadonlyMap<string, LiquidValue> = new Map<string, LiquidValue>([
  ['true', true],
  ['false', false],
  ['empty', EMPTY],
  ['blank', BLANK],
])

function readGroup(cursor: Cursor): Evaluate {
  return cursor.nested(() => {
    cursor.expect('(')
    const inner = readExpression(cursor)
    cursor.expect(')')
    return inner
  })
}

/** Text that looks like a number is none: `"5" > 3` is false. */
function ordered(compare: (a: number, b: number) => boolean): Operator {
  return (left, right) => isNumber(left) && isNumber(right) && compare(toDouble(left), toDouble(right))
}

function unequal(left: LiquidValue, right: LiquidValue, run: Rendering): boolean {
  return !equal(left, right, run)
}

function contains(left: LiquidValue, right: LiquidValue, run: Rendering): boolean {
  if (isList(left)) {
    const list = listOf(left)
    run.spend(list.length)
    return list.some((element) => same(right, element, run))
  }
  return typeof left === 'string' && typeof right !== 'symbol' && textOf(left, run).includes(textOf(right, run))
}
