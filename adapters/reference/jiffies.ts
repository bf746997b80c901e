/** The jiffies port of the reference kernel. */
import { success, type jiffies, type PortOf, type Profile } from '../../contract/index.ts';
import {
  advanceClock,
  doTimer,
  initialJiffies,
  newClock,
  timeAfter,
  timeAfterEq,
  timeBefore,
  timeBeforeEq,
} from '../../reference/kernel/jiffies.ts';
import { answering, answeringOk } from './answering.ts';

/** HZ of i386 since Linux 2.5, and of 4.4BSD. */
const HZ = { linux: 1000, bsd: 100 } as const;

function kernelOf(profile: Profile) {
  return profile === 'bsd-4.4'
    ? { hz: HZ.bsd, firstJiffies: () => 0 }
    : { hz: HZ.linux, firstJiffies: initialJiffies };
}

export function jiffiesPorts(profile: Profile): { jiffies: PortOf<typeof jiffies> } {
  const kernel = kernelOf(profile);
  let clock = newClock(kernel.hz);
  let counter = { jiffies: kernel.firstJiffies(kernel.hz) };
  return {
    jiffies: {
      boot: ({ hz = kernel.hz, jiffies: first = kernel.firstJiffies(hz) }) =>
        answering(() => {
          clock = newClock(hz);
          counter = { jiffies: first };
          return success({ hz, jiffies: first });
        }),
      advance: ({ nanoseconds }) =>
        answeringOk(() => {
          let ticks = 0;
          advanceClock(clock, nanoseconds, () => {
            ticks += 1;
            doTimer(counter);
          });
          return { ticks, jiffies: counter.jiffies };
        }),
      compare: ({ a, b }) =>
        answeringOk(() => ({
          after: timeAfter(a, b),
          before: timeBefore(a, b),
          afterEq: timeAfterEq(a, b),
          beforeEq: timeBeforeEq(a, b),
        })),
    },
  };
}
