/** Faults of what packets say of themselves, and of packets to many. */
import type { Mutant } from '../mutant.ts';

export const SKB_TRACE: readonly Mutant[] = [
  {
    id: 'skb-stamp-forgotten',
    statement: 'SKB-10',
    file: 'net/net-input',
    find: `    skb.stamp = net.clock.now;
`,
    replace: ``,
    does: 'Does not note when a packet came in.',
  },
  {
    id: 'skb-output-device-forgotten',
    statement: 'SKB-10',
    alsoBreaks: ['SKB-12', 'PKT-05', 'PKT-06', 'SKB-03'],
    file: 'net/ip-output',
    find: `    skb.dev = device.name;
`,
    replace: ``,
    does: 'Leaves a packet that is sent at the device that it came in by.',
  },
  {
    id: 'skb-pieces-forget-input-device',
    statement: 'SKB-10',
    file: 'net/ip-output',
    find: `{ priority, protocol, security, dst, dev, inputDev, pktType });`,
    replace: `{ priority, protocol, security, dst, dev, pktType });`,
    does: 'Forgets in the pieces of a packet where it came in.',
  },
  {
    id: 'skb-next-hop-of-destination',
    statement: 'SKB-12',
    alsoBreaks: [
      'SKB-10',
      'IPO-01',
      'IPO-02',
      'IPI-08',
      'IPI-04',
      'IPO-13',
      'MTU-01',
      'MTU-02',
      'MTU-03',
    ],
    file: 'net/ip-output',
    find: `return neighbourOutput(net, device, nextHop, skb);`,
    replace: `return neighbourOutput(net, device, dstOf(skb).destination, skb);`,
    does: 'Asks for the link address of the destination where there is a gateway.',
  },
  {
    id: 'skb-of-nobody-when-sent',
    statement: 'SKB-03',
    alsoBreaks: ['SKB-18', 'PKT-06'],
    file: 'net/sock',
    find: `    const truesize = chargesSender(sk) ? skb.truesize : 0;
`,
    replace: `    const truesize = chargesSender(sk) ? skb.truesize : 0;
    if (truesize === 0)
        return;
`,
    does: 'Sends packets that belong to no socket where nobody is charged for them.',
  },
  {
    id: 'skb-pieces-of-nobody',
    statement: 'SKB-03',
    file: 'net/ip-output',
    find: `owner !== null && piece.owner === null`,
    replace: `false`,
    does: 'Forgets in the pieces of a packet whose it is.',
  },
  {
    id: 'skb-still-senders-when-received',
    statement: 'SKB-03',
    file: 'net/net-device',
    find: `    skb.owner = null;
`,
    replace: ``,
    does: 'Lets a packet that came by the loopback device still belong to its sender.',
  },
  {
    id: 'skb-of-nobody-when-received',
    statement: 'SKB-18',
    alsoBreaks: ['SKB-03', 'PKT-02', 'PKT-06', 'BUF-05', 'BUF-07', 'RCV-01'],
    file: 'net/sock',
    find: `    skb.owner = { sk, destructor: () => uncharge(sk, cost) };
`,
    replace: ``,
    does: 'Does not tell a packet which socket it is delivered to.',
  },
  {
    id: 'tap-outgoing-as-host',
    statement: 'PKT-05',
    alsoBreaks: ['PRO-01'],
    file: 'net/net-device',
    find: `    copy.pktType = PACKET_OUTGOING;
`,
    replace: ``,
    does: 'Does not tell a tap which packets go out.',
  },
  {
    id: 'tap-outgoing-unseen',
    statement: 'PKT-05',
    alsoBreaks: ['PRO-01'],
    file: 'net/net-device',
    find: `    probe(net, 'packet_rcv', copy);
`,
    replace: ``,
    does: 'Shows a tap nothing of what goes out.',
  },
  {
    id: 'lengths-taken-for-types',
    statement: 'PRO-01',
    file: 'net/net-input',
    find: `return type >= ETH_P_802_3_MIN ? type : ETH_P_802_2;`,
    replace: `return type;`,
    does: 'Takes the length of an 802.3 frame for a protocol.',
  },
  {
    id: 'types-from-1500',
    statement: 'PRO-01',
    file: 'net/net-input',
    find: `const ETH_P_802_3_MIN = 1536;`,
    replace: `const ETH_P_802_3_MIN = 1500;`,
    does: 'Takes what is above the greatest length of data for a type.',
  },
  {
    id: 'ipv6-number-in-machine-order',
    statement: 'PRO-03',
    alsoBreaks: ['FRG-05'],
    file: 'net/ip6-forward',
    find: `skb.protocol = ETH_P_IPV6;`,
    replace: `skb.protocol = 0xdd86;`,
    does: 'Writes the number of IPv6 in the order of its machine.',
  },
  {
    id: 'netif-rx-loses-every-second',
    statement: 'PRO-02',
    alsoBreaks: ['SIQ-02', 'SIQ-05', 'SIQ-06', 'DEV-02', 'KRN-03'],
    file: 'net/input-queue',
    find: `        packets.push(packet);
        return congestion(queue);`,
    replace: `        if (packets.length % 2 === 0)
            packets.push(packet);
        return congestion(queue);`,
    does: 'Loses packets that it says it has queued.',
  },
  {
    id: 'group-of-nobody-delivered',
    statement: 'PKT-02',
    file: 'net/multicast',
    find: `return group === ALL_SYSTEMS || (device.groups.get(group) ?? 0) > 0;`,
    replace: `return true;`,
    alsoBreaks: ['PKT-06', 'IPI-03', 'IPI-02'],
    does: 'Takes in the packets of every group.',
  },
  {
    id: 'group-left-when-first-leaves',
    statement: 'PKT-02',
    file: 'net/multicast',
    find: `(device.groups.get(group) ?? 1) - 1`,
    replace: `0`,
    does: 'Leaves a group as soon as the first of its sockets does.',
  },
  {
    id: 'group-never-left',
    statement: 'PKT-02',
    file: 'net/multicast',
    find: `(device.groups.get(group) ?? 1) - 1`,
    replace: `(device.groups.get(group) ?? 1)`,
    does: 'Never leaves a group.',
  },
  {
    id: 'group-joined-twice',
    statement: 'PKT-02',
    file: 'net/multicast',
    find: `    if (sk.groups.has(group))
        return failure('EADDRINUSE');
`,
    replace: ``,
    does: 'Lets a socket join a group twice.',
  },
  {
    id: 'group-any-address',
    statement: 'PKT-02',
    file: 'net/multicast',
    find: `    if (!isMulticast(group))
        return failure('EINVAL');
`,
    replace: ``,
    does: 'Lets a socket join what is no group.',
  },
  {
    id: 'broadcast-never-comes-back',
    statement: 'PKT-06',
    file: 'net/route',
    find: `const loopsBack = type === 'broadcast' || joined;`,
    replace: `const loopsBack = joined;`,
    does: 'Does not give its own broadcasts to its own sockets.',
  },
  {
    id: 'group-never-comes-back',
    statement: 'PKT-06',
    file: 'net/route',
    find: `const loopsBack = type === 'broadcast' || joined;`,
    replace: `const loopsBack = type === 'broadcast';`,
    does: 'Does not give packets of a group that it has joined to its own sockets.',
  },
  {
    id: 'loopback-copy-as-host',
    statement: 'PKT-06',
    file: 'net/ip-mc-output',
    find: `        passed.pktType = PACKET_LOOPBACK;
`,
    replace: ``,
    does: 'Does not mark the copy that comes back.',
  },
  {
    id: 'loopback-copy-summed-again',
    statement: 'PKT-06',
    file: 'net/ip-mc-output',
    find: `        passed.ipSummed = CHECKSUM_UNNECESSARY;
`,
    replace: ``,
    does: 'Has the copy that comes back summed.',
  },
  {
    id: 'multicast-loop-always',
    statement: 'PKT-06',
    file: 'net/ip-mc-output',
    find: `skb.owner?.sk.multicastLoop !== false`,
    replace: `skb.owner !== undefined`,
    does: 'Gives a sender back what it does not want back.',
  },
  {
    id: 'multicast-without-hop-leaves',
    statement: 'PKT-06',
    file: 'net/ip-mc-output',
    find: `ipHeader(skb).ttl === 0`,
    replace: `ipHeader(skb).ttl < 0`,
    does: 'Sends packets that may go no hop.',
  },
  {
    id: 'multicast-lives-as-long-as-others',
    statement: 'PKT-06',
    file: 'net/ip-append',
    find: `cork.dst.type === 'multicast' ? sk.multicastTtl : sk.ttl`,
    replace: `sk.ttl`,
    does: 'Lets packets to groups go as far as all others.',
  },
];
