/**
 * The hosts of a lab beside the implementation under test: more instances of it, or of another.
 *
 * Each is started when a scenario first has so many hosts, is kept from scenario to scenario like the
 * implementation itself, and ends only those scenarios in which it was.
 */
import type { HelloValue } from '../contract/index.ts';
import { clientPorts, type ClientPorts } from './client.ts';
import type { Connect, Connection } from './connection.ts';
import { Driver, type DriverOptions } from './driver.ts';
import { ofHost } from './problems.ts';

export interface Peer {
  readonly ports: ClientPorts;
  readonly hello: HelloValue;
  /** Calls that were made of it so far. */
  readonly calls: () => number;
}

interface Kept {
  readonly driver: Driver;
  readonly ports: ClientPorts;
  /** Its name in the last scenario in which it was. */
  host: string;
  /** Whether that scenario is being run. */
  busy: boolean;
}

export class Peers {
  readonly #connect: Connect;
  readonly #options: DriverOptions;
  readonly #kept: Kept[] = [];
  #abandoned = false;

  constructor(connect: Connect, options: DriverOptions) {
    this.#connect = connect;
    this.#options = options;
  }

  /**
   * One that no other host of the scenario is.
   *
   * @param host - what it is called there.
   * @throws as Driver.begin does.
   */
  async begin(host: string): Promise<Peer> {
    const free = this.#kept.find(({ busy }) => !busy) ?? this.#another();
    Object.assign(free, { host, busy: true });
    try {
      const { ports, driver } = free;
      return { ports, hello: await driver.begin(), calls: () => driver.calls };
    } catch (error) {
      throw ofHost(host, error);
    }
  }

  /** Hosts that start alike would choose the same numbers, so each has a seed of its own. */
  #another(): Kept {
    const seed = (this.#options.seed + this.#kept.length + 1) >>> 0;
    const driver = new Driver(this.#connect, { ...this.#options, seed });
    if (this.#abandoned) driver.abandon();
    const kept = { driver, ports: clientPorts(driver.connection), host: '', busy: false };
    this.#kept.push(kept);
    return kept;
  }

  /** Ends the scenario for those in it. @throws ImplementationFailed — as Driver.end does. */
  async end(): Promise<void> {
    const failures: unknown[] = [];
    for (const kept of this.#kept) {
      if (!kept.busy) continue;
      kept.busy = false;
      await kept.driver.end().catch((error: unknown) => failures.push(ofHost(kept.host, error)));
    }
    if (failures.length > 0) throw failures[0];
  }

  /** How often one has died so far. */
  get deaths(): number {
    return this.#kept.reduce((sum, { driver }) => sum + driver.deaths, 0);
  }

  /** The connection of that host, dead or alive, if there was one: for reports. */
  last(host: string): Connection | undefined {
    return this.#kept.find((each) => each.host === host)?.driver.last;
  }

  abandon(): void {
    this.#abandoned = true;
    for (const { driver } of this.#kept) driver.abandon();
  }

  async close(): Promise<void> {
    for (const { driver } of this.#kept) await driver.close();
  }
}
