/**
 * A host's network from outside: interfaces, frames and time; and from inside: tables and counters.
 *
 * Source: RFC 826, 791, 792, 1122, 1191; RFC 2011 and 2013 for the counters.
 */
import { z } from 'zod';
import { Int32, Ipv4, Length, MacAddress, Name, Nothing, Octets } from './data.ts';
import { method, type PortSpec } from './port.ts';
import { MIB_COUNTERS, NF_HOOKS, NF_VERDICTS, type MibCounter } from './vocabulary.ts';

/** Nanoseconds since boot. */
export const Nanoseconds = z
  .int()
  .min(0)
  .max(4_000_000_000_000_000)
  .meta({ description: 'nanoseconds since boot, at most 4e15' });

const Prefix = z.int().min(0).max(32).meta({ description: 'leading bits that count' });

const Frame = Octets.meta({
  description: 'an Ethernet frame from its header on, without check sum',
});

/** Most frames in one answer. */
const MAX_FRAMES = 100_000;

export const network = {
  does:
    'A host with Ethernet interfaces. Time is virtual: nothing happens but while a call is being ' +
    'answered, each call goes on until the host is at rest, and only `advance` lets time pass. ' +
    'Where hello declares a real clock, time passes by itself, and `advance` waits. Where it is virtual, ' +
    'the host boots at midnight of universal time.',
  version: 1,
  methods: {
    attach: method({
      does: 'Adds an interface, up and without an address. What it is given to send leaves at once.',
      kernel: 'register_netdev, dev_open',
      args: z.strictObject({
        interface: Name,
        mac: MacAddress,
        mtu: z.int().min(68).max(65_535).meta({ description: 'longest IP packet in octets' }),
      }),
      ok: Nothing,
      errnos: ['EEXIST'],
    }),
    addAddress: method({
      does:
        'Gives an interface an address, and with it a route to that network. EOPNOTSUPP: an interface of ' +
        'this system has one address, and this one has it already.',
      kernel: 'inet_insert_ifa',
      args: z.strictObject({ interface: Name, address: Ipv4, prefix: Prefix }),
      ok: Nothing,
      errnos: ['EEXIST', 'ENODEV', 'EOPNOTSUPP'],
    }),
    addRoute: method({
      does:
        'Adds a route by a gateway that is on the network of some interface. EOPNOTSUPP: this system has no ' +
        'routes but the default one, of prefix 0.',
      kernel: 'inet_rtm_newroute',
      args: z.strictObject({ destination: Ipv4, prefix: Prefix, gateway: Ipv4 }),
      ok: Nothing,
      errnos: ['EEXIST', 'EINVAL', 'ENETUNREACH', 'EOPNOTSUPP'],
    }),
    receive: method({
      does: 'A frame comes in by an interface, now.',
      kernel: 'netif_rx',
      args: z.strictObject({ interface: Name, frame: Frame }),
      ok: Nothing,
      errnos: ['ENODEV'],
    }),
    transmitted: method({
      does: 'The frames that have left since the last such question, in order.',
      kernel: 'hard_start_xmit',
      args: Nothing,
      ok: z.strictObject({
        frames: z
          .array(z.strictObject({ interface: Name, at: Nanoseconds, frame: Frame }))
          .max(MAX_FRAMES),
      }),
    }),
    now: method({
      does: 'What time it is, and when something is due next, if that is known.',
      args: Nothing,
      ok: z.strictObject({
        at: Nanoseconds,
        next: Nanoseconds.nullable().meta({
          description: 'null where no timer runs or nobody can tell',
        }),
      }),
    }),
    advance: method({
      does: 'Lets time pass, and does what falls due on the way. A time that has passed changes nothing. A wait in real time is cut into calls well below the bound for one.',
      args: z.strictObject({ to: Nanoseconds }),
      ok: Nothing,
    }),
  },
} as const satisfies PortSpec;

