/** Faults of ARP. */
import type { Mutant } from '../mutant.ts';

const arp = 'net/arp';
const ipOutput = 'net/ip-output';

export const ARP: readonly Mutant[] = [
  {
    id: 'arp-unasked-reply-learnt',
    statement: 'IPO-13',
    file: arp,
    find: `?? believed(net, device, packet)`,
    replace: `?? newNeighbour(net, device, sender)`,
    does: 'Learns from an answer that nobody asked for.',
  },
  {
    id: 'arp-neighbours-of-any-interface',
    statement: 'IPO-13',
    file: arp,
    find: `const keyOf = ({ ifindex }, address) => ifindex * 2 ** 32 + address;`,
    replace: `const keyOf = (_, address) => address;`,
    does: 'Takes one address for one neighbour, whichever interface it is behind.',
  },
  {
    id: 'arp-asks-for-interface',
    statement: 'IPO-13',
    file: arp,
    find: `sendersOwn(net, neighbour) ?? nearAddress`,
    replace: `nearAddress`,
    does: 'Asks by an address of the interface, and not by that of the sender.',
  },
  {
    id: 'arp-queue-unbounded',
    statement: 'IPO-13',
    file: arp,
    find: `    for (const oldest of waiting.splice(0, Math.max(0, waiting.length + 1 - limit)))
        kfreeSkb(oldest);
`,
    replace: ``,
    does: 'Keeps every packet that waits for an answer.',
  },
  {
    id: 'arp-queue-of-one',
    statement: 'IPO-13',
    file: arp,
    find: `const UNRES_QLEN = 3;`,
    replace: `const UNRES_QLEN = 1;`,
    does: 'Keeps one packet that waits for an answer.',
  },
  {
    id: 'arp-queue-keeps-first',
    statement: 'IPO-13',
    file: arp,
    find: `    for (const oldest of waiting.splice(0, Math.max(0, waiting.length + 1 - limit)))
        kfreeSkb(oldest);
`,
    replace: `    if (waiting.length >= limit)
        return kfreeSkb(skb);
`,
    does: 'Keeps the first packets that wait for an answer, not the last.',
  },
  {
    id: 'arp-bsd-queue-of-three',
    statement: 'IPO-13',
    profile: 'bsd-4.4',
    file: arp,
    find: `const UNRES_QLEN_BSD = 1;`,
    replace: `const UNRES_QLEN_BSD = 3;`,
    does: 'Keeps three packets that wait for an answer.',
  },
  {
    id: 'arp-asked-once',
    statement: 'IPO-13',
    file: arp,
    find: `    neighbour.timer = after(net.clock, RETRANS_NS, () => ask(net, neighbour));
`,
    replace: ``,
    does: 'Asks once and never again.',
  },
  {
    id: 'arp-asked-four-times',
    statement: 'IPO-13',
    file: arp,
    find: `const PROBES = 3;`,
    replace: `const PROBES = 4;`,
    does: 'Asks a fourth time.',
  },
  {
    id: 'arp-fails-too-early',
    statement: 'IPO-13',
    file: arp,
    find: `const PROBES = 3;`,
    replace: `const PROBES = 2;`,
    does: 'Gives up after the second question.',
  },
  {
    id: 'arp-asked-too-fast',
    statement: 'IPO-13',
    file: arp,
    find: `const RETRANS_NS = NS_PER_S;`,
    replace: `const RETRANS_NS = NS_PER_S / 2;`,
    does: 'Asks again after half a second.',
  },
  {
    id: 'arp-asks-for-each-packet',
    statement: 'IPO-13',
    file: arp,
    find: `    else {
        hold(net, neighbour, skb);`,
    replace: `    else {
        hold(net, neighbour, skb);
        neighbour.probes -= 1;
        cancel(neighbour.timer);
        ask(net, neighbour);`,
    does: 'Asks for each packet that is to wait.',
  },
  {
    id: 'arp-failure-not-told',
    statement: 'IPO-13',
    file: arp,
    find: `icmpSend(net, skb, { type: 3, code: 1, info: 0 });`,
    replace: ``,
    does: 'Tells nobody that a neighbour does not answer.',
  },
  {
    id: 'arp-failure-keeps-packets',
    statement: 'IPO-13',
    file: arp,
    find: `    for (const skb of neighbour.waiting.splice(0)) {
        icmpSend(net, skb, { type: 3, code: 1, info: 0 });
        kfreeSkb(skb);
    }
`,
    replace: `    for (const skb of neighbour.waiting)
        icmpSend(net, skb, { type: 3, code: 1, info: 0 });
`,
    does: 'Keeps packets although nobody has answered.',
  },
  {
    id: 'arp-answers-for-others',
    statement: 'IPO-13',
    file: arp,
    find: `    if (!isLocal(net, target))
        return false;
`,
    replace: ``,
    does: 'Answers who asks for the address of another.',
  },
  {
    id: 'arp-answers-others-frames',
    statement: 'IPO-13',
    file: arp,
    find: `if (packet === undefined || pktType === PACKET_OTHERHOST)`,
    replace: `if (packet === undefined)`,
    does: 'Answers a question in a frame for another host.',
  },
  {
    id: 'arp-answers-unknown-operation',
    statement: 'IPO-13',
    file: arp,
    find: `    if (op !== ARPOP_REQUEST && op !== ARPOP_REPLY)
        return;
    if (isLoopback(target) || isMulticast(target))
        return;
    if (op === ARPOP_REQUEST && answers`,
    replace: `    if (isLoopback(target) || isMulticast(target))
        return;
    if (op !== ARPOP_REPLY && answers`,
    does: 'Takes every operation but an answer for a question.',
  },
  {
    id: 'arp-asker-not-learnt',
    statement: 'IPO-13',
    alsoBreaks: ['BUF-01', 'PRI-01', 'PRI-02'],
    file: arp,
    find: `sender === 0 || learn(net, device, packet)`,
    replace: `true`,
    does: 'Forgets the address of who asked.',
  },
  {
    id: 'arp-probe-not-answered',
    statement: 'IPO-13',
    file: arp,
    find: `return sender === 0 || 'ok' in`,
    replace: `return sender !== 0 && 'ok' in`,
    does: 'Does not answer who looks whether an address is free.',
  },
  {
    id: 'arp-answer-to-all',
    statement: 'IPO-13',
    file: arp,
    find: `arpSend(net, device, { ...reply, to: senderMac });`,
    replace: `arpSend(net, device, { ...reply, to: MAC_BROADCAST });`,
    does: 'Sends the answer to all.',
  },
  {
    id: 'arp-answer-lets-nothing-go',
    statement: 'IPO-13',
    alsoBreaks: ['IPI-08'],
    file: arp,
    find: `    for (const skb of neighbour.waiting.splice(0)) {
        linkOutput(net, neighbour.device, neighbour.macAddress, skb);
    }
`,
    replace: ``,
    does: 'Leaves packets waiting when the answer comes.',
  },
  {
    id: 'arp-asks-past-gateway',
    statement: 'IPO-13',
    alsoBreaks: ['IPI-08', 'MTU-01', 'MTU-02'],
    file: ipOutput,
    find: `return neighbourOutput(net, device, nextHop, skb);`,
    replace: `return neighbourOutput(net, device, ipHeader(skb).daddr, skb);`,
    does: 'Asks for the destination although it is behind a gateway.',
  },
  {
    id: 'arp-asks-for-broadcast',
    statement: 'IPO-13',
    alsoBreaks: ['OPT-02'],
    file: ipOutput,
    find: `    if (type === 'broadcast')
        return linkOutput(net, device, MAC_BROADCAST, skb);
`,
    replace: ``,
    does: 'Asks who has the address of all.',
  },
  {
    id: 'arp-asks-on-when-answered',
    statement: 'IPO-13',
    file: 'net/arp',
    find: `cancel(neighbour.timer);`,
    replace: ``,
    does: 'Goes on asking after an address when the answer has come.',
  },
  {
    id: 'arp-bsd-unasked-reply-ignored',
    statement: 'IPO-13',
    profile: 'bsd-4.4',
    file: arp,
    find: `net.profile !== 'bsd-4.4' || !isLocal(net, target)`,
    replace: `true`,
    does: 'Learns nothing from an answer that nobody asked for, where the system does.',
  },
  {
    id: 'arp-bsd-reply-to-another-learnt',
    statement: 'IPO-13',
    profile: 'bsd-4.4',
    file: arp,
    find: `net.profile !== 'bsd-4.4' || !isLocal(net, target)`,
    replace: `net.profile !== 'bsd-4.4'`,
    does: 'Learns from an answer that was meant for another host.',
  },
  {
    id: 'arp-table-without-end',
    statement: 'IPO-13',
    file: arp,
    find: `const TABLE_MAX = 1024;`,
    replace: `const TABLE_MAX = Infinity;`,
    does: 'Keeps as many neighbours that do not answer as it is asked to.',
  },
  {
    id: 'arp-table-full-for-ever',
    statement: 'IPO-13',
    file: arp,
    find: `if (state !== 'STALE' && state !== 'FAILED')
            continue;`,
    replace: `if (state !== 'FAILED')
            continue;`,
    does: 'Makes no room by neighbours that were only heard of.',
  },
  {
    id: 'arp-fresh-neighbour-given-up',
    statement: 'IPO-13',
    profile: 'linux-6',
    file: arp,
    find: `if (fresh && profile === 'linux-6')
            continue;`,
    replace: ``,
    does: 'Has newcomers push out neighbours that were heard of a moment ago.',
  },
  {
    id: 'arp-neighbours-always-fresh',
    statement: 'IPO-13',
    profile: 'linux-6',
    file: arp,
    find: `clock.now - updated <= FRESH_NS`,
    replace: `true`,
    does: 'Never again has room for a neighbour after many have asked.',
  },
  {
    id: 'arp-answers-whom-it-cannot-keep',
    statement: 'IPO-13',
    profile: 'linux-6',
    file: arp,
    find: `if (kept || net.profile === 'bsd-4.4')`,
    replace: `if (true)`,
    does: 'Answers whoever asks, though it has no room for the address.',
  },
];
