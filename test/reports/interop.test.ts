/** Every pair of implementations: how many scenarios they pass together, and what went wrong. */
import { describe, expect, it } from 'vitest';
import { interopText as figuresText, pairFigures, type Pair } from '../../reports/interop.ts';
import { kernspec } from '../kernspec.ts';
import { HOSTILE } from './sample-parts.ts';

type Played = Pair['scenarios'][number];

const good: Played = { key: 'There', verdict: 'pass' };
const other: Played = { key: 'Elsewhere', verdict: 'not-applicable' };
const bad = (key: string, why = 'it is lost'): Played => ({ key, verdict: 'fail', why });

const interopText = (pairs: readonly Pair[]) => figuresText(pairs.map(pairFigures));

const pair = (first: string, peer: string, ...scenarios: Pair['scenarios']): Pair => ({
  first,
  peer,
  scenarios,
});

describe('the matrix', () => {
  it('has a row for each at the first end, a column for each at the other', () => {
    const text = interopText([
      pair('a', 'a', good, other),
      pair('a', 'bc', good, bad('Back')),
      pair('bc', 'a', good),
      { ...pair('bc', 'bc'), obstacle: 'bc has to be built' },
    ]);
    const [head, first, second] = text.split('\n').map((line) => line.split(/ {2,}/));
    expect(head?.slice(1)).toEqual(['a', 'bc']);
    expect(first).toEqual(['a', '1 of 1', '1 of 2']);
    expect(second).toEqual(['bc', '1 of 1', 'not tried']);
    expect(text).toContain('a with bc: 1 failed\n');
    expect(text).toContain('  Back: it is lost\n');
  });

  it('tells the first of many, and where the rest is to be had', () => {
    const text = interopText([pair('a', 'b', ...['1', '2', '3', '4', '5'].map((one) => bad(one)))]);
    expect(text).toContain('  and 2 more: kernspec run --impl a --peer b\n');
  });

  it('counts as no misunderstanding what one says that it cannot do, and names it', () => {
    const cannot: Played = { key: 'Raw', verdict: 'inconclusive', why: 'no raw sockets' };
    const text = interopText([pair('a', 'b', good, bad('Back'), cannot)]);
    expect(text).toMatch(/^a +1 of 2$/m);
    expect(text).toContain('a with b: 1 failed, 1 could not be played\n');
    expect(text).toContain('  Raw: no raw sockets\n');
  });

  it('says once why one cannot be tried', () => {
    const obstacle = 'b has to be built';
    const pairs = [pair('a', 'b'), pair('b', 'a'), pair('b', 'b')];
    const text = interopText(pairs.map((one) => ({ ...one, obstacle })));
    expect(text.split(obstacle)).toHaveLength(2);
  });

  it('shows nothing of what might move a cursor', () => {
    expect(interopText([pair('a', 'b', bad('x', HOSTILE))])).not.toContain('\u001b');
  });
});

describe('kernspec interop', () => {
  const only = ['--only', 'lab/datagram-channel.feature', '--runs', '2'];

  it('tries every pair', async () => {
    const { code, stdout } = await kernspec(['interop', ...only]);
    expect(stdout).toMatch(/^reference {2}(\d+) of \1$/m);
    expect(code).toBe(0);
  });

  it('fails where two do not understand each other', async () => {
    const impls = ['--impl', 'reference', '--impl', 'dummy-error'];
    const { code, stdout } = await kernspec(['interop', ...impls, ...only]);
    expect(stdout).toMatch(/^reference +(\d+) of \1 +0 of/m);
    expect(code).toBe(1);
  });

  it('leaves out what cannot be driven, and says so', async () => {
    const { code, stdout } = await kernspec(['interop', '--impl', './nothing', ...only]);
    expect(stdout).toContain('there is no implementation "./nothing"');
    expect(code).toBe(4);
  });
});
