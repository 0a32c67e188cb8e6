import { readFileSync } from 'node:fs'
import type { Generation } from '../messages.ts'
import type { Clients } from './clients.ts'

/** The global `Runtime` (functions-flex.md A4). */
export function runtimeOf({ generation, clients }: { generation: Generation; clients: Clients }) {
  return {
    /** Every function, by its path without the slash in front. */
    getFunctions: () =>
      Object.fromEntries(Object.entries(generation.functions).map(([path, file]) => [path.slice(1), { path: file }])),
    /** The private assets, by their paths. */
    getAssets: () =>
      Object.fromEntries(
        Object.entries(generation.assets).map(([path, file]) => [
          path,
          { path: file, open: () => readFileSync(file, 'utf8') },
        ]),
      ),
    getSync: ({ serviceName = 'default', ...options }: SyncOptions = {}) => clients.sync(serviceName, options),
  }
}

interface SyncOptions {
  readonly serviceName?: string
}
