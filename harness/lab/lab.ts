/**
 * Several hosts joined by links, in virtual time.
 *
 * The lab looks for what happens next anywhere, a timer of a host or a frame that arrives, goes to that
 * moment, lets those hosts do it to whom it happens, and puts on the links what they send. A host at which
 * nothing happens is left alone until then, and so costs nothing; at the end of a run all have the same time.
 *
 * What a host sends is felt by another when the shortest link has been passed, not before. So hosts that can live
 * through several moments do, each by itself, until then; what they have sent is put into its order afterwards, and
 * nobody can tell the difference.
 */
import assert from 'node:assert/strict';
import { Arrivals, type Arrival } from './arrivals.ts';
import type { Frame } from './frame.ts';
import type { Incoming, LabHost, Outgoing, Seen, Stepped } from './host.ts';
import type { End, Hosted } from './hosted.ts';
import { checkedLink, type Link, type LinkOptions } from './link-options.ts';
import { allOf, momentsOf, type Event } from './moments.ts';
import { Wire, type WireCounts } from './wire.ts';

export interface LabOptions<F extends Frame = string> {
  /** Unsigned 32-bit integer from which all chance of the links follows. */
  readonly seed: number;
  /** Hears of every frame that leaves or comes in. */
  readonly seen?: (seen: Seen<F>) => void;
}

/** When a run ends; whatever comes first. Left out: when the lab is at rest. */
export interface RunLimits<F extends Frame = string> {
  /** Nanoseconds since the lab began. */
  readonly until?: number;
  /** Asked whenever something has happened. */
  readonly when?: () => boolean | Promise<boolean>;
  /** Frames that come to a host of that name and may bring about what `when` asks for; left out: any may. */
  readonly telling?: (host: string, frame: F) => boolean;
  /** Ends it also when no frame is under way and none has left for so many nanoseconds. */
  readonly quietNs?: number;
  /** Moments at which something may happen before the run is given up. */
  readonly moments?: number;
}

export type RunEnd = 'time' | 'condition' | 'rest' | 'quiet';

const delayOf = ({ wire }: { readonly wire: Wire }): number => wire.link.delayNs;

/** Frames given to a host before it is asked what it has sent: an answer has a longest length. */
const AT_ONCE = 64;

/** What a host is given now; there is hardly ever more than it can be given at once. */
function taken<F extends Frame>(hosted: Hosted<F>): Incoming<F>[] {
  const { inbox } = hosted;
  hosted.inbox = inbox.length > AT_ONCE ? inbox.slice(AT_ONCE) : [];
  return inbox.length > AT_ONCE ? inbox.slice(0, AT_ONCE) : inbox;
}

const MOST_MOMENTS = 1_000_000;

/** The same, where neither time passes nor a frame is seen. */
const MOST_IDLE = 1000;

/** @typeParam F - how its hosts write frames; one of text can have hosts of any kind. */
export class Lab<F extends Frame = string> {
  /** Nanoseconds since it began. */
  now = 0;
  /** Frames that have left so far. */
  sent = 0;
  readonly #hosts = new Map<string, Hosted<F>>();
  readonly #all: Hosted<F>[] = [];
  readonly #arrivals = new Arrivals<F>();
  readonly #options: LabOptions<F>;
  #order = 0;
  #lastSent = 0;
  /** Moments in a row at which nothing came of it that somebody had something to do. */
  #idle = 0;

  constructor(options: LabOptions<F>) {
    this.#options = options;
  }

