import { defineConfig } from 'vitest/config';

/** `npm run test:sources`: against servers that people run, as far as this machine has them. */
export default defineConfig({ test: { include: ['test/sources/**/*.sources.ts'], testTimeout: 60_000 } });
