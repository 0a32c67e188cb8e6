import { fileOf, passed, type Result, titleOf } from '../result.ts'
import { failureLines } from './failure-text.ts'
import type { Desk, Reporter } from './reporter.ts'
import { coverageLines } from './text.ts'

/** JUnit's XML, as CI servers read it: a suite for each file. */
export function junitReporter({ write, shorten, coverage: wanted }: Desk): Reporter {
  return {
    result() {},
    end({ results, coverage }) {
      const files = [...new Set(results.map(fileOf))]
      const suites = files.map((file) =>
        suiteOf(
          shorten(file),
          results.filter((result) => fileOf(result) === file),
          shorten,
        ),
      )
      if (wanted === 'shown') suites.push(coverageSuite(coverage.flatMap((flow) => coverageLines(flow, shorten))))
      const total = {
        tests: results.length,
        failures: results.filter((one) => !passed(one)).length,
        time: seconds(results),
      }
      write(
        `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', { name: 'trunkline', ...total }, suites)}\n`,
      )
    },
  }
}

function suiteOf(name: string, results: readonly Result[], shorten: (path: string) => string): string {
  const failures = results.filter((one) => !passed(one)).length
  const cases = results.map((result) => {
    const lines = failureLines(result, shorten)
    const failure = lines.length > 0 ? [element('failure', { message: lines[0] ?? '' }, [text(lines.join('\n'))])] : []
    return element('testcase', { name: titleOf(result), classname: name, file: name, time: seconds([result]) }, failure)
  })
  return element('testsuite', { name, tests: results.length, failures, time: seconds(results) }, cases)
}

/** A suite without tests: the only place for text that belongs to no test. */
function coverageSuite(lines: readonly string[]): string {
  const output = element('system-out', {}, [text(lines.join('\n').trimStart())])
  return element('testsuite', { name: 'coverage', tests: 0, failures: 0 }, [output])
}

function seconds(results: readonly Result[]): string {
  const milliseconds = results.reduce((sum, one) => sum + (one.kind === 'played' ? one.played.milliseconds : 0), 0)
  return (milliseconds / 1_000).toFixed(3)
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly string[],
): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${text(String(value)).replaceAll('\n', '&#10;')}"`,
  )
  return children.length === 0
    ? `<${name}${written.join('')}/>`
    : `<${name}${written.join('')}>${children.join('')}</${name}>`
}

/** XML 1.0 has no place for control characters and lone surrogates. */
function text(value: string): string {
  return value
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
