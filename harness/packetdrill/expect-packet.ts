/** Waits for a packet that a script expects, and compares. */
import type { Packet, ScriptEvent, TcpPacket } from './ast.ts';
import type { CallScene } from './call-scene.ts';
import type { Clock, Span } from './clock.ts';
import type { Connection } from './connection.ts';
import { differences, icmpDifferences } from './difference.ts';
import { connectionOut, isOf, learnFromHost } from './ends.ts';
import { printLive, printSeen, seenSegment, type SeenSegment } from './noted.ts';
import { printEvent } from './print.ts';
import { Difference } from './problems.ts';
import type { Recording } from './recording.ts';
import type { SeenPacket } from './wire.ts';

/** How long a packet that may come at any time is waited for: longer than any timer of TCP runs. */
const ANY_TIME_NS = 24 * 3600 * 1e9;

export interface Watch {
  readonly scene: CallScene;
  readonly clock: Clock;
  readonly recording: Recording;
  /** Lets time pass up to a moment, or to what falls due before. */
  readonly advance: (toNs: number, step: number) => Promise<void>;
}

/** @throws Difference — it is another, it comes at another time, or none comes. */
export async function expectPacket(
  event: ScriptEvent,
  expected: Packet,
  watch: Watch,
): Promise<void> {
  const { scene, clock } = watch;
  const connection = connectionOut(expected, scene);
  const span = clock.span(event.when, scene.wire.now);
  const limitNs = limitOf(span, watch);
  const seen = await nextPacket(connection, event, expected, limitNs, watch);
  const told = judged(event, expected, connection, seen, watch);
  if (told.merged) await expectRest(event, expected, connection, told, limitNs, watch);
  if (span === undefined) return;
  const actual = `${clock.time(seen.at)} ${told.text}`;
  clock.check('the packet leaves', span, seen.at, printEvent(event), actual);
}

function limitOf(span: Span | undefined, { scene, clock }: Watch): number {
  const { now } = scene.wire;
  if (span === undefined) return now + ANY_TIME_NS;
  return Math.max(now, span.toNs + clock.toleranceNs(span));
}

async function nextPacket(
  connection: Connection,
  event: ScriptEvent,
  expected: Packet,
  limitNs: number,
  { scene, clock, advance }: Watch,
  begun = '',
): Promise<SeenPacket> {
  const { wire } = scene;
  for (let step = 0; ; step++) {
    const place = wire.seen.findIndex(({ packet }) => isOf(packet, connection, expected));
    const [found] = place < 0 ? [] : wire.seen.splice(place, 1);
    if (found !== undefined) return found;
    if (wire.now >= limitNs || (await isAtRest(event, scene))) break;
    await advance(limitNs, step);
  }
  const beside = wire.seen.map(
    ({ at, packet }) => `${clock.time(at)} ${printLive(packet, undefined)}`,
  );
  const nothing = `${begun}nothing up to ${clock.time(wire.now)}`;
  const actual = beside.length === 0 ? nothing : `${nothing}, but ${beside.slice(0, 3).join('; ')}`;
  throw new Difference('the packet is not sent', printEvent(event), actual);
}

/** No timer runs, so that a packet which may come at any time would never come. */
async function isAtRest({ when }: ScriptEvent, { wire }: CallScene): Promise<boolean> {
  return when.kind === 'any' && (await wire.due()) === null;
}

interface Told {
  /** As the script would write it. */
  readonly text: string;
  readonly segment: SeenSegment | undefined;
  /** It is only the beginning of the one that is expected. */
  readonly merged: boolean;
}

function judged(
  event: ScriptEvent,
  expected: Packet,
  connection: Connection,
  { at, packet, frame }: SeenPacket,
  { scene, clock, recording }: Watch,
): Told {
  const { payload } = packet;
  if (expected.kind === 'icmp' || payload.kind !== 'tcp') {
    const found = expected.kind === 'icmp' ? icmpDifferences(expected, packet) : [];
    const text = printLive(packet, undefined);
    refuse(event, found, `${clock.time(at)} ${text}`);
    return { text, segment: undefined, merged: false };
  }
  learnFromHost(connection, expected, payload);
  const segment = seenSegment(payload, connection);
  const text = printSeen(segment);
  recording.tell(text, frame);
  const merged = isBeginning(expected, segment) && !scene.settings.strictSegments;
  const wanted = merged ? partOf(expected, segment) : expected;
  refuse(event, differences(wanted, segment, packet, scene.settings), `${clock.time(at)} ${text}`);
  return { text, segment, merged };
}

function refuse(event: ScriptEvent, found: readonly string[], actual: string): void {
  if (found.length > 0) throw new Difference(found.join('; '), printEvent(event), actual);
}

/** Several segments in a row may be what the script has as one. */
function isBeginning({ sequence }: TcpPacket, seen: SeenSegment): boolean {
  const { from, length } = seen.sequence;
  return length > 0 && length < sequence.length && from === sequence.from;
}

/** What is expected of a segment that is a part: PSH and FIN may be those of the last alone. */
function partOf(expected: TcpPacket, { sequence, flags }: SeenSegment): TcpPacket {
  const last = sequence.to === expected.sequence.to;
  const kept = [...expected.flags].filter((flag) => !/[PF]/.test(flag) || flags.includes(flag));
  return { ...expected, sequence, flags: last ? expected.flags : kept.join('') };
}

/** The segments that follow, up to the end of the one that is expected. */
async function expectRest(
  event: ScriptEvent,
  expected: Packet,
  connection: Connection,
  { segment: first, text }: Told,
  limitNs: number,
  watch: Watch,
): Promise<void> {
  if (expected.kind === 'icmp' || first === undefined) return;
  const { scene, clock, recording } = watch;
  let reached = first.sequence.to;
  while (reached < expected.sequence.to) {
    const begun = `${text} and up to ${reached}, then `;
    const next = await nextPacket(connection, event, expected, limitNs, watch, begun);
    const { payload } = next.packet;
    if (payload.kind !== 'tcp') return;
    const segment = seenSegment(payload, connection);
    recording.tell(printSeen(segment), next.frame);
    // A part begins where the one before ends and does not go beyond the whole.
    const to = Math.min(reached + Math.max(segment.sequence.length, 1), expected.sequence.to);
    const sequence = { from: reached, to, length: to - reached };
    const found = differences(
      partOf(expected, { ...segment, sequence }),
      segment,
      next.packet,
      scene.settings,
    );
    refuse(event, found, `${clock.time(next.at)} ${printSeen(segment)}`);
    reached = to;
  }
}
