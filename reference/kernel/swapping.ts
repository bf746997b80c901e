/**
 * Swapping: whole processes leave memory and come back.
 *
 * A process has all of its pages in frames or all of them in slots of the swap device, never some here
 * and some there, and its slots are given back only when its frames are filled. So its memory is
 * always somewhere, whatever finds no room.
 *
 * The swapper brings in who is runnable and has been out longest. Room is made by those who sleep, the
 * longest sleeper first; only when they are not enough by those who run, and then both must have
 * waited: who is out for 3 seconds, who has to go in memory for 2. Else they would only push each other out.
 *
 * Source: 4.4BSD-Lite2, vm/vm_glue.c (scheduler, swapout_threads); Sixth Edition UNIX, sched(), for the
 * 3 and the 2 seconds. Left out: priorities, user areas, text that is shared.
 */
import { failure, success, type Outcome } from '../../contract/index.ts';
import { bugOn } from './bug.ts';
import {
  freeSlots,
  newSwapSpace,
  swapFree,
  swapRead,
  swapWrite,
  type SwapSpace,
} from './swap-space.ts';

/** Seconds that a process must have been out before one that runs has to go for it. */
const LEAST_OUT = 3;

/** Seconds that a process that runs may stay at least. */
const LEAST_IN = 2;

/** @kernel struct proc */
export interface SwappedProcess {
  readonly name: string;
  readonly pages: number;
  asleep: boolean;
  /** Its frames; null while it is out. @kernel P_INMEM */
  memory: Uint8Array[] | null;
  /** Its slots; empty while it is in. */
  slots: number[];
  /** Seconds asleep. @kernel p_slptime */
  slept: number;
  /** Seconds in memory or out of it, since that changed last. @kernel p_swtime */
  stayed: number;
}

export interface SwappingMachine {
  readonly frames: number;
  readonly pageOctets: number;
  readonly swap: SwapSpace;
  /** In the order in which they were started. */
  processes: SwappedProcess[];
}

export function newSwappingMachine(
  frames: number,
  pageOctets: number,
  swapPages: number,
): SwappingMachine {
  return { frames, pageOctets, swap: newSwapSpace(swapPages), processes: [] };
}

export function freeFrames({ frames, processes }: SwappingMachine): number {
  return processes.reduce((free, { memory }) => free - (memory?.length ?? 0), frames);
}

/**
 * Without room in memory a process begins its life on the swap device.
 *
 * @errors ENOMEM — there is no room there either, or it is larger than memory and could never run.
 * @kernel fork, newproc
 */
export function startProcess(
  machine: SwappingMachine,
  name: string,
  pages: number,
): Outcome<Record<string, never>, 'EEXIST' | 'ENOMEM'> {
  const { swap, pageOctets } = machine;
  if (machine.processes.some((other) => other.name === name)) return failure('EEXIST');
  if (pages > machine.frames) return failure('ENOMEM');
  const memory = Array.from({ length: pages }, () => new Uint8Array(pageOctets));
  const process: SwappedProcess = {
    name,
    pages,
    asleep: false,
    memory: null,
    slots: [],
    slept: 0,
    stayed: 0,
  };
  if (makeRoom(machine, pages, sleepers(machine))) process.memory = memory;
  else if (freeSlots(swap) >= pages) process.slots = written(swap, memory);
  else return failure('ENOMEM');
  machine.processes.push(process);
  return success({});
}

export function sleepProcess(machine: SwappingMachine, process: SwappedProcess): void {
  process.asleep = true;
  process.slept = 0;
  runSwapper(machine);
}

export function wakeProcess(machine: SwappingMachine, process: SwappedProcess): void {
  process.asleep = false;
  runSwapper(machine);
}

export function endProcess(machine: SwappingMachine, process: SwappedProcess): void {
  for (const slot of process.slots) swapFree(machine.swap, slot);
  machine.processes = machine.processes.filter((other) => other !== process);
  runSwapper(machine);
}

/** @kernel schedcpu */
export function passSecond(machine: SwappingMachine): void {
  for (const process of machine.processes) {
    process.stayed++;
    if (process.asleep) process.slept++;
  }
  runSwapper(machine);
}

/**
 * Brings in whoever can be brought in. Nobody comes in twice: who had to go for another one sleeps, or
 * has just left and does not deserve to come back yet.
 *
 * @kernel scheduler
 */
function runSwapper(machine: SwappingMachine): void {
  for (let broughtIn = 0; ; broughtIn++) {
    const out = machine.processes.filter(({ memory, asleep }) => memory === null && !asleep);
    const [wanted] = longestFirst(out, ({ stayed }) => stayed);
    if (wanted === undefined || !makeRoom(machine, wanted.pages, victimsFor(machine, wanted))) {
      return;
    }
    bugOn(broughtIn >= machine.processes.length, 'the swapper goes round in circles');
    swapIn(machine, wanted);
  }
}

function longestFirst(
  processes: readonly SwappedProcess[],
  seconds: (process: SwappedProcess) => number,
): SwappedProcess[] {
  // Sorting is stable: among equals, who was started first.
  return [...processes].sort((a, b) => seconds(b) - seconds(a));
}

function sleepers({ processes }: SwappingMachine): SwappedProcess[] {
  const asleep = processes.filter((process) => process.memory !== null && process.asleep);
  return longestFirst(asleep, ({ slept }) => slept);
}

/** Who may have to go, in that order. @kernel swapout_threads */
function victimsFor(machine: SwappingMachine, wanted: SwappedProcess): SwappedProcess[] {
  const running = machine.processes.filter(
    ({ memory, asleep, stayed }) => memory !== null && !asleep && stayed >= LEAST_IN,
  );
  const deserving = wanted.stayed >= LEAST_OUT ? longestFirst(running, ({ stayed }) => stayed) : [];
  return [...sleepers(machine), ...deserving];
}

/**
 * Swaps out as many victims as it takes, and none if all of them are not enough.
 *
 * @returns whether so many pages are free now.
 */
function makeRoom(
  machine: SwappingMachine,
  pages: number,
  victims: readonly SwappedProcess[],
): boolean {
  let room = freeFrames(machine);
  let slots = freeSlots(machine.swap);
  const leaving: SwappedProcess[] = [];
  for (const victim of victims) {
    if (room >= pages) break;
    if (victim.pages > slots) continue;
    leaving.push(victim);
    room += victim.pages;
    slots -= victim.pages;
  }
  if (room < pages) return false;
  for (const victim of leaving) swapOut(machine, victim);
  return true;
}

/** @kernel swapout */
function swapOut({ swap }: SwappingMachine, process: SwappedProcess): void {
  process.slots = written(swap, process.memory ?? []);
  process.memory = null;
  process.stayed = 0;
}

/** @kernel swapin */
function swapIn({ swap }: SwappingMachine, process: SwappedProcess): void {
  process.memory = process.slots.map((slot) => swapRead(swap, slot));
  for (const slot of process.slots) swapFree(swap, slot);
  process.slots = [];
  process.stayed = 0;
}

function written(swap: SwapSpace, memory: readonly Uint8Array[]): number[] {
  return memory.map((octets) => {
    const slot = swapWrite(swap, octets);
    bugOn(slot === null, 'the swap device has less room than was counted');
    return slot as number;
  });
}
