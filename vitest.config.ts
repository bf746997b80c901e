import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Cucumber imports the compiled steps itself; a run under test must share their modules.
    server: { deps: { external: [/\/dist\//] } },
  },
});
