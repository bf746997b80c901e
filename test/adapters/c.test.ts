/** The implementation in C passes everything over the pipe: the contract is not bound to a language. */
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { has, kernspec, ROOT, temporaryFolder } from '../kernspec.ts';

const able = has('cc') && has('make');

/** A compiler on a busy machine. */
const BUILD_MS = 120_000;

if (!able) console.log('skipped: the C implementation needs a C compiler (cc) and make');

describe.skipIf(!able)('the C implementation', () => {
  let program: string;

  beforeAll(() => {
    const folder = temporaryFolder();
    cpSync(path.join(ROOT, 'adapters', 'c'), folder, { recursive: true });
    const { status, stderr } = spawnSync('make', ['-B', '-C', folder]);
    expect(stderr.toString()).toBe('');
    expect(status).toBe(0);
    program = path.join(folder, 'kernspec-c');
  }, BUILD_MS);

  test('is in good health', async () => {
    const { code, stdout } = await kernspec(['doctor', '--impl', program]);
    expect(stdout).not.toMatch(/^[!✗]/m);
    expect(code).toBe(0);
  });

  test.each(['notes', 'linux-2.6.11', 'bsd-4.4', 'linux-6'])(
    'passes everything as %s',
    async (profile) => {
      const args = ['run', '--impl', program, '--profile', profile, '--format', 'none'];
      const { code, stdout } = await kernspec(args);
      expect(stdout).toMatch(/kernspec: \d{3,} passed, \d+ not applicable/);
      expect(code).toBe(0);
    },
  );
});
