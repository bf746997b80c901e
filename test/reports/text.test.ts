import { describe, expect, it } from 'vitest';

import { clip, counted, visible, wrap } from '../../reports/text.ts';

describe('text that people read', () => {
  it('writes out control characters and leaves all others as they are', () => {
    expect(visible('a\tb\n\u001b[2Jc\r\u009bd\u2066')).toBe(
      'a\tb\n\\u{1b}[2Jc\\u{d}\\u{9b}d\\u{2066}',
    );
    expect(visible('≤ α 👩‍👧 naïve')).toBe('≤ α 👩‍👧 naïve');
  });

  it('breaks lines at spaces and keeps long words whole', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('a-very-long-word and more', 8)).toEqual(['a-very-long-word', 'and more']);
    expect(wrap('    indented-word', 6)).toEqual(['    indented-word']);
    expect(wrap('one\n\ntwo', 10)).toEqual(['one', '', 'two']);
  });

  it('says how much was left out', () => {
    expect(clip('abcdef', 6)).toBe('abcdef');
    expect(clip('abcdef', 4)).toBe('abcd … (2 more characters in results.json)');
  });

  it('counts', () => {
    expect([counted(1, 'scenario'), counted(0, 'scenario')]).toEqual(['1 scenario', '0 scenarios']);
  });
});
