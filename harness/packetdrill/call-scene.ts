/** What system calls of a script work on, and what they come to. */
import type { Capability } from '../../contract/index.ts';
import type { ClientPorts, MaybeAsleep } from '../client.ts';
import { Inconclusive } from '../problems.ts';
import type { Call, Expression } from './ast.ts';
import { Connection } from './connection.ts';
import { Difference, Unsupported } from './problems.ts';
import type { Settings } from './settings.ts';
import type { Wire } from './wire.ts';

/** All calls of a script are made by one task, one after the other. */
export const TASK = 'script';

/** A call has returned. */
export type Came = { readonly value: number } | { readonly errno: string };

/** It sleeps; look tells whether it still does. */
export interface Sleeping {
  readonly look: () => Promise<Came | undefined>;
  /** When it wakes of itself, where that is the runner's to see to. */
  readonly endNs?: number;
}

export interface Planned {
  readonly needs: readonly Capability[];
  readonly act: (scene: CallScene) => Promise<Came | Sleeping>;
}

/** Makes a plan of a call. @throws Unsupported — an argument is something that is not there. */
export type Planner = (call: Call) => Planned;

/** A socket as a script's number stands for it. */
export interface Descriptor {
  readonly connection: Connection;
  readonly socket: string;
  /** O_NONBLOCK is the runner's to keep: the contract says it with each call. */
  nonBlocking: boolean;
}

export class CallScene {
  readonly ports: ClientPorts;
  readonly settings: Settings;
  readonly wire: Wire;
  readonly #descriptors = new Map<number, Descriptor>();
  /** The one that packets without ports belong to. */
  underTest: Connection | undefined;
  readonly connections: Connection[] = [];

  constructor(ports: ClientPorts, settings: Settings, wire: Wire) {
    this.ports = ports;
    this.settings = settings;
    this.wire = wire;
  }

  descriptor({ kind, ...rest }: Expression): Descriptor {
    const number = kind === 'number' && 'value' in rest ? (rest.value as number) : -1;
    const known = this.#descriptors.get(number);
    if (known !== undefined) return known;
    throw new Inconclusive(`no call of the script has given the descriptor ${number}`);
  }

  /** Gives a socket the number that the script calls it by. */
  number(number: number, descriptor: Descriptor): void {
    if (this.#descriptors.has(number)) {
      throw new Inconclusive(`the script has a descriptor ${number} already; close it first`);
    }
    this.#descriptors.set(number, descriptor);
    descriptor.connection.handle = descriptor.socket;
  }

  forget(number: number): void {
    this.#descriptors.delete(number);
  }

  /** A connection that packets belong to from now on. */
  begin(connection: Connection): Connection {
    this.connections.push(connection);
    this.underTest = connection;
    return connection;
  }
}

/** @throws Unsupported — there are others. */
export function argumentsOf(call: Call, count: number): readonly Expression[] {
  if (call.args.length === count) return call.args;
  const found = `${call.args.length} arguments`;
  throw new Unsupported(call.place, `${call.name} with ${found}; it has ${count}`);
}

/** What an outcome of the contract is to a program. */
export function came<Value>(
  outcome: MaybeAsleep<Value>,
  value: (ok: Value) => number,
): Came | Sleeping {
  if (!('asleep' in outcome)) return returned(outcome, value);
  let call = outcome.asleep;
  const look = async (): Promise<Came | undefined> => {
    const polled = await call.poll();
    if (!('asleep' in polled)) return returned(polled, value);
    call = polled.asleep;
    return undefined;
  };
  return { look };
}

export function returned<Value>(
  outcome: { readonly ok: Value } | { readonly errno: string } | { readonly bug: string },
  value: (ok: Value) => number = () => 0,
): Came {
  if ('ok' in outcome) return { value: value(outcome.ok) };
  if ('errno' in outcome) return { errno: outcome.errno };
  throw new Difference(`the kernel caught a bug: ${outcome.bug}`, 'a result', outcome.bug);
}
