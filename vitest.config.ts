import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Two processors: more workers only get in each other's way, and some tests measure time.
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
