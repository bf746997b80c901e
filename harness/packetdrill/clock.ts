/** The times of a script in those of the implementation, and how exactly they are to be met. */
import type { When } from './ast.ts';
import { Difference } from './problems.ts';
import type { Settings } from './settings.ts';

const NS_A_US = 1000;

/** From when to when something is to happen, in nanoseconds since boot. */
export interface Span {
  readonly fromNs: number;
  readonly toNs: number;
}

export class Clock {
  readonly #settings: Settings;
  /** When the script began. */
  readonly startNs: number;
  /** When the event before happened. */
  #beforeNs: number;

  constructor(settings: Settings, startNs: number) {
    this.#settings = settings;
    this.startNs = startNs;
    this.#beforeNs = startNs;
  }

  /** Relative times count from here on. */
  happened(ns: number): void {
    this.#beforeNs = ns;
  }

  /** @param nowNs - what relative times count from. */
  span(when: When, nowNs: number): Span | undefined {
    if (when.kind === 'any') return undefined;
    const base = when.relative ? nowNs : this.startNs;
    const until = when.kind === 'at' ? when.us : when.untilUs;
    return { fromNs: base + when.us * NS_A_US, toNs: base + until * NS_A_US };
  }

  /** What may be missing on either side. */
  toleranceNs({ fromNs }: Span): number {
    const { toleranceUs, tolerancePercent } = this.#settings;
    const share = Math.ceil(((fromNs - this.#beforeNs) * tolerancePercent) / 100);
    return Math.max(toleranceUs * NS_A_US, share);
  }

  /** @throws Difference — it did not happen in time. */
  check(what: string, span: Span, atNs: number, expected: string, actual: string): void {
    const tolerance = this.toleranceNs(span);
    if (atNs >= span.fromNs - tolerance && atNs <= span.toNs + tolerance) return;
    const says = `${what} at ${this.time(atNs)} s instead of ${this.spanText(span)} s`;
    throw new Difference(`${says} (tolerance ${tolerance / 1e9} s)`, expected, actual);
  }

  spanText({ fromNs, toNs }: Span): string {
    return fromNs === toNs ? this.time(fromNs) : `${this.time(fromNs)}~${this.time(toNs)}`;
  }

  /** Seconds since the script began. */
  time(ns: number): string {
    return ((ns - this.startNs) / 1e9).toFixed(6);
  }
}
