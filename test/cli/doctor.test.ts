/** What the doctor says of each lie, and of none. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { kernspec } from '../kernspec.ts';

const LIAR = path.join(import.meta.dirname, 'liar.mjs');

const doctor = (lie: string) => kernspec(['doctor', '--impl', `node ${LIAR} ${lie}`]);

test.each([
  ['unknown-capability', 'there is no capability "chekcsum"; the nearest are checksum'],
  ['nothing', 'it offers no capability of the contract'],
  ['not-there', 'it offers checksum, but answers checksum.compute with "unsupported"'],
  ['wrong-shape', 'checksum.compute: ok.checksum'],
  ['two-members', 'exactly one of ok, errno, bug'],
  [
    'guesses',
    'answers kernspec.no-such-method, which it does not offer, with ok; answer "unsupported"',
  ],
  ['remembers', 'after a reset a notifier that was registered before is still there'],
  ['bad-batch', 'it declares batch, but three calls in one line'],
  ['short-lines', 'it cannot read a line of half a megabyte'],
])('%s is wrong', async (lie, says) => {
  const { stdout, code } = await doctor(lie);
  const wrong = stdout.split('\n').filter((line) => line.startsWith('✗'));
  expect(wrong.join('\n')).toContain(says);
  expect(stdout).toMatch(/\d+ problems?; mend/);
  expect(code).toBe(1);
});

test.each([
  ['newer', 'its checksum is newer than this suite, which judges version 1'],
  ['no-reset', 'it has no reset, so each scenario starts a process of its own'],
  ['careless', 'without its arguments is answered with ok'],
  ['slow', 'flush stdout after each line'],
  ['stays', 'it does not end within half a second of bye'],
])('%s gets advice', async (lie, says) => {
  const { stdout, code } = await doctor(lie);
  const advice = stdout.split('\n').filter((line) => line.startsWith('!'));
  expect(advice.join('\n')).toContain(says);
  expect(code).toBe(0);
});

test('an honest one gets neither', async () => {
  const { stdout, code } = await doctor('nothing-of-the-kind');
  expect(stdout).not.toMatch(/^[!✗]/m);
  expect(stdout).toContain("ready to be judged: kernspec run --impl 'node");
  expect(code).toBe(0);
});

test('one that cannot be greeted', async () => {
  const { stderr, code } = await kernspec(['doctor', '--impl', 'node -e 0']);
  expect(stderr).toContain('could not be greeted');
  expect(code).toBe(4);
});
