import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { copyAll, isEmpty } from '../store/copy.ts'
import { openTables } from '../store/open-store.ts'

/** Copies all that is kept from one database to another one, which has to be empty; throws where one of them cannot be used. */
export async function migrateStore({ from, to }: Databases, output: NodeJS.WritableStream): Promise<void> {
  const file = fileOf(from)
  if (file !== undefined && !existsSync(file)) throw new InvalidArgumentError(`there is no database file ${file}`)
  if ((file ?? from) === (fileOf(to) ?? to)) throw new InvalidArgumentError('--from and --to name the same database')
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

function fileOf(url: string): string | undefined {
  return url.startsWith('sqlite:') ? resolve(url.slice('sqlite:'.length)) : undefined
}

/** What `DATABASE_URL` can be. */
interface Databases {
  readonly from: string
  readonly to: string
}
