import { ownManifest } from '../../own-package.ts'
import { type Finding, failure, ok } from './finding.ts'

/** Whether this Node is one that Trunkline runs on. */
export function versions(): readonly Finding[] {
  const { version, engines } = ownManifest()
  const needed = engines.node.replace('>=', '')
  const text = `Trunkline ${version} on Node ${process.versions.node}`
  return [isAtLeast(process.versions.node, needed) ? ok(text) : failure(text, `install Node ${needed} or newer`)]
}

function isAtLeast(version: string, needed: string): boolean {
  return version.localeCompare(needed, 'en', { numeric: true }) >= 0
}
