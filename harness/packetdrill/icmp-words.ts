/** Names of ICMP types and codes. Source: RFC 792, RFC 1122 section 3.2.2.1, RFC 1812 section 5.2.7.1. */

export const ICMP_TYPES: Readonly<Record<string, number>> = {
  echo_reply: 0,
  unreachable: 3,
  source_quench: 4,
  redirect: 5,
  echo_request: 8,
  time_exceeded: 11,
  parameter_problem: 12,
  timestamp_request: 13,
  timestamp_reply: 14,
  information_request: 15,
  information_reply: 16,
  address_mask_request: 17,
  address_mask_reply: 18,
};

/** Codes of "unreachable", from 0 on. */
const UNREACHABLE = [
  'net_unreachable',
  'host_unreachable',
  'protocol_unreachable',
  'port_unreachable',
  'frag_needed',
  'source_route_failed',
  'net_unknown',
  'host_unknown',
  'source_host_isolated',
  'net_prohibited',
  'host_prohibited',
  'net_unreachable_for_tos',
  'host_unreachable_for_tos',
  'packet_filtered',
  'precedence_violation',
  'precedence_cutoff',
];

export const UNREACHABLE_CODES: readonly string[] = UNREACHABLE;

/** The number behind a word such as type_3. */
function numbered(word: string, prefix: string): number | undefined {
  const digits = new RegExp(`^${prefix}_(\\d{1,3})$`).exec(word)?.[1];
  const value = digits === undefined ? undefined : Number(digits);
  return value !== undefined && value <= 255 ? value : undefined;
}

export function icmpType(word: string): number | undefined {
  return numbered(word, 'type') ?? (Object.hasOwn(ICMP_TYPES, word) ? ICMP_TYPES[word] : undefined);
}

/** @param type - in words, as the code's name depends on it. */
export function icmpCode(word: string, type: string): number | undefined {
  const code = numbered(word, 'code');
  if (code !== undefined || type !== 'unreachable') return code;
  const place = UNREACHABLE.indexOf(word);
  return place < 0 ? undefined : place;
}
