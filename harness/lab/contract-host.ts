/** A host of the lab that is an implementation, driven by its ports. */
import assert from 'node:assert/strict';
import type { Errno } from '../../contract/index.ts';
import type { ClientPorts, MaybeAsleep } from '../client.ts';
import { ofHost } from '../problems.ts';
import type { Incoming, LabHost, Stepped } from './lab.ts';

type Network = ClientPorts['network'];

export class ContractHost implements LabHost {
  readonly name: string;
  readonly #network: Network;
  /** What its clock showed when the lab began. */
  readonly #origin: number;
  /** How far its clock has been moved, by the lab's time. */
  #at: number;
  /** Whether calls that are made at once share a line. */
  readonly #together: boolean;

  private constructor(
    name: string,
    network: Network,
    origin: number,
    at: number,
    together: boolean,
  ) {
    this.name = name;
    this.#network = network;
    this.#origin = origin;
    this.#at = at;
    this.#together = together;
  }

  /**
   * @param now - the time of the lab that it joins.
   * @param together - it takes batches.
   */
  static async on(
    name: string,
    { network }: Pick<ClientPorts, 'network'>,
    { now = 0, together = false } = {},
  ): Promise<ContractHost> {
    const answer = await network.now({}).catch((error: unknown) => {
      throw ofHost(name, error);
    });
    const { at } = value('now', answer, name);
    return new ContractHost(name, network, at - now, now, together);
  }

  async step(at: number, incoming: readonly Incoming[]): Promise<Stepped> {
    try {
      return this.#together
        ? await this.#inOneLine(at, incoming)
        : await this.#inTurn(at, incoming);
    } catch (error) {
      throw ofHost(this.name, error);
    }
  }

  async #inTurn(at: number, incoming: readonly Incoming[]): Promise<Stepped> {
    const network = this.#network;
    if (at > this.#at) this.#value('advance', await network.advance({ to: at + this.#origin }));
    this.#at = at;
    for (const each of incoming) this.#value('receive', await network.receive(each));
    const sent = this.#value('transmitted', await network.transmitted({}));
    return this.#stepped(sent, this.#value('now', await network.now({})));
  }

  /** The same; nobody waits for an answer before the next call goes out. */
  async #inOneLine(at: number, incoming: readonly Incoming[]): Promise<Stepped> {
    const network = this.#network;
    const advanced = at > this.#at ? [network.advance({ to: at + this.#origin })] : [];
    this.#at = at;
    const received = incoming.map((each) => network.receive(each));
    const asked = [network.transmitted({}), network.now({})] as const;
    // All are awaited before any is judged, so that none is left behind with nobody to hear it.
    const [, , [sent, now]] = await Promise.all([
      Promise.all(advanced).then((all) => all.map((each) => this.#value('advance', each))),
      Promise.all(received).then((all) => all.map((each) => this.#value('receive', each))),
      Promise.all(asked),
    ]);
    return this.#stepped(this.#value('transmitted', sent), this.#value('now', now));
  }

  #stepped({ frames }: Sent, { next }: { readonly next: number | null }): Stepped {
    const origin = this.#origin;
    // A time that has passed would be due for ever.
    const due = next === null ? null : Math.max(next - origin, this.#at);
    if (origin === 0) return { frames, next: due };
    return { frames: frames.map((frame) => ({ ...frame, at: frame.at - origin })), next: due };
  }

  #value<Value>(method: string, outcome: MaybeAsleep<Value, Errno>): Value {
    return value(method, outcome, this.name);
  }
}

type Sent = Extract<Awaited<ReturnType<Network['transmitted']>>, { ok: unknown }>['ok'];

function value<Value>(method: string, outcome: MaybeAsleep<Value, Errno>, host: string): Value {
  if ('ok' in outcome) return outcome.ok;
  const { errno, bug } = outcome as { errno?: string; bug?: string };
  assert.fail(`host ${host}: network.${method} comes to ${errno ?? bug ?? 'sleep'}`);
}
