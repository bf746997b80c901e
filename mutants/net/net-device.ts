/** Faults of network devices, of their queues and of priorities. */
import type { Mutant } from '../mutant.ts';

const netDevice = 'net/net-device';
const priority = 'net/priority';

export const NET_DEVICE: readonly Mutant[] = [
  {
    id: 'device-bands-reversed',
    statement: 'PRI-04',
    alsoBreaks: ['PRI-02'],
    file: netDevice,
    find: `first.shift() ?? second.shift() ?? third.shift()`,
    replace: `third.shift() ?? second.shift() ?? first.shift()`,
    does: 'Sends the least urgent frame first.',
  },
  {
    id: 'device-one-band',
    statement: 'PRI-04',
    alsoBreaks: ['PRI-02'],
    file: netDevice,
    find: `device.bands[bsd ? 0 : (PRIO_TO_BAND[skb.priority & 15] ?? 1)]`,
    replace: `device.bands[0]`,
    does: 'Sends frames as they come, whatever their priority is.',
  },
  {
    id: 'device-band-last-first',
    statement: 'PRI-04',
    alsoBreaks: ['PRI-02'],
    file: netDevice,
    find: `first.shift() ?? second.shift() ?? third.shift()`,
    replace: `first.pop() ?? second.pop() ?? third.pop()`,
    does: 'Sends the frame first that came last.',
  },
  {
    id: 'device-priority-is-band',
    statement: 'PRI-01',
    alsoBreaks: ['PRI-02'],
    file: netDevice,
    find: `(PRIO_TO_BAND[skb.priority & 15] ?? 1)`,
    replace: `Math.max(0, 2 - skb.priority)`,
    does: 'Takes a higher priority for a more urgent one.',
  },
  {
    id: 'device-queue-unbounded',
    statement: 'BUF-04',
    file: netDevice,
    find: `if (band.length >= device.txQueueLen) {`,
    replace: `if (band.length < 0) {`,
    does: 'Queues every frame.',
  },
  {
    id: 'device-queue-one-too-many',
    statement: 'BUF-04',
    file: netDevice,
    find: `if (band.length >= device.txQueueLen) {`,
    replace: `if (band.length > device.txQueueLen) {`,
    does: 'Queues one frame more than the queue holds.',
  },
  {
    id: 'device-drop-not-counted',
    statement: 'FLW-01',
    file: netDevice,
    find: `        device.txDropped += 1;
`,
    replace: ``,
    does: 'Does not count a frame that it has dropped.',
  },
  {
    id: 'device-full-queue-loses-oldest',
    statement: 'BUF-04',
    file: netDevice,
    find: `        kfreeSkb(skb);
        // The`,
    replace: `        kfreeSkb(band.shift());
        band.push(skb);
        return 0;
        // The`,
    does: 'Makes room for a frame by throwing the oldest away.',
  },
  {
    id: 'device-full-queue-succeeds',
    statement: 'FLW-02',
    file: netDevice,
    find: `return bsd || net.profile === 'notes' ? 'ENOBUFS' : 'NET_XMIT_DROP';`,
    replace: `return 0;`,
    does: 'Answers success where the queue has no room.',
  },
  {
    id: 'device-sends-while-busy',
    statement: 'BUF-01',
    file: netDevice,
    find: `while (!device.stopped && !device.transmitting) {`,
    replace: `while (!device.stopped) {`,
    does: 'Hands a frame to a device that is busy with another.',
  },
  {
    id: 'device-wire-without-time',
    statement: 'BUF-01',
    file: netDevice,
    find: `    if (device.bitsPerSecond === null)
`,
    replace: `    if (device.bitsPerSecond !== 0)
`,
    does: 'Sends a frame in no time.',
  },
  {
    id: 'device-wire-counts-octets',
    statement: 'BUF-01',
    file: netDevice,
    find: `(frame.length * 8 * 1_000_000_000)`,
    replace: `(frame.length * 1_000_000_000)`,
    does: 'Takes the time of a bit for each octet.',
  },
  {
    id: 'device-sends-one-only',
    statement: 'BUF-01',
    file: netDevice,
    find: `        transmitted(net, device, skb, frame);
        qdiscRun(net, device);`,
    replace: `        transmitted(net, device, skb, frame);`,
    does: 'Does not go on with the next frame when one has left.',
  },
  {
    id: 'device-woken-does-not-go-on',
    statement: 'BUF-04',
    alsoBreaks: ['PRI-01', 'PRI-02'],
    file: netDevice,
    find: `    device.stopped = false;
    qdiscRun(net, device);`,
    replace: `    device.stopped = false;`,
    does: 'Leaves frames in the queue when the device goes on.',
  },
  {
    id: 'priority-tos-shifted',
    statement: 'PRI-02',
    alsoBreaks: ['PRI-01'],
    file: priority,
    find: `const bits = (tos & 0x1e) >>> 1;`,
    replace: `const bits = (tos & 0x1e) >>> 2;`,
    does: 'Reads the type of service one bit too far.',
  },
  {
    id: 'priority-least-cost-as-others',
    statement: 'PRI-02',
    file: priority,
    find: `if (bits === 1 && profile !== 'linux-6')`,
    replace: `if (bits === 0 && profile === '')`,
    does: 'Takes least cost for no type of service.',
  },
  {
    id: 'priority-bulk-first',
    statement: 'PRI-05',
    file: priority,
    find: `const BULK = 2;`,
    replace: `const BULK = 6;`,
    does: 'Takes throughput for as urgent as low delay.',
  },
];
