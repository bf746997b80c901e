/**
 * Connections over a pipe: an implementation that is a process of its own.
 *
 * The process is the leader of a new group, so that ending it ends whatever it started. Whatever it
 * does on the pipe that is not one proper reply to the one pending request is a failure of the
 * scenario that is being run, and ends the process.
 */
import { isUtf8 } from 'node:buffer';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { MAX_LINE, PROTOCOL, type HelloValue } from '../contract/index.ts';
import { CallQueue, requestLine, type Calls } from './call-queue.ts';
import { judgeMessage } from './checks.ts';
import {
  Conversation,
  reader,
  startTimeout,
  unread,
  type Connect,
  type Connection,
  type ConnectOptions,
  type Read,
} from './connection.ts';
import { LineReader, SHOWN, shortened } from './lines.ts';
import { ImplementationFailed, whyNotStarted, type Misbehaviour } from './problems.ts';
import { parseReply } from './reply.ts';
import { SUITE_VERSION } from './version.ts';

/** A reply that comes this much later than the limit still tells slow from hung. */
const GRACE = 0.5;

/** How long a process may take to end when it was told bye. */
const BYE_MS = 500;

/** How long a dead process's last output may take to arrive. */
const DRAIN_MS = 100;

/** Requests are numbered from 1, and anew after a reset: a scenario looks the same whatever was run before it. */
const AFTER_HELLO = 2;

const LOG_KEPT = 64 * 1024;

interface Pending {
  readonly id: number;
  /** What is said to be pending: the call, or batch. */
  readonly op: string;
  readonly calls: Calls;
  readonly limitMs: number;
  readonly since: number;
  late: boolean;
}

/** Every process that has not ended, so that none outlives the run. */
const running = new Set<PipeConnection>();

/** Ends every process at once; for the way out. */
export function killAll(): void {
  for (const connection of running) connection.kill();
}

process.on('exit', killAll);

class PipeConnection implements Connection {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #options: ConnectOptions;
  #conversation = new Conversation();
  #pending: Pending | undefined;
  readonly #queue = new CallQueue((calls) => this.#send(calls));
  #watchdog: NodeJS.Timeout | undefined;
  #failed: ImplementationFailed | undefined;
  #ended: string | undefined;
  /** It has ended, and all that it wrote is read unless somebody else keeps its pipes open. */
  readonly #drained: Promise<unknown>;
  #lastOp = 'nothing';
  #saidBye = false;
  #nextId = 1;
  #log = '';
  calls = 0;
  hello!: HelloValue;

