/** Both ends of a packet in a sentence, `*` for any. */
import { isIPv4, isIPv6 } from 'node:net';
import { ipv6Octets, ipv6Text } from '../addresses.ts';
import { type Fact, type Facts, textOf } from './facts.ts';
import type { Scanner } from './scanner.ts';

/** How a kind of sentence begins, behind its keyword. */
export interface Head {
  readonly form: string;
  readonly read: (scanner: Scanner) => Facts;
  readonly write: (facts: Facts) => string;
}

/** Reads one end, whose facts begin with that name. */
export type End = (scanner: Scanner, name: string) => Facts;

export function any(fact: Fact | undefined): string {
  return fact === undefined ? '*' : textOf(fact);
}

export function addressFact(name: string, address: string): Facts {
  return address === '*' ? {} : { [name]: address };
}

export function ipv4(scanner: Scanner, what = 'an IPv4 address or *'): string {
  const address = scanner.peek(/\*|[0-9.]+/) ?? '';
  if (address !== '*' && !isIPv4(address)) scanner.fail(`expected ${what}`);
  return scanner.expect(/\*|[0-9.]+/, what);
}

function ipv6(scanner: Scanner): string {
  const address = scanner.peek(/\*|[0-9a-fA-F:.]+/) ?? '';
  if (address !== '*' && !isIPv6(address)) scanner.fail('expected an IPv6 address or *');
  scanner.expect(/\*|[0-9a-fA-F:.]+/, 'an IPv6 address');
  // Addresses are compared as text, so they have one form.
  return address === '*' ? address : ipv6Text(Uint8Array.from(ipv6Octets(address)));
}

/** `<address> > <address>` by a reader of one end. */
export function between(scanner: Scanner, end: End): Facts {
  const source = end(scanner, 'source');
  scanner.expect(/>/, '">"');
  return { ...source, ...end(scanner, 'destination') };
}

export const address4: End = (scanner, name) => addressFact(name, ipv4(scanner));
export const address6: End = (scanner, name) => addressFact(name, ipv6(scanner));

/** `10.0.0.1:80`, `[2001:db8::1]:80`, either part `*` for any. */
export function endpoint(scanner: Scanner, name: string): Facts {
  const what = 'an IPv4 address, an IPv6 address in brackets or *';
  const bracket = scanner.accept(/\[/);
  const address = bracket === undefined ? ipv4(scanner, what) : ipv6(scanner);
  if (bracket !== undefined) scanner.expect(/\]/, '"]"');
  scanner.expect(/:/, 'a colon and a port');
  const port = scanner.accept(/\*/) ?? scanner.number('a port or *', 0xffff);
  return { ...addressFact(name, address), ...(port === '*' ? {} : { [`${name} port`]: port }) };
}

export const addressesText = (facts: Facts) =>
  `${any(facts['source'])} > ${any(facts['destination'])}`;

export function endpointsText(facts: Facts): string {
  const [source, destination] = ['source', 'destination'].map((name) => {
    const address = any(facts[name]);
    return `${address.includes(':') ? `[${address}]` : address}:${any(facts[`${name} port`])}`;
  });
  return `${source ?? ''} > ${destination ?? ''}`;
}
