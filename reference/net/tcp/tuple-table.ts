/**
 * A hash table of connections by their two ends.
 *
 * The links of a chain are in the connections themselves, so that a lookup allocates nothing. It
 * doubles when there are as many connections as chains.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_hashfn(), __tcp_v4_lookup_established().
 */
export interface Tupled {
  /** Our address. @kernel rcv_saddr */
  readonly receiveAddress: number;
  readonly port: number;
  readonly daddr: number;
  readonly dport: number;
  hashNext: Tupled | null;
}

export interface TupleTable<Entry extends Tupled> {
  readonly secret: number;
  chains: (Tupled | null)[];
  count: number;
  /** Only here to say what is in it. */
  readonly entry?: Entry;
}

const FIRST_SIZE = 64;

export function newTupleTable<Entry extends Tupled>(secret: number): TupleTable<Entry> {
  return { secret, chains: new Array<Tupled | null>(FIRST_SIZE).fill(null), count: 0 };
}

/** Mixes numbers so that neighbours fall far apart. Source: R. Jenkins, a 32-bit mix. */
export function hashWords(a: number, b: number, c: number): number {
  let mixed = Math.imul(a ^ (a >>> 16), 0x7feb_352d) ^ b;
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846c_a68b) ^ c;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb_352d);
  return mixed ^ (mixed >>> 15);
}

function chainOf(
  { chains, secret }: TupleTable<Tupled>,
  laddr: number,
  lport: number,
  faddr: number,
  fport: number,
): number {
  return hashWords(laddr ^ secret, faddr, (lport << 16) | fport) & (chains.length - 1);
}

/** @returns the connection between these ends. */
export function lookupTuple<Entry extends Tupled>(
  table: TupleTable<Entry>,
  laddr: number,
  lport: number,
  faddr: number,
  fport: number,
): Entry | undefined {
  let entry = table.chains[chainOf(table, laddr, lport, faddr, fport)] ?? null;
  for (; entry !== null; entry = entry.hashNext) {
    const same =
      entry.dport === fport &&
      entry.daddr === faddr &&
      entry.port === lport &&
      entry.receiveAddress === laddr;
    if (same) return entry as Entry;
  }
  return undefined;
}

function link(table: TupleTable<Tupled>, entry: Tupled): void {
  const at = chainOf(table, entry.receiveAddress, entry.port, entry.daddr, entry.dport);
  entry.hashNext = table.chains[at] ?? null;
  table.chains[at] = entry;
}

export function insertTuple<Entry extends Tupled>(table: TupleTable<Entry>, entry: Entry): void {
  if (table.count >= table.chains.length) grow(table);
  link(table, entry);
  table.count += 1;
}

function grow(table: TupleTable<Tupled>): void {
  const entries = [...tuples(table)];
  table.chains = new Array<Tupled | null>(2 * table.chains.length).fill(null);
  for (const entry of entries) link(table, entry);
}

/** @returns whether it was there. */
export function removeTuple<Entry extends Tupled>(table: TupleTable<Entry>, entry: Entry): boolean {
  const at = chainOf(table, entry.receiveAddress, entry.port, entry.daddr, entry.dport);
  let before: Tupled | null = null;
  for (let other = table.chains[at] ?? null; other !== null; other = other.hashNext) {
    if (other === entry) {
      if (before === null) table.chains[at] = entry.hashNext;
      else before.hashNext = entry.hashNext;
      entry.hashNext = null;
      table.count -= 1;
      return true;
    }
    before = other;
  }
  return false;
}

/** All that are in it. */
export function* tuples<Entry extends Tupled>({ chains }: TupleTable<Entry>): Generator<Entry> {
  for (const first of chains) {
    for (let entry = first; entry !== null; entry = entry.hashNext) yield entry as Entry;
  }
}
