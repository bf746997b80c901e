/**
 * What a sentence can say of a packet: facts by name.
 *
 * A pattern has some facts, a packet has all of its kind; to match is to have those of the pattern.
 */

/** Sentences begin with one of these. IP and IP6 also fit packets that have a sentence of their own. */
export const KEYWORDS = ['ARP', 'IP', 'ICMP', 'UDP', 'TCP', 'IP6', 'ICMP6', 'RAW'] as const;

export type Keyword = (typeof KEYWORDS)[number];

/** An option's facts; `kind` says which option it is, and `any` stands for any number of them. */
export type OptionFacts = Readonly<Record<string, unknown>> & { readonly kind: string };

export type Fact = number | string | boolean | readonly OptionFacts[];

export type Facts = Readonly<Record<string, Fact>>;

/** A sentence that was understood. What it does not say is not compared. */
export interface Pattern {
  readonly keyword: Keyword;
  readonly facts: Facts;
  /** What an ICMP error quotes. */
  readonly quoting?: Pattern;
}

/** IP protocols that have a name in sentences. */
export const PROTOCOL_NAMES = { ICMP: 1, TCP: 6, UDP: 17, ICMP6: 58 } as const;

export function protocolName(number: number): string | number {
  const named = Object.entries(PROTOCOL_NAMES).find(([, value]) => value === number);
  return named?.[0] ?? number;
}

/** Codes of ICMP messages by the words for them, the place being the number. */
export const ICMP_CODES: Readonly<Record<string, readonly string[]>> = {
  unreachable: [
    'net',
    'host',
    'protocol',
    'port',
    'fragmentation-needed',
    'source-route-failed',
    'net-unknown',
    'host-unknown',
    'source-isolated',
    'net-prohibited',
    'host-prohibited',
    'net-tos',
    'host-tos',
    'filtered',
    'precedence-violation',
    'precedence-cutoff',
  ],
  'time-exceeded': ['ttl', 'reassembly'],
  redirect: ['net', 'host', 'net-tos', 'host-tos'],
};

export const ICMP6_CODES: Readonly<Record<string, readonly string[]>> = {
  unreachable: ['no-route', 'prohibited', 'beyond-scope', 'address', 'port'],
  'time-exceeded': ['hop-limit', 'reassembly'],
  'parameter-problem': ['field', 'next-header', 'option'],
};

/** Words for messages, and what the codec calls them. */
export const ICMP_MESSAGES = {
  'echo request': 'echo-request',
  'echo reply': 'echo-reply',
  unreachable: 'destination-unreachable',
  'time-exceeded': 'time-exceeded',
  'parameter-problem': 'parameter-problem',
  redirect: 'redirect',
  'source-quench': 'source-quench',
} as const;

export const ICMP6_MESSAGES = {
  'echo request': 'echo-request',
  'echo reply': 'echo-reply',
  unreachable: 'destination-unreachable',
  'packet-too-big': 'packet-too-big',
  'time-exceeded': 'time-exceeded',
  'parameter-problem': 'parameter-problem',
  'neighbour-solicitation': 'neighbour-solicitation',
  'neighbour-advertisement': 'neighbour-advertisement',
} as const;

/** Letters for TCP's flags, in the order of TCP_FLAGS; no flag at all is `-`. */
export const FLAG_LETTERS = 'FSRP.UEW';

/** A number or a word as a sentence has it. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Words and value; where nobody can tell whether it is right, no word. */
export function checksumFacts(
  name: string,
  { checksum, checksumRight }: { readonly checksum: number; readonly checksumRight?: boolean },
): Facts {
  return {
    [`${name} value`]: checksum,
    ...(checksumRight !== undefined && { [name]: checksumRight ? 'good' : 'bad' }),
  };
}
