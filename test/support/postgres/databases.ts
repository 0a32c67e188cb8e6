import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** Makes an empty database on a server and gives its URL. */
export async function newDatabase(server: string, template = 'template0'): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await asked(server, `create database ${name} template ${template}`)
  const url = new URL(server)
  url.pathname = name
  return url.href
}

/** What a server answers to the last of some statements, on a connection of its own. */
export async function asked<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return [await client.query<Row>(text)].flat().at(-1)?.rows ?? []
  } finally {
    await client.end()
  }
}
