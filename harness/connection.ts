/** A booted implementation as the harness sees it, whether in this process or behind a pipe. */
import { inspect } from 'node:util';
import type { HelloValue, RawPorts } from '../contract/index.ts';

/** A line of the conversation: what was asked and what came back. */
export interface Exchange {
  readonly request: string;
  /** Undefined while nothing has come back. */
  readonly reply: string | undefined;
}

/** What is made of an answer as soon as it is there. */
export type Read<Value> = (answer: unknown) => Value | Promise<Value>;

/** Leaves an answer as it is. */
export const unread: Read<unknown> = (answer) => answer;

/** What hears an answer, for a promise of what read makes of it. */
export function reader<Value>(
  read: Read<Value>,
  resolve: (value: Value | Promise<Value>) => void,
  reject: (error: unknown) => void,
): (answer: unknown) => void {
  return (answer) => {
    try {
      resolve(read(answer));
    } catch (error) {
      reject(error);
    }
  };
}

export interface Connection {
  readonly hello: HelloValue;

  /** Of a module of this process that has them. */
  readonly raw?: RawPorts;

  /** Calls that were made so far: where none was since, a host whose clock stands still has done nothing. */
  readonly calls: number;

  /**
   * Makes a call.
   *
   * @param op - PORT.METHOD.
   * @param read - makes of the unchecked answer what the caller wants; left out: the answer itself.
   * @throws ImplementationFailed — it crashed, hung, or sent something that is no reply.
   * @throws whatever read throws.
   */
  call(op: string, args: object): Promise<unknown>;
  call<Value>(op: string, args: object, read: Read<Value>): Promise<Value>;

  /**
   * Ends a scenario and makes ready for the next one.
   *
   * @returns whether this connection can be used again; if not, it is closed.
   * @throws ImplementationFailed — it has misbehaved since the scenario began; it is closed.
   */
  finish(): Promise<boolean>;

  /** Ends it at once, whatever it is doing; never fails. */
  close(): Promise<void>;

  /** The last exchanges, oldest first. */
  lastExchanges(): readonly Exchange[];

  /** The end of what it wrote to its log. */
  log(): string;
}

export interface ConnectOptions {
  readonly seed: number;
  /** Whether a process is used for one scenario only, even if it could be reset. */
  readonly fresh?: boolean;
  readonly profile: string;
  /** Wall-clock bound for one call, in milliseconds. */
  readonly callTimeoutMs: number;
  /** The same for starting and greeting; left out: that of a call, and at least 10 seconds. */
  readonly startTimeoutMs?: number;
}

/** Milliseconds; a fresh process reads its program first, which has nothing to do with how it answers. */
export function startTimeout({
  callTimeoutMs,
  startTimeoutMs,
}: Pick<ConnectOptions, 'callTimeoutMs' | 'startTimeoutMs'>): number {
  return startTimeoutMs ?? Math.max(callTimeoutMs, 10_000);
}

/** How to start one. @throws ImplementationFailed — it could not be started or greeted. */
export type Connect = (options: ConnectOptions) => Promise<Connection>;

const KEPT_EXCHANGES = 6;
const SHOWN_LENGTH = 400;

/** Keeps the last few exchanges; text is made only when somebody asks. */
export class Conversation {
  /** A ring: the next exchange takes the place of the oldest. */
  readonly #kept: { request: unknown; reply: unknown }[] = [];
  #asked = 0;

  asked(request: unknown): void {
    this.#kept[this.#asked++ % KEPT_EXCHANGES] = { request, reply: undefined };
  }

  answered(reply: unknown): void {
    const last = this.#kept[(this.#asked - 1) % KEPT_EXCHANGES];
    if (last !== undefined) last.reply = reply;
  }

  last(): readonly Exchange[] {
    const oldest = this.#asked % KEPT_EXCHANGES;
    const inOrder = [...this.#kept.slice(oldest), ...this.#kept.slice(0, oldest)];
    return inOrder.map(({ request, reply }) => ({
      request: shown(request) ?? '',
      reply: shown(reply),
    }));
  }
}

function shown(line: unknown): string | undefined {
  if (line === undefined) return undefined;
  const text = typeof line === 'string' ? line.replace(/\n$/, '') : written(line);
  return text.length > SHOWN_LENGTH
    ? `${text.slice(0, SHOWN_LENGTH)}… (${text.length} characters)`
    : text;
}

/** As it would be on a pipe; what a module answers may be anything. */
function written(line: unknown): string {
  try {
    return JSON.stringify(line) ?? String(line);
  } catch {
    return inspect(line);
  }
}
