/**
 * Hosts in a row, each joined to the next by a link, and those between pass packets on.
 *
 * Link n, counted from 0, is the network 10.0.n.0/24: its left end is 10.0.n.1, its right end 10.0.n.2. A host's
 * first interface from the left is eth0. Every host knows the way to every network.
 */
import type { Errno, RawPorts } from '../../contract/index.ts';
import type { ClientPorts, MaybeAsleep } from '../client.ts';
import { ContractHost } from './contract-host.ts';
import type { Frame } from './frame.ts';
import type { LabHost } from './host.ts';
import type { Lab } from './lab.ts';
import { checkedLink, type LinkOptions } from './link-options.ts';
import { RawHost } from './raw-host.ts';

export interface RowHost {
  readonly name: string;
  readonly ports: ClientPorts;
  /** It takes batches. */
  readonly together: boolean;
  /** Calls that were made of it so far; left out: something may happen there without any, since its clock is real. */
  readonly calls?: (() => number) | undefined;
}

/** The value of a call that sets the scene; throws where it failed. */
export type Prepared = <Value>(outcome: MaybeAsleep<Value, Errno>) => Value;

/** One end of a link of the row. */
export interface Interface {
  readonly name: string;
  readonly mac: string;
  readonly address: string;
  readonly mtu: number;
}

const PREFIX = 24;

const address = (link: number, side: 'left' | 'right') => `10.0.${link}.${side === 'left' ? 1 : 2}`;

/** The interfaces of the host at that place, from the left. */
export function interfacesOf(place: number, links: readonly LinkOptions[]): readonly Interface[] {
  const ends = [
    { link: place - 1, side: 'right' },
    { link: place, side: 'left' },
  ] as const;
  return ends
    .filter(({ link }) => link >= 0 && link < links.length)
    .map(({ link, side }, number) => ({
      name: `eth${number}`,
      mac: `02:02:00:00:${hex(place)}:${hex(number)}`,
      address: address(link, side),
      mtu: checkedLink(links[link] ?? {}).mtu,
    }));
}

const hex = (octet: number): string => octet.toString(16).padStart(2, '0');

/**
 * Puts the hosts into the lab.
 *
 * @param links - one fewer than there are hosts.
 * @throws RangeError — not so, or a link makes no sense.
 */
export async function joinInARow(
  lab: Lab,
  hosts: readonly RowHost[],
  links: readonly LinkOptions[],
  prepared: Prepared,
): Promise<void> {
  const inText = ({ name, ports, together, calls }: RowHost) =>
    ContractHost.on(name, ports, { now: lab.now, together, calls });
  await joinThem(lab, hosts, links, prepared, inText);
}

/** A host whose frames need not be text. */
export interface RawRowHost extends RowHost {
  readonly raw: RawPorts;
}

/** The same with frames as they are in memory. */
export async function joinRawInARow(
  lab: Lab<Uint8Array>,
  hosts: readonly RawRowHost[],
  links: readonly LinkOptions[],
  prepared: Prepared,
): Promise<void> {
  const asTheyAre = ({ name, ports, raw }: RawRowHost) => RawHost.on(name, ports, raw, lab.now);
  await joinThem(lab, hosts, links, prepared, asTheyAre);
}

async function joinThem<F extends Frame, Host extends RowHost>(
  lab: Lab<F>,
  hosts: readonly Host[],
  links: readonly LinkOptions[],
  prepared: Prepared,
  driven: (host: Host) => Promise<LabHost<F>>,
): Promise<void> {
  if (links.length !== hosts.length - 1) {
    throw new RangeError(
      `${hosts.length} hosts in a row have ${hosts.length - 1} links between them`,
    );
  }
  for (const [place, host] of hosts.entries()) {
    await setUp(host, place, links, prepared);
    lab.add(await driven(host));
  }
  for (const [link, options] of links.entries()) {
    const left = `${hosts[link]?.name}:eth${link === 0 ? 0 : 1}`;
    lab.join(left, `${hosts[link + 1]?.name}:eth0`, options);
  }
}

async function setUp(
  { ports }: RowHost,
  place: number,
  links: readonly LinkOptions[],
  prepared: Prepared,
): Promise<void> {
  const { network, forwarding } = ports;
  const interfaces = interfacesOf(place, links);
  for (const { name, mac, mtu, address: own } of interfaces) {
    prepared(await network.attach({ interface: name, mac, mtu }));
    prepared(await network.addAddress({ interface: name, address: own, prefix: PREFIX }));
  }
  if (interfaces.length > 1) prepared(await forwarding.set({ on: true }));
  for (const route of routesOf(place, links.length)) prepared(await network.addRoute(route));
}

interface Route {
  readonly destination: string;
  readonly prefix: number;
  readonly gateway: string;
}

/**
 * The ways to networks that a host is not on. Where all lead to one gateway they are one, the default: so hosts
 * do that are not routers, and some know no other.
 */
function routesOf(place: number, links: number): readonly Route[] {
  const far = [...Array(links).keys()].filter((link) => link !== place && link !== place - 1);
  const routes = far.map((link) => ({
    destination: `10.0.${link}.0`,
    prefix: PREFIX,
    gateway: link > place ? address(place, 'right') : address(place - 1, 'left'),
  }));
  const [first] = routes;
  if (first === undefined) return [];
  return routes.every(({ gateway }) => gateway === first.gateway)
    ? [{ destination: '0.0.0.0', prefix: 0, gateway: first.gateway }]
    : routes;
}
