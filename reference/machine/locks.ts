/**
 * Spin locks and semaphores.
 *
 * Who finds a spin lock held tries again at its next step, and does nothing else. Who finds a
 * semaphore at 0 sleeps, and is given it in the order of coming.
 *
 * Source: Linux 2.6.11, include/linux/spinlock.h, kernel/spinlock.c, arch/i386/kernel/semaphore.c.
 */
import type { Action } from '../../contract/index.ts';
import { bug } from '../kernel/bug.ts';
import { makeRunnable, mustBeAbleToSleep, sleepOn } from './scheduler.ts';
import {
  inInterrupt,
  PREEMPT_OFFSET,
  record,
  SOFTIRQ_MASK,
  SOFTIRQ_OFFSET,
  topFrame,
  type Lock,
  type Machine,
  type Micro,
  type Processor,
  type Semaphore,
} from './state.ts';

type Guard = Extract<Action, { do: 'lock' }>['guard'];

function lockNamed({ locks }: Machine, name: string): Lock {
  const lock = locks.get(name) ?? { holder: undefined };
  locks.set(name, lock);
  return lock;
}

/** @kernel preempt_disable */
export function disablePreemption(processor: Processor): void {
  processor.preemptCount += PREEMPT_OFFSET;
}

/** @kernel preempt_enable */
export function enablePreemption(processor: Processor): void {
  if ((processor.preemptCount & 0xff) === 0) {
    bug(`${topFrame(processor).who} enables preemption, which was not disabled`);
  }
  processor.preemptCount -= PREEMPT_OFFSET;
}

/** @kernel local_bh_disable */
export function disableBottomHalves(processor: Processor): void {
  processor.preemptCount += SOFTIRQ_OFFSET;
}

/** The last one looks for what was raised meanwhile. @kernel local_bh_enable */
export function enableBottomHalves(processor: Processor): void {
  if ((processor.preemptCount & SOFTIRQ_MASK) === 0) {
    bug(`${topFrame(processor).who} enables bottom halves, which were not disabled`);
  }
  processor.preemptCount -= SOFTIRQ_OFFSET;
  if (!inInterrupt(processor)) processor.checkSoftirqs = true;
}

/** @kernel local_irq_save */
export function saveInterrupts(processor: Processor): void {
  topFrame(processor).flags.push(processor.interrupts);
  processor.interrupts = false;
}

/** @kernel local_irq_restore */
export function restoreInterrupts(processor: Processor): void {
  const { flags, who } = topFrame(processor);
  processor.interrupts = flags.pop() ?? bug(`${who} restores interrupts that it has not saved`);
}

/** @kernel spin_lock, spin_lock_irqsave, spin_lock_bh */
export function* spinLock(processor: Processor, name: string, guard: Guard): Micro {
  const frame = topFrame(processor);
  const lock = lockNamed(processor.machine, name);
  if (guard === 'irq') saveInterrupts(processor);
  if (guard === 'bh') disableBottomHalves(processor);
  disablePreemption(processor);
  if (lock.holder !== undefined) record(processor, frame.who, 'spins', name);
  while (lock.holder !== undefined) {
    frame.spinsOn = name;
    yield;
  }
  frame.spinsOn = undefined;
  lock.holder = { processor: processor.id, who: frame.who };
  record(processor, frame.who, 'locks', name);
}

/** @kernel spin_unlock, spin_unlock_irqrestore, spin_unlock_bh */
export function spinUnlock(processor: Processor, name: string, guard: Guard): void {
  const { who } = topFrame(processor);
  const lock = lockNamed(processor.machine, name);
  if (lock.holder === undefined) bug(`${who} unlocks ${name}, which is not locked`);
  if (lock.holder.processor !== processor.id) {
    bug(`${who} unlocks ${name}, which ${lock.holder.who} holds on another processor`);
  }
  lock.holder = undefined;
  record(processor, who, 'unlocks', name);
  if (guard === 'irq') restoreInterrupts(processor);
  enablePreemption(processor);
  if (guard === 'bh') enableBottomHalves(processor);
}

function semaphoreNamed({ semaphores, scene }: Machine, name: string): Semaphore {
  const count = scene.semaphores?.[name] ?? 1;
  const semaphore = semaphores.get(name) ?? { count, waiters: [], holder: undefined };
  semaphores.set(name, semaphore);
  return semaphore;
}

/** @kernel down */
export function* down(processor: Processor, name: string): Micro {
  const semaphore = semaphoreNamed(processor.machine, name);
  const { current } = processor;
  mustBeAbleToSleep(processor, `waits for ${name}`);
  if (semaphore.count > 0) {
    semaphore.count -= 1;
  } else {
    semaphore.waiters.push(current);
    do {
      sleepOn(processor, name, false);
      yield;
      // Woken by somebody who meant a channel of that name, it still waits.
    } while (semaphore.waiters.includes(current));
  }
  semaphore.holder = current.name;
}

/** Gives the semaphore to who has waited longest, or counts. @kernel up */
export function up(processor: Processor, name: string): void {
  const semaphore = semaphoreNamed(processor.machine, name);
  const next = semaphore.waiters.shift();
  semaphore.holder = undefined;
  if (next === undefined) {
    semaphore.count += 1;
    return;
  }
  semaphore.holder = next.name;
  record(processor, topFrame(processor).who, 'wakes', next.name);
  makeRunnable(next, processor);
}
