/** Swapping port of the reference kernel. */
import {
  bytesOf,
  failure,
  octetsOf,
  success,
  type Errno,
  type Outcome,
  type PortOf,
  type swapping,
} from '../../contract/index.ts';
import { freeSlots } from '../../reference/kernel/swap-space.ts';
import {
  endProcess,
  freeFrames,
  newSwappingMachine,
  passSecond,
  sleepProcess,
  startProcess,
  wakeProcess,
  type SwappedProcess,
} from '../../reference/kernel/swapping.ts';
import { answering, answeringOk } from './answering.ts';

type Done = Record<string, never>;

/** A machine that is there before anybody boots one. */
const AT_FIRST = { frames: 16, pageOctets: 4096, swapPages: 64 };

/** The pages of a process in a row. */
function copyOut(memory: readonly Uint8Array[], at: number, length: number): Uint8Array {
  const all = memory.flatMap((page) => [...page]);
  return Uint8Array.from(all.slice(at, at + length));
}

function copyIn(memory: readonly Uint8Array[], at: number, octets: Uint8Array): void {
  const pageOctets = memory[0]?.length ?? 1;
  for (const [nth, octet] of octets.entries()) {
    const page = memory[Math.floor((at + nth) / pageOctets)];
    if (page !== undefined) page[(at + nth) % pageOctets] = octet;
  }
}

export function swappingPorts(): { swapping: PortOf<typeof swapping> } {
  const boot = ({ frames, pageOctets, swapPages }: typeof AT_FIRST) =>
    newSwappingMachine(frames, pageOctets, swapPages);
  let machine = boot(AT_FIRST);

  function on<Value, Failure extends Errno>(
    name: string,
    work: (process: SwappedProcess) => Outcome<Value, Failure>,
  ) {
    return answering((): Outcome<Value, Failure | 'ESRCH'> => {
      const process = machine.processes.find((other) => other.name === name);
      return process === undefined ? failure('ESRCH') : work(process);
    });
  }

  const doneOn = (name: string, work: (process: SwappedProcess) => void) =>
    on<Done, never>(name, (process) => {
      work(process);
      return success({});
    });

  /** The memory of a process that runs. */
  const inMemory = <Value>(
    name: string,
    at: number,
    length: number,
    work: (memory: readonly Uint8Array[]) => Value,
  ) =>
    on(name, ({ memory, asleep, pages }): Outcome<Value, 'EAGAIN' | 'EFAULT'> => {
      if (memory === null || asleep) return failure('EAGAIN');
      if (at + length > pages * machine.pageOctets) return failure('EFAULT');
      return success(work(memory));
    });

  return {
    swapping: {
      boot: (size) =>
        answeringOk(() => {
          machine = boot(size);
          return {};
        }),
      start: ({ process, pages }) => answering(() => startProcess(machine, process, pages)),
      sleep: ({ process: name }) =>
        on(name, (process): Outcome<Done, 'EAGAIN'> => {
          if (process.memory === null || process.asleep) return failure('EAGAIN');
          sleepProcess(machine, process);
          return success({});
        }),
      wake: ({ process }) => doneOn(process, (woken) => wakeProcess(machine, woken)),
      exit: ({ process }) => doneOn(process, (ended) => endProcess(machine, ended)),
      pass: ({ seconds }) =>
        answeringOk(() => {
          for (let second = 0; second < seconds; second++) passSecond(machine);
          return {};
        }),
      read: ({ process, at, length }) =>
        inMemory(process, at, length, (memory) => ({
          octets: octetsOf(copyOut(memory, at, length)),
        })),
      write: ({ process, at, octets }) =>
        inMemory(process, at, octets.length / 2, (memory) => {
          copyIn(memory, at, bytesOf(octets));
          return {};
        }),
      state: () =>
        answeringOk(() => ({
          freeFrames: freeFrames(machine),
          freeSwapPages: freeSlots(machine.swap),
          processes: machine.processes.map(({ name, pages, asleep, memory }) => ({
            process: name,
            pages,
            asleep,
            inMemory: memory !== null,
          })),
        })),
    },
  };
}
