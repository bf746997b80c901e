/** ICMP messages that can be sent, from what a sentence says of them. */
import { ICMP6_CODES, ICMP6_MESSAGES, ICMP_CODES, ICMP_MESSAGES, textOf } from './facts.ts';
import type { Given } from './given.ts';
import type { IcmpDraft } from '../icmp.ts';
import { ADVERTISEMENT, type Icmpv6Draft } from '../icmpv6.ts';
import type { Ipv4Packet } from '../ipv4.ts';
import type { Ipv6Packet } from '../ipv6.ts';
import type { NeighbourOption } from '../neighbour-options.ts';
import type { Raw } from '../octets.ts';

/** What an error message is about; octets where its sentence does not say. */
export type Quoted = Ipv4Packet | Ipv6Packet | Raw;

/** By name or by number; 0 if it is not named. */
function codeOf(given: Given, codes: Readonly<Record<string, readonly string[]>>): number {
  const { code } = given.facts;
  if (typeof code === 'number') return code;
  return Math.max(0, codes[given.text('message') ?? '']?.indexOf(textOf(code)) ?? 0);
}

function echoOf(given: Given, data: string) {
  return { identifier: given.number('id') ?? 0, sequence: given.number('seq') ?? 0, data };
}

export function icmpDraft(given: Given, data: string, about: Quoted): IcmpDraft {
  const message = given.needed('message');
  const around = { kind: 'icmp', code: codeOf(given, ICMP_CODES) } as const;
  const quoted = about.kind === 'ipv6' ? { kind: 'raw' as const, octets: '' } : about;
  const named = ICMP_MESSAGES[message as keyof typeof ICMP_MESSAGES] ?? 'other';
  switch (named) {
    case 'echo-request':
    case 'echo-reply':
      return { ...around, message: named, ...echoOf(given, data) };
    case 'destination-unreachable':
      return { ...around, message: named, nextHopMtu: given.number('mtu') ?? 0, quoted };
    case 'time-exceeded':
    case 'source-quench':
      return { ...around, message: named, quoted };
    case 'parameter-problem':
      return { ...around, message: named, pointer: given.number('pointer') ?? 0, quoted };
    case 'redirect':
      return { ...around, message: named, gateway: given.needed('gateway'), quoted };
    default:
      return { ...around, message: 'other', type: given.number('type') ?? 0, octets: data };
  }
}

export function icmpv6Draft(given: Given, data: string, about: Quoted): Icmpv6Draft {
  const message = given.needed('message');
  const around = { kind: 'icmpv6', code: codeOf(given, ICMP6_CODES) } as const;
  const quoted = about.kind === 'ipv4' ? { kind: 'raw' as const, octets: '' } : about;
  const named = ICMP6_MESSAGES[message as keyof typeof ICMP6_MESSAGES] ?? 'other';
  switch (named) {
    case 'echo-request':
    case 'echo-reply':
      return { ...around, message: named, ...echoOf(given, data) };
    case 'packet-too-big':
      return { ...around, message: named, mtu: given.number('mtu') ?? 1280, quoted };
    case 'parameter-problem':
      return { ...around, message: named, pointer: given.number('pointer') ?? 0, quoted };
    case 'destination-unreachable':
    case 'time-exceeded':
      return { ...around, message: named, quoted };
    case 'neighbour-solicitation':
    case 'neighbour-advertisement':
      return { ...around, message: named, ...neighbourOf(given) };
    default:
      return { ...around, message: 'other', type: given.number('type') ?? 0, octets: data };
  }
}

function neighbourOf(given: Given) {
  const names = ['router', 'solicited', 'override'] as const;
  const flags = names.filter((name) => given.facts[name] === true);
  const option = (kind: 'source-link-address' | 'target-link-address'): NeighbourOption[] => {
    const address = given.text(kind.replaceAll('-', ' '));
    return address === undefined ? [] : [{ kind, address }];
  };
  return {
    flags: flags.reduce((all, name) => all + ADVERTISEMENT[name], 0),
    target: given.needed('target'),
    options: [...option('source-link-address'), ...option('target-link-address')],
  };
}
