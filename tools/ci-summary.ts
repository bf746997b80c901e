/**
 * The closing line of a continuous-integration run: unit tests and scenarios together.
 *
 * Read from what they wrote; a file that is missing is a failure, as nothing may count as passed unseen.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileFromRoot } from '../harness/root.ts';
import { readResults } from '../harness/results-file.ts';

interface UnitResults {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
}

/** Where "npm test" leaves the results of the unit tests. */
const UNIT = 'kernspec-report/unit.json';
/** Where "npm test" and "npm run profiles" leave the results of the suite. */
const RUNS = ['', 'pipe', 'linux-2.6.11', 'linux-6', 'bsd-4.4'].map((folder) =>
  path.join('kernspec-report', folder, 'results.json'),
);

function counts(): { passed: number; failed: number } {
  const unit = JSON.parse(readFileSync(fileFromRoot(UNIT), 'utf8')) as UnitResults;
  let [passed, failed] = [unit.numPassedTests, unit.numFailedTests];
  for (const file of RUNS) {
    const { totals } = readResults(fileFromRoot(file));
    passed += totals.pass;
    failed += totals.fail + totals.error + totals.inconclusive + totals['not-run'];
  }
  return { passed, failed };
}

const { passed, failed } = counts();
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
