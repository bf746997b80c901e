/** The frames of a scenario, kept for the report of a failure. */
import { decode, pcapng, print } from '../harness/packets/index.ts';
import { notes, type SuiteWorld } from './world.ts';

interface RecordedFrame {
  readonly interface: string;
  /** As the host under test sees it. */
  readonly direction: 'in' | 'out';
  /** Nanoseconds since boot. */
  readonly timeNs: number;
  /** As the contract writes octets. */
  readonly frame: string;
  /** Place of the step among those of the scenario. */
  readonly step: number;
}

/** Frames that are kept; a flood is known by its beginning. */
const MOST = 2000;

/** Sentences in a report; the capture has all. */
const MOST_TOLD = 30;

const recording = notes(() => ({ frames: [] as RecordedFrame[] }));

export function record(world: SuiteWorld, frame: Omit<RecordedFrame, 'step'>): void {
  const { frames } = recording(world);
  if (frames.length < MOST) frames.push({ ...frame, step: world.stepsBegun - 1 });
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
  const { frames } = recording(world);
  if (frames.length === 0) return undefined;
  const names = new Set(frames.map((frame) => frame.interface));
  const capture = pcapng({
    interfaces: [...names].map((name) => ({ name })),
    frames: frames.map(({ step, ...frame }) => ({ ...frame, comment: steps[step] ?? '' })),
  });
  return {
    packets: frames.slice(-MOST_TOLD).map(sentenceOf),
    capture: Buffer.from(capture).toString('base64'),
  };
}

function sentenceOf({ interface: name, direction, timeNs, frame }: RecordedFrame): string {
  const arrow = direction === 'in' ? '>' : '<';
  return `${(timeNs / 1e9).toFixed(6)} ${arrow} ${name} ${print(decode(frame))}`;
}
