import { defineConfig } from 'vitest/config';

/** `npm run test:cluster`: against a real API server, etcd and Prometheus, which the other tests do without. */
export default defineConfig({
  test: {
    include: ['test/cluster/**/*.cluster.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
