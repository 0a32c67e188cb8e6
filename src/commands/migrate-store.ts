import { existsSync } from 'node:fs'
import { InvalidArgumentError } from 'commander'
import { copyAll, isEmpty } from '../store/copy.ts'
import { openTables } from '../store/open-store.ts'

/** Copies all that is kept from one database to another one, which has to be empty; throws where one of them cannot be used. */
export async function migrateStore({ from, to }: Databases, output: NodeJS.WritableStream): Promise<void> {
  const file = from.startsWith('sqlite:') ? from.slice('sqlite:'.length) : undefined
  if (file !== undefined && !existsSync(file)) throw new InvalidArgumentError(`there is no database file ${file}`)
  const source = await openTables(from)
  try {
    const target = await openTables(to)
    try {
      if (!(await isEmpty(target.database))) throw new InvalidArgumentError('--to names a database that is not empty')
      await copyAll(source.database, target.database, (table, rows) => output.write(`${table}: ${rows}\n`))
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

/** What `DATABASE_URL` can be. */
interface Databases {
  readonly from: string
  readonly to: string
}
