import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/postgres/one-for-all.ts'],
    testTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
  },
})
