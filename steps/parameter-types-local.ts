/** The nouns of the features on local sockets. */
import { defineParameterType } from '@cucumber/cucumber';
import type { UnixSocketType } from '../contract/index.ts';
import { octetsOf } from '../contract/index.ts';

/** A name of AF_UNIX, as the contract has it. */
export type LocalName = { readonly path: string } | { readonly abstract: string };

/** A path in quotes, "a path of 107 octets", or what follows the zero octet of another behind an @. */
defineParameterType({
  name: 'localName',
  regexp: /"([^"@]+)"|"@([^"]+)"|a path of (\d+) octets/,
  transformer: (path?: string, abstract?: string, length?: string): LocalName => {
    if (abstract !== undefined) return { abstract: octetsOf(Buffer.from(abstract)) };
    return { path: path ?? 'x'.repeat(Number(length)) };
  },
});

const TYPES: Readonly<Record<string, UnixSocketType>> = {
  stream: 'SOCK_STREAM',
  datagram: 'SOCK_DGRAM',
  'sequenced-packet': 'SOCK_SEQPACKET',
};

defineParameterType({
  name: 'localType',
  regexp: /stream|datagram|sequenced-packet/,
  transformer: (word: string) => TYPES[word] as UnixSocketType,
});

defineParameterType({
  name: 'direction',
  regexp: /SHUT_RDWR|SHUT_RD|SHUT_WR/,
  transformer: (text: string) => text as 'SHUT_RD' | 'SHUT_WR' | 'SHUT_RDWR',
});
