import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** How the pages' `npx trunkline` is run in any folder, from the sources. */
export const TRUNKLINE = `${process.execPath} --import ${import.meta.resolve('tsx')} ${join(process.cwd(), 'src/cli.ts')}`

/** What a shell is started with. */
export interface Shell {
  readonly cwd: string
  /** The server that stands for the one at port 3000. */
  readonly origin?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs commands as the pages show them, up to the first that fails, which it throws; gives what they print. */
export async function typed(commands: string, { cwd, origin = 'http://127.0.0.1:3000', env = {} }: Shell) {
  const script = commands.replaceAll('npx trunkline', TRUNKLINE).replaceAll('http://127.0.0.1:3000', origin)
  const { PATH = '' } = process.env
  const options = { cwd, env: { PATH, HOME: cwd, ...env } }
  return (await promisify(execFile)('sh', ['-euc', script], options)).stdout
}
