/** Which connection a packet of a script belongs to, and what the packet tells of it. */
import type { Ipv4Packet, TcpSegment } from '../packets/index.ts';
import { Inconclusive } from '../problems.ts';
import type { Packet, TcpPacket } from './ast.ts';
import type { CallScene } from './call-scene.ts';
import { Connection, wrapped } from './connection.ts';

/** Ports of peers that the script does not name. */
const FIRST_EPHEMERAL = 49_152;

/** Connections whose local port and first number are still to be learnt from a SYN. */
const CONNECTING = new Set(['connecting', 'syn-sent']);

/** Where a packet that comes in goes; it may begin a connection. */
export function connectionIn(packet: Packet, scene: CallScene): Connection {
  const { underTest } = scene;
  if (packet.kind === 'icmp') return underTest ?? missing('an ICMP message');
  const known = packet.ports === undefined ? underTest : connectionWith(packet.ports, scene);
  const fresh = known === undefined || known.phase === 'listening' || known.phase === 'new';
  const connection = fresh ? beginPassive(packet, scene) : known;
  learnFromPeer(connection, packet);
  return connection;
}

type Ports = NonNullable<TcpPacket['ports']>;

/** Ports of an inbound packet, the peer's first. */
function connectionWith({ source, destination }: Ports, scene: CallScene): Connection | undefined {
  return scene.connections.find((each) => each.is({ local: destination, remote: source }));
}

function beginPassive(packet: TcpPacket, scene: CallScene): Connection {
  const { underTest, connections, settings } = scene;
  const connection = new Connection('syn-received');
  connection.localPort = packet.ports?.destination ?? settings.bindPort;
  connection.remotePort = packet.ports?.source ?? FIRST_EPHEMERAL + connections.length;
  connection.remoteIsn = packet.sequence.from;
  // One with ports of its own stands beside the one that packets without ports belong to.
  const beside = packet.ports !== undefined && underTest !== undefined;
  if (beside && underTest.phase !== 'listening') connections.push(connection);
  else scene.begin(connection);
  return connection;
}

function learnFromPeer(connection: Connection, packet: TcpPacket): void {
  const { flags, sequence } = packet;
  const [syn, ack] = [flags.includes('S'), flags.includes('.')];
  if (connection.phase === 'syn-sent' && syn) {
    connection.remoteIsn = sequence.from;
    if (ack) connection.phase = 'known';
  } else if (connection.phase === 'syn-ack-sent' && ack) {
    connection.phase = 'known';
  } else if (connection.phase === 'known' && syn && !ack) {
    connection.newRemoteIsn = sequence.from;
  }
}

/** Which connection an outbound packet of the script is of. */
export function connectionOut(packet: Packet, scene: CallScene): Connection {
  const { underTest, connections } = scene;
  if (packet.kind === 'tcp' && packet.ports !== undefined) {
    const { source: local, destination: remote } = packet.ports;
    const known = connections.find((each) => each.is({ local, remote }));
    return known ?? missing(`a packet with the ports ${local} > ${remote}`);
  }
  if (underTest !== undefined && underTest.phase !== 'listening') return underTest;
  return missing('an outbound packet');
}

function missing(what: string): never {
  throw new Inconclusive(`there is no connection yet that ${what} could be of`);
}

/** Whether a packet that has left is of that connection. */
export function isOf(packet: Ipv4Packet, connection: Connection, expected: Packet): boolean {
  const { payload } = packet;
  if (expected.kind === 'icmp') return payload.kind === 'icmp';
  if (payload.kind !== 'tcp') return false;
  const { sourcePort: local, destinationPort: remote } = payload;
  if (connection.is({ local, remote })) return true;
  return CONNECTING.has(connection.phase) && isSyn(payload) && remote === connection.remotePort;
}

function isSyn({ flags }: TcpSegment): boolean {
  return flags.includes('SYN') && !flags.includes('ACK');
}

/** What a segment that was seen where the script expects one tells of its connection. */
export function learnFromHost(
  connection: Connection,
  expected: TcpPacket,
  segment: TcpSegment,
): void {
  learnNumbers(connection, expected, segment);
  const live = segment.options.find(({ kind }) => kind === 'timestamps');
  const script =
    expected.options === 'any' ? undefined : expected.options.find(({ kind }) => kind === 'TS');
  if (script?.kind === 'TS' && live?.kind === 'timestamps') {
    connection.timestamps.sent(script.value, live.value);
  }
}

function learnNumbers(connection: Connection, expected: TcpPacket, segment: TcpSegment): void {
  if (!expected.flags.includes('S') || !segment.flags.includes('SYN')) return;
  const { phase } = connection;
  const [synAck, sentSyn] = [segment.flags.includes('ACK'), isSyn(segment)];
  // A SYN that is sent again has the number of the first; on another port it is another connection's.
  const first = phase === 'connecting' || segment.sourcePort !== connection.localPort;
  if (sentSyn && CONNECTING.has(phase) && first) {
    connection.localPort = segment.sourcePort;
    connection.phase = 'syn-sent';
  } else if (synAck && phase === 'syn-received') {
    connection.phase = 'syn-ack-sent';
  } else if (synAck && acknowledgesNew(connection, segment)) {
    connection.remoteIsn = connection.newRemoteIsn ?? 0;
    connection.newRemoteIsn = undefined;
    connection.phase = 'syn-ack-sent';
  } else {
    return;
  }
  connection.localIsn = segment.sequence;
  connection.scriptIsn = expected.sequence.from;
}

/** The old connection has made place for a new one between the same ports. */
function acknowledgesNew({ newRemoteIsn }: Connection, { acknowledgment }: TcpSegment): boolean {
  return newRemoteIsn !== undefined && acknowledgment === wrapped(newRemoteIsn + 1);
}
