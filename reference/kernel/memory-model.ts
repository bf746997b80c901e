/**
 * Processors that share memory, each with a store buffer and a queue of invalidations.
 *
 * A store waits in its processor's buffer until it drains to memory. Stores to one variable drain in
 * order; those to several in any order, unless smp_wmb stands between them. When a store reaches
 * memory, every other processor is told that its copy of the variable is invalid, and goes on using
 * the old value until it takes notice; smp_rmb makes it take notice of all. So each variable has one
 * order of values on which all agree, and what lies between variables is the barriers' to order.
 *
 * Source: the operational reading of Linux 2.6.11, Documentation/atomic_ops.txt. Left out: loads that
 * wait for later stores (load buffering), which no store buffer shows, and dependent loads, which are
 * ordered like any others here.
 */
import { bugOn } from './bug.ts';

/** A store that has not reached memory. */
interface WaitingStore {
  readonly variable: string;
  readonly value: number;
  /** How many write barriers its processor had passed. */
  readonly epoch: number;
}

export interface MemoryProcessor {
  /** Oldest first. */
  buffer: WaitingStore[];
  epoch: number;
  /** Old values still in use, by variable: the invalidations that have not been noticed. */
  readonly stale: Map<string, number>;
  readonly registers: Map<string, number>;
  readonly perCpu: Map<string, number>;
  /** Depth of preempt_disable. */
  preemptCount: number;
}

export interface SharedMemory {
  readonly values: Map<string, number>;
  readonly processors: readonly MemoryProcessor[];
}

export function newSharedMemory(
  processors: number,
  initially: Iterable<readonly [string, number]>,
  perCpu: readonly (readonly [string, number])[],
): SharedMemory {
  const processor = (): MemoryProcessor => ({
    buffer: [],
    epoch: 0,
    stale: new Map(),
    registers: new Map(),
    perCpu: new Map(perCpu),
    preemptCount: 0,
  });
  return { values: new Map(initially), processors: Array.from({ length: processors }, processor) };
}

/** What the processor sees: its own youngest store, else what it has not noticed to be old. */
export function load(memory: SharedMemory, self: MemoryProcessor, variable: string): number {
  const own = self.buffer.findLast((store) => store.variable === variable);
  return own?.value ?? self.stale.get(variable) ?? memory.values.get(variable) ?? 0;
}

export function store(self: MemoryProcessor, variable: string, value: number): void {
  self.buffer.push({ variable, value, epoch: self.epoch });
}

/** Variables of which a store may reach memory next. */
export function drainable({ buffer }: MemoryProcessor): readonly string[] {
  const oldest = buffer[0]?.epoch;
  const ready = buffer.filter(({ epoch }) => epoch === oldest).map(({ variable }) => variable);
  return [...new Set(ready)];
}

/** The oldest store to the variable reaches memory. */
export function drain(memory: SharedMemory, self: MemoryProcessor, variable: string): void {
  const at = self.buffer.findIndex((waiting) => waiting.variable === variable);
  const [waiting] = self.buffer.splice(at, 1);
  if (waiting !== undefined) write(memory, self, variable, waiting.value);
}

/** Whoever writes owns the variable, and all others are told that theirs is invalid. */
function write(memory: SharedMemory, self: MemoryProcessor, variable: string, value: number): void {
  const old = memory.values.get(variable) ?? 0;
  memory.values.set(variable, value);
  self.stale.delete(variable);
  for (const other of memory.processors) {
    // One that has not noticed the last invalidation yet keeps the older value.
    if (other !== self && !other.stale.has(variable)) other.stale.set(variable, old);
  }
}

/** @kernel smp_wmb — stores before it reach memory before any behind it. */
export function smpWmb(self: MemoryProcessor): void {
  self.epoch++;
}

/** @kernel smp_rmb — loads behind it see what was in memory when it was passed. */
export function smpRmb(self: MemoryProcessor): void {
  self.stale.clear();
}

/** @kernel smp_mb — as both, and no load behind it overtakes a store before it. */
export function smpMb(memory: SharedMemory, self: MemoryProcessor): void {
  for (const { variable } of [...self.buffer]) drain(memory, self, variable);
  smpRmb(self);
}

/**
 * Adds in memory itself, where no other processor can come in between.
 *
 * Orders nothing else: only what has to be there first, earlier stores to the variable and those
 * before a write barrier, is drained.
 *
 * @kernel atomic_add, atomic_sub, atomic_inc, atomic_dec
 */
export function atomicAdd(
  memory: SharedMemory,
  self: MemoryProcessor,
  variable: string,
  value: number,
): void {
  const before = self.buffer.filter((w) => w.epoch < self.epoch || w.variable === variable);
  for (const waiting of before) drain(memory, self, waiting.variable);
  write(memory, self, variable, ((memory.values.get(variable) ?? 0) + value) | 0);
}

/**
 * An atomic operation that returns something is a full barrier on both sides.
 *
 * @returns the value before.
 */
function atomicReturn(
  memory: SharedMemory,
  self: MemoryProcessor,
  variable: string,
  changed: (old: number) => number,
): number {
  smpMb(memory, self);
  const old = memory.values.get(variable) ?? 0;
  write(memory, self, variable, changed(old) | 0);
  return old;
}

/** @returns 1 if the variable is 0 now, else 0. @kernel atomic_dec_and_test */
export function atomicDecAndTest(
  memory: SharedMemory,
  self: MemoryProcessor,
  variable: string,
): number {
  return atomicReturn(memory, self, variable, (old) => old - 1) === 1 ? 1 : 0;
}

/** @returns the value before. @kernel xchg */
export function xchg(
  memory: SharedMemory,
  self: MemoryProcessor,
  variable: string,
  value: number,
): number {
  return atomicReturn(memory, self, variable, () => value);
}

/** @kernel get_cpu_var — the task stays on this processor until put_cpu_var. */
export function getCpuVar(self: MemoryProcessor): void {
  self.preemptCount++;
}

/** @kernel put_cpu_var */
export function putCpuVar(self: MemoryProcessor): void {
  bugOn(self.preemptCount === 0, 'put_cpu_var without get_cpu_var');
  self.preemptCount--;
}

/** @kernel __get_cpu_var */
export function loadPerCpu(self: MemoryProcessor, variable: string): number {
  bugWherePreemptible(self, variable);
  return self.perCpu.get(variable) ?? 0;
}

/** @kernel __get_cpu_var */
export function storePerCpu(self: MemoryProcessor, variable: string, value: number): void {
  bugWherePreemptible(self, variable);
  self.perCpu.set(variable, value);
}

/** A task that can be preempted may go on on another processor, between reading and writing. */
function bugWherePreemptible(self: MemoryProcessor, variable: string): void {
  bugOn(self.preemptCount === 0, `per-CPU variable ${variable} is used in preemptible code`);
}
