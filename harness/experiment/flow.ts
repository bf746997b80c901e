/** A transfer as it is seen on the wire at its two ends. Times in nanoseconds since the lab began. */

export interface FlowPlan {
  /** The sender's port: by it the frames are known. */
  readonly port: number;
  readonly octets: number;
  readonly control: string;
  /** When it is to begin: to connect, and then to send. */
  readonly startNs: number;
  /** When it connects, if that is long before; left out: when it begins. */
  readonly connectNs?: number;
}

/** A time and what was the case then. */
export type Sample = readonly [at: number, value: number];

export class Flow {
  readonly plan: FlowPlan;
  /** When its first SYN left, or where it had connected before, its first octet. */
  startedAt = -1;
  /** When its last octet had come. */
  endedAt = -1;
  /** Octets of data that were sent again. */
  resent = 0;
  /** Times that the sender sent again although no ACK had come: its timer has done it. */
  timeouts = 0;
  firstTimeoutAt = -1;
  lost = 0;
  /** Octets that were acknowledged, and that were sent at all. */
  acked = 0;
  sent = 0;
  /** Octets under way, whenever it changed; kept if asked for. */
  readonly window: Sample[] | undefined;
  #isn = -1;
  #lastAckAt = -1;
  /** What has come behind a gap: beginning and end. */
  readonly #beyond = new Map<number, number>();
  #came = 0;

  constructor(plan: FlowPlan, traced: boolean) {
    this.plan = plan;
    this.window = traced ? [] : undefined;
  }

  /** Octets that have come without a gap. */
  get came(): number {
    return this.#came;
  }

  get done(): boolean {
    return this.endedAt >= 0;
  }

  /** The sender has put a segment on the link. */
  left(at: number, sequence: number, length: number, syn: boolean, dropped: boolean): void {
    if (syn) {
      if (this.startedAt < 0 && this.plan.connectNs === undefined) this.startedAt = at;
      this.#isn = sequence;
      return;
    }
    if (length === 0) return;
    if (this.startedAt < 0) this.startedAt = at;
    const begin = this.#place(sequence);
    if (dropped) this.lost += 1;
    const again = Math.max(0, Math.min(this.sent, begin + length) - begin);
    this.resent += again;
    if (again > 0 && begin <= this.acked && this.#lastAckAt !== at) this.#timedOut(at);
    this.sent = Math.max(this.sent, begin + length);
    this.window?.push([at, this.sent - this.acked]);
  }

  #timedOut(at: number): void {
    this.timeouts += 1;
    if (this.firstTimeoutAt < 0) this.firstTimeoutAt = at;
  }

  #place(sequence: number): number {
    return (sequence - this.#isn - 1) >>> 0;
  }

  /** An ACK has come to the sender. */
  acknowledged(at: number, number: number): void {
    this.#lastAckAt = at;
    const acked = this.ackedBy(number);
    if (acked <= this.acked) return;
    this.acked = acked;
    this.window?.push([at, Math.max(0, this.sent - acked)]);
  }

  /** Octets that an ACK acknowledges. */
  ackedBy(number: number): number {
    return Math.min(this.#place(number), this.plan.octets);
  }

  /** Octets that have come without a gap when a segment has come, if it closes all gaps. */
  mostWith(sequence: number, length: number): number {
    return Math.max(this.#came, this.#place(sequence) + length, ...this.#beyond.values());
  }

  /** A segment has come to the receiver. @returns whether it was the first one with data. */
  arrived(at: number, sequence: number, length: number): boolean {
    if (length === 0) return false;
    const first = this.#came === 0 && this.#beyond.size === 0;
    const begin = this.#place(sequence);
    if (begin > this.#came) this.#beyond.set(begin, begin + length);
    else this.#came = Math.max(this.#came, begin + length);
    for (const [from, to] of this.#beyond) {
      if (from > this.#came) continue;
      this.#came = Math.max(this.#came, to);
      this.#beyond.delete(from);
    }
    if (this.#came >= this.plan.octets && this.endedAt < 0) this.endedAt = at;
    return first;
  }

  /** Octets a second, from the beginning to the last octet. */
  get rate(): number {
    return (this.plan.octets * 1e9) / (this.endedAt - this.startedAt);
  }
}
