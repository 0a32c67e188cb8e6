import type { Project } from '../functions/project.ts'
import type { Resource } from '../functions/resource.ts'
import { isOwnAddress } from '../http/own-addresses.ts'

/** The functions and assets that are served, as the start tells of them: how many, and the address of each that has one. */
export function resourceLines({ functions, assets }: Project, base: string): string[] {
  return [...listed('function', [...functions.values()], base), ...listed('asset', [...assets.values()], base)]
}

function listed(kind: Resource['kind'], resources: readonly Resource[], base: string): string[] {
  if (resources.length === 0) return []
  const reached = resources.filter(({ path, visibility }) => visibility !== 'private' && !isOwnAddress(path))
  const hidden = resources.length - reached.length
  const left = reached.length - SHOWN
  return [
    `${resources.length} ${kind}${resources.length === 1 ? '' : 's'}${hidden > 0 ? ` (${hidden} without an address)` : ''}:`,
    ...reached.slice(0, SHOWN).map((resource) => `  ${base}${encodeURI(resource.path)}${MARK[resource.visibility]}`),
    ...(left > 0 ? [`  and ${left} more`] : []),
    '',
  ]
}

/** A folder can have thousands of assets. */
const SHOWN = 20

const MARK = { public: '', protected: '  (protected: only signed requests)', private: '' } as const
