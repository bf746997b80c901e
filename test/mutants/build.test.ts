import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Boot } from '../../contract/index.ts';
import { BUILDING_SITE, buildMutant, mutatedText } from '../../mutants/build.ts';

const DROPPED = {
  id: 'csum-odd-octet-dropped',
  file: 'net/csum',
  find: `        sum += bytes[even];`,
  replace: `        sum += 0;`,
} as const;

const foldersOf = (id: string) =>
  readdirSync(BUILDING_SITE).filter((name) => name.startsWith(`kernspec-${id}-`));

async function checksumOf(impl: string, octets: string): Promise<unknown> {
  const { default: boot } = (await import(pathToFileURL(impl).href)) as { default: Boot };
  const { ports } = await boot({ seed: 1, profile: 'notes' });
  return ports.checksum?.compute({ octets });
}

describe('building a mutant', () => {
  it('gives an implementation that has the fault and is otherwise the reference', async () => {
    const built = buildMutant(DROPPED);
    try {
      // 01 alone is the word 0x0100; without it nothing is summed.
      expect(await checksumOf(built.impl, '01')).toEqual({ ok: { checksum: 0xffff } });
      expect(await checksumOf(built.impl, '0001f203f4f5f6f7')).toEqual({
        ok: { checksum: 0x220d },
      });
    } finally {
      built.remove();
    }
  });

  it('leaves nothing behind when it is removed', () => {
    const built = buildMutant(DROPPED);
    expect(readFileSync(built.impl, 'utf8')).toContain('checksumPorts');
    built.remove();
    expect(existsSync(built.impl)).toBe(false);
    expect(foldersOf(DROPPED.id)).toEqual([]);
  });

  it('builds what depends on the fault and nothing else', () => {
    const built = buildMutant({
      id: 'mac-with-iph',
      file: 'net/headers',
      find: `mac: { raw },`,
      replace: `mac: { raw, iph },`,
    });
    const folder = path.join(path.dirname(built.impl), '..');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    built.remove();
    expect(files.filter((name) => name.endsWith('.js')).sort()).toEqual(
      ['adapters/reference.js', 'adapters/reference/sk-buff.js', 'reference/net/headers.js'].map(
        (name) => path.normalize(name),
      ),
    );
  });

  it('says where a fault has no place', () => {
    expect(() => mutatedText({ ...DROPPED, find: 'not there' })).toThrow(
      'mutant csum-odd-octet-dropped: its text occurs not in reference/net/csum, and must occur once: not there',
    );
  });

  it('says where a fault has several places', () => {
    expect(() => mutatedText({ ...DROPPED, find: 'let sum = 0;' })).toThrow('occurs 3 times');
  });

  it('says what to do where nothing is compiled, and leaves nothing behind', () => {
    const dist = mkdtempSync(path.join(tmpdir(), 'kernspec-dist-'));
    expect(() => buildMutant({ ...DROPPED, id: 'not-built' }, dist)).toThrow(
      'run npm run build first',
    );
    rmSync(dist, { recursive: true });
    expect(foldersOf('not-built')).toEqual([]);
  });
});
