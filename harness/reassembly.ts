/**
 * A receiver of the suite's own that puts fragments together.
 *
 * It knows a datagram by source, destination, protocol and identification, takes pieces as they come,
 * and is done with a datagram as soon as no octet of it is missing. Of octets that come twice, the later
 * stand. Source: RFC 791, section 3.2.
 */
import { octetsOf } from '../contract/index.ts';
import { decode, encode, type Ipv4Packet } from './packets/index.ts';

const LARGEST = 65_536;

interface Gathered {
  readonly data: Uint8Array;
  readonly have: Set<number>;
  /** Known once the last piece is there. */
  total?: number;
}

/** The datagrams that packets make, in the order in which they become complete. */
export function putTogether(packets: readonly Ipv4Packet[]): Ipv4Packet[] {
  const gathering = new Map<string, Gathered>();
  const done: Ipv4Packet[] = [];
  for (const packet of packets) {
    const { source, destination, protocol, identification, fragmentOffset: offset } = packet;
    if (offset === 0 && !packet.moreFragments) {
      done.push(packet);
      continue;
    }
    const key = `${source} ${destination} ${protocol} ${identification}`;
    const gathered = gathering.get(key) ?? { data: new Uint8Array(LARGEST), have: new Set() };
    gathering.set(key, gathered);
    const octets = contentsOf(packet);
    gathered.data.set(octets, offset);
    for (let at = 0; at < octets.length; at++) gathered.have.add(offset + at);
    if (!packet.moreFragments) gathered.total = offset + octets.length;
    if (gathered.total === undefined || gathered.have.size < gathered.total) continue;
    gathering.delete(key);
    done.push(whole(packet, gathered.data.subarray(0, gathered.total)));
  }
  return done;
}

/** Octets behind the header. */
function contentsOf(packet: Ipv4Packet): Uint8Array {
  return encode(packet).subarray(packet.headerLength, packet.totalLength);
}

function whole({ source, destination, protocol }: Ipv4Packet, data: Uint8Array): Ipv4Packet {
  const payload = { kind: 'raw', octets: octetsOf(data) } as const;
  const octets = encode({ kind: 'ipv4', source, destination, protocol, payload });
  return decode(octets, 'ip') as Ipv4Packet;
}
