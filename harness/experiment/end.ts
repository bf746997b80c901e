/** A host of the dumbbell, and how its programs hand octets over and take them: as text, or as they are. */
import type { Answer, Errno, RawPorts } from '../../contract/index.ts';
import type { MaybeAsleep } from '../client.ts';
import type { RowHost } from '../lab/index.ts';

export interface End extends Omit<RowHost, 'name'> {
  /** Where the implementation has them and nobody looks at single frames. */
  readonly raw?: RawPorts | undefined;
}

/** The socket of a call, and which program makes it. */
export interface Caller {
  readonly socket: string;
  readonly task: string;
}

/** What a call has come to so far. */
export type Called = MaybeAsleep<unknown, Errno>;

/** Octets that a call takes at most. */
export const CHUNK = 32_768;

const RAW = new Uint8Array(CHUNK).fill(0x61);
const TEXT = '61'.repeat(CHUNK);

/** Writes so many octets, at most a chunk. */
export async function send({ ports, raw }: End, call: Caller, length: number): Promise<Called> {
  if (raw === undefined) return ports.tcp.send({ ...call, octets: TEXT.slice(0, 2 * length) });
  const { socket, task } = call;
  const octets = length === CHUNK ? RAW : RAW.subarray(0, length);
  return called(raw, raw.send({ socket, task, octets }));
}

/** Reads so many, however long that takes. */
export async function receive({ ports, raw }: End, call: Caller, size: number): Promise<Called> {
  if (raw === undefined) return ports.tcp.receive({ ...call, size, waitAll: true });
  const { socket, task } = call;
  return called(raw, raw.receive({ socket, task, size }));
}

/** @throws Error — the adapter fails, or says that it has no such call. */
function called(raw: RawPorts, answer: Answer<unknown, Errno>): Called {
  if ('ok' in answer || 'errno' in answer || 'bug' in answer) return answer;
  if (!('parked' in answer)) throw new Error(`a call comes to ${JSON.stringify(answer)}`);
  const { call, waitsFor } = answer.parked;
  return { asleep: { waitsFor, poll: async () => called(raw, raw.poll(call)) } };
}
