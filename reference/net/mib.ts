/** What the protocols of a host have counted. */
import { MIB_COUNTERS, type MibCounter } from '../../contract/index.ts';

export type Counters = Record<MibCounter, number>;

export function newCounters(): Counters {
  return Object.fromEntries(MIB_COUNTERS.map((name) => [name, 0])) as Counters;
}
