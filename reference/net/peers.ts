/**
 * What a host keeps in mind of other hosts, by their address.
 *
 * Whoever can send from any address could fill the memory of a host that forgets nobody.
 *
 * Source: Linux 2.6.11, net/ipv4/inetpeer.c.
 */

/** Hosts that a table keeps in mind at most. */
export interface PeerStorage {
  /** At least 1. @kernel inet_peer_threshold */
  threshold: number;
}

/** As much as a machine with 32 MB or more has. @kernel inet_initpeers */
export function newPeerStorage(): PeerStorage {
  return { threshold: 65_536 + 128 };
}

/** A map that forgets first what was noted longest ago. @kernel cleanup_once */
export class Peers<Noted> extends Map<number, Noted> {
  readonly #storage: PeerStorage;

  constructor(storage: PeerStorage) {
    super();
    this.#storage = storage;
  }

  override set(address: number, noted: Noted): this {
    if (!this.delete(address)) while (this.size >= this.#storage.threshold) this.#forgetOldest();
    return super.set(address, noted);
  }

  #forgetOldest(): void {
    this.delete(this.keys().next().value as number);
  }
}
