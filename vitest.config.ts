import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Of two cores vitest would leave one to itself, and most of the time goes to git, which waits for the disk.
    maxWorkers: '100%',
    // Real git repositories and the demo stories are built in the tests; all cores share them.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
