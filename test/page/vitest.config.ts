import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['test/page/*.browser.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
});