export const forwarding = {
  does: 'Switches forwarding between interfaces of the `network` on. It is off before.',
  version: 1,
  methods: {
    set: method({
      does: 'Switches it on or off.',
      kernel: 'ip_forward in /proc/sys/net/ipv4',
      args: z.strictObject({ on: z.boolean() }),
      ok: Nothing,
    }),
  },
} as const satisfies PortSpec;

export const interfaceQueue = {
  does: 'The queue before the wire of an interface of the `network`.',
  version: 1,
  methods: {
    configure: method({
      does: 'Sets how long the queue is and how fast the wire; for an interface that has sent nothing yet.',
      args: z.strictObject({
        interface: Name,
        length: z
          .int()
          .min(1)
          .max(100_000)
          .meta({ description: 'frames, of each kind of priority' }),
        bitsPerSecond: z.int().min(1).max(1_000_000_000_000).nullable().meta({
          description: 'null: a frame takes no time; else it has left when its last bit has',
        }),
      }),
      ok: Nothing,
      errnos: ['ENODEV'],
    }),
    stall: method({
      does: 'The device takes no more frames; or takes them again.',
      kernel: 'netif_stop_queue, netif_wake_queue',
      args: z.strictObject({ interface: Name, stalled: z.boolean() }),
      ok: Nothing,
      errnos: ['ENODEV'],
    }),
    stat: method({
      does: 'What the interface has done.',
      kernel: 'struct net_device_stats',
      args: z.strictObject({ interface: Name }),
      ok: z.strictObject({
        queued: Length.meta({ description: 'frames that wait' }),
        sent: Length.meta({ description: 'frames that have left' }),
        dropped: Length.meta({ description: 'frames that found the queue full' }),
      }),
      errnos: ['ENODEV'],
    }),
  },
} as const satisfies PortSpec;

export const mib = {
  does: 'What IP, ICMP and UDP of the `network` have counted.',
  version: 1,
  methods: {
    read: method({
      does: 'All counters, since boot.',
      kernel: '/proc/net/snmp',
      args: Nothing,
      ok: z.strictObject({
        counters: z.strictObject(
          Object.fromEntries(MIB_COUNTERS.map((name) => [name, Length])) as Record<
            MibCounter,
            typeof Length
          >,
        ),
      }),
    }),
  },
} as const satisfies PortSpec;

export const netfilter = {
  does: 'Functions that look at the packets of the `network` on their way.',
  version: 1,
  methods: {
    register: method({
      does: 'Puts a function on a hook. It gives each verdict in turn, then the last one for ever.',
      kernel: 'nf_register_hook',
      args: z.strictObject({
        name: Name,
        hook: z.enum(NF_HOOKS),
        priority: Int32.meta({ description: 'the lowest comes first' }),
        verdicts: z.array(z.enum(NF_VERDICTS)).min(1).max(16),
      }),
      ok: Nothing,
      errnos: ['EEXIST'],
    }),
    unregister: method({
      does: 'Takes a function off.',
      kernel: 'nf_unregister_hook',
      args: z.strictObject({ name: Name }),
      ok: Nothing,
      errnos: ['ENOENT'],
    }),
    seen: method({
      does: 'The packets that functions have looked at since the last such question, in order.',
      args: Nothing,
      ok: z.strictObject({
        seen: z
          .array(
            z.strictObject({
              name: Name,
              in: Name.nullable().meta({ description: 'interface that it came in by' }),
              out: Name.nullable().meta({ description: 'interface that it leaves by' }),
              length: Length.meta({ description: 'octets of the packet, its IP header included' }),
            }),
          )
          .max(10_000),
      }),
    }),
  },
} as const satisfies PortSpec;

export const ipTrace = {
  does: "Which of the kernel's functions a packet of the `network` passes.",
  version: 1,
  methods: {
    receive: method({
      does: 'As `network.receive`, and tells the functions that were entered, in order.',
      args: z.strictObject({ interface: Name, frame: Frame }),
      ok: z.strictObject({
        entered: z.array(z.string().min(1).max(64)).max(1000).meta({
          description: 'by their names in Linux 2.6.11; others than asked about may be among them',
        }),
      }),
      errnos: ['ENODEV'],
    }),
  },
} as const satisfies PortSpec;