  /** @throws RangeError — there is one of that name. */
  add(host: LabHost<F>): void {
    if (this.#hosts.has(host.name)) throw new RangeError(`two hosts are called ${host.name}`);
    const hosted = { host, ends: new Map(), inbox: [], next: Infinity, at: this.now };
    this.#hosts.set(host.name, hosted);
    this.#all.push(hosted);
  }

  /**
   * Joins two interfaces, written HOST:INTERFACE.
   *
   * @param back - the other direction, where it is different.
   * @throws RangeError — the link makes no sense, or there is no such host, or something is joined already.
   */
  join(one: string, other: string, there: LinkOptions, back: LinkOptions = there): void {
    const { seed } = this.#options;
    const wire = (options: LinkOptions, from: string, to: string) =>
      new Wire(checkedLink(options), seed, `${from} > ${to}`);
    const first = { ...this.#place(one), wire: wire(there, one, other) };
    const second = { ...this.#place(other), wire: wire(back, other, one) };
    if (one === other) throw new RangeError(`${one} cannot be joined to itself`);
    const ends = [
      Object.assign(first, { peer: second as End<F> }),
      Object.assign(second, { peer: first as End<F> }),
    ];
    for (const end of ends) end.hosted.ends.set(end.interface, end);
  }

  #place(text: string): Pick<End<F>, 'hosted' | 'interface'> {
    const [host = '', name = ''] = text.split(':');
    const hosted = this.#hosts.get(host);
    if (hosted === undefined) throw new RangeError(`there is no host ${host} in the lab`);
    if (name === '') throw new RangeError(`"${text}" names no interface; write ${host}:eth0`);
    if (hosted.ends.has(name)) throw new RangeError(`${text} is joined already`);
    return { hosted, interface: name };
  }

  /** What became of the frames that one end has sent. @throws RangeError — no link ends there. */
  counts(end: string): Readonly<WireCounts> {
    return this.#joined(end).wire.counts;
  }

  /** What the way from one end is like now. @throws RangeError — no link ends there. */
  link(end: string): Readonly<Link> {
    return this.#joined(end).wire.link;
  }

  /**
   * Makes the way from one end different from now on; what is not named stays.
   *
   * @throws RangeError — no link ends there, or it makes no sense.
   */
  alter(end: string, options: LinkOptions): void {
    const { wire } = this.#joined(end);
    wire.link = checkedLink({ ...wire.link, ...options });
  }

  #joined(end: string): End<F> {
    const [host = '', name = ''] = end.split(':');
    const found = this.#hosts.get(host)?.ends.get(name);
    if (found === undefined) throw new RangeError(`no link ends at ${end}`);
    return found;
  }

  /** The end of a link by which a host reaches another that is next to it. */
  endTowards(host: string, neighbour: string): string {
    const ends = [...(this.#hosts.get(host)?.ends.values() ?? [])];
    const end = ends.find(({ peer }) => peer.hosted.host.name === neighbour);
    if (end === undefined) throw new RangeError(`no link joins ${host} and ${neighbour}`);
    return `${host}:${end.interface}`;
  }

  /** Frames under way. */
  get underWay(): number {
    return this.#arrivals.length;
  }

  /** Puts on the links what a host has been made to send since it was last asked. */
  async gather(name: string): Promise<void> {
    const hosted = this.#hosts.get(name);
    if (hosted === undefined) throw new RangeError(`there is no host ${name} in the lab`);
    await this.#step(hosted, this.now);
  }

  /**
   * Lets things happen.
   *
   * Hosts that never come to rest cannot hold it for ever: moments are counted.
   *
   * @throws AssertionError — so many that somebody must be at fault.
   */
  async run(limits: RunLimits<F> = {}): Promise<RunEnd> {
    const { until = Infinity, when, quietNs = Infinity, moments = MOST_MOMENTS } = limits;
    const foresight = this.#foresight(limits);
    for (const hosted of this.#all) await this.#step(hosted, this.now);
    this.#lastSent = this.now;
    for (let moment = 0; ; moment++) {
      if (when !== undefined) {
        const asked = when();
        const ends = typeof asked === 'boolean' ? asked : await asked;
        if (ends) return this.#end('condition', this.now);
      }
      const at = this.#nextAt();
      const stop = this.#stopBefore(at, until, quietNs);
      if (stop !== undefined) {
        const reached = stop !== 'quiet' && until < Infinity;
        return this.#end(stop, reached ? until : this.now);
      }
      if (moment === moments) assert.fail(this.#neverRests(moments));
      // Who still has something to do at a moment that has been lived through may never come to rest.
      if (at > this.now && foresight > 1) {
        const upTo = Math.min(at + foresight - 1, until, this.#lastSent + quietNs);
        await this.#live(Math.max(at, upTo), limits.telling);
      } else {
        const happening = this.#happen(Math.max(this.now, at));
        if (happening !== undefined) await happening;
      }
    }
  }

  /** For how long no host feels what another does; 0: they are to be asked at each moment. */
  #foresight({ when, telling }: RunLimits<F>): number {
    if (when !== undefined && telling === undefined) return 0;
    if (this.#all.some(({ host }) => host.live === undefined)) return 0;
    const delays = this.#all.flatMap(({ ends }) => [...ends.values()].map(delayOf));
    return Math.min(Number.MAX_SAFE_INTEGER, ...delays);
  }

  #stopBefore(at: number, until: number, quietNs: number): RunEnd | undefined {
    if (at === Infinity) return 'rest';
    if (at > until) return 'time';
    if (this.#arrivals.length === 0 && at - this.#lastSent > quietNs) return 'quiet';
    return undefined;
  }

  /** Gives all hosts the time at which a run has ended. */
  async #end(end: RunEnd, at: number): Promise<RunEnd> {
    this.now = Math.max(this.now, at);
    for (const hosted of this.#all) {
      if (hosted.at < this.now) await this.#step(hosted, this.now);
    }
    return end;
  }

  #nextAt(): number {
    let at = this.#arrivals.firstAt;
    for (const { next } of this.#all) if (next < at) at = next;
    return at;
  }

  /** What happens at this moment, host by host; a promise only where a host makes one. */
  #happen(now: number): Promise<void> | undefined {
    const idle = now === this.now && this.#arrivals.firstAt > now;
    const { sent } = this;
    this.now = now;
    while (this.#arrivals.firstAt <= now) {
      const arrival = this.#arrivals.takeFirst();
      if (arrival === undefined) break;
      const { to, frame, remark } = arrival;
      to.hosted.inbox.push({ interface: to.interface, frame });
      if (this.#options.seen !== undefined) this.#tell(to, 'in', now, frame, remark);
    }
    const happened = (): void => {
      this.#idle = idle && this.sent === sent ? this.#idle + 1 : 0;
      if (this.#idle === MOST_IDLE) assert.fail(this.#neverRests(MOST_IDLE));
    };
    const stepping = this.#stepAll(now, 0);
    if (stepping !== undefined) return stepping.then(happened);
    happened();
    return undefined;
  }

  /** Those to whom something happens, from that place on. */
  #stepAll(now: number, from: number): Promise<void> | undefined {
    for (let place = from; place < this.#all.length; place++) {
      const hosted = this.#all[place] as Hosted<F>;
      if (hosted.inbox.length === 0 && hosted.next > now) continue;
      const stepping = this.#step(hosted, now);
      if (stepping !== undefined) return stepping.then(() => this.#stepAll(now, place + 1));
    }
    return undefined;
  }

  /** Hosts live through what is known to happen up to that time, or to a frame that is telling. */
  async #live(upTo: number, telling: RunLimits<F>['telling'] = () => false): Promise<void> {
    const { came, until } = this.#takeUpTo(upTo, telling);
    const moments = momentsOf(came);
    const living = this.#all.filter((hosted) => moments.has(hosted) || hosted.next <= until);
    const due = living.map(({ next }) => next).filter((next) => next <= until);
    const end = Math.max(came.at(-1)?.at ?? 0, ...due);
    const lived = await allOf(living, async (hosted) =>
      hosted.host.live?.(moments.get(hosted) ?? [], end),
    );
    const events = came.map((arrival): Event<F> => ({ at: arrival.at, arrival }));
    for (const [place, hosted] of living.entries()) {
      const { frames, next } = lived[place] as Stepped<F>;
      Object.assign(hosted, { at: end, next: next ?? Infinity });
      for (const frame of frames) events.push({ at: frame.at, frame, hosted });
    }
    // Of one time, what has come is told first, and what hosts have sent in their order.
    for (const event of events.sort((one, other) => one.at - other.at)) {
      this.now = event.at;
      if ('frame' in event) this.#send(event.hosted, event.frame);
      else this.#tell(event.arrival.to, 'in', event.at, event.arrival.frame, event.arrival.remark);
    }
    this.now = end;
    this.#idle = 0;
  }

  /** What arrives, and when that ends. */
  #takeUpTo(upTo: number, telling: (host: string, frame: F) => boolean) {
    const came: Arrival<F>[] = [];
    let until = upTo;
    while (this.#arrivals.firstAt <= until) {
      const arrival = this.#arrivals.takeFirst() as Arrival<F>;
      came.push(arrival);
      const { at, to, frame } = arrival;
      if (came.length === AT_ONCE || telling(to.hosted.host.name, frame)) until = at;
    }
    return { came, until };
  }

  #step(hosted: Hosted<F>, at: number): Promise<void> | undefined {
    const given = hosted.host.step(at, taken(hosted));
    return given instanceof Promise
      ? given.then((stepped) => this.#stepped(hosted, at, stepped))
      : this.#stepped(hosted, at, given);
  }

  #stepped(hosted: Hosted<F>, at: number, { frames, next }: Stepped<F>): Promise<void> | undefined {
    hosted.at = at;
    hosted.next = next ?? Infinity;
    for (const frame of frames) this.#send(hosted, frame);
    return hosted.inbox.length > 0 ? this.#step(hosted, at) : undefined;
  }

  #send(hosted: Hosted<F>, { interface: name, at, frame }: Outgoing<F>): void {
    const end = hosted.ends.get(name);
    this.sent++;
    this.#lastSent = this.now;
    if (at > this.now) {
      assert.fail(
        `host ${hosted.host.name}: a frame has left at ${at} ns, and it is ${this.now} ns`,
      );
    }
    if (end === undefined) return;
    const passage = end.wire.carry(at, frame);
    if ('dropped' in passage) return this.#tell(end, 'out', at, frame, passage.dropped);
    this.#tell(end, 'out', at, frame, undefined);
    for (const copy of passage.copies) {
      this.#arrivals.add({
        at: Math.max(copy.at, this.now),
        order: this.#order++,
        to: end.peer,
        frame: copy.frame,
        remark: copy.remark,
      });
    }
  }

  #tell(
    { hosted, interface: name }: End<F>,
    direction: 'in' | 'out',
    at: number,
    frame: F,
    remark: string | undefined,
  ): void {
    const host = hosted.host.name;
    this.#options.seen?.({ host, interface: name, direction, at, frame, remark });
  }

  #neverRests(moments: number): string {
    const busy = this.#all
      .filter(({ next }) => next < Infinity)
      .map(({ host, next }) => `${host.name} has something to do at ${next} ns`);
    const under = `${this.#arrivals.length} frames are under way`;
    return [`the lab does not come to rest in ${moments} moments`, under, ...busy].join('; ');
  }
}
