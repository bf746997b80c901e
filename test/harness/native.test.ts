/** Builds of implementations that come as sources: what goes wrong leaves nothing behind. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { has, kernspec, start, temporaryFolder } from '../kernspec.ts';

const PATIENCE = { timeout: 20_000 };

/** Where make is told to build: its third word is BUILD=... */
const FOLDER = '"${3#BUILD=}"';

/** Commands by these names: make does this, the others nothing. */
function commands(make: string): string {
  const folder = temporaryFolder();
  for (const name of ['make', 'cc', 'cpio', 'flex', 'bison', 'bc', 'patch', 'xz']) {
    const text = name === 'make' ? `[ "$1" = --version ] || { ${make}; }` : ':';
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }
  return folder;
}

describe.skipIf(process.platform !== 'linux')('building', () => {
  let cache: string;

  beforeEach(() => {
    cache = temporaryFolder();
  });

  const build = async (make: string) =>
    await kernspec(['adapters', 'build', 'linux'], {
      env: { PATH: commands(make), KERNSPEC_CACHE: cache },
    });

  test('keeps what was built under a name of its own', async () => {
    const { code, stdout } = await build(`: > ${FOLDER}/kernspec-linux`);
    expect(code).toBe(0);
    const [folder, ...others] = readdirSync(cache);
    expect(others).toEqual([]);
    expect(folder).toMatch(/^linux-[0-9a-f]{16}$/);
    expect(stdout.trim()).toBe(path.join(cache, folder ?? '', 'kernspec-linux'));
  });

  test('that ends with a full disk says so, and leaves nothing behind', async () => {
    const { code, stderr } = await build('echo "cc: No space left on device" >&2; exit 2');
    expect(code).toBe(4);
    expect(stderr).toContain('linux cannot be built:\ncc: No space left on device');
    expect(readdirSync(cache)).toEqual([]);
  });

  test('says where there is no place for it', async () => {
    const file = path.join(cache, 'file');
    writeFileSync(file, '');
    const { code, stderr } = await kernspec(['adapters', 'build', 'linux'], {
      env: { PATH: commands('exit 9'), KERNSPEC_CACHE: file },
    });
    expect(code).toBe(4);
    expect(stderr).toContain(`linux cannot be built: no folder can be made in ${file} (EEXIST)`);
  });

  test('says where nothing that lies there can be started', async () => {
    const env = { PATH: commands(`: > ${FOLDER}/kernspec-linux`), KERNSPEC_CACHE: cache };
    const { code, stderr } = await kernspec(['run', '--impl', 'linux'], { env });
    expect(code).toBe(4);
    expect(stderr).toMatch(
      /^kernspec: linux cannot run here: .*kernspec-linux cannot be started \(EACCES\)/m,
    );
  });

  test.skipIf(!has('setpriv')).each(['SIGTERM', 'SIGKILL'] as const)(
    'that is ended by %s ends what it has begun, and leaves nothing behind',
    async (signal) => {
      const begun = path.join(temporaryFolder(), 'begun');
      const make = `echo $$ > ${begun}.new; mv ${begun}.new ${begun}; while :; do sleep 1; done`;
      const { child, ended } = start(['adapters', 'build', 'linux'], {
        env: { PATH: `${commands(make)}:${process.env.PATH}`, KERNSPEC_CACHE: cache },
      });
      await vi.waitFor(() => expect(existsSync(begun)).toBe(true), PATIENCE);
      child.kill(signal);
      await ended;
      const pid = Number(readFileSync(begun, 'utf8'));
      await vi.waitFor(() => expect(existsSync(`/proc/${pid}`)).toBe(false), PATIENCE);
      await vi.waitFor(() => expect(readdirSync(cache)).toEqual([]), PATIENCE);
    },
  );

  test('takes away what somebody left who was killed, and nothing of who builds now', async () => {
    const of = (pid: number) => `building-linux-${pid}-abcdef`;
    // The largest number that a process of Linux may have is 4 194 304.
    mkdirSync(path.join(cache, of(5_000_000)));
    mkdirSync(path.join(cache, of(process.pid)));
    expect((await build(`: > ${FOLDER}/kernspec-linux`)).code).toBe(0);
    expect(readdirSync(cache)).toEqual([of(process.pid), expect.stringMatching(/^linux-/)]);
  });

  test('takes away what any killed build has left, and what is of no use for an hour', async () => {
    const [left, used, unused] = [
      'building-lwip-5000000-abcdef',
      'linux-0123456789abcdef',
      'linux-fedcba9876543210',
    ];
    for (const folder of [left, used, unused]) mkdirSync(path.join(cache, folder));
    const longAgo = new Date(Date.now() - 2 * 3_600_000);
    utimesSync(path.join(cache, unused), longAgo, longAgo);
    expect((await build(`: > ${FOLDER}/kernspec-linux`)).code).toBe(0);
    const there = readdirSync(cache);
    expect(there).toHaveLength(2);
    expect(there).toContain(used);
  });

  test('that takes minutes is begun only when it is asked for', async () => {
    const { code, stderr } = await kernspec(['run', '--impl', 'linux-uml'], {
      env: { PATH: commands('exit 9'), KERNSPEC_CACHE: cache },
    });
    expect(code).toBe(4);
    expect(stderr).toMatch(/minutes, once: kernspec adapters build linux-uml|linux-source-6\.1/);
    expect(readdirSync(cache)).toEqual([]);
  });
});
