import { defineConfig } from 'vitest/config'

const settings = {
  globalSetup: ['test/support/postgres/one-for-all.ts'],
  testTimeout: 120_000,
  expect: { poll: { timeout: 20_000 } },
}

/** Where the database matters most; `TEST_DATABASE=postgres` does it everywhere. */
const ON_POSTGRES = [
  'test/runtime/timers.test.ts',
  'test/http/{calls,conversations,hang-ups,messages,order,races}.test.ts',
  'test/scenarios/scenarios.test.ts',
]

export default defineConfig({
  test: {
    projects: [
      { test: { ...settings, name: 'all', include: ['test/**/*.test.ts'] } },
      { test: { ...settings, name: 'postgres', env: { TEST_DATABASE: 'postgres' }, include: ON_POSTGRES } },
    ],
  },
})
