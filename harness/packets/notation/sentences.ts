/** Sentences, kind by kind: what each begins with, and what forms it has. */
import {
  address4,
  address6,
  addressesText,
  addressFact,
  any,
  between,
  type End,
  endpoint,
  endpointsText,
  type Head,
  ipv4,
} from './ends.ts';
import {
  type Facts,
  ICMP6_CODES,
  ICMP6_MESSAGES,
  ICMP_CODES,
  ICMP_MESSAGES,
  type Keyword,
  PROTOCOL_NAMES,
  protocolName,
  textOf,
} from './facts.ts';
import { readMac } from './field-kinds.ts';
import { icmpHead } from './icmp-sentences.ts';
import type { Scanner } from './scanner.ts';
import { AROUND_FORM, TCP_HEAD } from './tcp-sentences.ts';

const PROTOCOL_WORDS = Object.keys(PROTOCOL_NAMES);

const ARP: Head = {
  form:
    'ARP who-has <address> tell <address> | ARP <address> is-at <ethernet address> [tell <address>] ' +
    '| ARP op <n> <address> > <address> [sha <ethernet address>] [tha <ethernet address>]',
  read: (scanner) => {
    if (scanner.accept(/who-has\b/) !== undefined) {
      const target = addressFact('target', ipv4(scanner));
      return { operation: 'who-has', ...target, ...tell(scanner, 'sender') };
    }
    if (scanner.accept(/op\b/) !== undefined) {
      return { operation: scanner.number('an operation', 0xffff), ...arpOther(scanner) };
    }
    const sender = addressFact('sender', ipv4(scanner));
    scanner.expect(/is-at\b/, '"is-at"');
    const hardware = readMac(scanner);
    return {
      operation: 'is-at',
      ...sender,
      'sender hardware': hardware,
      ...tell(scanner, 'target'),
    };
  },
  write: (facts) => {
    const { operation, sender, target } = facts;
    if (operation === 'who-has') return `who-has ${any(target)} tell ${any(sender)}`;
    if (operation === 'is-at') {
      const told = target === undefined ? '' : ` tell ${any(target)}`;
      return `${any(sender)} is-at ${any(facts['sender hardware'])}${told}`;
    }
    return `op ${any(operation)} ${any(sender)} > ${any(target)}`;
  },
};

function tell(scanner: Scanner, who: string): Facts {
  return scanner.accept(/tell\b/) === undefined ? {} : addressFact(who, ipv4(scanner));
}

function arpOther(scanner: Scanner): Facts {
  const sender = addressFact('sender', ipv4(scanner));
  scanner.expect(/>/, '">"');
  return { ...sender, ...addressFact('target', ipv4(scanner)) };
}

function ip(keyword: string, end: End, fields: string): Head {
  return {
    form: `${keyword} <address> > <address> [${PROTOCOL_WORDS.join('|')}|proto <n>] ${fields}`,
    read: (scanner) => ({ ...between(scanner, end), ...protocol(scanner) }),
    write: (facts) => [addressesText(facts), protocolText(facts)].join(' ').trim(),
  };
}

function protocol(scanner: Scanner): Facts {
  if (scanner.accept(/proto\b/) !== undefined) {
    return { protocol: protocolName(scanner.number('a protocol', 255)) };
  }
  const word = scanner.accept(new RegExp(`(?:${PROTOCOL_WORDS.join('|')})\\b`));
  return word === undefined ? {} : { protocol: word };
}

function protocolText({ protocol: named }: Facts): string {
  if (named === undefined) return '';
  return typeof named === 'number' ? `proto ${named}` : textOf(named);
}

const UDP: Head = {
  form: `UDP <address>:<port> > <address>:<port> [length <n>] [checksum good|bad|none] ${AROUND_FORM}`,
  read: (scanner) => between(scanner, endpoint),
  write: endpointsText,
};

export const HEADS: Readonly<Record<Keyword, Head>> = {
  ARP,
  IP: ip(
    'IP',
    address4,
    '[id <n>] [offset <octets>] [MF] [DF] [length <n>] [ttl <n>] [tos <n>] [options [rr 3, ...]]',
  ),
  UDP,
  TCP: TCP_HEAD,
  ICMP: icmpHead(
    'ICMP',
    address4,
    Object.keys(ICMP_MESSAGES),
    ICMP_CODES,
    '[port|fragmentation-needed|ttl|...] [id <n>] [seq <n>] [length <n>] [mtu <n>] [gateway <address>] ' +
      `[pointer <n>] [quoting (<sentence>)] ${AROUND_FORM}`,
  ),
  IP6: ip('IP6', address6, '[id <n>] [offset <octets>] [MF] [length <n>] [hlim <n>]'),
  ICMP6: icmpHead(
    'ICMP6',
    address6,
    Object.keys(ICMP6_MESSAGES),
    ICMP6_CODES,
    '[id <n>] [seq <n>] [length <n>] [mtu <n>] [target <address>] [quoting (<sentence>)] [hlim <n>]',
  ),
  RAW: { form: 'RAW [type <n>] [length <n>]', read: () => ({}), write: () => '' },
};
