/** Faults of the clock and its timers on the machine. */
import type { Mutant } from '../mutant.ts';

const file = 'machine/clock';
const timers = 'machine/timers';

export const MACHINE_CLOCK: readonly Mutant[] = [
  {
    id: 'clock-at-device-level',
    statement: 'CLK-03',
    file,
    find: `level: levelOf('splclock'),`,
    replace: `level: levelOf('splbio'),`,
    does: 'Puts the clock at the level of the disks.',
  },
  {
    id: 'clock-cannot-be-held-off',
    statement: 'CLK-03',
    file,
    find: `level: levelOf('splclock'),`,
    replace: `level: 8,`,
    does: 'Puts the clock above splhigh.',
  },
  {
    id: 'clock-runs-timers-itself',
    statement: 'CLK-04',
    alsoBreaks: ['CLK-05', 'CLK-06', 'CLK-07'],
    file,
    find: `        raiseSoftirq(processor, 'TIMER');`,
    replace: `        while (machine.timers[0] !== undefined && machine.timers[0].expires <= machine.ticks)
            machine.timers.shift().fires(processor);`,
    does: 'Runs the functions of timers inside the clock interrupt.',
  },
  {
    id: 'clock-does-not-count',
    statement: 'CLK-04',
    alsoBreaks: ['CLK-05', 'CLK-06', 'CLK-07', 'CLK-08'],
    file,
    find: `        machine.ticks += 1;`,
    replace: `        void machine;`,
    does: 'Takes ticks and does not count them.',
  },
  {
    id: 'clock-charges-nobody',
    statement: 'CLK-04',
    file,
    find: `        current.usage.user += 1;`,
    replace: `        void current;`,
    does: 'Charges no tick to user mode.',
  },
  {
    id: 'clock-charges-the-kernel',
    statement: 'CLK-04',
    file,
    find: `stack.at(-2);`,
    replace: `stack.at(-1);`,
    does: 'Charges every tick to kernel mode, since it finds itself there.',
  },
  {
    id: 'softclock-at-every-tick',
    statement: 'CLK-05',
    file,
    find: `machine.profile === 'linux-2.6.11' || timerDue(machine);`,
    replace: `true;`,
    does: 'Asks for the software clock at every tick.',
  },
  {
    id: 'softclock-whenever-a-timer-is-set',
    statement: 'CLK-05',
    file,
    find: `machine.profile === 'linux-2.6.11' || timerDue(machine);`,
    replace: `machine.profile === 'linux-2.6.11' || machine.timers.length > 0;`,
    does: 'Asks for the software clock at every tick while a timer is set, due or not.',
  },
  {
    id: 'timer-one-a-tick',
    statement: 'CLK-07',
    file: timers,
    find: `timers[0] !== undefined && timers[0].expires <= ticks;`,
    replace: `timers[0] !== undefined && timers[0].expires === ticks;`,
    does: 'Forgets a timer whose tick passed while another ran.',
  },
  {
    id: 'timer-a-tick-early',
    statement: 'CLK-08',
    alsoBreaks: ['CLK-04', 'CLK-05', 'CLK-06', 'CLK-07'],
    file: timers,
    find: `timers[0].expires <= ticks;`,
    replace: `timers[0].expires <= ticks + 1;`,
    does: 'Fires timers a tick early.',
  },
  {
    id: 'timer-set-twice-fires-twice',
    statement: 'CLK-08',
    file: timers,
    find: `    deleteTimer(machine, timer.name);
    const behindEquals`,
    replace: `    const behindEquals`,
    does: 'Leaves the old time of a timer that is set again.',
  },
  {
    id: 'timer-deleted-fires',
    statement: 'CLK-08',
    file: timers,
    find: `        machine.timers.splice(place, 1);`,
    replace: `        void place;`,
    does: 'Fires a timer that was deleted.',
  },
  {
    id: 'timer-newest-first',
    statement: 'CLK-08',
    alsoBreaks: ['CLK-07'],
    file: timers,
    find: `machine.timers.splice(place < 0 ? machine.timers.length : place, 0, timer);`,
    replace: `machine.timers.unshift(timer);`,
    does: 'Puts the newest timer first, whenever it expires.',
  },
];
