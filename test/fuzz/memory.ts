import { ACCOUNT, TOKEN } from './home.ts'

/** Megabytes of memory that a server has, the least of some looks. */
export async function memoryOf(origin: string): Promise<number> {
  const authorization = `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}`
  const looks: number[] = []
  for (let count = 0; count < LOOKS; count++) {
    const text = await (await fetch(`${origin}/metrics`, { headers: { authorization } })).text()
    const [, bytes] = /^process_resident_memory_bytes (\S+)$/m.exec(text) ?? []
    looks.push(Math.round(Number(bytes) / 2 ** 20))
  }
  return Math.min(...looks)
}

const LOOKS = 3
