/** Faults of swapping. */
import type { Mutant } from '../mutant.ts';

const file = 'kernel/swapping';
const statement = 'KRN-06';

const VICTIM = `        if (victim.pages > slots)
            continue;`;

export const SWAPPING: readonly Mutant[] = [
  {
    id: 'swp-sleepers-stay',
    statement,
    file,
    find: `    if (makeRoom(machine, pages, sleepers(machine)))`,
    replace: `    if (makeRoom(machine, pages, []))`,
    does: 'Swaps nobody out when a process is started.',
  },
  {
    id: 'swp-sleepers-always-out',
    statement,
    file,
    find: `    process.asleep = true;
    process.slept = 0;`,
    replace: `    process.asleep = true;
    process.slept = 0;
    if (freeSlots(machine.swap) >= process.pages)
        swapOut(machine, process);`,
    does: 'Swaps a process out as soon as it sleeps, though memory is not short.',
  },
  {
    id: 'swp-shortest-sleeper-first',
    statement,
    profile: 'bsd-4.4',
    file,
    find: `return longestFirst(asleep, ({ slept }) => slept);`,
    replace: `return longestFirst(asleep, ({ slept }) => -slept);`,
    does: 'Swaps out first who went to sleep last.',
  },
  {
    id: 'swp-sleep-not-begun-anew',
    statement,
    profile: 'bsd-4.4',
    file,
    find: `    process.asleep = true;
    process.slept = 0;`,
    replace: `    process.asleep = true;`,
    does: 'Adds up how long a process has slept over all its sleeps.',
  },
  {
    id: 'swp-all-sleepers-out',
    statement,
    file,
    find: `        if (room >= pages)
            break;`,
    replace: ``,
    does: 'Swaps out every process that sleeps, needed or not.',
  },
  {
    id: 'swp-never-in-again',
    statement,
    file,
    find: `export function wakeProcess(machine, process) {
    process.asleep = false;
    runSwapper(machine);`,
    replace: `export function wakeProcess(machine, process) {
    process.asleep = process.memory === null;`,
    does: 'Loses the wake-up of a process that is swapped out.',
  },
  {
    id: 'swp-one-page-lost',
    statement,
    file,
    find: `    process.slots = written(swap, process.memory ?? []);`,
    replace: `    process.slots = written(swap, process.memory ?? []);
    swap.slots[process.slots.at(-1)].fill(0);`,
    does: 'Loses the last page of a process on its way out.',
  },
  {
    id: 'swp-pages-in-reverse',
    statement,
    file,
    find: `    process.memory = process.slots.map((slot) => swapRead(swap, slot));`,
    replace: `    process.memory = process.slots.toReversed().map((slot) => swapRead(swap, slot));`,
    does: 'Brings the pages of a process back in the wrong order.',
  },
  {
    id: 'swp-memory-cleared',
    statement,
    file,
    find: `    process.memory = process.slots.map((slot) => swapRead(swap, slot));`,
    replace: `    process.memory = process.slots.map((slot) => swapRead(swap, slot).fill(0));`,
    does: 'Brings a process back with its memory cleared.',
  },
  {
    id: 'swp-slots-leak',
    statement,
    file,
    find: `    for (const slot of process.slots)
        swapFree(swap, slot);
    process.slots = [];
    process.stayed = 0;`,
    replace: `    process.slots = [];
    process.stayed = 0;`,
    does: 'Does not give the slots back when a process comes in.',
  },
  {
    id: 'swp-exit-keeps-slots',
    statement,
    file,
    find: `    for (const slot of process.slots)
        swapFree(machine.swap, slot);`,
    replace: ``,
    does: 'Does not give the slots of a process back that ends while it is out.',
  },
  {
    id: 'swp-exit-brings-nobody',
    statement,
    file,
    find: `    machine.processes = machine.processes.filter((other) => other !== process);
    runSwapper(machine);`,
    replace: `    machine.processes = machine.processes.filter((other) => other !== process);
    for (const other of machine.processes)
        if (other.memory === null)
            other.asleep = true;`,
    does: 'Forgets who waited for the room of a process that ends.',
  },
  {
    id: 'swp-full-device-loses',
    statement,
    file,
    find: VICTIM,
    replace: `        if (victim.pages > slots) {
            victim.memory = victim.memory.map((octets) => octets.fill(0));
            continue;
        }`,
    does: 'Clears a process for which the swap device has no room.',
  },
  {
    id: 'swp-full-device-gives-up',
    statement,
    file,
    find: VICTIM,
    replace: `        if (victim.pages > slots)
            break;`,
    does: 'Looks no further when the first that sleeps does not fit on the swap device.',
  },
  {
    id: 'swp-started-without-room',
    statement,
    file,
    find: `    else if (freeSlots(swap) >= pages)
        process.slots = written(swap, memory);
    else
        return failure('ENOMEM');`,
    replace: `    else if (freeSlots(swap) >= pages)
        process.slots = written(swap, memory);
    else
        process.memory = memory;`,
    does: 'Starts a process for which there is no memory and no swap.',
  },
  {
    id: 'swp-larger-than-memory',
    statement,
    file,
    find: `    if (pages > machine.frames)
        return failure('ENOMEM');`,
    replace: `    if (pages > machine.frames + freeSlots(swap))
        return failure('ENOMEM');
    if (pages > machine.frames)
        return success({});`,
    does: 'Starts a process that is larger than memory.',
  },
  {
    id: 'swp-runnable-starve',
    statement,
    file,
    find: `return [...sleepers(machine), ...deserving];`,
    replace: `return sleepers(machine);`,
    does: 'Leaves a runnable process out for ever when the others never sleep.',
  },
  {
    id: 'swp-runnable-before-sleepers',
    statement,
    file,
    find: `return [...sleepers(machine), ...deserving];`,
    replace: `return [...deserving, ...sleepers(machine)];`,
    does: 'Swaps out who runs before it swaps out who sleeps.',
  },
  {
    id: 'swp-image-shared',
    statement,
    alsoBreaks: ['KRN-05'],
    file: 'kernel/swap-space',
    find: `const slot = slots.indexOf(null);`,
    replace: `const slot = slots.indexOf(null) < 0 ? -1 : 0;`,
    does: 'Writes every page to the first slot.',
  },
];
