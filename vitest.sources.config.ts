import { defineConfig } from 'vitest/config';

/** Against the servers that people run, where this machine has them: `npm run test:sources`. */
export default defineConfig({ test: { include: ['test/sources/*.test.ts'], testTimeout: 60_000 } });
