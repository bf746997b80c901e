/** The other end of the only cable of a host: a neighbour that answers whoever asks for it. */
import {
  decode,
  encodeHex,
  type Ipv4Draft,
  type Ipv4Packet,
  type EthernetDraft,
} from '../../harness/packets/index.ts';
import type { ClientPorts } from '../../harness/client.ts';

const INTERFACE = 'eth0';
const MAC = '02:00:01:00:00:01';
const NEIGHBOUR_MAC = '02:01:01:00:00:02';

export class CableEnd {
  readonly address = '10.0.0.1';
  readonly neighbour = '10.0.0.2';
  readonly #ports: ClientPorts;

  private constructor(ports: ClientPorts) {
    this.#ports = ports;
  }

  static async attached(ports: ClientPorts, mtu = 1500): Promise<CableEnd> {
    const end = new CableEnd(ports);
    await ports.network.attach({ interface: INTERFACE, mac: MAC, mtu });
    await ports.network.addAddress({ interface: INTERFACE, address: end.address, prefix: 24 });
    await end.#arp('request');
    await end.left();
    return end;
  }

  async #arp(operation: 'request' | 'reply'): Promise<void> {
    const asks = operation === 'request';
    await this.#receive({
      kind: 'arp',
      operation,
      senderHardware: NEIGHBOUR_MAC,
      senderProtocol: this.neighbour,
      targetHardware: asks ? '00:00:00:00:00:00' : MAC,
      targetProtocol: this.address,
    });
  }

  async #receive(payload: EthernetDraft['payload']): Promise<void> {
    const frame = encodeHex({ kind: 'ethernet', source: NEIGHBOUR_MAC, destination: MAC, payload });
    await this.#ports.network.receive({ interface: INTERFACE, frame });
  }

  /** The neighbour sends a packet. */
  async send(payload: Ipv4Draft['payload']): Promise<void> {
    await this.#receive({
      kind: 'ipv4',
      source: this.neighbour,
      destination: this.address,
      payload,
    });
  }

  /** What IP packets to the neighbour have carried since it was asked last. */
  async left(): Promise<Ipv4Packet['payload'][]> {
    const carried: Ipv4Packet['payload'][] = [];
    for (;;) {
      const outcome = await this.#ports.network.transmitted({});
      if (!('ok' in outcome)) throw new Error(`what has left: ${JSON.stringify(outcome)}`);
      if (outcome.ok.frames.length === 0) return carried;
      for (const { frame } of outcome.ok.frames) {
        const decoded = decode(frame);
        if (decoded.kind !== 'ethernet') continue;
        const { payload } = decoded;
        if (payload.kind === 'ipv4') carried.push(payload.payload);
        else if (payload.kind === 'arp' && payload.operation === 'request')
          await this.#arp('reply');
      }
    }
  }
}
