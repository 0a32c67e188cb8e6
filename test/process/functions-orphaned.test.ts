import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { run } from '../support/process.ts'

test('a function in an endless loop ends with the server that was killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-orphaned-'))
  const note = join(folder, 'pid')
  mkdirSync(join(folder, 'functions'))
  const spins = `exports.handler = () => { require('fs').writeFileSync(${JSON.stringify(note)}, String(process.pid)); for (;;); }`
  writeFileSync(join(folder, 'functions', 'spins.js'), spins)
  const server = await run(folder, { FUNCTION_TIMEOUT_SECONDS: '60' })
  fetch(`${server.origin}/spins`).catch(() => {}) // its server goes
  await expect.poll(() => existsSync(note) && readFileSync(note, 'utf8')).toMatch(/^\d+$/)
  const pid = Number(readFileSync(note, 'utf8'))
  onTestFinished(() => void (isThere(pid) && process.kill(pid, 'SIGKILL')))

  await server.stop('SIGKILL')

  await expect.poll(() => isThere(pid)).toBe(false)
})

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
