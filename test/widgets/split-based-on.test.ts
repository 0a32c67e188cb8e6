import { expect, test } from 'vitest'
import type { Branch } from '../../src/engine/conditions.ts'
import { exit } from '../../src/engine/widget.ts'
import { splitBasedOn } from '../../src/widgets/split-based-on.ts'
import { visit } from '../support/visit.ts'

function branch(index: number, wanted: string, warnings: readonly { code: number; message: string }[] = []): Branch {
  return {
    index,
    holds: (operand) => {
      const holds = operand === wanted
      return { holds, warnings, comparisons: [{ type: 'equal_to', operand, value: wanted, holds }] }
    },
  }
}

function compared(transition: number, operand: string, value: string) {
  return { type: 'equal_to', operand, value, holds: operand === value, transition } as const
}

test('the first branch that holds is taken, and what was compared up to it is kept', () => {
  const [sales, support, again] = [branch(1, '1'), branch(2, '2'), branch(3, '2')]
  const here = visit(splitBasedOn, { input: '2' }, { branches: [sales, support, again] })
  expect(splitBasedOn.enter(here)).toEqual(
    exit('match', { branch: support, warnings: [], compared: [compared(1, '2', '1'), compared(2, '2', '2')] }),
  )
})

test('what no branch wants leaves by noMatch', () => {
  const here = visit(splitBasedOn, { input: '9' }, { branches: [branch(1, '1')], wired: ['noMatch'] })
  expect(splitBasedOn.enter(here)).toEqual(exit('noMatch', { warnings: [], compared: [compared(1, '9', '1')] }))
})

test('no match that leads nowhere is written to the log as 81005', () => {
  const left = splitBasedOn.enter(visit(splitBasedOn, { input: '9' }))
  expect(left).toMatchObject({ kind: 'exit', exit: 'noMatch', warnings: [{ code: 81005 }] })
})

test('an input that is empty, such as the answer of a silent caller, is compared like any other', () => {
  const blank = branch(1, '')
  expect(splitBasedOn.enter(visit(splitBasedOn, { input: '' }, { branches: [blank] }))).toMatchObject({
    exit: 'match',
    branch: blank,
  })
})

test('what went wrong in a comparison is kept, in the branches passed over too', () => {
  const broken = branch(1, 'x', [{ code: 81018, message: 'not a valid pattern' }])
  const left = splitBasedOn.enter(visit(splitBasedOn, { input: '2' }, { branches: [broken, branch(2, '2')] }))
  expect(left).toMatchObject({ exit: 'match', warnings: [{ code: 81018 }] })
})
