/** The protocol's other side: offers an implementation that is a module over stdin and stdout. */
import { createInterface } from 'node:readline';
import {
  isCapability,
  methodOf,
  PORTS,
  PROTOCOL,
  HelloArgs,
  ResetArgs,
  BatchArgs,
  type Boot,
  type Implementation,
} from '../contract/index.ts';
import { explainIssues } from './validation.ts';

type Reply = Record<string, unknown>;

const NOT_GREETED = { fault: 'the first request must be hello' };

/** One session: boots at hello, boots again at reset. */
class Session {
  readonly #boot: Boot;
  #implementation: Implementation | undefined;
  #profile: HelloArgs['profile'] = 'notes';

  constructor(boot: Boot) {
    this.#boot = boot;
  }

  async answer(op: string, args: unknown): Promise<Reply> {
    switch (op) {
      case 'hello':
        return this.#hello(args);
      case 'reset':
        return this.#reset(args);
      case 'batch':
        return this.#batch(args);
      case 'bye':
        await this.#implementation?.shutdown?.();
        return { ok: {} };
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
    const { name, version, profile, ports } = this.#implementation;
    const capabilities = Object.keys(ports)
      .filter(isCapability)
      .map((capability) => [capability, PORTS[capability].version]);
    return {
      ok: {
        protocol: PROTOCOL,
        name,
        version,
        profile,
        capabilities: Object.fromEntries(capabilities) as object,
        reset: true,
        batch: true,
      },
    };
  }

  async #reset(args: unknown): Promise<Reply> {
    const parsed = ResetArgs.safeParse(args);
    if (!parsed.success) return { fault: explainIssues(parsed.error, 'args') };
    await this.#implementation?.shutdown?.();
    this.#implementation = await this.#boot({ ...parsed.data, profile: this.#profile });
    return { ok: {} };
  }

  async #batch(args: unknown): Promise<Reply> {
    const parsed = BatchArgs.safeParse(args);
    if (!parsed.success) return { fault: explainIssues(parsed.error, 'args') };
    const answers: Reply[] = [];
    for (const call of parsed.data.calls) answers.push(await this.#call(call.op, call.args));
    return { ok: { answers } };
  }

  async #call(op: string, args: unknown): Promise<Reply> {
    if (this.#implementation === undefined) return NOT_GREETED;
    const [port = '', name = ''] = op.split('.', 2);
    const ports = this.#implementation.ports as Record<string, Record<string, unknown> | undefined>;
    const offered = ports[port];
    const call = offered?.[name];
    const method = methodOf(op);
    if (method === undefined || typeof call !== 'function') return { unsupported: op };
    const checked = method.args.safeParse(args);
    if (!checked.success) return { fault: explainIssues(checked.error, 'args') };
    try {
      return (await (call as (args: unknown) => Promise<Reply>).call(offered, args)) ?? {};
    } catch (error) {
      return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  }
}

/** Answers requests until bye or the end of input. */
export async function serve(
  boot: Boot,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<void> {
  const session = new Session(boot);
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    const { id, op, args } = parsed(line);
    const answer = op === undefined ? { fault: 'not a request' } : await session.answer(op, args);
    output.write(`${JSON.stringify({ id, ...answer })}\n`);
    if (op === 'bye') return;
  }
}

function parsed(line: string): { id?: unknown; op?: string; args?: unknown } {
  try {
    const request = JSON.parse(line) as { id?: unknown; op?: unknown; args?: unknown };
    return typeof request.op === 'string' ? { ...request, op: request.op } : { id: request.id };
  } catch {
    return {};
  }
}
