import { expect, test } from 'vitest'
import type { HttpOutcome } from '../../src/engine/event.ts'
import { ask, exit } from '../../src/engine/widget.ts'
import { runFunctionV2 } from '../../src/widgets/run-function-v2.ts'
import { visit } from '../support/visit.ts'

const PLACE = { url: 'https://shop-1234.twil.io/price' }

function after(outcome: HttpOutcome, wired: readonly string[] = []) {
  return runFunctionV2.resume?.(visit(runFunctionV2, PLACE, { wired }), { type: 'http-responded', outcome })
}

test('the parameters are posted as a form', () => {
  const effect = { type: 'http-request', method: 'POST', url: PLACE.url, form: [], function: {} } as const
  expect(runFunctionV2.enter(visit(runFunctionV2, PLACE))).toEqual(ask(effect, 'http-responded'))
})

test('an answer leaves by success', () => {
  const output = { body: 'ok', status_code: 200, content_type: 'text/plain' }
  expect(after({ ok: true, status: 200, contentType: 'text/plain', headers: {}, body: 'ok' })).toEqual(
    exit('success', { output }),
  )
})

test.each([['fail'], ['failed']])('a failure leaves by %s where that is connected', (failure) => {
  expect(after({ ok: false, reason: 'timeout', message: 'late' }, [failure])).toMatchObject({ exit: failure })
  expect(runFunctionV2.enter(visit(runFunctionV2, { url: '' }, { wired: [failure] }))).toMatchObject({ exit: failure })
})

test('a failure that leads nowhere is called fail', () => {
  expect(after({ ok: false, reason: 'timeout', message: 'late' })).toMatchObject({ exit: 'fail' })
})
