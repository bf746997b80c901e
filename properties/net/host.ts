/**
 * A network of its own for every case: an interface of the host with an address that no other case
 * uses, and a neighbour on it that the suite plays.
 */
import assert from 'node:assert/strict';
import {
  decode,
  encodeHex,
  type EthernetFrame,
  type Ipv4Draft,
  type Ipv4Packet,
} from '../../harness/packets/index.ts';
import { valueOf } from '../outcomes.ts';
import type { Context } from '../property.ts';

export interface Host {
  readonly interface: string;
  readonly mac: string;
  readonly address: string;
  /** The other address of the same interface, where it is given one. */
  readonly second: string;
  readonly neighbour: string;
  readonly otherNeighbour: string;
  readonly neighbourMac: string;
}

const hex = (octet: number): string => octet.toString(16).padStart(2, '0');

/** Attaches an interface; the host has heard of the neighbour by then. */
export async function newHost(context: Context, mtu = 1500): Promise<Host> {
  const name = context.freshName();
  const number = Number(/\d+$/.exec(name)?.[0]);
  const [high, low] = [number >> 8, number & 255];
  const network = `10.${128 + high}.${low}`;
  const host: Host = {
    interface: name,
    mac: `02:00:01:00:${hex(high)}:${hex(low)}`,
    address: `${network}.1`,
    second: `${network}.9`,
    neighbour: `${network}.2`,
    otherNeighbour: `${network}.3`,
    neighbourMac: `02:01:01:00:${hex(high)}:${hex(low)}`,
  };
  const { network: port } = context.ports;
  valueOf(await port.attach({ interface: name, mac: host.mac, mtu }));
  valueOf(await port.addAddress({ interface: name, address: host.address, prefix: 24 }));
  await receiveFrame(context, host, arpFrame(host, 'request', host.neighbour, host.address));
  await transmittedBy(context, host);
  return host;
}

/** The same, at its second address as well. */
export async function newHostAtTwo(context: Context): Promise<Host> {
  const host = await newHost(context);
  const added = { interface: host.interface, address: host.second, prefix: 24 };
  valueOf(await context.ports.network.addAddress(added));
  return host;
}

export function arpFrame(
  host: Host,
  operation: 'request' | 'reply',
  sender: string,
  target: string,
): string {
  const asks = operation === 'request';
  return encodeHex({
    kind: 'ethernet',
    source: host.neighbourMac,
    destination: asks ? 'ff:ff:ff:ff:ff:ff' : host.mac,
    payload: {
      kind: 'arp',
      operation,
      senderHardware: host.neighbourMac,
      senderProtocol: sender,
      targetHardware: asks ? '00:00:00:00:00:00' : host.mac,
      targetProtocol: target,
    },
  });
}

export async function receiveFrame({ ports }: Context, host: Host, frame: string): Promise<void> {
  valueOf(await ports.network.receive({ interface: host.interface, frame }));
}

/** A packet comes from the neighbour. */
export async function receivePacket(
  context: Context,
  host: Host,
  packet: Ipv4Draft,
): Promise<void> {
  await receiveFrame(context, host, frameOf(host, packet));
}

export function frameOf({ mac, neighbourMac }: Host, payload: Ipv4Draft): string {
  return encodeHex({ kind: 'ethernet', source: neighbourMac, destination: mac, payload });
}

/** Frames that have left by the interface; questions after anybody are answered by the neighbour. */
export async function transmittedBy(context: Context, host: Host): Promise<EthernetFrame[]> {
  const left: EthernetFrame[] = [];
  let answers: string[] = [];
  do {
    // Over a pipe the answers and the next question share a line.
    const answered = answers.map((frame) => receiveFrame(context, host, frame));
    const [outcome] = await Promise.all([context.ports.network.transmitted({}), ...answered]);
    answers = [];
    for (const { interface: name, frame } of valueOf(outcome).frames) {
      if (name !== host.interface) continue;
      const decoded = decode(frame);
      assert.equal(decoded.kind, 'ethernet', 'a frame shorter than its header has left');
      const { payload } = decoded;
      if (payload.kind !== 'arp' || payload.operation !== 'request') {
        left.push(decoded);
        continue;
      }
      const { targetProtocol: asked, senderProtocol: asker } = payload;
      answers.push(arpFrame(host, 'reply', asked, asker));
    }
  } while (answers.length > 0);
  return left;
}

/** The IP packets among frames. */
export function packetsIn(frames: readonly EthernetFrame[]): Ipv4Packet[] {
  return frames.map(({ payload }) => payload).filter((payload) => payload.kind === 'ipv4');
}

/** A socket of UDP at an address. */
export async function boundSocket(
  { ports: { udp } }: Context,
  address: string,
  port: number,
): Promise<string> {
  const { socket } = valueOf(await udp.open({}));
  valueOf(await udp.bind({ socket, to: { address, port } }));
  return socket;
}

/**
 * Takes all datagrams that wait at a socket.
 *
 * @param size - octets of each that are of interest.
 * @returns their data, in order.
 */
export async function waitingAt(
  context: Context,
  socket: string,
  size = 65_535,
): Promise<string[]> {
  const { udp } = context.ports;
  const data: string[] = [];
  const task = 'reader';
  const { datagrams } = valueOf(await udp.occupancy({ socket }));
  for (let left = datagrams; left > 0; left--) {
    const call = { socket, task, size, dontWait: true };
    data.push(valueOf(await udp.receive(call)).octets);
  }
  return data;
}
