import { describe, expect, it } from 'vitest';

import { compareTexts, type Part, type Row } from '../../reports/difference.ts';

describe('the difference of two texts', () => {
  it('marks the words that differ in lines that stand opposite', () => {
    expect(shown(compareTexts('sum 0xddf2 ok', 'sum 0x0df2 ok'))).toEqual([
      ['sum [0xddf2] ok', 'sum [0x0df2] ok'],
    ]);
  });

  it('aligns lines, and leaves a gap where one side has more', () => {
    expect(shown(compareTexts('a\nb\nc', 'a\nc\nd'))).toEqual([
      ['a', 'a'],
      ['[b]', undefined],
      ['c', 'c'],
      [undefined, '[d]'],
    ]);
  });

  it('marks nothing where nothing differs', () => {
    expect(shown(compareTexts('a\n\nb', 'a\n\nb'))).toEqual([
      ['a', 'a'],
      ['', ''],
      ['b', 'b'],
    ]);
  });

  it('does not cut a character in two', () => {
    expect(shown(compareTexts('eth0 🐧', 'eth0 🐨'))).toEqual([['eth0 [🐧]', 'eth0 [🐨]']]);
  });

  it('keeps both texts whole, however long they are', () => {
    const before = Array.from({ length: 2000 }, (_, line) => `before ${line}`).join('\n');
    const after = Array.from({ length: 2000 }, (_, line) => `after ${line}`).join('\n');
    const rows = compareTexts(before, after);
    const side = (name: keyof Row) =>
      rows.map((row) => (row[name] ?? []).map(({ text }) => text).join('')).join('\n');
    expect(side('expected')).toBe(before);
    expect(side('actual')).toBe(after);
  });
});

function shown(rows: readonly Row[]): (string | undefined)[][] {
  return rows.map(({ expected, actual }) => [text(expected), text(actual)]);
}

function text(parts: readonly Part[] | undefined): string | undefined {
  return parts?.map((part) => (part.differs ? `[${part.text}]` : part.text)).join('');
}
