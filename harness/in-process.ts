/** Connections to an implementation that is a module of this process. */
import type { Boot, Implementation, Profile } from '../contract/index.ts';
import { Conversation, startTimeout, type Connect, type Connection } from './connection.ts';
import { greetingOf } from './greeting.ts';
import { ImplementationFailed } from './problems.ts';

type Callable = (args: object) => Promise<unknown>;

/** The method of a port with its arguments; undefined if it has none such. */
function called({ ports }: Implementation, op: string, args: object) {
  const dot = op.indexOf('.');
  const port = (ports as Record<string, Record<string, unknown> | undefined>)[op.slice(0, dot)];
  const method = port?.[op.slice(dot + 1)];
  return typeof method === 'function' ? () => (method as Callable).call(port, args) : undefined;
}

function poll(implementation: Implementation, args: object) {
  const { call } = args as { call: string };
  return implementation.poll === undefined ? undefined : () => implementation.poll?.(call);
}

/** Boots the module anew for each scenario. */
export function inProcess(boot: Boot): Connect {
  return async (options) => {
    const { seed, profile, callTimeoutMs } = options;
    const { inTime, release } = bounded();
    // Its timer waits as long as a start may take, which is too long for a call.
    const implementation = await inTime(
      () => boot({ seed, profile: profile as Profile }),
      'boot',
      startTimeout(options),
    ).finally(release);
    const conversation = new Conversation();
    let failed: ImplementationFailed | undefined;

    const shutdown = async () => {
      await inTime(() => implementation.shutdown?.(), 'shutdown', callTimeoutMs).finally(release);
    };
    const connection: Connection = {
      hello: greetingOf(implementation),
      call: (op, args) => {
        if (failed !== undefined) return Promise.reject(failed);
        conversation.asked({ op, args });
        const work = op === 'poll' ? poll(implementation, args) : called(implementation, op, args);
        if (work === undefined) return Promise.resolve({ unsupported: op });
        return inTime(work, op, callTimeoutMs).then(
          (answer) => {
            conversation.answered(answer);
            return answer;
          },
          (error: ImplementationFailed) => {
            failed = error;
            throw error;
          },
        );
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

/** Runs work within a bound of wall-clock time. */
type InTime = <Value>(
  work: () => Value | Promise<Value>,
  what: string,
  limitMs: number,
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

  // Thousands of calls are made this way, so each is as few promises as it can be.
  const inTime: InTime = (work, what, limitMs) =>
    new Promise((resolve, reject) => {
      const fail = (error: unknown): void => {
        awaited = undefined;
        reject(asFailure(error, what));
      };
      awaited = { limitMs, since: performance.now(), what, reject: fail };
      timer ??= setTimeout(look, limitMs);
      try {
        void Promise.resolve(work()).then((value) => {
          awaited = undefined;
          resolve(value);
        }, fail);
      } catch (error) {
        fail(error);
      }
    });
  const release = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return { inTime, release };
}

function asFailure(error: unknown, what: string): ImplementationFailed {
  if (error instanceof ImplementationFailed) return error;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new ImplementationFailed('crash', `${what} threw an exception: ${stack}`);
}
