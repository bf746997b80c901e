/** The frames of a scenario, kept for the report of a failure. */
import { decode, pcapng, print } from '../harness/packets/index.ts';
import { notes, type SuiteWorld } from './world.ts';

interface RecordedFrame {
  /** In a lab with the name of the host before it: A:eth0. */
  readonly interface: string;
  /** As the host under test sees it. */
  readonly direction: 'in' | 'out';
  /** Nanoseconds since boot. */
  readonly timeNs: number;
  /** As the contract writes octets. */
  readonly frame: string;
  /** What became of it on a link, in words. */
  readonly remark?: string | undefined;
  /** Place of the step among those of the scenario. */
  readonly step: number;
}

/** Frames that are kept from the beginning, and from the end: of a flood the middle is left out. */
const MOST = 1000;

/** Sentences in a report; the capture has all. */
const MOST_TOLD = 30;

const recording = notes(() => ({ first: [] as RecordedFrame[], last: [] as RecordedFrame[] }));

export function record(world: SuiteWorld, frame: Omit<RecordedFrame, 'step'>): void {
  const { first, last } = recording(world);
  const kept = first.length < MOST ? first : last;
  kept.push({ ...frame, step: world.stepsBegun - 1 });
  // In portions: to take one from the front of an array moves all.
  if (last.length === 2 * MOST) last.splice(0, MOST);
}

/**
 * What the report of a failure tells of the network.
 *
 * @param steps - texts of the scenario's steps: each frame is labelled with that in which it was seen.
 */
export function recordedNetwork(
  world: SuiteWorld,
  steps: readonly string[],
): { readonly packets: readonly string[]; readonly capture: string } | undefined {
  const { first, last } = recording(world);
  const frames = [...first, ...last.slice(-MOST)];
  if (frames.length === 0) return undefined;
  const names = new Set(frames.map((frame) => frame.interface));
  const capture = pcapng({
    interfaces: [...names].map((name) => ({ name })),
    frames: frames.map(({ step, remark, ...frame }) => ({
      ...frame,
      comment: [steps[step] ?? '', ...(remark === undefined ? [] : [remark])].join('; '),
    })),
  });
  return {
    packets: frames.slice(-MOST_TOLD).map(sentenceOf),
    capture: Buffer.from(capture).toString('base64'),
  };
}

function sentenceOf({ interface: name, direction, timeNs, frame, remark }: RecordedFrame): string {
  const arrow = direction === 'in' ? '>' : '<';
  const note = remark === undefined ? '' : ` (${remark})`;
  return `${(timeNs / 1e9).toFixed(6)} ${arrow} ${name} ${print(decode(frame))}${note}`;
}
