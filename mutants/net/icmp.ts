/** Faults of ICMP. */
import type { Mutant } from '../mutant.ts';

const file = 'net/icmp';
const errno = 'net/icmp-errno';

export const ICMP: readonly Mutant[] = [
  {
    id: 'icmp-error-about-error',
    statement: 'IPI-07',
    file,
    find: `return type <= LAST_TYPE && !isError(type);`,
    replace: `return type <= LAST_TYPE;`,
    does: 'Complains about a complaint.',
  },
  {
    id: 'icmp-error-about-no-icmp',
    statement: 'IPI-07',
    file,
    find: `return type <= LAST_TYPE && !isError(type);`,
    replace: `return false;`,
    does: 'Complains about no ICMP message, not even a request.',
  },
  {
    id: 'icmp-error-about-link-broadcast',
    statement: 'IPI-07',
    file,
    find: `if (skb.dst === null || skb.pktType !== PACKET_HOST)`,
    replace: `if (skb.dst === null)`,
    does: 'Complains about what came to all on the link.',
  },
  {
    id: 'icmp-error-about-broadcast',
    statement: 'IPI-07',
    file,
    find: `    if (skb.dst.type === 'broadcast' || skb.dst.type === 'multicast')
        return false;
`,
    replace: ``,
    does: 'Complains about what was for all addresses.',
  },
  {
    id: 'icmp-error-about-later-piece',
    statement: 'IPI-07',
    file,
    find: `    if (fragmentOffset(header) !== 0)
        return false;
`,
    replace: ``,
    does: 'Complains about a later piece of a datagram.',
  },
  {
    id: 'icmp-errors-without-limit',
    statement: 'IPI-07',
    file,
    find: `    if (bucket.tokens < INTERVAL_NS)
        return false;
`,
    replace: ``,
    does: 'Sends an error for every packet that deserves one.',
  },
  {
    id: 'icmp-errors-one-a-second',
    statement: 'IPI-07',
    file,
    find: `const BURST = 6;`,
    replace: `const BURST = 1;`,
    does: 'Sends one error a second, also where there was none for long.',
  },
  {
    id: 'icmp-errors-never-again',
    statement: 'IPI-07',
    file,
    find: `Math.min(bucket.tokens + now - bucket.last, BURST * INTERVAL_NS)`,
    replace: `bucket.tokens`,
    does: 'Sends no error any more after the first six.',
  },
  {
    id: 'icmp-errors-limited-together',
    statement: 'IPI-07',
    file,
    find: `    const bucket = net.icmpTokens.get(destination) ?? { tokens: BURST * INTERVAL_NS, last: now };
    bucket.tokens = Math.min(bucket.tokens + now - bucket.last, BURST * INTERVAL_NS);
    bucket.last = now;
    net.icmpTokens.set(destination, bucket);`,
    replace: `    const bucket = net.icmpTokens.get(0) ?? { tokens: BURST * INTERVAL_NS, last: now };
    bucket.tokens = Math.min(bucket.tokens + now - bucket.last, BURST * INTERVAL_NS);
    bucket.last = now;
    net.icmpTokens.set(0, bucket);`,
    does: 'Limits errors to all destinations together.',
  },
  {
    id: 'icmp-quote-too-long',
    statement: 'IPI-07',
    file,
    find: `contents.subarray(0, room)`,
    replace: `contents`,
    does: 'Quotes so much that an error is longer than 576 octets.',
  },
  {
    id: 'icmp-quote-of-eight-octets',
    statement: 'IPI-07',
    file,
    find: `contents.subarray(0, room)`,
    replace: `contents.subarray(0, IP_HEADER + 8)`,
    does: 'Quotes no more than the header and 8 octets.',
  },
  {
    id: 'icmp-quote-without-header',
    statement: 'IPI-07',
    alsoBreaks: ['BND-04', 'CON-02'],
    file,
    find: `Uint8Array.of(...front, ...`,
    replace: `Uint8Array.of(...`,
    does: 'Quotes a packet without the headers that were taken off.',
  },
  {
    id: 'icmp-checksum-not-verified',
    statement: 'SOC-10',
    file,
    find: ` && ipComputeCsum(message) === 0 &&`,
    replace: ` &&`,
    does: 'Answers a request with a wrong checksum.',
  },
  {
    id: 'icmp-checksum-not-sent',
    statement: 'SOC-10',
    alsoBreaks: ['BND-04', 'CON-02', 'IPO-13'],
    file,
    find: `    putBe16(message, 2, ipComputeCsum(message));
`,
    replace: ``,
    does: 'Sends messages without a checksum.',
  },
  {
    id: 'icmp-echo-cut',
    statement: 'SOC-10',
    file,
    find: `const data = message.slice(ICMP_HEADER);`,
    replace: `const data = message.slice(ICMP_HEADER, ICMP_HEADER + 32);`,
    does: 'Sends back no more than 32 octets of an echo request.',
  },
  {
    id: 'icmp-echo-without-id',
    statement: 'SOC-10',
    alsoBreaks: ['IPI-08'],
    file,
    find: `{ type, code: 0, info: be32(message, 4), data, tos }`,
    replace: `{ type, code: 0, info: 0, data, tos }`,
    does: 'Answers an echo request without its id and sequence number.',
  },
  {
    id: 'icmp-echo-from-nearest-address',
    statement: 'IPI-08',
    file,
    find: `const source = toAll ? 0 : ipHeader(skb).daddr;`,
    replace: `const source = 0;`,
    does: 'Answers from another address than the one that was asked.',
  },
  {
    id: 'icmp-refused-as-unreachable',
    statement: 'CON-02',
    alsoBreaks: ['BND-04', 'CON-01'],
    file: errno,
    find: `['ECONNREFUSED', true],`,
    replace: `['EHOSTUNREACH', true],`,
    does: 'Takes a port that nobody has for a host that cannot be reached.',
  },
  {
    id: 'icmp-passing-error-is-fatal',
    statement: 'CON-02',
    file: errno,
    find: `    ['ENETUNREACH', false],
    ['EHOSTUNREACH', false],
    ['ENOPROTOOPT', true],`,
    replace: `    ['ENETUNREACH', true],
    ['EHOSTUNREACH', true],
    ['ENOPROTOOPT', true],`,
    does: 'Takes an error that may pass for the end.',
  },
  {
    id: 'icmp-bsd-protocol-as-option',
    statement: 'CON-02',
    alsoBreaks: ['CON-01', 'TCP-03'],
    profile: 'bsd-4.4',
    file: errno,
    find: `return code === PROTOCOL || code === PORT ? 'ECONNREFUSED' : 'EHOSTUNREACH';`,
    replace: `if (code === PROTOCOL)
        return 'ENOPROTOOPT';
    return code === PORT ? 'ECONNREFUSED' : 'EHOSTUNREACH';`,
    does: 'Calls a protocol that the peer does not have an option that there is not, in 4.4BSD.',
  },
  {
    id: 'icmp-bsd-too-long-as-unreachable',
    statement: 'CON-02',
    profile: 'bsd-4.4',
    file: errno,
    find: `    if (code === FRAG_NEEDED)
        return 'EMSGSIZE';
`,
    replace: ``,
    does: 'Takes a packet that was too long for a host that is not there, in 4.4BSD.',
  },
  {
    id: 'icmp-bsd-knows-filters',
    statement: 'CON-02',
    profile: 'bsd-4.4',
    file: errno,
    find: `const TOS_HOST = 12;`,
    replace: `const TOS_HOST = 15;`,
    does: 'Knows codes that were made after 4.4BSD.',
  },
  {
    id: 'icmp-bsd-quench-is-refusal',
    statement: 'CON-02',
    profile: 'bsd-4.4',
    file: errno,
    find: `if (type !== DEST_UNREACH || code > TOS_HOST)`,
    replace: `if (code > TOS_HOST)`,
    does: 'Takes any word of a router for one that there is no way, in 4.4BSD.',
  },
  {
    id: 'icmp-error-not-handed-on',
    statement: 'CON-02',
    alsoBreaks: ['BND-04', 'IPO-13', 'MTU-01', 'MTU-02'],
    file,
    find: `    protocol?.errHandler?.(net, quoted, { type, code, info });
`,
    replace: ``,
    does: 'Hands no error on to the protocol of the packet that it is about.',
  },
  {
    id: 'icmp-echo-to-all-unanswered',
    statement: 'SOC-10',
    file,
    find: `(isEcho ? net.profile === 'linux-6' : true)`,
    replace: `true`,
    does: 'Does not answer an echo request to all.',
  },
  {
    id: 'icmp-echo-to-all-answered',
    statement: 'SOC-10',
    profile: 'linux-6',
    file,
    find: `if (toAll && (isEcho`,
    replace: `if (!isEcho && toAll && (isEcho`,
    does: 'Answers an echo request to all where nobody should.',
  },
];
