/**
 * The implementation that this process judges: one a process, kept from scenario to scenario.
 *
 * A worker of a parallel run is a process of its own and opens its own from the same parameters. Where a
 * scenario has several hosts, the first is the implementation and the others are peers.
 */
import type { HelloValue, Profile } from '../contract/index.ts';
import { isCapability } from './built-ports.ts';
import { clientPorts, type ClientPorts } from './client.ts';
import { clockOf, type Clock } from './clock.ts';
import type { Connect, Connection } from './connection.ts';
import { Driver } from './driver.ts';
import type { RowHost } from './lab/index.ts';
import { loadImplementation } from './load.ts';
import { Peers, type Peer } from './peers.ts';
import { CannotDrive, GivenUp, ImplementationFailed } from './problems.ts';

/** What a run tells each worker, as plain JSON. */
export interface SessionParameters {
  readonly impl: string;
  /** What the other hosts of a lab are; undefined: the same. */
  readonly peer?: string;
  /** Profile to ask of them; undefined: the same. */
  readonly peerProfile?: Profile;
  /** Run a module in a process of its own; undefined: as loadImplementation decides. */
  readonly isolate?: boolean;
  /** Start a process of its own for each scenario, even if it can be reset; undefined: only if it cannot. */
  readonly fresh?: boolean;
  /** Profile to judge by; undefined: the one that the implementation declares. */
  readonly profile?: Profile;
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  /** Whether a case that fails is made smaller; undefined: it is. Only a person who reads it needs that. */
  readonly shrink?: boolean;
  readonly callTimeoutMs: number;
  readonly startTimeoutMs?: number;
  readonly maxRestarts: number;
  /** Longest that a scenario may wait where time is real; undefined: MAX_WAIT_MS. */
  readonly maxWaitMs?: number;
}

export class Session {
  readonly parameters: SessionParameters;
  readonly driver: Driver;
  readonly ports: ClientPorts;
  /** The other hosts of a lab. */
  readonly peers: Peers;
  hello: HelloValue | undefined;

  constructor(parameters: SessionParameters, connect: Connect, connectPeer: Connect = connect) {
    this.parameters = parameters;
    const options = { ...parameters, profile: parameters.profile ?? 'notes' };
    this.driver = new Driver(connect, options);
    this.ports = clientPorts(this.driver.connection);
    const { peerProfile = options.profile } = parameters;
    this.peers = new Peers(connectPeer, { ...options, profile: peerProfile });
  }

  /** @throws ImplementationFailed — it did not start. @throws GivenUp — once too often. */
  async begin(): Promise<HelloValue> {
    this.hello = await this.driver.begin();
    return this.hello;
  }

  /** Looks whether a peer can be had. @throws ImplementationFailed — not so. */
  async greetPeer(): Promise<void> {
    await this.peers.begin('peer');
    await this.peers.end();
  }

  /** The profile that it is judged by. */
  get profile(): string {
    return this.parameters.profile ?? this.hello?.profile ?? 'notes';
  }

  get clock(): Clock {
    return clockOf(this.hello);
  }

  /** Calls that were made of it so far. */
  get calls(): number {
    return this.driver.calls;
  }

  offers(capability: string): boolean {
    return Object.hasOwn(this.hello?.capabilities ?? {}, capability);
  }

  /**
   * Ends the scenario, for the implementation and for its peers.
   *
   * @throws ImplementationFailed — one has misbehaved since it began; all are ended.
   */
  async end(): Promise<void> {
    try {
      await this.driver.end();
    } finally {
      await this.peers.end();
    }
  }

  /**
   * Hosts that remember nothing: ends the scenario so far, and goes on with fresh ones.
   *
   * @throws as begin and end do.
   */
  async hosts(names: readonly string[]): Promise<readonly RowHost[]> {
    await this.end();
    await this.begin();
    const hosts: RowHost[] = [];
    for (const [place, name] of names.entries()) {
      hosts.push(await this.hostAt(place, name));
    }
    return hosts;
  }

