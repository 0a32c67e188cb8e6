import { SECRETS } from './home.ts'

/** Lines with a secret, and lines that are none of the server's own: somebody has written one into its log. */
export function faultsOfLog(log: string): string[] {
  const lines = log.split('\n').slice(0, -1)
  const first = lines.findLastIndex((line) => line.startsWith('! ')) + 1 // the greeting ends there
  const forged = lines.slice(first).filter((line) => !isOwn(line))
  const telling = lines.filter((line) => SECRETS.some((secret) => line.includes(secret)))
  return [...forged.map((line) => `not a line of ours: ${line}`), ...telling.map((line) => `tells a secret: ${line}`)]
}

function isOwn(line: string): boolean {
  try {
    return 'level' in Object(JSON.parse(line))
  } catch {
    return false
  }
}
