/** Faults of the receive path: of a device, its driver, and the host around them. */
import type { Mutant } from '../mutant.ts';

const HAND_OVER = `    yield { context: 'interrupt', ns: host.load.interruptNs };
    host.inHand--;
    if (frame !== undefined)
        enqueue(frame);`;

const INTERRUPTS = `    if (asserts(ring) && cpu.hardirqs === 0 && !cpu.irqsOff)`;

export const RECEIVE_PATH: readonly Mutant[] = [
  {
    id: 'driver-drops-for-free',
    statement: 'SIQ-06',
    alsoBreaks: ['DEV-02'],
    file: 'net/receive-path',
    find: HAND_OVER,
    replace: `    host.inHand--;
    if (frame !== undefined && enqueue(frame) === 'NET_RX_DROP')
        return;
    yield { context: 'interrupt', ns: host.load.interruptNs };`,
    does: 'Looks for room before it does the work, so a frame that is dropped costs nothing.',
  },
  {
    id: 'protocols-keep-interrupts-out',
    statement: 'SIQ-06',
    alsoBreaks: ['DEV-02'],
    file: 'net/receive-path',
    find: INTERRUPTS,
    replace: `    if (asserts(ring) && cpu.hardirqs + cpu.softirqs === 0 && !cpu.irqsOff)`,
    does: 'Takes no interrupt while the protocols work, so that they are never starved.',
  },
  {
    id: 'user-before-ksoftirqd',
    statement: 'DEV-02',
    alsoBreaks: ['SIQ-06'],
    file: 'net/receive-path',
    find: `    else if (stack.length === 0 && cpu.ksoftirqdReady)`,
    replace: `    else if (false)`,
    does: 'Runs the user process though ksoftirqd has work.',
  },
  {
    id: 'interrupts-cost-nothing',
    statement: 'SIQ-06',
    alsoBreaks: ['DEV-02'],
    file: 'net/receive-path',
    find: HAND_OVER,
    replace: HAND_OVER.replace('host.load.interruptNs', '0'),
    does: 'Takes no time for an interrupt.',
  },
  {
    id: 'driver-empties-the-ring',
    statement: 'SIQ-06',
    file: 'net/receive-path',
    find: HAND_OVER,
    replace: `${HAND_OVER}
    for (let more = host.ring.frames.shift(); more !== undefined; more = host.ring.frames.shift())
        enqueue(more);`,
    does: 'Takes all frames in the ring by one interrupt.',
  },
  {
    id: 'protocols-count-before-the-work',
    statement: 'SIQ-06',
    alsoBreaks: ['DEV-02'],
    file: 'net/receive-path',
    find: `    host.inHand++;
    yield { context, ns: host.load.protocolNs };
    host.inHand--;
    host.delivered++;`,
    replace: `    host.delivered++;
    yield { context, ns: host.load.protocolNs };
    yield { context, ns: host.load.protocolNs };`,
    does: 'Processes each frame twice.',
  },
  {
    id: 'polling-does-not-mask',
    statement: 'DEV-02',
    file: 'net/rx-ring',
    find: `    ring.masked = true;`,
    replace: ``,
    does: 'Polls and takes an interrupt for each frame all the same.',
  },
  {
    id: 'polling-stays-masked',
    statement: 'DEV-02',
    file: 'net/rx-ring',
    find: `            ring.masked = false;`,
    replace: ``,
    does: 'Never takes the mask back, so the device is not heard of again.',
  },
  {
    id: 'polling-unmasks-after-each-turn',
    statement: 'DEV-02',
    file: 'net/rx-ring',
    find: `    return limit;`,
    replace: `    ring.masked = false;
    return limit;`,
    does: 'Takes the mask back after each turn, though the ring has frames.',
  },
  {
    id: 'polling-does-not-ask',
    statement: 'DEV-02',
    file: 'net/rx-ring',
    find: `    netRxSchedule(softnet, device);`,
    replace: ``,
    does: 'Masks the interrupt and does not have itself polled.',
  },
  {
    id: 'ring-without-end',
    statement: 'DEV-02',
    alsoBreaks: ['SIQ-06'],
    file: 'net/rx-ring',
    find: `    if (ring.frames.length >= ring.size)`,
    replace: `    if (false)`,
    does: 'Holds any number of frames in the ring.',
  },
  {
    id: 'ring-drops-uncounted',
    statement: 'DEV-02',
    alsoBreaks: ['SIQ-06'],
    file: 'net/rx-ring',
    find: `        ring.dropped++;`,
    replace: `        ;`,
    does: 'Does not count the frames that find the ring full.',
  },
];
