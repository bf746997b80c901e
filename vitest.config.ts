import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Whole runs of the suite, on machines that have other things to do.
    testTimeout: 60_000,
    include: ['test/**/*.test.ts'],
    // Cucumber imports the compiled steps itself; a run under test must share their modules.
    server: { deps: { external: [/\/dist\//] } },
  },
});
