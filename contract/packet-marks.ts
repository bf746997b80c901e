/**
 * What single features keep in a packet: netfilter its mark, traffic control its class, a bridge the port,
 * IPsec the path.
 *
 * Source: Linux 2.6.11, include/linux/skbuff.h: nfmark, tc_index, nf_bridge, sec_path; RFC 2474, RFC 2475.
 */
import { z } from 'zod';
import { Int32, Ipv4, Length, MacAddress, Name, Nothing, Word32 } from './data.ts';
import { method, type PortSpec } from './port.ts';
import { NF_HOOKS, NF_VERDICTS } from './vocabulary.ts';

const Rule = z.strictObject({
  name: Name,
  hook: z.enum(NF_HOOKS),
  priority: Int32.meta({ description: 'the lowest comes first' }),
});

export const netfilterMark = {
  does: 'Functions of netfilter that write a mark into packets of the `network`, and that look for one.',
  version: 1,
  methods: {
    mark: method({
      does: 'Puts a function on a hook that marks packets, and accepts all.',
      kernel: 'iptables -t mangle -j MARK --set-mark; skb->nfmark',
      args: Rule.extend({
        source: Ipv4.nullable().meta({ description: 'of the packets that it marks; null: of all' }),
        mark: Word32,
      }),
      ok: Nothing,
      errnos: ['EEXIST'],
    }),
    match: method({
      does: 'Puts a function on a hook that gives packets with that mark the verdict, and accepts others.',
      kernel: 'iptables -m mark --mark',
      args: Rule.extend({ mark: Word32, verdict: z.enum(NF_VERDICTS) }),
      ok: Nothing,
      errnos: ['EEXIST'],
    }),
    matched: method({
      does: 'How many packets such a function has found so far.',
      args: z.strictObject({ name: Name }),
      ok: z.strictObject({ packets: Length }),
      errnos: ['ENOENT'],
    }),
  },
} as const satisfies PortSpec;

const CodePoint = z.int().min(0).max(63);

export const diffserv = {
  does:
    'Differentiated services before the wire of an interface of the `network`: packets are put into classes ' +
    'by the six bits of their DS field.',
  version: 1,
  methods: {
    attach: method({
      does:
        'Takes the place of the queue of an interface. The first class is served first, strictly; what no ' +
        'class names, and what is not IP, is in the last. Each holds as many frames as the queue did.',
      kernel: 'tc qdisc add ... dsmark indices 64 set_tc_index; tc filter add ... tcindex',
      args: z.strictObject({
        interface: Name,
        classes: z
          .array(
            z.strictObject({
              codePoints: z.array(CodePoint).max(64),
              remark: CodePoint.nullable().meta({
                description: 'the code point that its packets leave with; null: their own',
              }),
            }),
          )
          .min(1)
          .max(16),
      }),
      ok: Nothing,
      errnos: ['ENODEV'],
    }),
    stat: method({
      does: 'What each class has sent, holds and has dropped.',
      kernel: 'tc -s class show',
      args: z.strictObject({ interface: Name }),
      ok: z.strictObject({
        classes: z.array(z.strictObject({ sent: Length, queued: Length, dropped: Length })).max(16),
      }),
      errnos: ['EINVAL', 'ENODEV'],
    }),
  },
} as const satisfies PortSpec;

const Protocol = z.int().min(1).max(255);

export const xfrmInput = {
  does:
    'Transforms of packets that come in from the `network`, as those of IPsec: each is taken off, and noted ' +
    'in the path of the packet.',
  version: 1,
  methods: {
    state: method({
      does: 'Packets of the protocol lose a header and a trailer from now on, and are of the next protocol.',
      kernel: 'xfrm4_rcv; struct xfrm_state',
      args: z.strictObject({
        protocol: Protocol.meta({ description: 'of IP; none that the kernel itself has' }),
        header: z.int().min(0).max(256).meta({ description: 'octets behind the IP header' }),
        trailer: z.int().min(0).max(256).meta({ description: 'octets at the end' }),
        next: Protocol,
      }),
      ok: Nothing,
      errnos: ['EEXIST'],
    }),
    policy: method({
      does: 'Packets of the protocol are delivered only when they have come through these, in this order.',
      kernel: 'xfrm_policy_check; skb->sec_path',
      args: z.strictObject({
        protocol: Protocol,
        path: z.array(Protocol).max(6).nullable().meta({ description: 'null: any, or none' }),
      }),
      ok: Nothing,
    }),
  },
} as const satisfies PortSpec;

export const bridge = {
  does: 'A bridge of interfaces of the `network`: frames go from one to another by link address.',
  version: 1,
  methods: {
    add: method({
      does: 'Makes a bridge, an interface itself.',
      kernel: 'br_add_bridge',
      args: z.strictObject({ bridge: Name, mac: MacAddress }),
      ok: Nothing,
      errnos: ['EEXIST'],
    }),
    join: method({
      does: 'Makes an interface a port of the bridge.',
      kernel: 'br_add_if',
      args: z.strictObject({ bridge: Name, interface: Name }),
      ok: Nothing,
      errnos: ['EBUSY', 'ENODEV'],
    }),
    table: method({
      does: 'The link addresses that it has learned, and by which port.',
      kernel: 'struct net_bridge_fdb_entry',
      args: z.strictObject({ bridge: Name }),
      ok: z.strictObject({
        entries: z.array(z.strictObject({ mac: MacAddress, interface: Name })).max(1000),
      }),
      errnos: ['ENODEV'],
    }),
    arrivals: method({
      does: 'By which port the IP packets came in that were delivered here, since the last such question.',
      kernel: 'skb->nf_bridge->physindev, at NF_IP_LOCAL_IN',
      args: z.strictObject({ bridge: Name }),
      ok: z.strictObject({ interfaces: z.array(Name).max(10_000) }),
      errnos: ['ENODEV'],
    }),
  },
} as const satisfies PortSpec;
