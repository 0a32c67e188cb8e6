import { expect } from 'vitest'
import { parseTemplate, STUDIO_LIQUID } from '../../src/liquid/template.ts'

/** A context like the one a flow has. */
export const CONTEXT = {
  trigger: { message: { Body: 'Hi there', From: '+15551234567', NumMedia: '0' } },
  contact: { channel: { address: '+15551234567' } },
  flow: { variables: { count: '2', name: 'Ana', 'a-b': 'dash', none: null, empty: '' } },
  widgets: {
    gather: { Digits: '5', SipHeader_X: 'x' },
    http: {
      parsed: {
        ok: true,
        total: 2.5,
        rows: [
          { id: 1, name: 'one' },
          { id: 2, name: 'two' },
        ],
        tags: ['b', 'a'],
      },
    },
  },
} as const

/** 14 March 2026, 15:09:26 UTC. */
export const NOW = 1_773_500_966_000

/** What the template makes of the context, or `undefined` when it fails. */
export function rendered(template: string, context: Readonly<Record<string, unknown>> = CONTEXT): string | undefined {
  const result = parseTemplate(template, STUDIO_LIQUID).render(context, NOW)
  return result.ok ? result.text : undefined
}

/** Checks a table of templates and what they make. */
export function expectAll(table: readonly (readonly [template: string, text: string | undefined])[]): void {
  expect(table.map(([template]) => [template, rendered(template)])).toEqual(table)
}
