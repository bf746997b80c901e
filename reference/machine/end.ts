/**
 * When nothing more can happen.
 *
 * That is so when every processor idles or spins, and neither a device nor a timer is left that could
 * change it. The clock does not count: its ticks wake nobody by themselves.
 */
import { CLOCK } from './clock.ts';
import { acceptable, servedElsewhere } from './interrupts.ts';
import { softirqsDue } from './softirqs.ts';
import { topFrame, type Ended, type Machine, type Process, type Processor } from './state.ts';

type Wait = Ended['waits'][number];

function spinsInVain(processor: Processor): boolean {
  const { spinsOn, waitsForLine } = topFrame(processor);
  if (waitsForLine !== undefined) return servedElsewhere(processor, waitsForLine);
  return spinsOn !== undefined && processor.machine.locks.get(spinsOn)?.holder !== undefined;
}

function stuck(processor: Processor): boolean {
  const { machine, devices, current, idle, needResched } = processor;
  if (devices.length > 0 || acceptable(processor) !== undefined) return false;
  if (spinsInVain(processor)) return true;
  if (current !== idle || topFrame(processor).kind !== 'idle') return false;
  const wanted = machine.runQueue.some(({ pinned = processor.id }) => pinned === processor.id);
  return !wanted && !needResched && !softirqsDue(processor);
}

function lives({ state }: Process): boolean {
  return state !== 'gone' && state !== 'zombie' && state !== 'unborn';
}

/** Why the run is over; undefined while it is not. */
export function whyEnded(machine: Machine): Pick<Ended, 'end' | 'waits'> | undefined {
  const { processors, timers } = machine;
  if (!processors.every(stuck)) return undefined;
  if (timers.length > 0 && machine.scene.clock !== undefined && processors.some(canTick)) {
    return undefined;
  }
  const waits = [...processors.flatMap(spinning), ...sleeping(machine)];
  if (waits.some(({ heldBy }) => heldBy !== undefined)) return { end: 'deadlock', waits };
  return waits.length > 0 ? { end: 'asleep', waits } : { end: 'done', waits };
}

/** The clock of processor 0 runs the timers, unless it is held off for ever. */
function canTick({ id, interrupts, level, inService }: Processor): boolean {
  return id === 0 && interrupts && level < CLOCK.level && !inService.has(CLOCK);
}

function spinning(processor: Processor): Wait[] {
  const { who, spinsOn, waitsForLine } = topFrame(processor);
  // What holds it up is the handler, which has the line's name.
  if (waitsForLine !== undefined) {
    return [{ who, for: waitsForLine.name, heldBy: waitsForLine.name }];
  }
  if (spinsOn === undefined) return [];
  const holder = processor.machine.locks.get(spinsOn)?.holder;
  return [{ who, for: spinsOn, ...(holder !== undefined && { heldBy: holder.who }) }];
}

function sleeping({ processes, semaphores }: Machine): Wait[] {
  return [...processes.values()]
    .filter((process) => lives(process) && process.state === 'sleeping')
    .map(({ name, channel = '' }) => {
      const heldBy = semaphores.get(channel)?.holder;
      return { who: name, for: channel, ...(heldBy !== undefined && { heldBy }) };
    });
}
