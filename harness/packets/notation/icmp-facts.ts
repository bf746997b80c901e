/** What sentences can say of ICMP messages of either version. */
import type { IcmpMessage } from '../icmp.ts';
import { ADVERTISEMENT, type Icmpv6Message } from '../icmpv6.ts';
import {
  checksumFacts,
  type Facts,
  ICMP6_CODES,
  ICMP6_MESSAGES,
  ICMP_CODES,
  ICMP_MESSAGES,
} from './facts.ts';

function wordOf(messages: Readonly<Record<string, string>>, message: string): string {
  return Object.entries(messages).find(([, name]) => name === message)?.[0] ?? message;
}

export function icmpFacts(message: IcmpMessage, octets: number): Facts {
  const word = wordOf(ICMP_MESSAGES, message.message);
  return {
    message: word,
    code: ICMP_CODES[word]?.[message.code] ?? message.code,
    ...('type' in message && { type: message.type }),
    ...('nextHopMtu' in message && { mtu: message.nextHopMtu }),
    ...('pointer' in message && { pointer: message.pointer }),
    ...('gateway' in message && { gateway: message.gateway }),
    ...restFacts(message, octets),
    ...checksumFacts('checksum', message),
  };
}

/** What follows the fixed part of a message. */
function restFacts(message: IcmpMessage | Icmpv6Message, octets: number): Facts {
  if ('type' in message) return { length: message.octets.length / 2, data: message.octets };
  if ('quoted' in message) return { 'quoted octets': Math.max(0, octets - 8) };
  if (!('identifier' in message)) return {};
  const { identifier: id, sequence: seq, data } = message;
  return { id, seq, length: Math.max(0, octets - 8), data };
}

export function icmpv6Facts(message: Icmpv6Message, octets: number): Facts {
  const word = wordOf(ICMP6_MESSAGES, message.message);
  return {
    message: word,
    code: ICMP6_CODES[word]?.[message.code] ?? message.code,
    ...('type' in message && { type: message.type }),
    ...('mtu' in message && { mtu: message.mtu }),
    ...('pointer' in message && { pointer: message.pointer }),
    ...neighbourFacts(message),
    ...restFacts(message, octets),
    ...checksumFacts('checksum', message),
  };
}

function neighbourFacts(message: Icmpv6Message): Facts {
  if (!('target' in message)) return {};
  const { target, flags, options } = message;
  const links = options.flatMap((option): [string, string][] => {
    if (!('address' in option)) return [];
    const name =
      option.kind === 'source-link-address' ? 'source link address' : 'target link address';
    return [[name, option.address]];
  });
  return {
    target,
    router: flags >= ADVERTISEMENT.router,
    solicited: (flags & ADVERTISEMENT.solicited) !== 0,
    override: (flags & ADVERTISEMENT.override) !== 0,
    ...Object.fromEntries(links),
  };
}
