import { parseTwiml } from '../../src/simulator/document/document.ts'
import { type Element, elementsIn, rawText } from '../../src/simulator/document/element.ts'
import { problemsOf } from '../../src/simulator/grammar/problems.ts'

/** Everything that the carrier would refuse, ignore or warn of in a document of ours, and what we promise beyond that. */
export function checkTwiml(xml: string, kind: 'voice' | 'message'): string[] {
  if (Buffer.byteLength(xml) > LARGEST) return [`the document has over ${LARGEST} bytes`]
  // As if it came from no URL: then every relative one in it is a problem, but for what a flow plays from its own server.
  const document = parseTwiml(xml.replace(PLAYED_FROM_HERE, '$1https://here.example/'), undefined)
  if ('code' in document) return [document.message]
  return [
    ...problemsOf(document, kind).flatMap(({ code, message }) => (PASSED_ON.has(code) ? [] : [message])),
    ...Object.keys(document.root.attributes).map((key) => `${key} of <Response> is not ours`),
    ...document.verbs.flatMap(blanks),
  ]
}

const PLAYED_FROM_HERE = /(<Play\b[^>]*>)\/(?!\/)/g

/** Bytes, the carrier's limit on an answer. */
const LARGEST = 64 * 1024

/** What Studio hands on as the flow has it, right or wrong: numbers, languages, voices, models, workflows, lengths. */
const PASSED_ON: ReadonlySet<number> = new Set([13223, 13321, 13331, 13334, 13335, 13511, 13512, 13521, 13615, 14220])

/** Nothing that we write is empty, unless it means something. */
function blanks(element: Element): string[] {
  const { name, attributes } = element
  return [
    ...Object.entries(attributes).flatMap(([key, value]) =>
      value.trim() === '' && !MAY_BE_BLANK.has(key) ? [`${key} of <${name}> is blank`] : [],
    ),
    ...(HOLDS_TEXT.has(name) && rawText(element).trim() === '' ? [`<${name}> is blank`] : []),
    ...elementsIn(element).flatMap((child) => (name === 'Say' ? [] : blanks(child))), // SSML is the flow's own
  ]
}

const MAY_BE_BLANK: ReadonlySet<string> = new Set([
  'finishOnKey',
  'username',
  'password',
  'description',
  'welcomeGreeting',
  'value',
])

const HOLDS_TEXT: ReadonlySet<string> = new Set(['Dial', 'Number', 'Redirect', 'Body'])
