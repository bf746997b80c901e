/** Faults of forwarding. */
import type { Mutant } from '../mutant.ts';

const ipForward = 'net/ip-forward';
const ipHeader = 'net/ip-header';
const route = 'net/route';
const ipInput = 'net/ip-input';
const ipOutput = 'net/ip-output';

export const IP_FORWARD: readonly Mutant[] = [
  {
    id: 'forward-ttl-checked-too-late',
    statement: 'IPI-08',
    alsoBreaks: ['IPI-07', 'IPI-09'],
    file: ipForward,
    find: `if (ipHeader(skb).ttl <= 1) {`,
    replace: `if (ipHeader(skb).ttl === 0) {`,
    does: 'Forwards a packet that has one hop left.',
  },
  {
    id: 'forward-ttl-checked-too-early',
    statement: 'IPI-08',
    file: ipForward,
    find: `if (ipHeader(skb).ttl <= 1) {`,
    replace: `if (ipHeader(skb).ttl <= 2) {`,
    does: 'Ends a packet that has two hops left.',
  },
  {
    id: 'forward-ttl-as-it-was',
    statement: 'IPI-08',
    alsoBreaks: ['PKT-04'],
    file: ipForward,
    find: `    ipDecreaseTtl(networkOctets(skb));
`,
    replace: ``,
    does: 'Takes no hop from the time to live.',
  },
  {
    id: 'forward-checksum-as-it-was',
    statement: 'IPI-08',
    file: ipHeader,
    find: `    putBe16(bytes, 10, csumUpdate(be16(bytes, 10), before, be16(bytes, 8)));
`,
    replace: ``,
    does: 'Takes a hop from the time to live without amending the checksum.',
  },
  {
    id: 'forward-no-hop-not-told',
    statement: 'IPI-08',
    alsoBreaks: ['IPI-07'],
    file: ipForward,
    find: `icmpSend(net, skb, { type: 11, code: 0, info: 0 });`,
    replace: ``,
    does: 'Does not tell the sender that a packet had no hop left.',
  },
  {
    id: 'forward-no-hop-as-reassembly',
    statement: 'IPI-08',
    alsoBreaks: ['IPI-07'],
    file: ipForward,
    find: `{ type: 11, code: 0, info: 0 }`,
    replace: `{ type: 11, code: 1, info: 0 }`,
    does: 'Tells the sender of a reassembly that took too long where a hop was missing.',
  },
  {
    id: 'forward-no-way-not-told',
    statement: 'IPI-03',
    file: ipForward,
    find: `icmpSend(net, skb, { type: 3, code: 0, info: 0 });`,
    replace: ``,
    does: 'Does not tell the sender that there is no way.',
  },
  {
    id: 'forward-no-way-as-host',
    statement: 'IPI-08',
    file: ipForward,
    find: `{ type: 3, code: 0, info: 0 }`,
    replace: `{ type: 3, code: 1, info: 0 }`,
    does: 'Tells the sender that the host cannot be reached where there is no way to its network.',
  },
  {
    id: 'forward-broadcast-of-link',
    statement: 'IPI-08',
    file: ipForward,
    find: `    if (skb.pktType !== PACKET_HOST)
        return drop(skb);
`,
    replace: ``,
    does: 'Forwards what came as a broadcast on the link.',
  },
  {
    id: 'forward-past-gateway',
    statement: 'IPI-08',
    alsoBreaks: ['FRG-01'],
    file: route,
    find: `const nextHop = gateway ?? daddr;`,
    replace: `const nextHop = daddr;`,
    does: 'Looks for the destination on the next link although there is a gateway.',
  },
  {
    id: 'forward-to-own-other-address',
    statement: 'IPI-08',
    file: route,
    find: `    if (isLocal(net, daddr)) {
`,
    replace: `    if (device.addresses.some(({ local }) => local === daddr)) {
`,
    does: 'Takes for its own only the addresses of the interface that a packet came in by.',
  },
  {
    id: 'forward-not-counted',
    statement: 'IPI-09',
    alsoBreaks: ['PKT-04'],
    file: ipForward,
    find: `net.counters.ForwDatagrams += 1;`,
    replace: ``,
    does: 'Does not count what it forwards.',
  },
  {
    id: 'forward-counted-before-it-is-done',
    statement: 'IPI-09',
    file: ipForward,
    find: `    skb.ipSummed = CHECKSUM_NONE;
`,
    replace: `    skb.ipSummed = CHECKSUM_NONE;
    net.counters.ForwDatagrams += ipHeader(skb).ttl <= 1 ? 1 : 0;
`,
    does: 'Counts a packet for forwarded that had no hop left.',
  },
  {
    id: 'forward-local-delivery-counted',
    statement: 'IPI-09',
    file: ipInput,
    find: `    net.counters.InDelivers += 1;
    return 0;`,
    replace: `    net.counters.ForwDatagrams += 1;
    net.counters.InDelivers += 1;
    return 0;`,
    does: 'Counts a packet for this host for one that was forwarded.',
  },
  {
    id: 'forward-redirects-nobody',
    statement: 'IPI-08',
    file: ipForward,
    find: `if (dst.redirect && (optionsOf(skb)?.sourceRoute ?? 0) === 0)`,
    replace: `if (!net.forwarding)`,
    does: 'Tells no host of a better neighbour.',
  },
  {
    id: 'forward-redirects-off-link',
    statement: 'IPI-08',
    file: route,
    find: `redirect: route.device === device && onLink,`,
    replace: `redirect: route.device === device,`,
    does: 'Tells a host of a neighbour that is not on its link.',
  },
  {
    id: 'forward-redirects-to-other-link',
    statement: 'IPI-08',
    alsoBreaks: ['FRG-03', 'IPI-01', 'MTU-03', 'NFH-01', 'SKB-10'],
    file: route,
    find: `redirect: route.device === device && onLink,`,
    replace: `redirect: onLink,`,
    does: 'Tells a host of a neighbour on another link.',
  },
  {
    id: 'forward-redirects-without-packet',
    statement: 'IPI-08',
    file: ipForward,
    find: `        sendRedirect(net, skb);
`,
    replace: `        return sendRedirect(net, skb), drop(skb);
`,
    does: 'Throws the packet away that it tells a better way for.',
  },
  {
    id: 'forward-cuts-what-must-not-be',
    statement: 'FRG-05',
    file: ipOutput,
    find: `if ((header.fragOff & IP_DF) !== 0 && !skb.localDf) {`,
    replace: `if ((header.fragOff & IP_DF) !== 0 && !net.forwarding) {`,
    does: 'Cuts a packet that must not be cut.',
  },
  {
    id: 'forward-cuts-nothing',
    statement: 'FRG-05',
    alsoBreaks: ['IPO-01', 'IPO-06', 'IPI-04', 'FRG-01'],
    file: ipOutput,
    find: `if ((header.fragOff & IP_DF) !== 0 && !skb.localDf) {`,
    replace: `if (!skb.localDf) {`,
    does: 'Cuts no packet of another host.',
  },
  {
    id: 'forward-mtu-not-told',
    statement: 'MTU-03',
    file: ipOutput,
    find: `{ type: 3, code: 4, info: mtu }`,
    replace: `{ type: 3, code: 4, info: 0 }`,
    does: 'Does not tell how long a packet may be.',
  },
  {
    id: 'forward-priority-of-nobody',
    statement: 'PRI-02',
    file: ipForward,
    find: `    skb.priority = tosToPriority(ipHeader(skb).tos, net.profile);
`,
    replace: ``,
    does: 'Forwards every packet with the same priority.',
  },
  {
    id: 'forward-priority-is-tos',
    statement: 'PRI-05',
    file: ipForward,
    find: `skb.priority = tosToPriority(ipHeader(skb).tos, net.profile);`,
    replace: `skb.priority = ipHeader(skb).tos;`,
    does: 'Takes the type of service itself for the priority.',
  },
  {
    id: 'forward-hook-left-out',
    statement: 'NFH-01',
    alsoBreaks: ['FEA-01'],
    file: ipForward,
    find: `return nfHook(net.netfilter, { ...place, out: dst.device }, skb, (passed) => ipForwardFinish(net, passed));`,
    replace: `return ipForwardFinish(net, skb);`,
    does: 'Forwards a packet without showing it to FORWARD.',
  },
  {
    id: 'forward-hook-without-way-out',
    statement: 'NFH-01',
    file: ipForward,
    find: `{ ...place, out: dst.device }`,
    replace: `{ ...place, out: null }`,
    does: 'Does not tell FORWARD by which interface a packet leaves.',
  },
  {
    id: 'forward-length-before-hops',
    statement: 'IPI-08',
    alsoBreaks: ['FRG-05', 'MTU-03'],
    profile: 'linux-6',
    file: ipForward,
    find: `if (ipHeader(skb).ttl <= 1) {`,
    replace: `if (ipHeader(skb).ttl <= 1 && !tooBig(net, skb)) {`,
    does: 'Says of a packet that has no hop left how long it may be.',
  },
];
