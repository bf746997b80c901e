/** Faults of states, times and limits of ARP, ICMP and reassembly. */
import type { Mutant } from '../mutant.ts';

const arp = 'net/arp';
const icmp = 'net/icmp';
const forward = 'net/ip-forward';

export const LIMITS: readonly Mutant[] = [
  {
    id: 'arp-confirmed-for-minutes',
    statement: 'IPO-13',
    file: arp,
    find: `const REACHABLE_NS = 30 * NS_PER_S;`,
    replace: `const REACHABLE_NS = 300 * NS_PER_S;`,
    does: 'Takes a neighbour for confirmed five minutes later.',
  },
  {
    id: 'arp-asks-after-one-second',
    statement: 'IPO-13',
    file: arp,
    find: `const DELAY_PROBE_NS = 5 * NS_PER_S;`,
    replace: `const DELAY_PROBE_NS = NS_PER_S;`,
    does: 'Asks a neighbour a second after a packet went to it.',
  },
  {
    id: 'arp-asks-all-about-a-known-neighbour',
    statement: 'IPO-13',
    file: arp,
    find: `to: state === 'PROBE' ? (macAddress ?? MAC_BROADCAST) : MAC_BROADCAST,`,
    replace: `to: MAC_BROADCAST,`,
    does: 'Asks all where it could ask the neighbour.',
  },
  {
    id: 'arp-never-locked',
    statement: 'IPO-13',
    file: arp,
    find: ` || net.clock.now - known.updated < LOCKTIME_NS`,
    replace: ``,
    does: 'Takes every answer, however close behind another.',
  },
  {
    id: 'arp-answer-to-all-confirms',
    statement: 'IPO-13',
    file: arp,
    find: `const confirms = op === ARPOP_REPLY && pktType === PACKET_HOST;`,
    replace: `const confirms = op === ARPOP_REPLY;`,
    does: 'Takes an answer to all for a confirmation.',
  },
  {
    id: 'arp-answers-for-loopback',
    statement: 'IPO-13',
    file: arp,
    find: `    if (isLoopback(target) || isMulticast(target))
        return;
`,
    replace: ``,
    does: 'Tells its link address for an address that never is on a wire.',
  },
  {
    id: 'arp-any-length-of-address',
    statement: 'IPO-13',
    file: arp,
    find: `bytes[4] === 6 &&`,
    replace: ``,
    does: 'Reads addresses of any length as those of Ethernet.',
  },
  {
    id: 'arp-probes-counted-on',
    statement: 'IPO-13',
    file: arp,
    find: `        neighbour.state = 'PROBE';
        neighbour.probes = 0;`,
    replace: `        neighbour.state = 'PROBE';`,
    does: 'Counts the questions of before when it asks a neighbour again.',
  },
  {
    id: 'defrag-oldest-first',
    statement: 'FRG-01',
    file: 'net/ip-defragment',
    find: `    defragmenter.queues.delete(queue.key);
    defragmenter.queues.set(queue.key, queue);
`,
    replace: ``,
    does: 'Throws away what was begun first, though pieces still come.',
  },
  {
    id: 'defrag-later-end-believed',
    statement: 'FRG-01',
    file: 'net/ip-defragment',
    find: `return end >= length && (!lastIn || end === length);`,
    replace: `return end >= length;`,
    does: 'Believes a second last piece that ends farther behind.',
  },
  {
    id: 'icmp-saves-up-errors',
    statement: 'IPI-07',
    file: icmp,
    find: `Math.min(bucket.tokens + now - bucket.last, BURST * INTERVAL_NS)`,
    replace: `bucket.tokens + now - bucket.last`,
    does: 'Lets a host that was quiet have many errors at once.',
  },
  {
    id: 'icmp-limits-itself',
    statement: 'IPI-07',
    file: icmp,
    find: `    if (isLocal(net, destination))
        return true;
`,
    replace: ``,
    does: 'Counts the errors that a host sends to itself.',
  },
  {
    id: 'icmp-forgets-type-of-service',
    statement: 'IPI-07',
    file: icmp,
    find: `tos: (tos & 0x1e) | INTERNETCONTROL,`,
    replace: `tos: INTERNETCONTROL,`,
    does: 'Forgets the type of service of what an error is about.',
  },
  {
    id: 'icmp-timestamp-not-transmitted',
    statement: 'IPI-07',
    file: icmp,
    find: `        putBe32(data, 8, timeOfDayMs(net));
`,
    replace: ``,
    does: 'Leaves the time of its answer out of a timestamp.',
  },
  {
    id: 'icmp-error-from-route',
    statement: 'IPI-07',
    file: icmp,
    find: `const from = isLocal(net, daddr) ? daddr : 0;`,
    replace: `const from = 0;`,
    does: 'Complains from the address of the way back.',
  },
  {
    id: 'redirect-to-itself',
    statement: 'IPO-13',
    file: icmp,
    find: `        !isLocal(net, gateway) &&
`,
    replace: ``,
    does: 'Lets itself be told to send to itself.',
  },
  {
    id: 'redirect-to-another-network',
    statement: 'IPO-13',
    file: icmp,
    find: `        near.device === known?.device &&
`,
    replace: ``,
    does: 'Believes a redirect to a gateway on another network.',
  },
  {
    id: 'redirects-not-slower',
    statement: 'IPI-08',
    file: forward,
    find: `silence > REDIRECT_LOAD_NS * 2 ** told.count`,
    replace: `silence > REDIRECT_LOAD_NS`,
    does: 'Tells a host that does not listen as often as before.',
  },
  {
    id: 'redirects-one-less',
    statement: 'IPI-08',
    file: forward,
    find: `const REDIRECT_NUMBER = 9;`,
    replace: `const REDIRECT_NUMBER = 8;`,
    does: 'Gives a host up after eight redirects.',
  },
  {
    id: 'redirects-never-again',
    statement: 'IPI-08',
    file: forward,
    find: `silence > REDIRECT_SILENCE_NS`,
    replace: `silence < 0`,
    does: 'Never tells a host again that it has given up.',
  },
  {
    id: 'redirect-of-source-route',
    statement: 'IPI-08',
    file: forward,
    find: ` && (optionsOf(skb)?.sourceRoute ?? 0) === 0`,
    replace: ``,
    does: 'Redirects a packet that has chosen its way itself.',
  },
  {
    id: 'udp-sends-to-port-zero',
    statement: 'SND-01',
    file: 'net/udp',
    find: `to.port === 0 ? failure('EINVAL') : success(to)`,
    replace: `success(to)`,
    does: 'Sends to port 0.',
  },
  {
    id: 'udp-connected-sends-anywhere',
    statement: 'SND-01',
    profile: 'bsd-4.4',
    file: 'net/udp',
    find: `sk.connected && sk.net.profile === 'bsd-4.4'`,
    replace: `false`,
    does: 'Lets a connected socket of 4.4BSD send to another address.',
  },
];
