/**
 * What an ICMP error means to the program whose packet it is about.
 *
 * Source: RFC 1122, sections 3.2.2.1 and 4.1.3.3; Linux 2.6.11, net/ipv4/icmp.c, icmp_err_convert;
 * 4.4BSD, netinet/ip_icmp.c, icmp_input(); netinet/ip_input.c, inetctlerrmap.
 */
import type { Errno } from '../../contract/index.ts';
import type { IcmpError } from './protocols.ts';

const DEST_UNREACH = 3;
const SOURCE_QUENCH = 4;
const PARAMETER_PROBLEM = 12;

/** Codes of what cannot be reached. */
const PROTOCOL = 2;
const PORT = 3;
const FRAG_NEEDED = 4;
/** The last that 4.4BSD knows. @kernel ICMP_UNREACH_TOSHOST */
const TOS_HOST = 12;

/** What an unreachable means to a program, and whether it is the end of it. @kernel icmp_err_convert */
const UNREACH_ERRNOS: ReadonlyArray<readonly [errno: Errno, fatal: boolean]> = [
  ['ENETUNREACH', false],
  ['EHOSTUNREACH', false],
  ['ENOPROTOOPT', true],
  ['ECONNREFUSED', true],
  ['EMSGSIZE', false],
  ['EOPNOTSUPP', false],
  ['ENETUNREACH', true],
  ['EHOSTDOWN', true],
  ['ENONET', true],
  ['ENETUNREACH', true],
  ['EHOSTUNREACH', true],
  ['ENETUNREACH', false],
  ['EHOSTUNREACH', false],
  ['EHOSTUNREACH', true],
  ['EHOSTUNREACH', true],
  ['EHOSTUNREACH', true],
];

/** @returns undefined for an error that programs are not told of. */
export function icmpErrno({
  type,
  code,
}: IcmpError): { readonly errno: Errno; readonly fatal: boolean } | undefined {
  if (type === SOURCE_QUENCH) return undefined;
  if (type === PARAMETER_PROBLEM) return { errno: 'EPROTO', fatal: true };
  if (type !== DEST_UNREACH) return { errno: 'EHOSTUNREACH', fatal: false };
  const [errno, fatal] = UNREACH_ERRNOS[code] ?? (['EHOSTUNREACH', false] as const);
  return { errno, fatal };
}

/**
 * In 4.4BSD a network is no other than its hosts, and what is forbidden is not there.
 *
 * @returns null where it makes nothing of it.
 * @kernel inetctlerrmap
 */
export function bsdErrno({ type, code }: IcmpError): Errno | null {
  if (type === PARAMETER_PROBLEM) return code <= 1 ? 'ENOPROTOOPT' : null;
  if (type !== DEST_UNREACH || code > TOS_HOST) return null;
  if (code === FRAG_NEEDED) return 'EMSGSIZE';
  return code === PROTOCOL || code === PORT ? 'ECONNREFUSED' : 'EHOSTUNREACH';
}
