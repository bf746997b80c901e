/** The classic picture of two congestion controls: window, queue and losses over time. */
import type { Figure } from '../harness/attachments.ts';
import { SEGMENT } from '../harness/experiment/dumbbell.ts';
import type { Flow, Sample } from '../harness/experiment/flow.ts';

const NS_PER_MS = 1_000_000;
/** About a round trip of the empty path. */
const STEP_MS = 100;

/** What one transfer was like. Times since the lab began. */
export interface Course {
  readonly name: string;
  readonly flow: Flow;
  /** Of the bottleneck; those of other transfers are among them. */
  readonly queue: readonly Sample[];
  readonly drops: readonly number[];
}

/** What was the case at each of these times; null once the transfer is over. */
function heldAt(samples: readonly Sample[], times: readonly number[], { flow }: Course) {
  let next = 0;
  let held = 0;
  return times.map((ms) => {
    const until = flow.startedAt + ms * NS_PER_MS;
    for (; (samples[next]?.[0] ?? Infinity) <= until; next++) held = samples[next]?.[1] ?? 0;
    return until <= flow.endedAt ? held : null;
  });
}

/** The most that waited since the time before. */
function mostSince(samples: readonly Sample[], times: readonly number[], { flow }: Course) {
  const slots = times.map(() => 0);
  for (const [at, value] of samples) {
    if (at < flow.startedAt || at > flow.endedAt) continue;
    const slot = Math.ceil((at - flow.startedAt) / (STEP_MS * NS_PER_MS));
    slots[slot] = Math.max(slots[slot] ?? 0, value);
  }
  return times.map((ms, slot) =>
    flow.startedAt + ms * NS_PER_MS <= flow.endedAt ? (slots[slot] ?? 0) : null,
  );
}

function lostUntil({ flow, drops }: Course, times: readonly number[]) {
  const own = drops.filter((at) => at >= flow.startedAt && at <= flow.endedAt);
  return times.map((ms) => {
    const until = flow.startedAt + ms * NS_PER_MS;
    return until <= flow.endedAt ? own.filter((at) => at <= until).length : null;
  });
}

export function courseFigures(courses: readonly Course[], buffers: number): Figure[] {
  const longest = Math.max(...courses.map(({ flow }) => flow.endedAt - flow.startedAt));
  const count = Math.ceil(longest / (STEP_MS * NS_PER_MS));
  const times = Array.from({ length: count }, (_, step) => step * STEP_MS);
  const x = { label: 'time', unit: 's', values: times.map((ms) => ms / 1000) };
  const figure = (
    title: string,
    y: Figure['y'],
    valuesOf: (course: Course) => Array<number | null>,
  ): Figure => {
    const series = courses.map((one) => ({ label: one.name, values: valuesOf(one) }));
    return { title: `${title}, ${buffers} buffers`, x, y, series, columns: [] };
  };
  const segments = (octets: number | null) =>
    octets === null ? null : Math.round((10 * octets) / SEGMENT) / 10;
  return [
    figure('Window', { label: 'under way', unit: 'segments' }, (one) =>
      heldAt(one.flow.window ?? [], times, one).map(segments),
    ),
    figure('Queue at the bottleneck', { label: 'most that wait', unit: 'packets' }, (one) =>
      mostSince(one.queue, times, one),
    ),
    figure('Losses', { label: 'lost since the beginning', unit: 'packets' }, (one) =>
      lostUntil(one, times),
    ),
  ];
}
