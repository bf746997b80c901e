/** The nouns of networks. */
import { defineParameterType } from '@cucumber/cucumber';
import type { MibCounter, SocketOption } from '../contract/index.ts';

const IPV4 = String.raw`\d+\.\d+\.\d+\.\d+`;

/** An address with a port, such as "10.0.0.1:53". */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** An address with the length of its network's prefix, such as "10.0.0.0/8". */
export interface Network {
  readonly address: string;
  readonly prefix: number;
}

defineParameterType({
  name: 'endpoint',
  regexp: new RegExp(`(${IPV4}):(\\d+)`),
  transformer: (address: string, port: string): Endpoint => ({ address, port: Number(port) }),
});

defineParameterType({
  name: 'network',
  regexp: new RegExp(`(${IPV4})/(\\d+)`),
  transformer: (address: string, prefix: string): Network => ({ address, prefix: Number(prefix) }),
});

defineParameterType({
  name: 'interface',
  regexp: /eth\d/,
  transformer: (name: string) => name,
});

defineParameterType({
  name: 'socketOption',
  regexp: /(?:SO|IP|UDP|ICMP)_[A-Z_]+/,
  transformer: (name): SocketOption => name as SocketOption,
});

/** A number, or the name of a constant. */
defineParameterType({
  name: 'optionValue',
  regexp: /\d+\.\d+\.\d+\.\d+|-?\d+|[A-Z_]+|nothing/,
  transformer: (text: string): number | string => {
    if (text === 'nothing') return '';
    return /^-?\d+$/.test(text) ? Number(text) : text;
  },
});

defineParameterType({
  name: 'mibCounter',
  regexp: /(?:In|Out|Reasm|Frag|Forw|Icmp|Udp)[A-Z][A-Za-z]*/,
  transformer: (name): MibCounter => name as MibCounter,
});

/** A pointer of a call on a socket. */
export type Pointer = 'octets' | 'address' | 'address-length' | 'msg_iov' | 'msghdr';

defineParameterType({
  name: 'pointer',
  regexp: /octets|address-length|address|msg_iov|msghdr/,
  transformer: (name: string) => name as Pointer,
});
