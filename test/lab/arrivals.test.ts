/** The heap of frames under way. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Arrivals, type Arrival } from '../../harness/lab/arrivals.ts';

const arrival = (at: number, order: number): Arrival => ({
  at,
  order,
  to: undefined as never,
  frame: '',
  remark: undefined,
});

it('gives back the earliest, and of those at one time the one that came first', () => {
  const times = fc.array(fc.nat(20), { maxLength: 200 });
  fc.assert(
    fc.property(times, fc.nat(60), (ats, taken) => {
      const heap = new Arrivals();
      const left = ats.map((at, order) => arrival(at, order));
      for (const each of left) heap.add(each);
      left.sort((a, b) => a.at - b.at || a.order - b.order);
      for (let count = 0; count < taken; count++) {
        expect(heap.firstAt).toBe(left[0]?.at ?? Infinity);
        expect(heap.takeFirst()).toBe(left.shift());
        expect(heap.length).toBe(left.length);
      }
    }),
  );
});
