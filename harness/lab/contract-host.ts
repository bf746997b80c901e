/** A host of the lab that is an implementation, driven by its ports. */
import assert from 'node:assert/strict';
import type { Errno } from '../../contract/index.ts';
import type { ClientPorts, MaybeAsleep } from '../client.ts';
import { ofHost } from '../problems.ts';
import type { Incoming, LabHost, Moment, Stepped } from './host.ts';

type Network = ClientPorts['network'];

export interface HostOptions {
  /** The time of the lab that it joins. */
  readonly now?: number;
  /** It takes batches. */
  readonly together?: boolean;
  /** Calls that were made of it so far, if nothing can happen there without any. */
  readonly calls?: (() => number) | undefined;
}

export class ContractHost implements LabHost {
  readonly name: string;
  readonly #network: Network;
  /** What its clock showed when the lab began. */
  readonly #origin: number;
  /** How far its clock has been moved, by the lab's time. */
  #at: number;
  /** Whether calls that are made at once share a line. */
  readonly #together: boolean;
  /** Calls that were made of it so far; undefined: something may happen there without any. */
  readonly #calls: (() => number) | undefined;
  /** How many they were when it was last asked. */
  #asked: number | undefined;
  /** What it said then of when it has something to do. */
  #next: number | null = null;
  readonly live: LabHost['live'];

  private constructor(name: string, network: Network, origin: number, options: HostOptions) {
    const { now = 0, together = false, calls } = options;
    this.name = name;
    this.#network = network;
    this.#origin = origin;
    this.#at = now;
    this.#together = together;
    this.#calls = calls;
    // Where time goes by of itself, nothing can be lived through before it is there.
    const canLive = together && calls !== undefined;
    this.live = canLive ? (moments, until) => this.#told(moments, until) : undefined;
  }

  static async on(
    name: string,
    { network }: Pick<ClientPorts, 'network'>,
    options: HostOptions = {},
  ): Promise<ContractHost> {
    const answer = await network.now({}).catch((error: unknown) => {
      throw ofHost(name, error);
    });
    const { at } = value('now', answer, name);
    return new ContractHost(name, network, at - (options.now ?? 0), options);
  }

  step(at: number, incoming: readonly Incoming[]): Stepped | Promise<Stepped> {
    const untouched = this.#asked !== undefined && this.#asked === this.#calls?.();
    if (untouched && at <= this.#at && incoming.length === 0) {
      return { frames: [], next: this.#next };
    }
    return this.#told([{ at, incoming }], at);
  }

  async #told(moments: readonly Moment[], until: number): Promise<Stepped> {
    try {
      return this.#together
        ? await this.#inOneLine(moments, until)
        : await this.#inTurn(moments, until);
    } catch (error) {
      throw ofHost(this.name, error);
    }
  }

  async #inTurn(moments: readonly Moment[], until: number): Promise<Stepped> {
    const network = this.#network;
    const advance = async (to: number) => {
      if (to > this.#at) this.#value('advance', await network.advance({ to: to + this.#origin }));
      this.#at = Math.max(this.#at, to);
    };
    for (const { at, incoming } of moments) {
      await advance(at);
      for (const each of incoming) this.#value('receive', await network.receive(each));
    }
    await advance(until);
    const sent = this.#value('transmitted', await network.transmitted({}));
    const asking = network.now({});
    this.#asked = this.#calls?.();
    return this.#stepped(sent, this.#value('now', await asking));
  }

  /** The same; nobody waits for an answer before the next call goes out. */
  async #inOneLine(moments: readonly Moment[], until: number): Promise<Stepped> {
    const network = this.#network;
    const made: Promise<readonly [method: string, outcome: MaybeAsleep<unknown, Errno>]>[] = [];
    const advance = (to: number) => {
      if (to <= this.#at) return;
      made.push(named('advance', network.advance({ to: to + this.#origin })));
      this.#at = to;
    };
    for (const { at, incoming } of moments) {
      advance(at);
      for (const each of incoming) made.push(named('receive', network.receive(each)));
    }
    advance(until);
    const asked = [network.transmitted({}), network.now({})] as const;
    this.#asked = this.#calls?.();
    // All are awaited before any is judged, so that none is left behind with nobody to hear it.
    const [outcomes, [sent, now]] = await Promise.all([Promise.all(made), Promise.all(asked)]);
    for (const [method, outcome] of outcomes) this.#value(method, outcome);
    return this.#stepped(this.#value('transmitted', sent), this.#value('now', now));
  }

  #stepped({ frames }: Sent, { next }: { readonly next: number | null }): Stepped {
    const origin = this.#origin;
    // A time that has passed would be due for ever.
    const due = next === null ? null : Math.max(next - origin, this.#at);
    this.#next = due;
    if (origin === 0) return { frames, next: due };
    return { frames: frames.map((frame) => ({ ...frame, at: frame.at - origin })), next: due };
  }

  #value<Value>(method: string, outcome: MaybeAsleep<Value, Errno>): Value {
    return value(method, outcome, this.name);
  }
}

async function named<Value>(method: string, made: Promise<Value>) {
  return [method, await made] as const;
}

type Sent = Extract<Awaited<ReturnType<Network['transmitted']>>, { ok: unknown }>['ok'];

function value<Value>(method: string, outcome: MaybeAsleep<Value, Errno>, host: string): Value {
  if ('ok' in outcome) return outcome.ok;
  const { errno, bug } = outcome as { errno?: string; bug?: string };
  assert.fail(`host ${host}: network.${method} comes to ${errno ?? bug ?? 'sleep'}`);
}
