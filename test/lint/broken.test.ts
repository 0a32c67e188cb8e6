import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { collectFlowFiles } from '../../src/commands/flow-files.ts'
import { problemsOf } from '../../src/lint/lint.ts'
import { catalogue } from '../../src/widgets/index.ts'

const FOLDER = join(import.meta.dirname, 'broken')

/** Severity, rule, widget, and what stands at the place that is named. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'child.json': ['5:78 warning subflow-nesting deeper at "FW00000000000000000'],
  'cut-off.json': ['4:3 error not-json - at ],'],
  'nested/as-text.json': ['2:17 warning unknown-filter greet at "{\\"states\\":[{\\"nam'],
  'no-flow.json': [
    '1:1 error missing-property - at { "name": "some-pack',
    '1:1 error missing-property - at { "name": "some-pack',
  ],
  'parent.json': [
    '5:77 warning subflow-nesting child at "FW00000000000000000',
    '9:79 warning unresolved-sid missing at "FW00000000000000000',
    '11:177 warning unset-variable report at flow.variables.answe',
  ],
  'refused.json': [
    '4:76 warning unknown-widget greet at widgets.look_up.body',
    '4:99 warning unknown-filter greet at titlecase}}" },',
    '5:59 error dangling-transition greet at "menu" }] },',
    '6:5 warning unreachable-widget main_menu at { "name": "main_menu',
  ],
  'shapes.json': [
    '4:15 warning name-breaks-liquid first one at "first one", "type":',
    '5:46 warning name-breaks-liquid first one at "größe", "value": "1',
    '5:80 warning name-breaks-liquid first one at "2nd", "value": "2" ',
    '8:22 warning split-without-nomatch which at [{ "event": "match",',
    '11:106 warning wrong-json-type echo at 600 },',
    '12:22 warning repeats-only-itself echo at [{ "event": "incomin',
    '13:5 warning endless-loop spin at { "name": "spin", "t',
    '16:5 warning unreachable-widget left_behind at { "name": "left_behi',
  ],
  'speech.json': [
    '6:92 warning gather-speech-unconnected speech at widgets.keys.SpeechR',
    '6:123 warning gather-speech-unconnected speech at widgets.keys.Confide',
    '8:79 warning gather-keypress-unconnected digits at widgets.speech.Digit',
    '12:149 warning speech-compared-exactly word at "Yes" }] }] },',
  ],
  'templates.json': [
    '7:84 warning unknown-widget ask-name at widgets.ask_name.Dig',
    '13:39 warning gather-keypress-unconnected count at widgets[\\"ask-name\\"',
    '20:119 warning unset-variable again at flow.variables.most}',
    '22:61 warning unknown-filter goodbye at trim | upcase | shou',
    '22:77 warning unknown-filter goodbye at shout }},\\n{{ widget',
    '22:91 warning widget-runs-later goodbye at widgets.reply.outbou',
    '22:122 warning liquid-syntax goodbye at {% if contact %}" },',
    '25:107 warning unset-variable reply at flow.variables.count',
    '25:132 warning widget-runs-later reply at widgets.goodbye.Call',
    '25:163 warning liquid-syntax reply at + b }}" },',
    '28:107 warning unset-variable late at flow.variables.count',
    '28:132 warning widget-runs-later late at widgets.goodbye.Call',
  ],
  'urls.json': [
    '5:81 warning plus-in-url literal at +15550100&from=+{{wi',
    '5:96 warning plus-in-url literal at +{{widgets.Trigger.x',
    '8:86 warning unencoded-in-url filled at trigger.call.From}}&',
    '8:159 warning unresolved-sid filled at "YOUR_SERVICE_SID", ',
    '8:198 warning wrong-json-type filled at null, "function_sid"',
    '10:76 warning unresolved-sid agent at "{{flow.data.workflo',
    '10:113 warning unresolved-sid agent at "${voice_channel}" }',
  ],
}

test('a folder of broken flows has exactly the problems that were put into it', async () => {
  const { unreadable, ...all } = await collectFlowFiles([FOLDER])

  const found: Record<string, string[]> = {}
  for (const { file, line, column, severity, rule, widget } of problemsOf(all, catalogue)) {
    const text = readFileSync(file, 'utf8').split('\n')[line - 1] ?? ''
    const row = `${line}:${column} ${severity} ${rule} ${widget ?? '-'} at ${text.slice(column - 1, column + 19)}`
    const name = file.slice(FOLDER.length + 1)
    found[name] = [...(found[name] ?? []), row]
  }

  expect(found).toEqual(EXPECTED)
  expect(unreadable).toEqual([])
})
