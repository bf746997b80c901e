/**
 * Other traffic: conversations that begin independently of each other, most of them short, some long.
 *
 * The paper's generator, tcplib, is not to be had. Four of five conversations have sizes that are log-normal
 * around 4 KB, the fifth a bounded Pareto from 10 to 400 KB.
 */
import { chance, type Chance } from '../lab/chance.ts';
import { BITS_PER_SECOND, SEGMENT } from './dumbbell.ts';
import type { FlowPlan } from './flow.ts';

const KB = 1024;
/** Octets a second of the bottleneck. */
const CAPACITY = BITS_PER_SECOND / 8;

const LONG_PART = 0.2;
const SHORT_MEAN = 4 * KB;
const SIGMA = 1;
const SHAPE = 1.2;
const LEAST_LONG = 10 * KB;
const MOST_LONG = 400 * KB;

/** Of the bounded Pareto. */
const LONG_MEAN =
  ((LEAST_LONG ** SHAPE / (1 - (LEAST_LONG / MOST_LONG) ** SHAPE)) *
    SHAPE *
    (LEAST_LONG ** (1 - SHAPE) - MOST_LONG ** (1 - SHAPE))) /
  (SHAPE - 1);
const MEAN = (1 - LONG_PART) * SHORT_MEAN + LONG_PART * LONG_MEAN;

/** Ethernet, IP and TCP. */
const HEADERS = 54;
/** SYN, the ACK of the handshake, FIN. */
const WITHOUT_DATA = 3;
/** What a conversation puts on the bottleneck; its last segment is half full. */
const MEAN_ON_WIRE = MEAN + HEADERS * (MEAN / SEGMENT + 0.5 + WITHOUT_DATA);

/** Ports of conversations; that of the transfer that is measured is below. */
const FIRST_PORT = 4001;

function normal(next: Chance): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

function size(next: Chance): number {
  if (next() >= LONG_PART) {
    const octets = Math.exp(Math.log(SHORT_MEAN) - SIGMA ** 2 / 2 + SIGMA * normal(next));
    return Math.max(1, Math.round(octets));
  }
  const ratio = 1 - (LEAST_LONG / MOST_LONG) ** SHAPE;
  return Math.round(LEAST_LONG * (1 - next() * ratio) ** (-1 / SHAPE));
}

/**
 * In the order in which they begin; drawn one by one, since most runs have ended long before the last.
 *
 * @param load - part of the bottleneck that they would take if nothing were sent again.
 */
export function* conversations(
  seed: number,
  load: number,
  control: string,
  untilNs: number,
): Generator<FlowPlan, void, void> {
  const next = chance(seed, 'conversations');
  const gapNs = (MEAN_ON_WIRE * 1e9) / (load * CAPACITY);
  for (let startNs = 0, port = FIRST_PORT; port < 60_000; port++) {
    startNs += Math.round(-Math.log(1 - next()) * gapNs);
    if (startNs > untilNs) return;
    yield { port, octets: size(next), control, startNs };
  }
}
