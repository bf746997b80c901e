/**
 * Software interrupts.
 *
 * Raising one sets a bit. The bits are looked at when the processor comes down to the lowest level: at
 * the end of the outermost handler, when the priority is lowered, when bottom halves are enabled
 * again. A pass takes all bits at once and serves them in the order of their numbers; what is raised
 * meanwhile waits for the next pass, and what is left after ten passes for the thread ksoftirqd.
 *
 * Source: Linux 2.6.11, kernel/softirq.c, __do_softirq(); 4.4BSD, kern/kern_clock.c and the splx of
 * the ports that keep a flag (SIR). Left out: the thread of 4.4BSD, which has none.
 */
import { SOFTIRQS, type Softirq } from '../../contract/index.ts';
import { enter, leave } from './context.ts';
import { makeRunnable, schedule } from './scheduler.ts';
import {
  inInterrupt,
  record,
  SOFTIRQ_OFFSET,
  SPL0,
  SPLSOFT,
  type Micro,
  type Processor,
} from './state.ts';
import { fireNextTimer } from './timers.ts';

/** @kernel MAX_SOFTIRQ_RESTART */
const MAX_PASSES = 10;

/** @kernel raise_softirq; setsoftnet, setsoftclock */
export function raiseSoftirq(processor: Processor, softirq: Softirq): void {
  processor.softirqs |= 1 << SOFTIRQS.indexOf(softirq);
  if (inInterrupt(processor) || processor.level > SPL0) return;
  wakeKsoftirqd(processor);
}

/** Whether software interrupts are to be served now. */
export function softirqsDue(processor: Processor): boolean {
  const { softirqs, level, interrupts, machine, checkSoftirqs } = processor;
  const asked = checkSoftirqs || machine.scene.softInterrupts === 'hardware';
  return asked && softirqs !== 0 && level < SPLSOFT && interrupts && !inInterrupt(processor);
}

/** Serves what was raised, up to the limit of passes. @kernel do_softirq */
export function serveSoftirqs(processor: Processor): void {
  processor.checkSoftirqs = false;
  processor.preemptCount += SOFTIRQ_OFFSET;
  nextPass(processor, MAX_PASSES);
}

function nextPass(processor: Processor, passesLeft: number): void {
  const snapshot = processor.softirqs;
  processor.softirqs = 0;
  serveNext(processor, snapshot, passesLeft);
}

/** Enters the first of the snapshot; its end leads on to the next. */
function serveNext(processor: Processor, snapshot: number, passesLeft: number): void {
  const number = SOFTIRQS.findIndex((_, bit) => (snapshot & (1 << bit)) !== 0);
  const softirq = SOFTIRQS[number];
  if (softirq !== undefined) {
    enterSoftirq(processor, softirq, () =>
      serveNext(processor, snapshot & ~(1 << number), passesLeft),
    );
  } else if (processor.softirqs !== 0 && passesLeft > 1) nextPass(processor, passesLeft - 1);
  else endOfSoftirqs(processor);
}

function enterSoftirq(processor: Processor, softirq: Softirq, then: () => void): void {
  const { machine } = processor;
  record(processor, softirq, 'starts');
  const end = (): void => {
    leave(processor);
    record(processor, softirq, 'ends');
    then();
  };
  enter(processor, {
    kind: 'softirq',
    who: softirq,
    program: machine.softirqPrograms.get(softirq) ?? [],
    leave: end,
    ...(softirq === 'TIMER' && { another: fireNextTimer }),
  });
}

function endOfSoftirqs(processor: Processor): void {
  processor.preemptCount -= SOFTIRQ_OFFSET;
  if (processor.softirqs !== 0) wakeKsoftirqd(processor);
}

/**
 * The thread that serves what the passes have left, when nobody else wants the processor.
 *
 * @kernel wakeup_softirqd
 */
function wakeKsoftirqd(processor: Processor): void {
  const { machine, ksoftirqd } = processor;
  // 4.4BSD has no such thread: it looks again at once.
  if (machine.profile === 'bsd-4.4') processor.checkSoftirqs = true;
  else if (machine.scene.softInterrupts !== 'hardware' && ksoftirqd.state === 'sleeping')
    makeRunnable(ksoftirqd, processor);
}

/** The life of the thread: a round of passes a step, and sleep. @kernel ksoftirqd */
export function* ksoftirqd(processor: Processor): Micro {
  for (;;) {
    while (processor.softirqs !== 0) {
      serveSoftirqs(processor);
      yield;
    }
    processor.current.state = 'sleeping';
    schedule(processor);
    yield;
  }
}
