import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { StartEvent } from '../../src/engine/event.ts'
import { type Field, fieldsOf } from '../../src/flow/form.ts'
import { definitionOf } from '../../src/flow/import.ts'
import { type Element, readXml } from '../../src/simulator/document/element.ts'
import { renderDocument } from '../../src/twiml/render.ts'
import { widgets } from '../../src/widgets/index.ts'
import { incomingCall, incomingMessage, story } from '../support/flow.ts'

/** What whoever calls or writes may give, and what it must not become. */
const HOSTILE: readonly string[] = [
  '</Say></Gather></Response><Hangup/><Say>',
  '"><Dial>+1900</Dial><x a="',
  '\' onload=\'x\' " b="c"',
  ']]><!-- --><![CDATA[<Hangup/>]]>',
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Response><Dial>&e;</Dial></Response>',
  '&lt;Hangup/&gt;&#60;Hangup/&#62;&e;',
  '\u0000\u0008\ufffe\ud800x\udc00',
  '__proto__',
  'constructor',
  '\r\nX-Evil: 1\r\n\r\n<Hangup/>',
]

/** A word, digits, and more than some places take. */
const HARMLESS = ['x', '1', 'x'.repeat(200)]

const STARTS: Readonly<Record<string, (given: string) => StartEvent>> = {
  'a call': (Given) => incomingCall({ Given }),
  'a message': (Given) => incomingMessage('hi', { Given }),
  'a request': (Given) => ({ type: 'incoming-request', to: '+1555', from: '+1556', parameters: { Given } }),
}

/** Wherever an execution comes from, the same template. */
const TEMPLATE = '{{trigger.call.Given}}{{trigger.message.Given}}{{trigger.request.parameters.Given}}'

const places = widgets
  .filter(({ type }) => type !== 'trigger')
  .flatMap((widget) => fieldsOf(widget.properties).map((field) => [widget.type, field.name, field] as const))

describe.each(Object.entries(STARTS))('in an execution that %s has begun', (_what, start) => {
  test.each(places)('%s: what stands in %s stays a value', (type, _name, field) => {
    const walk = (given: string) => walkedWith(type, field, start(given))
    const harmless = HARMLESS.map(walk)
    for (const given of HOSTILE) expect(harmless, JSON.stringify(given)).toContainEqual(walk(given))
    expect(Object.prototype).toEqual({})
  })
})

/** The shape of what comes of a widget: the elements of its document with the names of their attributes, or the keys of what it asks for. */
function walkedWith(type: string, field: Field, start: StartEvent): unknown {
  const { properties } = definitionOf(exampleOf(type)).states.find((state) => state.type === type) ?? {}
  const here = { type, properties: { ...properties, [field.name]: templated(field) } }
  const trigger = { type: 'trigger', exits: { incomingCall: 'here', incomingMessage: 'here', incomingRequest: 'here' } }
  const { execution, effect } = story(widgets, { Trigger: trigger, here }).started(start)
  const { document } = execution
  if (document && 'xml' in document) return 'a document of the flow itself'
  if (!document) return effect && keysOf(JSON.parse(JSON.stringify(effect)))
  const root = readXml(renderDocument(document))
  return 'code' in root ? root.message : shapeOf(root)
}

/** The field with the template wherever a text can stand. */
function templated({ kind }: Field): unknown {
  if (kind === 'key-values') return [{ key: 'a', value: TEMPLATE }]
  if (kind === 'list') return [TEMPLATE]
  return kind === 'json' ? [{ a: TEMPLATE, identity: TEMPLATE }] : TEMPLATE
}

function exampleOf(type: string): unknown {
  return JSON.parse(readFileSync(new URL(`../scenarios/widgets/${type}.json`, import.meta.url), 'utf8'))
}

function shapeOf({ name, attributes, children }: Element): unknown {
  const elements = children.filter((child) => typeof child !== 'string')
  return [name, Object.keys(attributes), elements.map(shapeOf)]
}

function keysOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.entries(value).map(([key, element]) => [key, keysOf(element)])
}
