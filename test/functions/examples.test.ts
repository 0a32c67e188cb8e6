import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readProject } from '../../src/functions/project.ts'
import { holdMusic } from '../support/hold-music.ts'

test('the example functions and assets are served without a word', async () => {
  const { project, clashes, problems } = await readProject({ folder: '.' })
  const shown = [...project.functions.values(), ...project.assets.values()].map(
    ({ kind, path, visibility }) => `${visibility} ${kind} ${path}`,
  )
  expect(shown).toEqual([
    'protected function /hold',
    'public function /order-status',
    'public asset /hold-music.wav',
    'private asset /orders.json',
  ])
  expect([...clashes, ...problems]).toEqual([])
})

test('assets/hold-music.wav is our own; `npm run docs` writes it anew', () => {
  expect(readFileSync('assets/hold-music.wav').equals(holdMusic())).toBe(true)
})
