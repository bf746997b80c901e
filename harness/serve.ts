/** The protocol's other side: offers an implementation that is a module over stdin and stdout. */
import {
  methodOf,
  PROTOCOL,
  HelloArgs,
  PollArgs,
  ResetArgs,
  BatchArgs,
  type Boot,
  type Implementation,
} from '../contract/index.ts';
import { greetingOf } from './greeting.ts';
import { explainIssues } from './validation.ts';

type Reply = Record<string, unknown>;

/** A port as the wire names its methods. */
type Offered = Readonly<Record<string, (args: unknown) => Promise<Reply>>>;

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
    const parsed = HelloArgs.safeParse(args);
    if (!parsed.success) return { fault: explainIssues(parsed.error, 'args') };
    if (!parsed.data.protocols.includes(PROTOCOL)) {
      return { fault: `only ${PROTOCOL} is spoken here, not ${parsed.data.protocols.join(', ')}` };
    }
    this.#profile = parsed.data.profile;
    this.#implementation = await this.#boot(parsed.data);
    return { ok: { ...greetingOf(this.#implementation), reset: true, batch: true } };
  }

  async #reset(args: unknown): Promise<Reply> {
    if (this.#implementation === undefined) return NOT_GREETED;
    const parsed = ResetArgs.safeParse(args);
    if (!parsed.success) return { fault: explainIssues(parsed.error, 'args') };
    await this.#implementation.shutdown?.();
    this.#implementation = await this.#boot({ ...parsed.data, profile: this.#profile });
    return { ok: {} };
  }

  async #poll(args: unknown): Promise<Reply> {
    if (this.#implementation === undefined) return NOT_GREETED;
    const parsed = PollArgs.safeParse(args);
    if (!parsed.success) return { fault: explainIssues(parsed.error, 'args') };
    return {
      ...((await this.#implementation.poll?.(parsed.data.call)) ?? { unsupported: 'poll' }),
    };
  }

  async #bye(): Promise<Reply> {
    await this.#implementation?.shutdown?.();
    return { ok: {} };
  }

  async #batch(args: unknown): Promise<Reply> {
    const parsed = BatchArgs.safeParse(args);
    if (!parsed.success) return { fault: explainIssues(parsed.error, 'args') };
    const answers: Reply[] = [];
    for (const { op, args: each } of parsed.data.calls) {
      answers.push(await (op === 'poll' ? this.#poll(each) : this.#call(op, each)));
    }
    return { ok: { answers } };
  }

  #call(op: string, args: unknown): Promise<Reply> | Reply {
    if (this.#implementation === undefined) return NOT_GREETED;
    const method = methodOf(op);
    const dot = op.indexOf('.');
    const ports = this.#implementation.ports as Record<string, Offered | undefined>;
    const offered = ports[op.slice(0, dot)];
    const name = op.slice(dot + 1);
    if (method === undefined || typeof offered?.[name] !== 'function') return { unsupported: op };
    const checked = method.args.safeParse(args);
    if (!checked.success) return { fault: explainIssues(checked.error, 'args') };
    return offered[name](args);
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
        const { id, op, args } = parsed(line);
        const answer =
          op === undefined ? { fault: 'not a request' } : await session.answer(op, args);
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

function parsed(line: string): { id?: unknown; op?: string; args?: unknown } {
  try {
    const request = JSON.parse(line) as { id?: unknown; op?: unknown; args?: unknown };
    return typeof request.op === 'string' ? { ...request, op: request.op } : { id: request.id };
  } catch {
    return {};
  }
}
