/** Several moments that hosts live through, each by itself. */
import type { Arrival } from './arrivals.ts';
import type { Frame } from './frame.ts';
import type { Moment, Outgoing } from './host.ts';
import type { Hosted } from './hosted.ts';

/** What has been lived through: a frame that has come, or one that a host has sent. */
export type Event<F extends Frame> = { readonly at: number } & (
  { readonly arrival: Arrival<F> } | { readonly frame: Outgoing<F>; readonly hosted: Hosted<F> }
);

/** What comes to whom, and when. */
export function momentsOf<F extends Frame>(
  came: readonly Arrival<F>[],
): Map<Hosted<F>, Moment<F>[]> {
  const moments = new Map<Hosted<F>, Moment<F>[]>();
  for (const { to, at, frame } of came) {
    const own = moments.get(to.hosted) ?? [];
    moments.set(to.hosted, own);
    own.push({ at, incoming: [{ interface: to.interface, frame }] });
  }
  return moments;
}

/** All at once; of several that fail, the first one in their order is told. */
export async function allOf<Each, Value>(
  each: readonly Each[],
  work: (each: Each) => Promise<Value>,
): Promise<Value[]> {
  const settled = await Promise.allSettled(each.map(work));
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
