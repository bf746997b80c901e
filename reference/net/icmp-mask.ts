/**
 * Masks of networks, asked for by hosts that do not know theirs.
 *
 * Only who was told to may answer: a wrong mask is worse than none. Linux never answers; 4.4BSD does if a
 * variable is set.
 *
 * Source: RFC 950, appendix I; RFC 1122, section 3.2.2.9; 4.4BSD, netinet/ip_icmp.c, ICMP_MASKREQ,
 * icmpmaskrepl; Linux 2.6.11, net/ipv4/icmp.c, icmp_address().
 */
import { ipHeader } from './ip-header.ts';
import type { NetDevice } from './net-device.ts';
import type { Net } from './net.ts';
import { netmask } from './route.ts';
import type { SkBuff } from './sk-buff.ts';

/** Octets of a request, of which the last four are room for the mask. @kernel ICMP_MASKLEN */
const MASK_LENGTH = 12;

const ALL_ON_LINK = 0xffff_ffff;

export interface MaskAnswer {
  readonly mask: number;
  readonly from: number;
  /** Whom it is for; a host that has no address is answered by an answer to all. */
  readonly to: number;
}

/** @returns null — it is not to be answered. */
export function maskAnswer(net: Net, skb: SkBuff, message: Uint8Array): MaskAnswer | null {
  if (!net.answersMasks || skb.dev === null || message.length < MASK_LENGTH) return null;
  const { saddr, daddr } = ipHeader(skb);
  const device = net.devices.get(skb.dev);
  const own = device && addressTowards(device, daddr === ALL_ON_LINK ? saddr : daddr);
  if (own === undefined) return null;
  const mask = netmask(own.prefix);
  const to = saddr === 0 ? (own.local | ~mask) >>> 0 : saddr;
  return { mask: mask >>> 0, from: own.local, to };
}

/** The interface's own address, or the one on the same network. @kernel ifaof_ifpforaddr */
function addressTowards({ addresses }: NetDevice, towards: number) {
  const near = addresses.find(
    ({ local, prefix }) => ((local ^ towards) & netmask(prefix)) === 0 && prefix > 0,
  );
  return near ?? addresses[0];
}
