/** A script that is printed and read again is the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseScript } from '../../harness/packetdrill/parse.ts';
import { printScript } from '../../harness/packetdrill/print.ts';
import { scripts } from './arbitraries.ts';

/** Places follow from the layout, which printing makes anew. */
function withoutPlaces(tree: unknown): unknown {
  return JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === 'place' ? 0 : value)));
}

test('printing a tree and parsing the text gives the same tree', () => {
  fc.assert(
    fc.property(scripts, (script) => {
      const read = parseScript(printScript(script), 'a.pkt');
      expect(withoutPlaces(read)).toEqual(withoutPlaces(script));
    }),
    { seed: 1, numRuns: 2000 },
  );
});

test('printing is the same the second time', () => {
  fc.assert(
    fc.property(scripts, (script) => {
      const once = printScript(script);
      expect(printScript(parseScript(once, 'a.pkt'))).toBe(once);
    }),
    { seed: 2, numRuns: 500 },
  );
});