  constructor(command: string, args: readonly string[], options: ConnectOptions) {
    this.#options = options;
    this.#process = spawn(command, args, { detached: true, stdio: 'pipe' });
    running.add(this);
    const { stdin, stdout, stderr } = this.#process;
    // A process that is gone is noticed by its exit; the broken pipe would only say it twice.
    stdin.on('error', () => undefined);
    const lines = new LineReader(MAX_LINE, {
      line: (line) => this.#line(line),
      tooLong: (begun) => this.#tooLong(begun),
    });
    stdout.on('data', (chunk: Buffer) => {
      if (this.#failed === undefined) lines.read(chunk);
    });
    stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#log = (this.#log + text).slice(-LOG_KEPT);
    });
    this.#process.on('error', (error) => {
      this.#gone(`could not be started: ${whyNotStarted(command, error)}`);
    });
    this.#process.on('exit', (code, signal) => {
      // Whatever it started is in its group, and may have outlived it.
      this.kill();
      running.delete(this);
      const how = signal === null ? `exited with status ${code}` : `was ended by ${signal}`;
      void this.#drained.then(() => this.#gone(how, code ?? 1));
    });
    this.#drained = new Promise((resolve) => {
      this.#process.once('error', resolve);
      this.#process.once('close', resolve);
      this.#process.once('exit', () => setTimeout(resolve, DRAIN_MS).unref());
    });
  }

  async greet({ profile, seed, ...limits }: ConnectOptions): Promise<void> {
    const args = { protocols: [PROTOCOL], suite: SUITE_VERSION, profile, seed };
    const answer = await this.#request('hello', args, startTimeout(limits));
    // It waits as long as a start may take, which is too long for a call.
    clearTimeout(this.#watchdog);
    this.#watchdog = undefined;
    const value = (answer as { ok?: unknown }).ok;
    const judged = await judgeMessage<HelloValue>('hello', 'ok', value);
    if (judged.issues === undefined) {
      this.hello = judged.value;
      this.#queue.batches = this.hello.batch === true;
      return;
    }
    throw this.#fail(
      'invalid-answer',
      `its answer to hello is not valid: ${value === undefined ? shortened(JSON.stringify(answer)) : judged.issues}. ` +
        `A correct one: {"id":1,"ok":{"protocol":"${PROTOCOL}","name":"my-kernel","version":"1","capabilities":{"checksum":1}}}`,
    );
  }

  call<Value>(op: string, args: object, read = unread as Read<Value>): Promise<Value> {
    this.calls += 1;
    return this.#request(op, args, this.#options.callTimeoutMs, read);
  }

  async finish(): Promise<boolean> {
    if (this.#failed !== undefined) throw this.#failed;
    if (this.hello.reset === true && this.#options.fresh !== true) {
      const answer = await this.#request('reset', { seed: this.#options.seed });
      if (typeof answer === 'object' && answer !== null && 'ok' in answer) return this.#forget();
      throw this.#fail('invalid-answer', `it declares reset and answers ${JSON.stringify(answer)}`);
    }
    this.#saidBye = true;
    if (this.#ended === undefined) await this.#request('bye', {});
    else if (this.#process.exitCode !== 0) throw this.#endedFailure();
    this.#endSoon();
    return false;
  }

  async close(): Promise<void> {
    if (this.#failed === undefined && this.#pending === undefined && !this.#saidBye) {
      this.#saidBye = true;
      await this.#request('bye', {}).catch(() => undefined);
    }
    this.#endSoon();
    await this.#drained;
  }

  /** Ends the process and whatever it started. */
  kill(): void {
    const { pid } = this.#process;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // All of them are gone already.
    }
  }

  /** What the next scenario reports is its own, as if the process had just been greeted. */
  #forget(): true {
    this.#conversation = new Conversation();
    this.#log = '';
    this.#nextId = AFTER_HELLO;
    return true;
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
    void this.#drained.then(() => clearTimeout(timer));
  }

  #request<Value>(
    op: string,
    args: object,
    limitMs = this.#options.callTimeoutMs,
    read = unread as Read<Value>,
  ): Promise<Value> {
    if (this.#failed !== undefined) return Promise.reject(this.#failed);
    if (this.#ended !== undefined) return Promise.reject(this.#endedFailure());
    return new Promise((resolve, reject) => {
      this.#queue.add({
        op,
        text: JSON.stringify({ op, args }),
        limitMs,
        resolve: reader(read, resolve, reject),
        reject,
      });
    });
  }

  #send(calls: Calls): void {
    const [{ op, limitMs }] = calls;
    const id = this.#nextId++;
    const line = requestLine(id, calls);
    this.#conversation.asked(line);
    this.#pending = {
      id,
      op: calls.length === 1 ? op : 'batch',
      calls,
      limitMs: limitMs * calls.length,
      since: performance.now(),
      late: false,
    };
    if (this.#ended !== undefined) {
      this.#endedFailure();
      return;
    }
    if (this.#watchdog === undefined) this.#watch(this.#pending.limitMs);
    this.#process.stdin.write(line);
  }

  /**
   * One timer serves many calls: when it fires, it looks how long the present one has been waited for.
   * Timers run before pipes are read, so what came while this process was held up is read first.
   */
  #watch(forMs: number): void {
    this.#watchdog = setTimeout(() => {
      setImmediate(() => {
        this.#watchdog = undefined;
        if (this.#pending !== undefined) this.#overdue(this.#pending);
      });
    }, forMs).unref();
  }

  #overdue(pending: Pending): void {
    const waited = performance.now() - pending.since;
    const most = pending.limitMs * (1 + GRACE);
    pending.late = waited >= pending.limitMs;
    if (waited < most) this.#watch((pending.late ? most : pending.limitMs) - waited);
    else this.#fail('hang', `no answer to ${pending.op} within ${pending.limitMs} ms`);
  }

  #tooLong(begun: Buffer): void {
    if (this.#isNoMore()) return;
    this.#conversation.answered(
      `${begun.toString('utf8', 0, SHOWN)}… (${begun.length} octets so far)`,
    );
    this.#fail(
      'oversize',
      `the answer to ${this.#pending?.op ?? 'nothing'} is a line of more than ${MAX_LINE} octets; no answer needs so many`,
    );
  }

  /** Whether what it writes is nobody's concern any more. */
  #isNoMore(): boolean {
    return this.#failed !== undefined || (this.#saidBye && this.#pending === undefined);
  }

  #line(line: Buffer): void {
    if (this.#isNoMore()) return;
    const text = line.toString('utf8');
    const pending = this.#pending;
    if (pending === undefined) {
      this.#conversation.asked('(nothing was asked)');
      this.#conversation.answered(text);
      this.#fail(
        'stray',
        `it sent a line without being asked, after ${this.#lastOp}: ${shortened(text)}`,
      );
      return;
    }
    this.#conversation.answered(text);
    if (isUtf8(line)) this.#reply(pending, text);
    else this.#fail('garbage', `the answer to ${pending.op} is not UTF-8: ${shortened(text)}`);
  }

  #reply(pending: Pending, text: string): void {
    const reply = parseReply(text);
    if (reply.wrong !== undefined) {
      const example = `{"id":${pending.id},"ok":{…}}`;
      this.#fail(
        'garbage',
        `the answer to ${pending.op} is ${reply.wrong}: ${shortened(text)}; a reply looks like ${example}`,
      );
      return;
    }
    const { id, answer } = reply;
    if (id !== pending.id) {
      const got = id === undefined ? 'no id' : `id ${shortened(JSON.stringify(id))}`;
      this.#fail(
        'wrong-id',
        `the answer to ${pending.op} has ${got} where ${pending.id} was asked`,
      );
      return;
    }
    if (pending.late) {
      this.#fail(
        'late',
        `the answer to ${pending.op} came later than the limit of ${pending.limitMs} ms`,
      );
      return;
    }
    this.#pending = undefined;
    this.#lastOp = pending.op;
    const { calls } = pending;
    if (calls.length === 1) calls[0].resolve(answer);
    else if (!this.#batchReply(pending, answer, text)) return;
    this.#queue.answered(calls);
  }

  /** @returns whether every call has got an answer of its own. */
  #batchReply(pending: Pending, answer: object, text: string): boolean {
    const { calls } = pending;
    const { answers } = ((answer as { ok?: unknown }).ok ?? {}) as { answers?: unknown };
    if (Array.isArray(answers) && answers.length === calls.length) {
      for (const [at, call] of calls.entries()) call.resolve(answers[at]);
      return true;
    }
    this.#pending = pending;
    this.#fail(
      'invalid-answer',
      `the answer to a batch of ${calls.length} calls has not as many answers: ${shortened(text)}`,
    );
    return false;
  }

  /** The process ended, and all that it had written has been read. */
  #gone(how: string, code = 1): void {
    if (this.#ended !== undefined) return;
    this.#ended = how;
    running.delete(this);
    const pending = this.#pending;
    if (pending === undefined) return;
    if (pending.op === 'bye' && code === 0) {
      // Some end without a word once they are no longer needed; that is as good.
      this.#pending = undefined;
      for (const call of pending.calls) call.resolve({ ok: {} });
      return;
    }
    // Between two scenarios there is nothing that it could have died of but the one before.
    if (pending.op === 'bye' || pending.op === 'reset') this.#endedFailure();
    else {
      const instead = this.#process.pid === undefined ? '' : ` instead of answering ${pending.op}`;
      this.#fail(code === 0 ? 'exit' : 'crash', `it ${how}${instead}`);
    }
  }

  #endedFailure(): ImplementationFailed {
    const kind = this.#process.exitCode === 0 ? 'exit' : 'crash';
    return this.#fail(kind, `it ${this.#ended} after its answer to ${this.#lastOp}`);
  }

  /** Blames the implementation, ends it, and when its last words are read lets the one who waits know. */
  #fail(kind: Misbehaviour, message: string): ImplementationFailed {
    const failure = new ImplementationFailed(kind, message);
    this.#failed ??= failure;
    const calls = [...(this.#pending?.calls ?? []), ...this.#queue.close()];
    this.#pending = undefined;
    this.kill();
    if (calls.length > 0) {
      void this.#drained.then(() => calls.forEach(({ reject }) => reject(failure)));
    }
    return failure;
  }
}

/** Starts the command anew for each connection. */
export function subprocess(command: string, args: readonly string[]): Connect {
  return async (options) => {
    const connection = new PipeConnection(command, args, options);
    try {
      await connection.greet(options);
    } catch (error) {
      await connection.close();
      const log = connection.log().trim();
      if (!(error instanceof ImplementationFailed) || log === '') throw error;
      throw new ImplementationFailed(
        error.kind,
        `${error.message}\nits log ends: ${log.slice(-2000)}`,
      );
    }
    return connection;
  };
}
