import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Real git repositories and the demo stories are built in the tests; two cores share them.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
