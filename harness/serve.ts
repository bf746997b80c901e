/** The protocol's other side: offers an implementation that is a module over stdin and stdout. */
import {
  PROTOCOL,
  type BatchArgs,
  type Boot,
  type HelloArgs,
  type Implementation,
  type PollArgs,
  type ResetArgs,
} from '../contract/index.ts';
import { checksOf, judgeMessage } from './checks.ts';
import { greetingOf } from './greeting.ts';

type Reply = Record<string, unknown>;

type Method = (args: unknown) => Promise<Reply>;

/** A port as the wire names its methods. */
type Offered = Readonly<Record<string, Method>>;

const NOT_GREETED = { fault: 'the first request must be hello' };

/** One session: boots at hello, boots again at reset. */
class Session {
  readonly #boot: Boot;
  #implementation: Implementation | undefined;
  #profile: HelloArgs['profile'] = 'notes';

  constructor(boot: Boot) {
    this.#boot = boot;
  }

  answer(op: string, args: unknown): Promise<Reply> | Reply {
    switch (op) {
      case 'hello':
        return this.#hello(args);
      case 'reset':
        return this.#reset(args);
      case 'batch':
        return this.#batch(args);
      case 'poll':
        return this.#poll(args);
      case 'bye':
        return this.#bye();
      default:
        return this.#call(op, args);
    }
  }

  async #hello(args: unknown): Promise<Reply> {
    const { value, issues } = await judgeMessage<HelloArgs>('hello', 'args', args);
    if (issues !== undefined) return { fault: issues };
    if (!value.protocols.includes(PROTOCOL)) {
      return { fault: `only ${PROTOCOL} is spoken here, not ${value.protocols.join(', ')}` };
    }
    this.#profile = value.profile;
    this.#implementation = await this.#boot(value);
    return { ok: { ...greetingOf(this.#implementation), reset: true, batch: true } };
  }

  async #reset(args: unknown): Promise<Reply> {
    if (this.#implementation === undefined) return NOT_GREETED;
    const { value, issues } = await judgeMessage<ResetArgs>('reset', 'args', args);
    if (issues !== undefined) return { fault: issues };
    await this.#implementation.shutdown?.();
    this.#implementation = await this.#boot({ ...value, profile: this.#profile });
    return { ok: {} };
  }

  async #poll(args: unknown): Promise<Reply> {
    if (this.#implementation === undefined) return NOT_GREETED;
    const { value, issues } = await judgeMessage<PollArgs>('poll', 'args', args);
    if (issues !== undefined) return { fault: issues };
    return { ...((await this.#implementation.poll?.(value.call)) ?? { unsupported: 'poll' }) };
  }

  async #bye(): Promise<Reply> {
    await this.#implementation?.shutdown?.();
    return { ok: {} };
  }

  async #batch(args: unknown): Promise<Reply> {
    const { value, issues } = await judgeMessage<BatchArgs>('batch', 'args', args);
    if (issues !== undefined) return { fault: issues };
    const answers: Reply[] = [];
    for (const { op, args: each } of value.calls) {
      answers.push(await (op === 'poll' ? this.#poll(each) : this.#call(op, each)));
    }
    return { ok: { answers } };
  }

  #call(op: string, args: unknown): Promise<Reply> | Reply {
    if (this.#implementation === undefined) return NOT_GREETED;
    const checks = checksOf(op);
    const dot = op.indexOf('.');
    const ports = this.#implementation.ports as Record<string, Offered | undefined>;
    const offered = ports[op.slice(0, dot)];
    const name = op.slice(dot + 1);
    if (checks === undefined || typeof offered?.[name] !== 'function') return { unsupported: op };
    if (checks.args(args) === undefined) return this.#callBySchema(op, args, offered[name]);
    return offered[name](args);
  }

  /** A call whose arguments their check did not accept. */
  async #callBySchema(op: string, args: unknown, method: Method): Promise<Reply> {
    const { judgeBySchema } = await import('./schema-judge.ts');
    const { issues } = judgeBySchema(op, 'args', args);
    return issues === undefined ? method(args) : { fault: issues };
  }
}

/**
 * Answers requests, one after another, until bye or the end of input.
 *
 * @throws whatever the implementation throws: then nothing can be said of its state any more.
 */
export function serve(
  boot: Boot,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<void> {
  const session = new Session(boot);
  const waiting: string[] = [];
  let partial = '';
  let busy = false;
  return new Promise((resolve, reject) => {
    const leave = (settle: () => void) => {
      input.removeListener('data', read).removeListener('end', end).pause();
      settle();
    };
    const read = (chunk: string) => {
      const lines = (partial + chunk).split('\n');
      partial = lines.pop() ?? '';
      waiting.push(...lines);
      if (!busy)
        void answerAll().catch((error: unknown) =>
          leave(() => reject(error instanceof Error ? error : new Error(String(error)))),
        );
    };
    const end = () => {
      read(partial === '' ? '' : '\n');
      ended = true;
      if (!busy) leave(resolve);
    };
    let ended = false;
    const answerAll = async () => {
      busy = true;
      for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) {
        const { id, op, args, fault } = parsed(line);
        const answer = op === undefined ? { fault } : await session.answer(op, args);
        output.write(`${JSON.stringify({ id, ...answer })}\n`);
        if (op === 'bye') return leave(resolve);
      }
      busy = false;
      if (ended) leave(resolve);
    };
    (input as NodeJS.ReadStream).setEncoding('utf8');
    input.on('data', read).on('end', end);
  });
}

interface Parsed {
  readonly id?: unknown;
  /** Left out: it is no request, and `fault` says why. */
  readonly op?: string;
  readonly args?: unknown;
  readonly fault?: string;
}

const A_REQUEST = 'a request looks like {"id":2,"op":"checksum.compute","args":{…}}';

function parsed(line: string): Parsed {
  let request: unknown;
  try {
    request = JSON.parse(line);
  } catch (error) {
    return { fault: `not a request: not JSON: ${(error as Error).message}; ${A_REQUEST}` };
  }
  const { id, op, args } = (request ?? {}) as { id?: unknown; op?: unknown; args?: unknown };
  if (!Number.isSafeInteger(id))
    return { fault: `not a request: id: not a whole number; ${A_REQUEST}` };
  if (typeof op !== 'string') return { id, fault: `not a request: op: not text; ${A_REQUEST}` };
  return { id, op, args };
}
