import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bodies, CALL_VERBS, PATHS } from './any/documents.ts'
import { deeds, plans, played } from './any/played.ts'

/** More of them, or others, by hand: `RUNS=5000 SEED=7 npx vitest run` and this file. */
const RUNS = Number(process.env.RUNS ?? 100)
const SEED = Number(process.env.SEED ?? 1)

const pages = fc.record(Object.fromEntries(PATHS.map((path) => [path, bodies(CALL_VERBS)])))

test(
  'Whatever the documents are and whatever the caller does, every call ends, and what is told of it is true',
  async () => {
    await fc.assert(
      fc.asyncProperty(pages, plans, deeds, async (documents, planned, done) => {
        const { faults } = await played(documents, planned, done)
        expect(faults).toEqual([])
      }),
      { seed: SEED, numRuns: RUNS },
    )
  },
  60_000 + RUNS * 100,
)
