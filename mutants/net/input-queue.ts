/** Faults of the input queue and of the softirq that empties it. */
import type { Mutant } from '../mutant.ts';

const file = 'net/input-queue';

const ADMIT = `    if (packets.length <= NETDEV_MAX_BACKLOG) {`;

const OVERFLOW = `    if (!queue.throttle)
        queue.throttled++;
    queue.throttle = true;
    return drop(queue);`;

const EMPTY = `            queue.throttle = false;
            netRxSchedule(queue.softnet, queue.backlogDev);`;

const KEEP = `        packets.push(packet);
        return congestion(queue);`;

const LIMIT = `        if (work >= limit || softnet.jiffies() - start > 1)`;

export const INPUT_QUEUE: readonly Mutant[] = [
  {
    id: 'netif-rx-one-less',
    statement: 'SIQ-05',
    alsoBreaks: ['SIQ-02', 'SIQ-06', 'DEV-02'],
    file,
    find: ADMIT,
    replace: `    if (packets.length < NETDEV_MAX_BACKLOG) {`,
    does: 'Holds 300 packets where the kernel holds 301.',
  },
  {
    id: 'netif-rx-unbounded',
    statement: 'SIQ-06',
    alsoBreaks: ['SIQ-02', 'SIQ-05'],
    file,
    find: ADMIT,
    replace: `    if (true) {`,
    does: 'Queues whatever comes.',
  },
  {
    id: 'netif-rx-holds-fifty',
    statement: 'SIQ-05',
    alsoBreaks: ['SIQ-02', 'SIQ-06', 'DEV-02'],
    file,
    find: `NETDEV_MAX_BACKLOG = 300;`,
    replace: `NETDEV_MAX_BACKLOG = 50;`,
    does: 'Has a queue as short as 4.4BSD.',
  },
  {
    id: 'netif-rx-last-first',
    statement: 'SIQ-05',
    alsoBreaks: ['SIQ-02', 'SIQ-06', 'DEV-02'],
    file,
    find: KEEP,
    replace: `        packets.unshift(packet);
        return congestion(queue);`,
    does: 'Puts a packet at the head of the queue.',
  },
  {
    id: 'netif-rx-drops-the-oldest',
    statement: 'SIQ-05',
    alsoBreaks: ['SIQ-02', 'SIQ-06'],
    file,
    find: OVERFLOW,
    replace: `    packets.shift();
    packets.push(packet);
    return drop(queue);`,
    does: 'Drops the packet that has waited longest when the queue is full.',
  },
  {
    id: 'netif-rx-no-throttle',
    statement: 'SIQ-06',
    alsoBreaks: ['SIQ-02', 'SIQ-05'],
    file,
    find: `    queue.throttle = true;`,
    replace: ``,
    does: 'Takes packets again as soon as there is room.',
  },
  {
    id: 'netif-rx-throttle-counted-for-each-packet',
    statement: 'SIQ-06',
    file,
    find: `    if (!queue.throttle)
        queue.throttled++;`,
    replace: `    queue.throttled++;`,
    does: 'Counts the throttle for each packet that it drops.',
  },
  {
    id: 'netif-rx-throttle-stays-on',
    statement: 'SIQ-06',
    alsoBreaks: ['SIQ-02', 'SIQ-05'],
    file,
    find: EMPTY,
    replace: `            netRxSchedule(queue.softnet, queue.backlogDev);`,
    does: 'Leaves the throttle on when a packet finds the queue empty.',
  },
  {
    id: 'process-backlog-leaves-throttle-on',
    statement: 'SIQ-06',
    file,
    find: `            netRxComplete(softnet, backlogDev);
            queue.throttle = false;`,
    replace: `            netRxComplete(softnet, backlogDev);`,
    does: 'Leaves the throttle on when the softirq finds the queue empty.',
  },
  {
    id: 'netif-rx-total-without-drops',
    statement: 'SIQ-06',
    alsoBreaks: ['SIQ-02', 'SIQ-05', 'DEV-02'],
    file,
    find: `function drop(queue) {
    queue.dropped++;`,
    replace: `function drop(queue) {
    queue.total--;
    queue.dropped++;`,
    does: 'Leaves dropped packets out of the total.',
  },
  {
    id: 'netif-rx-drops-uncounted',
    statement: 'SIQ-06',
    alsoBreaks: ['SIQ-05'],
    file,
    find: `    queue.dropped++;`,
    replace: ``,
    does: 'Does not count what it drops.',
  },
  {
    id: 'netif-rx-congestion-of-the-moment',
    statement: 'SIQ-05',
    file,
    find: `    queue.average = (queue.average >> 1) + (queue.packets.length >> 1);`,
    replace: `    queue.average = queue.packets.length;`,
    does: 'Tells congestion by the length of the moment, not by the average.',
  },
  {
    id: 'netif-rx-congestion-without-newcomer',
    statement: 'SIQ-05',
    file,
    find: KEEP,
    replace: `        const answer = congestion(queue);
        packets.push(packet);
        return answer;`,
    does: 'Averages the length of the queue before the packet is in it.',
  },
  {
    id: 'netif-rx-congestion-at-the-mark',
    statement: 'SIQ-05',
    file,
    find: `    if (queue.average > LO_CONG)`,
    replace: `    if (queue.average >= LO_CONG)`,
    does: 'Tells moderate congestion at an average of 100 already.',
  },
  {
    id: 'netif-rx-congestion-not-told',
    statement: 'SIQ-05',
    file,
    find: KEEP,
    replace: `        packets.push(packet);
        return 'NET_RX_SUCCESS';`,
    does: 'Answers NET_RX_SUCCESS however full the queue is.',
  },
  {
    id: 'process-backlog-one-more',
    statement: 'DEV-02',
    alsoBreaks: ['SIQ-02', 'SIQ-05', 'SIQ-06'],
    file,
    find: LIMIT,
    replace: `        if (work > limit || softnet.jiffies() - start > 1)`,
    does: 'Takes one packet more than its quota.',
  },
  {
    id: 'process-backlog-untimed',
    statement: 'DEV-02',
    alsoBreaks: ['SIQ-02', 'SIQ-05', 'SIQ-06'],
    file,
    find: LIMIT,
    replace: `        if (work >= limit)`,
    does: 'Goes on to the end of its quota, however long that takes.',
  },
  {
    id: 'net-rx-budget-of-a-thousand',
    statement: 'DEV-02',
    alsoBreaks: ['SIQ-02', 'SIQ-05', 'SIQ-06'],
    file: 'net/net-rx',
    find: `NETDEV_BUDGET = 300;`,
    replace: `NETDEV_BUDGET = 1000;`,
    does: 'Has a budget of 1000 packets for one run.',
  },
  {
    id: 'net-rx-whole-turns',
    statement: 'DEV-02',
    alsoBreaks: ['SIQ-02', 'SIQ-05', 'SIQ-06'],
    file: 'net/net-rx',
    find: `Math.min(device.quota, budget)`,
    replace: `device.quota`,
    does: 'Lets the last device of a run hand over its whole weight, beyond the budget.',
  },
  {
    id: 'net-rx-untimed',
    statement: 'DEV-02',
    alsoBreaks: ['SIQ-02', 'SIQ-05', 'SIQ-06'],
    file: 'net/net-rx',
    find: `        if (budget <= 0 || softnet.jiffies() - start > 1) {`,
    replace: `        if (budget <= 0) {`,
    does: 'Polls on after two jiffies, as long as there is budget.',
  },
  {
    id: 'net-rx-one-jiffy',
    statement: 'DEV-02',
    file: 'net/net-rx',
    find: `softnet.jiffies() - start > 1) {`,
    replace: `softnet.jiffies() - start > 0) {`,
    does: 'Gives up after one jiffy instead of two.',
  },
  {
    id: 'net-rx-one-turn',
    statement: 'DEV-02',
    alsoBreaks: ['SIQ-02', 'SIQ-05', 'SIQ-06'],
    file: 'net/net-rx',
    find: `        softnet.pollList.push(...softnet.pollList.splice(0, 1));
        device.quota = POLL_WEIGHT;`,
    replace: `        device.quota = POLL_WEIGHT;
        softnet.raise();
        return;`,
    does: 'Gives a device one turn of 64 packets in a run, as later kernels do.',
  },
  {
    id: 'net-rx-squeeze-forgets',
    statement: 'DEV-02',
    alsoBreaks: ['SIQ-02', 'SIQ-05', 'SIQ-06'],
    file: 'net/net-rx',
    find: `            softnet.timeSqueeze++;
            softnet.raise();`,
    replace: `            softnet.timeSqueeze++;`,
    does: 'Does not raise the softirq again when the budget is used up.',
  },
  {
    id: 'net-rx-squeeze-uncounted',
    statement: 'DEV-02',
    file: 'net/net-rx',
    find: `            softnet.timeSqueeze++;
            softnet.raise();`,
    replace: `            softnet.raise();`,
    does: 'Does not count that it gave up with work left.',
  },
  {
    id: 'net-rx-schedule-raises-nothing',
    statement: 'SIQ-02',
    alsoBreaks: ['SIQ-05', 'SIQ-06', 'DEV-02'],
    file: 'net/net-rx',
    find: `    softnet.pollList.push(device);
    softnet.raise();`,
    replace: `    softnet.pollList.push(device);`,
    does: 'Queues work for the softirq and does not ask for it.',
  },
  {
    id: 'net-rx-still-scheduled',
    statement: 'SIQ-05',
    alsoBreaks: ['SIQ-02', 'SIQ-06', 'DEV-02'],
    file: 'net/net-rx',
    find: `    device.scheduled = false;
    const at =`,
    replace: `    const at =`,
    does: 'Takes a device that is done off the list and goes on to think it is there.',
  },
];
