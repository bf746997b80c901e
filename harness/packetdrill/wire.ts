/**
 * The network around the host: one interface, a router, and everything behind it.
 *
 * packetdrill's interface carries IP packets and has no neighbours. Here it is Ethernet: every question
 * after an address that is not the host's own is answered, so that scripts see IP only.
 */
import type { ClientPorts } from '../client.ts';
import {
  decode,
  encodeHex,
  type EthernetFrame,
  type Ipv4Draft,
  type Ipv4Packet,
  type Raw,
} from '../packets/index.ts';
import { Inconclusive } from '../problems.ts';
import type { Recording } from './recording.ts';
import type { Settings } from './settings.ts';

const INTERFACE = 'tun0';
const HOST_MAC = '02:00:00:00:00:01';
const ROUTER_MAC = '02:00:00:00:00:02';

/** The network that the remote host is in. */
const REMOTE_PREFIX = 24;

/** Answers to a host that asks again and again: no sensible one asks as often. */
const MOST_ROUNDS = 100;

/** An IP packet that has left. */
export interface SeenPacket {
  /** Nanoseconds since boot. */
  readonly at: number;
  readonly packet: Ipv4Packet;
  /** Place among all frames, for the recording. */
  readonly frame: number;
}

export class Wire {
  readonly #ports: ClientPorts;
  readonly #settings: Settings;
  readonly #recording: Recording;
  /** Packets that no event has taken, in order. */
  readonly seen: SeenPacket[] = [];
  /** Nanoseconds since boot. */
  now = 0;

  constructor(ports: ClientPorts, settings: Settings, recording: Recording) {
    this.#ports = ports;
    this.#settings = settings;
    this.#recording = recording;
  }

  async setUp(): Promise<void> {
    const { network } = this.#ports;
    const { mtu, localAddress, prefix, remoteAddress, gateway } = this.#settings;
    const destination = remoteAddress.replace(/\d+$/, '0');
    good(await network.attach({ interface: INTERFACE, mac: HOST_MAC, mtu }));
    good(await network.addAddress({ interface: INTERFACE, address: localAddress, prefix }));
    good(await network.addRoute({ destination, prefix: REMOTE_PREFIX, gateway }));
    this.now = good(await network.now({})).at;
  }

  /** Gives the host a packet, and collects what it sends. */
  async deliver(packet: Ipv4Draft, says: string): Promise<void> {
    await this.#receive(encodeHex(toHost(packet)), says);
    await this.collect();
  }

  async #receive(frame: string, says?: string): Promise<void> {
    this.#recording.add({ interface: INTERFACE, direction: 'in', timeNs: this.now, frame }, says);
    good(await this.#ports.network.receive({ interface: INTERFACE, frame }));
  }

  /** Collects what has left, answering questions after neighbours until there are none. */
  async collect(): Promise<void> {
    for (let rounds = 0; await this.#takeFrames(); rounds++) {
      if (rounds === MOST_ROUNDS)
        throw new Inconclusive('the host never stops asking for neighbours');
    }
  }

  /** @returns whether a question was answered, so that more may have left since. */
  async #takeFrames(): Promise<boolean> {
    const { frames } = good(await this.#ports.network.transmitted({}));
    let answered = false;
    for (const { at, frame: octets } of frames) {
      const timed = { interface: INTERFACE, direction: 'out', timeNs: at, frame: octets } as const;
      const frame = this.#recording.add(timed);
      const { payload } = asFrame(decode(octets));
      const answer = payload.kind === 'arp' ? this.#answerTo(payload) : undefined;
      if (payload.kind === 'ipv4') this.seen.push({ at, packet: payload, frame });
      if (answer === undefined) continue;
      answered = true;
      await this.#receive(encodeHex(answer));
    }
    return answered;
  }

  #answerTo(asked: EthernetFrame['payload'] & { readonly kind: 'arp' }) {
    const { operation, targetProtocol, senderHardware, senderProtocol } = asked;
    if (operation !== 'request' || targetProtocol === this.#settings.localAddress) return undefined;
    return {
      kind: 'ethernet',
      destination: senderHardware,
      source: ROUTER_MAC,
      payload: {
        kind: 'arp',
        operation: 'reply',
        senderHardware: ROUTER_MAC,
        senderProtocol: targetProtocol,
        targetHardware: senderHardware,
        targetProtocol: senderProtocol,
      },
    } as const;
  }

  /**
   * Lets time pass up to a moment, or to what falls due before.
   *
   * @param leastNs - how far at least, where an implementation has something due all the time.
   */
  async step(toNs: number, leastNs = 0): Promise<void> {
    const next = await this.due();
    // What is due by now has been done; an implementation that says so all the same is not asked again.
    const soonest = next === null || next <= this.now ? toNs : next;
    this.now = Math.min(toNs, Math.max(soonest, this.now + leastNs));
    good(await this.#ports.network.advance({ to: this.now }));
    await this.collect();
  }

  /** When something falls due next; null: nothing does. */
  async due(): Promise<number | null> {
    return good(await this.#ports.network.now({})).next;
  }
}

function toHost(packet: Ipv4Draft) {
  return { kind: 'ethernet', destination: HOST_MAC, source: ROUTER_MAC, payload: packet } as const;
}

function asFrame(frame: unknown): EthernetFrame | { readonly payload: Raw } {
  const decoded = frame as EthernetFrame | Raw;
  return decoded.kind === 'ethernet' ? decoded : { payload: decoded };
}

/** The value of a call that sets the scene. */
function good<Value>(outcome: { readonly ok: Value } | { errno: string } | { bug: string }): Value {
  if ('ok' in outcome) return outcome.ok;
  const what = 'bug' in outcome ? `as a bug (${outcome.bug})` : `with ${outcome.errno}`;
  throw new Inconclusive(`setting the scene failed ${what}`);
}
