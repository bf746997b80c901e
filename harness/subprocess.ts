/**
 * Connections over a pipe: an implementation that is a process of its own.
 *
 * The process is the leader of a new group, so that ending it ends whatever it started. Whatever it
 * does on the pipe that is not one proper reply to the one pending request is a failure of the
 * scenario that is being run, and ends the process.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { HelloValue, MAX_LINE, PROTOCOL } from '../contract/index.ts';
import { Conversation, type Connect, type Connection, type ConnectOptions } from './connection.ts';
import { ImplementationFailed, type Misbehaviour } from './problems.ts';
import { explainIssues } from './validation.ts';
import { SUITE_VERSION } from './version.ts';

/** A reply that comes this much later than the limit still tells slow from hung. */
const GRACE = 0.5;

/** How long a process may take to end when it was told bye. */
const BYE_MS = 500;

/** How long a dead process's last output may take to arrive. */
const DRAIN_MS = 100;

const LOG_KEPT = 64 * 1024;

interface Pending {
  readonly id: number;
  readonly op: string;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  timer: NodeJS.Timeout | undefined;
  late: boolean;
}

/** Every process still running, so that none outlives the run. */
const running = new Set<PipeConnection>();

/** Ends every process at once; for the way out. */
export function killAll(): void {
  for (const connection of running) connection.kill();
}

class PipeConnection implements Connection {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #limitMs: number;
  readonly #seed: number;
  readonly #conversation = new Conversation();
  readonly #exited: Promise<void>;
  #pending: Pending | undefined;
  #failed: ImplementationFailed | undefined;
  #ended: string | undefined;
  #saidBye = false;
  #nextId = 1;
  #partial: Buffer[] = [];
  #partialLength = 0;
  #log = '';
  hello!: HelloValue;

