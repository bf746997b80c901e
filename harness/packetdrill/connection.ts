/**
 * A connection between what a script calls it and what it is.
 *
 * A script counts from sequence number 0 on either side and leaves ports away; the implementation chooses its
 * own first sequence number, port and timestamps. What it sends is put into the script's numbers, and what
 * the script sends into the live ones. Segments with SYN have the numbers that the script gives its own;
 * in all others the octet behind the SYN has the number 1.
 */

/** As far as the script has told. */
export type Phase =
  'new' | 'listening' | 'connecting' | 'syn-sent' | 'syn-received' | 'syn-ack-sent' | 'known';

export class Connection {
  phase: Phase;
  /** Of the socket, once a call has given it. */
  handle: string | undefined;
  localPort = 0;
  remotePort = 0;
  /** First sequence number of the host, as it is and as the script has it. */
  localIsn = 0;
  scriptIsn = 0;
  /** The peer's is what the script says. */
  remoteIsn = 0;
  /** Of a SYN that came while there was a connection, until the host answers it with one of its own. */
  newRemoteIsn: number | undefined;
  readonly timestamps = new Timestamps();

  constructor(phase: Phase) {
    this.phase = phase;
  }

  /** What to add to a number of the host's own sequence in the script to have the live one. */
  localOffset(syn: boolean): number {
    return syn ? this.localIsn - this.scriptIsn : this.localIsn;
  }

  /** The same for the peer's sequence. */
  remoteOffset(syn: boolean): number {
    return syn ? 0 : this.remoteIsn;
  }

  is(ports: { readonly local: number; readonly remote: number }): boolean {
    return this.localPort === ports.local && this.remotePort === ports.remote;
  }
}

/** A 32-bit number, whatever was added. */
export function wrapped(value: number): number {
  return value >>> 0;
}

/** Outbound timestamps: what the script says one is, and what it is. */
class Timestamps {
  readonly #live = new Map<number, number>();
  #first: { readonly script: number; readonly live: number } | undefined;

  sent(script: number, live: number): void {
    this.#live.set(script, live);
    this.#first ??= { script, live };
  }

  /** The live value that an echo of the script stands for; undefined: none was sent that it could be. */
  echoed(script: number, scaled: boolean): number | undefined {
    const known = this.#live.get(script);
    if (known !== undefined || !scaled || this.#first === undefined) return known;
    return wrapped(script - this.#first.script + this.#first.live);
  }

  /** A live value in the script's numbers. */
  told(live: number): number {
    return this.#first === undefined ? live : wrapped(live - this.#first.live + this.#first.script);
  }
}
