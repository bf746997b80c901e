/**
 * What a host keeps in mind of other hosts, by their address.
 *
 * Whoever can send from any address could fill the memory of a host that forgets nobody.
 *
 * Source: Linux 2.6.11, net/ipv4/inetpeer.c.
 */

/** Hosts that are kept in mind at most. @kernel inet_peer_threshold */
const THRESHOLD = 65_536 + 128;

/** A map that forgets first what was noted longest ago. @kernel cleanup_once */
export class Peers<Noted> extends Map<number, Noted> {
  override set(address: number, noted: Noted): this {
    if (!this.delete(address) && this.size >= THRESHOLD) this.#forgetOldest();
    return super.set(address, noted);
  }

  #forgetOldest(): void {
    const { value: oldest } = this.keys().next();
    if (oldest !== undefined) this.delete(oldest);
  }
}
