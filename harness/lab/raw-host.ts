/** A host of the lab whose frames are no text: it answers at once, and so the lab need not wait for it. */
import assert from 'node:assert/strict';
import type { RawPorts, RawStep } from '../../contract/index.ts';
import type { ClientPorts } from '../client.ts';
import { ofHost } from '../problems.ts';
import type { Incoming, LabHost, Stepped } from './host.ts';

export class RawHost implements LabHost<Uint8Array> {
  readonly name: string;
  readonly #raw: RawPorts;
  /** What its clock showed when the lab began. */
  readonly #origin: number;

  private constructor(name: string, raw: RawPorts, origin: number) {
    this.name = name;
    this.#raw = raw;
    this.#origin = origin;
  }

  /** @param now - the time of the lab that it joins. */
  static async on(
    name: string,
    { network }: Pick<ClientPorts, 'network'>,
    raw: RawPorts,
    now: number,
  ): Promise<RawHost> {
    const answer = await network.now({});
    assert.ok('ok' in answer, 'a clock cannot be read');
    return new RawHost(name, raw, answer.ok.at - now);
  }

  step(at: number, incoming: readonly Incoming<Uint8Array>[]): Stepped<Uint8Array> {
    try {
      const answer = this.#raw.step(at + this.#origin, incoming);
      if (!('ok' in answer)) assert.fail(`a step comes to ${JSON.stringify(answer)}`);
      return this.#stepped(at, checkedStep(answer.ok));
    } catch (error) {
      throw ofHost(this.name, error);
    }
  }

  #stepped(now: number, { frames, next }: RawStep): Stepped<Uint8Array> {
    const origin = this.#origin;
    const due = next === null ? null : Math.max(next - origin, now);
    if (origin === 0) return { frames, next: due };
    return { frames: frames.map((frame) => ({ ...frame, at: frame.at - origin })), next: due };
  }
}

/** What the schema of `network` asks of the same values. @throws AssertionError */
function checkedStep(step: RawStep): RawStep {
  const { frames, next } = step;
  if (next !== null && !isTime(next)) assert.fail(`${next} is no time at which something is due`);
  for (const { interface: name, at, frame } of frames) {
    if (typeof name === 'string' && isTime(at) && frame instanceof Uint8Array) continue;
    assert.fail(`a frame that has left at ${at} by ${name} is not one of octets`);
  }
  return step;
}

const isTime = (at: number): boolean => Number.isSafeInteger(at) && at >= 0;