  /**
   * A host of a scenario's lab: the first is the implementation itself, the others are peers.
   *
   * @throws as Driver.begin does, of a peer.
   */
  async hostAt(place: number, name: string): Promise<RowHost & { readonly hello: HelloValue }> {
    const { ports, hello, calls } = place === 0 ? this.#itself() : await this.peers.begin(name);
    const still = clockOf(hello).kind === 'virtual';
    return { name, ports, hello, together: hello.batch === true, ...(still && { calls }) };
  }

  #itself(): Peer {
    const { ports, hello, driver } = this;
    if (hello === undefined) throw new Error('no scenario has begun');
    return { ports, hello, calls: () => driver.calls };
  }

  /** How often one has died so far. */
  get deaths(): number {
    return this.driver.deaths + this.peers.deaths;
  }

  /**
   * The connections of the scenario: for reports.
   *
   * @param hosts - names of its hosts, if it has any; the first is the implementation itself.
   */
  *lastConnections([own = 'it', ...others]: readonly string[]): Generator<{
    readonly host: string;
    readonly connection: Connection;
  }> {
    const { last } = this.driver;
    if (last !== undefined) yield { host: own, connection: last };
    for (const host of others) {
      const connection = this.peers.last(host);
      if (connection !== undefined) yield { host, connection };
    }
  }

  /** The run is over: nothing is started or answered any more. */
  abandon(): void {
    this.driver.abandon();
    this.peers.abandon();
  }

  async close(): Promise<void> {
    await this.driver.close();
    await this.peers.close();
  }
}

let current: Session | undefined;

/** Opens the session of this process, or returns it when it is open with the same parameters. */
export async function openSession(parameters: SessionParameters): Promise<Session> {
  if (current !== undefined) return current;
  const { impl, peer, isolate } = parameters;
  const connect = await loadImplementation(impl, isolate);
  const connectPeer = peer === undefined ? connect : await loadImplementation(peer, isolate);
  current = new Session(parameters, connect, connectPeer);
  return current;
}

/** @throws Error — no session is open. */
export function session(): Session {
  if (current === undefined) throw new Error('no implementation has been loaded');
  return current;
}

export async function closeSession(): Promise<void> {
  const closing = current;
  current = undefined;
  await closing?.close();
}

/** What is known once the implementation has been greeted. */
export interface Greeted {
  readonly hello: HelloValue;
  readonly profile: string;
}

/**
 * Opens the session and greets the implementation.
 *
 * @throws CannotDrive — it cannot be loaded, started or greeted.
 */
export async function greet(parameters: SessionParameters): Promise<Greeted> {
  const session = await openSession(parameters);
  try {
    const hello = await greeted(parameters.impl, session.begin());
    const { peer } = parameters;
    // One that is another is greeted before it is needed: the mistake may be in its name.
    if (peer !== undefined) await greeted(peer, session.greetPeer());
    return { hello, profile: session.profile };
  } catch (error) {
    await closeSession();
    throw error;
  }
}

function greeted<Greeting>(what: string, greeting: Promise<Greeting>): Promise<Greeting> {
  return greeting.catch((error: unknown) => {
    if (error instanceof ImplementationFailed || error instanceof GivenUp) {
      throw new CannotDrive(`"${what}" could not be greeted: ${error.message}`);
    }
    throw error;
  });
}

/** Why a scenario is not to be run on this implementation; undefined if it is. */
export function notApplicable(
  { capabilities, profiles }: { capabilities: readonly string[]; profiles: readonly string[] },
  { offers, profile }: { offers: (capability: string) => boolean; profile: string },
): string | undefined {
  const unknown = capabilities.find((name) => !isCapability(name));
  if (unknown !== undefined) throw new Error(`the contract has no capability "${unknown}"`);
  const missing = capabilities.filter((capability) => !offers(capability));
  if (missing.length > 0) return `it does not offer ${missing.join(', ')}`;
  if (profiles.length > 0 && !profiles.includes(profile)) {
    return `the rule holds in profile ${[...new Set(profiles)].join(', ')}`;
  }
  return undefined;
}
