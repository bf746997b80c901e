/** Faults of IP input, and of what comes before it. */
import type { Mutant } from '../mutant.ts';

const ipInput = 'net/ip-input';
const netInput = 'net/net-input';
const route = 'net/route';
const ipHeader = 'net/ip-header';

export const IP_INPUT: readonly Mutant[] = [
  {
    id: 'input-takes-others-frames',
    statement: 'PKT-01',
    alsoBreaks: ['PKT-04'],
    file: ipInput,
    find: `if (received.pktType === PACKET_OTHERHOST && !forOthers(net, received)) {`,
    replace: `if (received.pktType === PACKET_OTHERHOST && !net.counters) {`,
    does: 'Takes a frame for the link address of another host.',
  },
  {
    id: 'input-every-frame-for-host',
    statement: 'PKT-01',
    alsoBreaks: ['IPO-13', 'PKT-04'],
    file: netInput,
    find: `isAt(bytes, header, device.macAddress) ? PACKET_HOST : PACKET_OTHERHOST`,
    replace: `PACKET_HOST`,
    does: 'Takes every frame to one address for its own.',
  },
  {
    id: 'input-broadcast-for-others',
    statement: 'PKT-03',
    alsoBreaks: ['BUF-01', 'IPI-08', 'IPO-13', 'PRI-01', 'PRI-02'],
    file: netInput,
    find: `if ((octetAt(bytes, header) & 1) === 1) {`,
    replace: `if (bytes.length === 0) {`,
    does: 'Takes a frame to all for one to another host.',
  },
  {
    id: 'input-others-not-counted',
    statement: 'PKT-04',
    file: ipInput,
    find: `        counters.InAddrErrors += 1;
        return false;`,
    replace: `        return false;`,
    does: 'Throws a frame for another host away without counting it.',
  },
  {
    id: 'input-others-never-forwarded',
    statement: 'PKT-04',
    file: ipInput,
    find: `    if (profile !== 'notes')
        return false;`,
    replace: `    if (profile !== '')
        return false;`,
    does: 'Throws a frame for another host away although forwarding is on.',
  },
  {
    id: 'input-others-forwarded',
    statement: 'PKT-04',
    profile: 'linux-2.6.11',
    file: ipInput,
    find: `    if (profile !== 'notes')
        return false;
`,
    replace: ``,
    does: 'Forwards a frame for another host.',
  },
  {
    id: 'input-version-not-looked-at',
    statement: 'IPI-02',
    file: ipInput,
    find: `if (fixed.version !== 4 || fixed.headerLength < IP_HEADER)`,
    replace: `if (fixed.headerLength < IP_HEADER)`,
    does: 'Takes a packet of any version.',
  },
  {
    id: 'input-header-too-short',
    statement: 'IPI-02',
    file: ipInput,
    find: `if (fixed.version !== 4 || fixed.headerLength < IP_HEADER)`,
    replace: `if (fixed.version !== 4)`,
    does: 'Takes a header length below 20 octets.',
  },
  {
    id: 'input-checksum-not-verified',
    statement: 'IPI-02',
    file: ipInput,
    find: `    if (ipFastCsum(skb.head.bytes, skb.nh ?? skb.data, fixed.headerLength) !== 0)
        return 'unsound';
`,
    replace: ``,
    does: 'Takes a header whose checksum is wrong.',
  },
  {
    id: 'input-length-below-header',
    statement: 'IPI-02',
    file: ipInput,
    find: `return fixed.totalLength < fixed.headerLength ? 'unsound' : fixed;`,
    replace: `return fixed;`,
    does: 'Takes a total length that is less than that of the header.',
  },
  {
    id: 'input-length-beyond-packet',
    statement: 'IPI-02',
    file: ipInput,
    find: `    if (skb.len < fixed.totalLength)
        return 'truncated';
`,
    replace: ``,
    does: 'Takes a packet that is shorter than its total length says.',
  },
  {
    id: 'input-padding-not-trimmed',
    statement: 'IPI-02',
    file: ipInput,
    find: `        skbTrim(skb, header.totalLength);
`,
    replace: ``,
    does: 'Takes the padding of a frame for a part of the packet.',
  },
  {
    id: 'input-bad-header-not-counted',
    statement: 'IPI-02',
    file: ipInput,
    find: `            net.counters.InHdrErrors += 1;
        kfreeSkb(skb);
        return;`,
    replace: `            ;
        kfreeSkb(skb);
        return;`,
    does: 'Throws a packet with an unsound header away without counting it.',
  },
  {
    id: 'input-truncated-is-header-error',
    statement: 'IPI-02',
    profile: 'linux-6',
    file: ipInput,
    find: `if (header === 'unsound' || net.profile !== 'linux-6')`,
    replace: `if (header !== '')`,
    does: 'Counts a packet that is not all there as one with an unsound header, as older systems did.',
  },
  {
    id: 'input-source-of-all-refused',
    statement: 'IPI-03',
    profile: 'linux-6',
    file: 'net/route',
    find: `(net.profile !== 'linux-6' && isBroadcast(net, saddr))`,
    replace: `isBroadcast(net, saddr)`,
    does: 'Refuses a source that means all of the link, as older systems did.',
  },
  {
    id: 'input-martians',
    statement: 'IPI-03',
    file: route,
    find: `    if (isMartian(net, saddr, daddr))
        return failure('EINVAL');
`,
    replace: ``,
    does: 'Takes packets from addresses that no sender can have.',
  },
  {
    id: 'last-route-of-any-sender',
    statement: 'IPI-03',
    file: 'net/last-route',
    find: `        lastIn.nextHop === saddr &&
`,
    replace: ``,
    does: 'Lets in whoever sends to an address to which somebody else has sent just now.',
  },
  {
    id: 'last-route-to-anybody',
    statement: 'IPI-03',
    alsoBreaks: ['FRG-01', 'IPI-04', 'IPI-07', 'IPI-08', 'PKT-03', 'SOC-06', 'SOC-10'],
    file: 'net/last-route',
    find: `        lastIn.destination === daddr &&
`,
    replace: ``,
    does: 'Takes for its own whatever comes from one whose last packet was for this host.',
  },
  {
    id: 'input-others-address-delivered',
    statement: 'IPI-03',
    alsoBreaks: ['IPI-08'],
    file: route,
    find: `    if (isLocal(net, daddr)) {
`,
    replace: `    if (!net.forwarding || isLocal(net, daddr)) {
`,
    does: 'Delivers packets for any address where nothing is forwarded.',
  },
  {
    id: 'input-forwards-when-off',
    statement: 'IPI-03',
    alsoBreaks: ['IPI-08'],
    file: route,
    find: `    if (!net.forwarding)
        return failure('EHOSTUNREACH');
`,
    replace: ``,
    does: 'Forwards although forwarding is off.',
  },
  {
    id: 'input-fragments-delivered',
    statement: 'IPI-05',
    alsoBreaks: ['FRG-01', 'IPI-06', 'SND-01', 'SOC-05'],
    file: ipInput,
    find: `isFragment(ipHeader(skb)) ? ipDefrag(net, skb) : skb`,
    replace: `skb`,
    does: 'Delivers pieces as if they were datagrams.',
  },
  {
    id: 'input-last-fragment-delivered',
    statement: 'IPI-05',
    alsoBreaks: ['FRG-01', 'FRG-04', 'IPI-06', 'SND-01', 'SOC-05'],
    file: ipHeader,
    find: `(fragOff & (IP_MF | IP_OFFSET_MASK)) !== 0`,
    replace: `(fragOff & IP_MF) !== 0`,
    does: 'Takes the last piece of a datagram for a datagram.',
  },
  {
    id: 'input-first-fragment-delivered',
    statement: 'IPI-05',
    alsoBreaks: ['FRG-01', 'FRG-03', 'FRG-04', 'IPI-06', 'SND-01', 'SOC-05'],
    file: ipHeader,
    find: `(fragOff & (IP_MF | IP_OFFSET_MASK)) !== 0`,
    replace: `(fragOff & IP_OFFSET_MASK) !== 0`,
    does: 'Takes the first piece of a datagram for a datagram.',
  },
  {
    id: 'input-local-in-before-reassembly',
    statement: 'IPI-06',
    file: ipInput,
    find: `    const whole = isFragment(ipHeader(skb)) ? ipDefrag(net, skb) : skb;
    if (whole === undefined)
        return 0;
    const device = net.devices.get(whole.dev ?? '') ?? null;
    const place = { hook: 'LOCAL_IN', in: device, out: null };
    return nfHook(net.netfilter, place, whole, (passed) => ipLocalDeliverFinish(net, passed));`,
    replace: `    const device = net.devices.get(skb.dev ?? '') ?? null;
    const place = { hook: 'LOCAL_IN', in: device, out: null };
    return nfHook(net.netfilter, place, skb, (passed) => {
        const whole = isFragment(ipHeader(passed)) ? ipDefrag(net, passed) : passed;
        return whole === undefined ? 0 : ipLocalDeliverFinish(net, whole);
    });`,
    does: 'Shows LOCAL_IN the pieces of a datagram.',
  },
  {
    id: 'input-unknown-protocol-not-told',
    statement: 'IPI-07',
    file: ipInput,
    find: `icmpSend(net, skb, { type: 3, code: 2, info: 0 });`,
    replace: ``,
    does: 'Does not tell the sender that nobody has the protocol.',
  },
  {
    id: 'input-unknown-protocol-not-counted',
    statement: 'IPI-07',
    file: ipInput,
    find: `net.counters.InUnknownProtos += 1;`,
    replace: ``,
    does: 'Does not count a packet of a protocol that nobody has.',
  },
  {
    id: 'input-without-dst-input',
    statement: 'IPI-01',
    file: ipInput,
    find: `return dstInput(net, skb);`,
    replace: `return dstOf(skb).input(net, skb);`,
    does: 'Calls the input of the route without dst_input.',
  },
  {
    id: 'input-without-softirq',
    statement: 'IPI-11',
    file: netInput,
    find: `    netifRx(net, device, skb);
    doNetSoftirq(net);`,
    replace: `    netifReceiveSkb(net, skb);`,
    does: 'Takes a packet through the whole stack within the interrupt.',
  },
  {
    id: 'input-arp-as-ip',
    statement: 'IPI-11',
    alsoBreaks: [
      'ACC-01',
      'BND-01',
      'BND-08',
      'BUF-01',
      'BUF-02',
      'BUF-09',
      'CON-01',
      'CSM-06',
      'FEA-01',
      'FLW-03',
      'FLW-04',
      'FRG-01',
      'FRG-02',
      'FRG-03',
      'FRG-04',
      'FRG-05',
      'IPI-02',
      'IPI-04',
      'IPI-07',
      'IPI-08',
      'IPI-10',
      'IPO-01',
      'IPO-02',
      'IPO-06',
      'IPO-10',
      'IPO-11',
      'IPO-13',
      'KRN-17',
      'LSN-01',
      'LSN-04',
      'LSN-05',
      'LSN-07',
      'LSN-08',
      'LSN-10',
      'LSN-11',
      'LSN-14',
      'LSN-16',
      'MTU-01',
      'OPT-02',
      'PKT-04',
      'PKT-05',
      'PRI-01',
      'PRI-02',
      'PRI-03',
      'PRO-01',
      'RCV-03',
      'SCL-09',
      'SKB-03',
      'SKB-04',
      'SKB-10',
      'SKB-20',
      'SND-01',
      'SOC-01',
      'SOC-06',
      'SOC-08',
      'SOC-10',
      'SOC-11',
      'SOC-13',
      'TCP-01',
      'VEG-01',
      'VEG-12',
      'VEG-13',
    ],
    file: netInput,
    find: `const handler = net.packetTypes.get(skb.protocol);`,
    replace: `const handler = net.packetTypes.get(ETH_P_IP);`,
    does: 'Hands packets of every protocol to IP.',
  },
];
