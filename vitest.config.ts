import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineConfig, type Plugin } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const ROOT = import.meta.dirname;

/** Tests import sources by name and run what was built from them: the same files that are shipped. */
const fromDist: Plugin = {
  name: 'from-dist',
  enforce: 'pre',
  resolveId(specifier, importer) {
    if (!specifier.startsWith('.') || importer === undefined) return null;
    const source = path.relative(ROOT, path.resolve(path.dirname(importer), specifier));
    if (!source.endsWith('.ts') || source.startsWith('test')) return null;
    const built = path.join(ROOT, 'dist', source.replace(/\.ts$/, '.js'));
    if (!existsSync(built)) throw new Error(`${source} is not built; run "npm run build" first`);
    return built;
  },
};

/** What takes longest, so that nothing waits for it in the end. Left to itself vitest begins with the largest files. */
const LONGEST = ['dummies.test.ts', 'cli/newcomer.test.ts', 'harness/containment.test.ts'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) =>
      LONGEST.some((name) => moduleId.endsWith(`/test/${name}`));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  plugins: [fromDist],
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/coverage.ts', 'test/seed.ts'],
    sequence: { sequencer: LongestFirst },
    // Cucumber imports the compiled steps itself, and they must share the modules of the run.
    server: { deps: { external: [/\/dist\//] } },
    // Two processors: more workers only get in each other's way, and some tests measure time.
    maxWorkers: 2,
    // Whole runs of the suite, on machines that have other things to do.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
