/** From what stands after --impl to what can be connected to. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILT_IN, loadBoot, loadImplementation, resolveTarget } from '../../harness/load.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kernspec-load-'));
  write('kernel.mjs', 'export default () => ({})');
  write('other.mjs', 'export const boot = 1');
  write('broken.mjs', 'throw new Error("no such device")');
  write('my kernel', '#!/bin/sh\n');
  chmodSync(path.join(folder, 'my kernel'), 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

const at = (name: string) => path.join(folder, name);
const write = (name: string, text: string) => writeFileSync(at(name), text);

describe('a target', () => {
  it.each(Object.entries(BUILT_IN))('is %s, which comes with the package', (name, file) => {
    expect(resolveTarget(name)).toEqual({ kind: 'module', file });
  });

  it('is a module file', () => {
    expect(resolveTarget(at('kernel.mjs'))).toEqual({ kind: 'module', file: at('kernel.mjs') });
    const relative = path.relative(process.cwd(), at('kernel.mjs'));
    expect(resolveTarget(relative)).toEqual({ kind: 'module', file: at('kernel.mjs') });
  });

  it('is a command with its arguments, on PATH or by path', () => {
    expect(resolveTarget(`sh -c "exit 3" 'a b'`)).toMatchObject({
      kind: 'command',
      command: expect.stringMatching(/\/sh$/) as string,
      args: ['-c', 'exit 3', 'a b'],
    });
    expect(resolveTarget(`"${at('my kernel')}" --fast`)).toEqual({
      kind: 'command',
      command: at('my kernel'),
      args: ['--fast'],
    });
  });

  it('is a package', () => {
    const file = expect.stringMatching(/node_modules\/string-argv\/index\.js$/) as string;
    expect(resolveTarget('string-argv')).toEqual({ kind: 'module', file });
    expect(resolveTarget('zod')).toMatchObject({ kind: 'module' });
  });

  it.each(['refrence', './nowhere/kernel', 'nosuchcommand --fast', 'missing.mjs', 'toString'])(
    'is not "%s", and all that was tried is said',
    (spec) => {
      expect(() => resolveTarget(spec)).toThrow(`there is no implementation "${spec}"; tried\n`);
      expect(() => resolveTarget(spec)).toThrow(
        /comes with kernspec: reference, .*\n {2}a module file: \/.*\n {2}a command: .*\n {2}a package: /,
      );
    },
  );
});

describe('a module', () => {
  it('has a boot function as its default export', async () => {
    expect(await loadBoot(at('kernel.mjs'))).toBeTypeOf('function');
  });

  it.each([
    [
      'other.mjs',
      /other\.mjs has no default export that is a function; it must export default boot/,
    ],
    ['broken.mjs', /broken\.mjs cannot be imported: Error: no such device/],
    ['missing.mjs', /missing\.mjs cannot be imported: /],
  ])('is not %s', async (name, says) => {
    const loading = loadBoot(at(name));
    await expect(loading).rejects.toMatchObject({ name: 'CannotDrive' });
    await expect(loading).rejects.toThrow(says);
  });

  it('that fails in a process of its own fails in the same words', async () => {
    const connect = await loadImplementation(at('broken.mjs'));
    const connecting = connect({ seed: 1, profile: 'notes', callTimeoutMs: 10_000 });
    await expect(connecting).rejects.toThrow(
      /broken\.mjs cannot be imported: Error: no such device/,
    );
  });
});
