import { ownManifest } from '../../own-package.ts'
import { type Finding, failure, ok } from './finding.ts'

/** Whether a Node, this one unless another is named, is one that Trunkline runs on. */
export function versions(node = process.versions.node): readonly Finding[] {
  const { version, engines } = ownManifest()
  const ranges = engines.node.split(' || ')
  const text = `Trunkline ${version} on Node ${node}`
  return [ranges.some((range) => isWithin(range, node)) ? ok(text) : failure(text, `install Node ${engines.node}`)]
}

/** Of npm's ranges, those that `package.json` has: `^20.19.0` and `>=22.12.0`. */
function isWithin(range: string, version: string): boolean {
  const least = range.replace(/^(\^|>=)/, '')
  const isNewEnough = version.localeCompare(least, 'en', { numeric: true }) >= 0
  return isNewEnough && (range.startsWith('>=') || Number.parseInt(version, 10) === Number.parseInt(least, 10))
}
