/**
 * Tells whether the reference came to the same in process and over a pipe.
 *
 * Read from what "npm run suite" and "npm run suite:pipe" have left; the files are the same bytes.
 */
import { readFileSync } from 'node:fs';
import { fileFromRoot } from '../harness/root.ts';
import { readResults } from '../harness/results-file.ts';

const [HERE, PIPE] = [
  fileFromRoot('kernspec-report/results.json'),
  fileFromRoot('kernspec-report/pipe/results.json'),
];

/** Keys of the scenarios whose results differ. */
function differing(): string[] {
  const here = new Map(readResults(HERE).scenarios.map((one) => [one.key, JSON.stringify(one)]));
  return readResults(PIPE).scenarios.flatMap((one) =>
    here.get(one.key) === JSON.stringify(one) ? [] : [one.key],
  );
}

if (readFileSync(HERE).equals(readFileSync(PIPE))) {
  process.stdout.write('the reference comes to the same over a pipe\n');
} else {
  process.stderr.write(
    `the reference comes to something else over a pipe:\n  ${differing().join('\n  ')}\n`,
  );
  process.exitCode = 1;
}
