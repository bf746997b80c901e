/** Faults of a router of IPv6. */
import type { Mutant } from '../mutant.ts';

const file = 'net/ip6-forward';
const icmp6 = 'net/icmp6';

export const IP6_FORWARD: readonly Mutant[] = [
  {
    id: 'ip6-too-long-passes',
    statement: 'FRG-05',
    file,
    find: `skb.len > mtu ?`,
    replace: `skb.len < 0 ?`,
    does: 'Passes on what is longer than the next link takes.',
  },
  {
    id: 'ip6-too-long-by-one',
    statement: 'FRG-05',
    file,
    find: `skb.len > mtu ?`,
    replace: `skb.len >= mtu ?`,
    does: 'Refuses a packet that just fits.',
  },
  {
    id: 'ip6-too-long-silently-dropped',
    statement: 'FRG-05',
    file,
    find: `{ type: 2, code: 0, info: mtu } : undefined`,
    replace: `{ type: 2, code: 0, info: 0 } : undefined`,
    does: 'Does not say how long a packet may be.',
  },
  {
    id: 'ip6-hop-limit-kept',
    statement: 'FRG-05',
    file,
    find: `    header[7] = octetAt(header, 7) - 1;
`,
    replace: ``,
    does: 'Passes a packet on with as many hops to go as before.',
  },
  {
    id: 'ip6-no-hop-passes',
    statement: 'FRG-05',
    file,
    find: `octetAt(skbLinear(skb), 7) <= 1`,
    replace: `octetAt(skbLinear(skb), 7) === 0`,
    does: 'Passes a packet on that has no hop left then.',
  },
  {
    id: 'ip6-forwards-always',
    statement: 'FRG-05',
    file,
    find: `const passes = ip6.forwarding && `,
    replace: `const passes = `,
    does: 'Forwards though it was not switched on.',
  },
  {
    id: 'ip6-no-route-silent',
    statement: 'FRG-05',
    file,
    find: `        return { type: 1, code: 0, info: 0 };`,
    replace: `        return undefined;`,
    does: 'Says nothing about a packet that there is no way for.',
  },
  {
    id: 'icmp6-error-about-error',
    statement: 'FRG-05',
    file: icmp6,
    find: `octetAt(packet, 6) === IPPROTO_ICMPV6 && `,
    replace: `octetAt(packet, 6) < 0 && `,
    does: 'Answers an error by an error.',
  },
  {
    id: 'icmp6-echo-taken-for-error',
    statement: 'FRG-05',
    file: icmp6,
    find: ` && octetAt(packet, IP6_HEADER) < FIRST_INFORMATIONAL`,
    replace: ``,
    does: 'Takes all of ICMPv6 for errors.',
  },
  {
    id: 'icmp6-checksum-without-pseudo-header',
    statement: 'FRG-05',
    file: icmp6,
    find: `for (let at = 8; at`,
    replace: `for (let at = IP6_HEADER; at`,
    does: 'Leaves the addresses out of the checksum of an error.',
  },
];
