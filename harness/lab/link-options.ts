/** What a link is like, and what cannot be one. */

/** One direction of a link; what is left out is as of an ideal one. */
export interface LinkOptions {
  /** Null: a frame takes no time. */
  readonly bitsPerSecond?: number | null;
  /** Nanoseconds from one end to the other. */
  readonly delayNs?: number;
  /** Frames that may wait while another is being sent; those beyond are dropped. */
  readonly queue?: number;
  /** Octets of the longest IP packet that it carries; of the interfaces at its ends, too. */
  readonly mtu?: number;
  /** Part of the frames that is lost behind the queue, 0 to 1. */
  readonly loss?: number;
  /** Part that is held back, so that others overtake it. */
  readonly reordering?: number;
  /** Longest time for which one is held back, in nanoseconds; left out: as usualHold says. */
  readonly holdNs?: number;
  /** Part that arrives twice. */
  readonly duplication?: number;
  /** Part of which one bit is turned over, behind the link's own header. */
  readonly corruption?: number;
}

export type Link = Required<LinkOptions>;

const DEFAULTS = {
  bitsPerSecond: null,
  delayNs: 0,
  queue: 1000,
  mtu: 1500,
  loss: 0,
  reordering: 0,
  duplication: 0,
  corruption: 0,
} as const;

/** Octets of Ethernet's header. */
export const LINK_HEADER = 14;

/** Nanoseconds that a frame of so many octets is being sent. */
export function sendingNs(octets: number, bitsPerSecond: number | null): number {
  return bitsPerSecond === null ? 0 : Math.ceil((octets * 8e9) / bitsPerSecond);
}

/** Long enough to be overtaken by several of the longest frames. */
function usualHold({ bitsPerSecond, mtu }: { bitsPerSecond: number | null; mtu: number }): number {
  return Math.max(1_000_000, 4 * sendingNs(mtu + LINK_HEADER, bitsPerSecond));
}

/** What each may be: least, most, and whether parts of one are something. */
const RANGES: Readonly<Record<keyof Link, readonly [least: number, most: number, whole: boolean]>> =
  {
    bitsPerSecond: [1, 1e12, true],
    delayNs: [0, 1e13, true],
    queue: [0, 1e6, true],
    mtu: [68, 65_535, true],
    loss: [0, 1, false],
    reordering: [0, 1, false],
    holdNs: [1, 1e13, true],
    duplication: [0, 1, false],
    corruption: [0, 1, false],
  };

/** @throws RangeError — something makes no sense; names it, and says what would. */
export function checkedLink(options: LinkOptions): Link {
  for (const [name, value] of Object.entries(options)) check(name, value as unknown);
  const { bitsPerSecond = null, mtu = DEFAULTS.mtu } = options;
  return { ...DEFAULTS, holdNs: usualHold({ bitsPerSecond, mtu }), ...options };
}

function check(name: string, value: unknown): void {
  if (!Object.hasOwn(RANGES, name)) {
    throw new RangeError(`a link has no "${name}"; it has ${Object.keys(RANGES).join(', ')}`);
  }
  if (name === 'bitsPerSecond' && value === null) return;
  const [least, most, whole] = RANGES[name as keyof Link];
  const fits = typeof value === 'number' && value >= least && value <= most;
  if (fits && (!whole || Number.isInteger(value))) return;
  const kind = whole ? 'a whole number' : 'a number';
  throw new RangeError(
    `${name} of a link is ${String(value)}, and should be ${kind} from ${least} to ${most}`,
  );
}
