/**
 * The implementation that this process judges: one a process, kept from scenario to scenario.
 *
 * A worker of a parallel run is a process of its own and opens its own from the same parameters.
 */
import type { HelloValue, Profile } from '../contract/index.ts';
import { isCapability } from './built-ports.ts';
import { clientPorts, type ClientPorts } from './client.ts';
import type { Connect } from './connection.ts';
import { Driver } from './driver.ts';
import { loadImplementation } from './load.ts';
import { CannotDrive, GivenUp, ImplementationFailed } from './problems.ts';

/** What a run tells each worker, as plain JSON. */
export interface SessionParameters {
  readonly impl: string;
  /** Run a module in a process of its own; undefined: as loadImplementation decides. */
  readonly isolate?: boolean;
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
}

export class Session {
  readonly parameters: SessionParameters;
  readonly driver: Driver;
  readonly ports: ClientPorts;
  hello: HelloValue | undefined;

  constructor(parameters: SessionParameters, connect: Connect) {
    this.parameters = parameters;
    this.driver = new Driver(connect, { ...parameters, profile: parameters.profile ?? 'notes' });
    this.ports = clientPorts(this.driver.connection);
  }

  /** @throws ImplementationFailed — it did not start. @throws GivenUp — once too often. */
  async begin(): Promise<HelloValue> {
    this.hello = await this.driver.begin();
    return this.hello;
  }

  /** The profile that it is judged by. */
  get profile(): string {
    return this.parameters.profile ?? this.hello?.profile ?? 'notes';
  }

  offers(capability: string): boolean {
    return Object.hasOwn(this.hello?.capabilities ?? {}, capability);
  }
}

let current: Session | undefined;

/** Opens the session of this process, or returns it when it is open with the same parameters. */
export async function openSession(parameters: SessionParameters): Promise<Session> {
  if (current !== undefined) return current;
  current = new Session(parameters, await loadImplementation(parameters.impl, parameters.isolate));
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
  await closing?.driver.close();
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
    const hello = await session.begin();
    return { hello, profile: session.profile };
  } catch (error) {
    await closeSession();
    if (error instanceof ImplementationFailed || error instanceof GivenUp) {
      throw new CannotDrive(`"${parameters.impl}" could not be greeted: ${error.message}`);
    }
    throw error;
  }
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
    return `the rule holds in profile ${profiles.join(', ')}`;
  }
  return undefined;
}