  constructor(command: string, args: readonly string[], options: ConnectOptions) {
    this.#limitMs = options.callTimeoutMs;
    this.#seed = options.seed;
    this.#process = spawn(command, args, { detached: true, stdio: 'pipe' });
    running.add(this);
    this.#exited = new Promise((resolve) => {
      this.#process.once('exit', () => resolve());
      this.#process.once('error', () => resolve());
    });
    const { stdin, stdout, stderr } = this.#process;
    // A process that is gone is noticed by its exit; the broken pipe would only say it twice.
    stdin.on('error', () => undefined);
    stdout.on('data', (chunk: Buffer) => this.#read(chunk));
    stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#log = (this.#log + text).slice(-LOG_KEPT);
    });
    this.#process.on('error', (error) => this.#gone(`could not be started: ${error.message}`));
    this.#process.on('exit', (code, signal) => {
      const how = signal === null ? `exited with status ${code}` : `was ended by ${signal}`;
      const closed = once(this.#process, 'close');
      const drained = new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref());
      void Promise.race([closed, drained]).then(() => this.#gone(how, code ?? 1));
    });
  }

  async greet(profile: string): Promise<void> {
    const answer = await this.#request('hello', {
      protocols: [PROTOCOL],
      suite: SUITE_VERSION,
      profile,
      seed: this.#seed,
    });
    const value = (answer as { ok?: unknown }).ok;
    const parsed = HelloValue.safeParse(value);
    if (parsed.success) {
      this.hello = parsed.data;
      return;
    }
    throw this.#fail(
      'invalid-answer',
      `its answer to hello is not valid: ${value === undefined ? 'there is no "ok"' : explainIssues(parsed.error, 'ok')}. ` +
        `A correct one: {"id":1,"ok":{"protocol":"${PROTOCOL}","name":"my-kernel","version":"1","capabilities":{"checksum":1}}}`,
    );
  }

  call(op: string, args: object): Promise<unknown> {
    return this.#request(op, args);
  }

  async finish(): Promise<boolean> {
    if (this.#failed !== undefined) throw this.#failed;
    if (this.hello.reset === true) {
      const answer = await this.#request('reset', { seed: this.#seed });
      if (typeof answer === 'object' && answer !== null && 'ok' in answer) return true;
      throw this.#fail('invalid-answer', `it declares reset and answers ${JSON.stringify(answer)}`);
    }
    this.#saidBye = true;
    await this.#request('bye', {});
    this.#endSoon();
    return false;
  }

  async close(): Promise<void> {
    if (this.#ended !== undefined) return;
    if (this.#failed === undefined && this.#pending === undefined && !this.#saidBye) {
      this.#saidBye = true;
      await this.#request('bye', {}).catch(() => undefined);
    }
    this.#endSoon();
    await this.#exited;
  }

  kill(): void {
    running.delete(this);
    const { pid } = this.#process;
    if (pid === undefined || this.#process.exitCode !== null) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  }

  lastExchanges() {
    return this.#conversation.last();
  }

  log(): string {
    return this.#log;
  }

  #endSoon(): void {
    this.#process.stdin.end();
    const timer = setTimeout(() => this.kill(), BYE_MS);
    this.#process.once('exit', () => clearTimeout(timer));
  }

  #request(op: string, args: object): Promise<unknown> {
    if (this.#failed !== undefined) return Promise.reject(this.#failed);
    if (this.#ended !== undefined && !this.#saidBye) return Promise.reject(this.#endedFailure());
    const id = this.#nextId++;
    const line = JSON.stringify({ id, op, args });
    this.#conversation.asked(line);
    return new Promise((resolve, reject) => {
      const pending: Pending = { id, op, resolve, reject, timer: undefined, late: false };
      pending.timer = setTimeout(() => this.#overdue(pending), this.#limitMs);
      this.#pending = pending;
      this.#process.stdin.write(`${line}\n`);
    });
  }

  #overdue(pending: Pending): void {
    pending.late = true;
    pending.timer = setTimeout(() => {
      this.#fail('hang', `no answer to ${pending.op} within ${this.#limitMs} ms`);
    }, this.#limitMs * GRACE);
  }

  #read(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      const line = chunk.subarray(from, end);
      from = end + 1;
      this.#line(this.#partialLength === 0 ? line : Buffer.concat([...this.#partial, line]));
      this.#partial = [];
      this.#partialLength = 0;
    }
    if (from === chunk.length || this.#failed !== undefined) return;
    this.#partial.push(chunk.subarray(from));
    this.#partialLength += chunk.length - from;
    if (this.#partialLength > MAX_LINE) this.#tooLong(this.#partialLength);
  }

  #tooLong(length: number): void {
    const op = this.#pending?.op ?? 'nothing';
    this.#fail(
      'oversize',
      `the answer to ${op} is a line of more than ${MAX_LINE} octets (${length} so far); no answer needs so many`,
    );
  }

  #line(line: Buffer): void {
    if (this.#failed !== undefined || (this.#saidBye && this.#pending === undefined)) return;
    if (line.length > MAX_LINE) return this.#tooLong(line.length);
    const text = line.toString('utf8');
    const pending = this.#pending;
    if (pending === undefined) {
      this.#conversation.asked('(nothing was asked)');
      this.#conversation.answered(text);
      this.#fail('stray', `it sent a line without being asked: ${text.slice(0, 200)}`);
      return;
    }
    this.#conversation.answered(text);
    this.#reply(pending, text);
  }

  #reply(pending: Pending, text: string): void {
    const expected = `{"id":${pending.id},"ok":{…}}`;
    let reply: unknown;
    try {
      reply = JSON.parse(text);
    } catch {
      this.#fail(
        'garbage',
        `the answer to ${pending.op} is not JSON; a reply looks like ${expected}`,
      );
      return;
    }
    if (typeof reply !== 'object' || reply === null || Array.isArray(reply)) {
      this.#fail('garbage', `the answer to ${pending.op} is no object; it looks like ${expected}`);
      return;
    }
    const { id, ...answer } = reply as { id?: unknown };
    if (id !== pending.id) {
      const got = id === undefined ? 'no id' : `id ${JSON.stringify(id)}`;
      this.#fail(
        'wrong-id',
        `the answer to ${pending.op} has ${got} where ${pending.id} was asked`,
      );
      return;
    }
    if (pending.late) {
      this.#fail(
        'late',
        `the answer to ${pending.op} came later than the limit of ${this.#limitMs} ms`,
      );
      return;
    }
    clearTimeout(pending.timer);
    this.#pending = undefined;
    pending.resolve(answer);
  }

  /** The process ended, and all that it had written has been read. */
  #gone(how: string, code = 1): void {
    if (this.#ended !== undefined) return;
    this.#ended = how;
    running.delete(this);
    const pending = this.#pending;
    if (pending === undefined) return;
    if (pending.op === 'bye') {
      // Some end on bye without a word; that is as good.
      clearTimeout(pending.timer);
      this.#pending = undefined;
      pending.resolve({ ok: {} });
      return;
    }
    const kind = code === 0 ? 'exit' : 'crash';
    this.#fail(kind, `it ${how} instead of answering ${pending.op}`);
  }

  #endedFailure(): ImplementationFailed {
    const kind = this.#process.exitCode === 0 ? 'exit' : 'crash';
    this.#failed = new ImplementationFailed(kind, `it ${this.#ended} after its last answer`);
    return this.#failed;
  }

  /** Blames the implementation, ends it, and lets the one who waits know. */
  #fail(kind: Misbehaviour, message: string): ImplementationFailed {
    const failure = new ImplementationFailed(kind, message);
    this.#failed ??= failure;
    const pending = this.#pending;
    this.#pending = undefined;
    clearTimeout(pending?.timer);
    this.kill();
    pending?.reject(failure);
    return failure;
  }
}

/** Starts the command anew for each connection. */
export function subprocess(command: string, args: readonly string[]): Connect {
  return async (options) => {
    const connection = new PipeConnection(command, args, options);
    try {
      await connection.greet(options.profile);
    } catch (error) {
      const log = connection.log().trim();
      connection.kill();
      if (!(error instanceof ImplementationFailed) || log === '') throw error;
      throw new ImplementationFailed(
        error.kind,
        `${error.message}\nits log ends: ${log.slice(-2000)}`,
      );
    }
    return connection;
  };
}
