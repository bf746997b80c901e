/** Connections to an implementation that is a module of this process. */
import type { Boot, HelloValue, Implementation, Profile } from '../contract/index.ts';
import { breath } from './breath.ts';
import {
  Conversation,
  reader,
  startTimeout,
  unread,
  type Connect,
  type Connection,
  type Read,
} from './connection.ts';
import { greetingOf } from './greeting.ts';
import { ImplementationFailed } from './problems.ts';

type Callable = (args: object) => unknown;

/** What does the work of an operation. */
function methodOf(implementation: Implementation, op: string): Callable {
  if (op === 'poll') return (args) => poll(implementation, args);
  const dot = op.indexOf('.');
  const ports = implementation.ports as Record<string, Record<string, unknown> | undefined>;
  const port = ports[op.slice(0, dot)];
  const method = port?.[op.slice(dot + 1)];
  return typeof method === 'function'
    ? (args) => (method as Callable).call(port, args)
    : () => ({ unsupported: op });
}

function poll(implementation: Implementation, args: object): unknown {
  const { call } = args as { call: string };
  return implementation.poll === undefined ? { unsupported: 'poll' } : implementation.poll(call);
}

/** The same, looked for once. */
function methodsOf(implementation: Implementation): (op: string) => Callable {
  const known = new Map<string, Callable>();
  return (op) => {
    const method = known.get(op) ?? methodOf(implementation, op);
    known.set(op, method);
    return method;
  };
}

/** Boots the module anew for each scenario; what it says of itself is asked but once. */
export function inProcess(boot: Boot): Connect {
  let hello: HelloValue | undefined;
  return async (options) => {
    const { seed, profile, callTimeoutMs } = options;
    await breath();
    const { inTime, release } = bounded();
    // Its timer waits as long as a start may take, which is too long for a call.
    const start = () => boot({ seed, profile: profile as Profile });
    let implementation: Implementation;
    try {
      implementation = await inTime<Implementation>(start, 'boot', startTimeout(options));
    } finally {
      release();
    }
    const method = methodsOf(implementation);
    const conversation = new Conversation();
    let calls = 0;
    let failed: ImplementationFailed | undefined;

    const shutdown = async () => {
      try {
        await inTime(() => implementation.shutdown?.(), 'shutdown', callTimeoutMs);
      } finally {
        release();
      }
    };
    const connection: Connection = {
      hello: (hello ??= greetingOf(implementation)),
      ...(implementation.raw && { raw: implementation.raw }),
      get calls() {
        return calls;
      },
      call: <Value>(op: string, args: object, read = unread as Read<Value>) => {
        if (failed !== undefined) return Promise.reject(failed);
        calls += 1;
        conversation.asked({ op, args });
        const work = () => method(op)(args);
        const heard = (answer: unknown) => {
          conversation.answered(answer);
          return read(answer);
        };
        return inTime(work, op, callTimeoutMs, heard, (failure) => {
          failed = failure;
        });
      },
      finish: async () => {
        if (failed !== undefined) throw failed;
        await shutdown();
        return false;
      },
      close: async () => {
        await shutdown().catch(() => undefined);
      },
      lastExchanges: () => conversation.last(),
      log: () => '',
    };
    return connection;
  };
}

/**
 * Runs work within a bound of wall-clock time.
 *
 * @param read - makes of what the work gives what the caller wants.
 * @param failing - hears of a failure of the work, which read has no part in.
 */
type InTime = <Value>(
  work: () => unknown,
  what: string,
  limitMs: number,
  read?: Read<Value>,
  failing?: (failure: ImplementationFailed) => void,
) => Promise<Value>;

interface Awaited {
  readonly what: string;
  readonly limitMs: number;
  readonly since: number;
  readonly reject: (error: Error) => void;
}

/**
 * A promise that never settles must not hold the run; an exception is a crash.
 *
 * One timer serves many calls: when it fires, it looks how long the present one has been waited for.
 * Its work rejects with ImplementationFailed in either case.
 */
function bounded(): { inTime: InTime; release: () => void } {
  let awaited: Awaited | undefined;
  let timer: NodeJS.Timeout | undefined;

  const look = (): void => {
    timer = undefined;
    if (awaited === undefined) return;
    const { what, limitMs, since, reject } = awaited;
    const left = since + limitMs - performance.now();
    if (left > 0) timer = setTimeout(look, left);
    else reject(new ImplementationFailed('hang', `no answer to ${what} within ${limitMs} ms`));
  };

  const awaiting = <Value>(
    given: PromiseLike<unknown>,
    { what, limitMs }: Pick<Awaited, 'what' | 'limitMs'>,
    read: Read<Value>,
    failed: (error: unknown) => ImplementationFailed,
  ): Promise<Value> =>
    new Promise((resolve, reject) => {
      const fail = (error: unknown): void => {
        awaited = undefined;
        reject(failed(error));
      };
      const answered = reader(read, resolve, reject);
      awaited = { limitMs, since: performance.now(), what, reject: fail };
      timer ??= setTimeout(look, limitMs);
      void Promise.resolve(given).then((value) => {
        awaited = undefined;
        answered(value);
      }, fail);
    });

  // Thousands of calls are made this way, so each is as few promises as it can be.
  const inTime: InTime = (work, what, limitMs, read = unread as Read<never>, failing) => {
    const failed = (error: unknown): ImplementationFailed => {
      const failure = asFailure(error, what);
      failing?.(failure);
      return failure;
    };
    let given: unknown;
    try {
      given = work();
    } catch (error) {
      return Promise.reject(failed(error));
    }
    if (isThenable(given)) return awaiting(given, { what, limitMs }, read, failed);
    // What is there at once needs neither a bound nor a promise of its own.
    try {
      return Promise.resolve(read(given));
    } catch (error) {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as it was thrown
      return Promise.reject(error);
    }
  };
  const release = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return { inTime, release };
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}

function asFailure(error: unknown, what: string): ImplementationFailed {
  if (error instanceof ImplementationFailed) return error;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new ImplementationFailed('crash', `${what} threw an exception: ${stack}`);
}
