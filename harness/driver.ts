/**
 * Keeps an implementation running from scenario to scenario.
 *
 * Every scenario begins with a freshly booted or reset implementation. What goes wrong at the end of a
 * scenario (a crash after the last answer, a stray line) is that scenario's, so making ready for the
 * next one belongs to its end. One that cannot be started several times in a row, or dies too often, is
 * given up.
 */
import type { HelloValue } from '../contract/index.ts';
import type { Connect, Connection, ConnectOptions } from './connection.ts';
import { GivenUp } from './problems.ts';

/** Attempts in a row that may fail before the handshake. */
const MAX_FAILED_STARTS = 3;

export interface DriverOptions extends ConnectOptions {
  /** How many deaths the run puts up with. */
  readonly maxRestarts: number;
}

export class Driver {
  readonly #connect: Connect;
  readonly #options: DriverOptions;
  #connection: Connection | undefined;
  #last: Connection | undefined;
  #failedStarts = 0;
  #deaths = 0;
  #abandoned = false;
  /** Calls of those that are no more. */
  #callsBefore = 0;

  constructor(connect: Connect, options: DriverOptions) {
    this.#connect = connect;
    this.#options = options;
  }

  /** The connection of the scenario that is being run. */
  readonly connection = (): Connection => {
    if (this.#connection === undefined) throw new Error('no scenario has begun');
    return this.#abandoned ? silent(this.#connection) : this.#connection;
  };

  /** Calls that were made so far, of one after another. */
  get calls(): number {
    return this.#callsBefore + (this.#connection?.calls ?? 0);
  }

  /** How often one has died so far. */
  get deaths(): number {
    return this.#deaths;
  }

  /** The connection that was used last, dead or alive, if it could be made: for reports. */
  get last(): Connection | undefined {
    return this.#last;
  }

  /** @throws ImplementationFailed — it did not start. @throws GivenUp — once too often. */
  async begin(): Promise<HelloValue> {
    if (this.#abandoned) return never();
    if (this.#connection !== undefined) return this.#connection.hello;
    if (this.#deaths > this.#options.maxRestarts) {
      throw new GivenUp(
        `it died ${this.#deaths} times, more than the ${this.#options.maxRestarts} allowed`,
      );
    }
    if (this.#failedStarts >= MAX_FAILED_STARTS) {
      throw new GivenUp(`it could not be started ${MAX_FAILED_STARTS} times in a row`);
    }
    this.#last = undefined;
    try {
      this.#connection = await this.#connect(this.#options);
    } catch (error) {
      this.#failedStarts += 1;
      throw error;
    }
    this.#failedStarts = 0;
    this.#last = this.#connection;
    return this.#connection.hello;
  }

  /**
   * Ends the scenario.
   *
   * @throws ImplementationFailed — it has misbehaved since the scenario began, and is closed.
   */
  async end(): Promise<void> {
    const connection = this.#leave();
    if (connection === undefined) return;
    try {
      await this.#finish(connection);
    } catch (error) {
      this.#deaths += 1;
      await connection.close();
      throw error;
    }
  }

  /**
   * Goes on with an implementation that remembers nothing of the scenario so far.
   *
   * @throws as begin does.
   */
  async restart(): Promise<void> {
    const connection = this.#leave();
    if (connection !== undefined) {
      await this.#finish(connection).catch(() => connection.close());
    }
    await this.begin();
  }

  /** The run is over: nothing is started or answered any more, so that what is under way stops where it is. */
  abandon(): void {
    this.#abandoned = true;
  }

  async close(): Promise<void> {
    await this.#leave()?.close();
  }

  #leave(): Connection | undefined {
    const connection = this.#connection;
    this.#callsBefore += connection?.calls ?? 0;
    this.#connection = undefined;
    return connection;
  }

  /** One that can be used again stays. */
  async #finish(connection: Connection): Promise<void> {
    if (!(await connection.finish())) return;
    this.#callsBefore -= connection.calls;
    this.#connection = connection;
  }
}

const never = (): Promise<never> => new Promise(() => undefined);

function silent({ hello }: Connection): Connection {
  return {
    hello,
    calls: 0,
    call: never,
    finish: never,
    close: async () => undefined,
    lastExchanges: () => [],
    log: () => '',
  };
}
