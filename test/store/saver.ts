import { sqliteStore } from '../../src/store/sqlite.ts'
import { calling, moved, step } from './sample.ts'

// Saves without end and prints each sid once it is saved, until it is killed.
const store = await sqliteStore(process.argv[2] ?? ':memory:')
for (let index = 0; ; index += 4) {
  await Promise.all([0, 1, 2, 3].map((more) => save(`FN${index + more}`)))
}

async function save(sid: string): Promise<void> {
  await store.save(moved(calling(sid, { sid, steps: 1 }), { steps: [step(`FT${sid}`)] }))
  process.stdout.write(`${sid}\n`)
}
