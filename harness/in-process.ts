/** Connections to an implementation that is a module of this process. */
import type { Boot, Profile } from '../contract/index.ts';
import { Conversation, startTimeout, type Connect, type Connection } from './connection.ts';
import { greetingOf } from './greeting.ts';
import { ImplementationFailed } from './problems.ts';

type Callable = (args: object) => Promise<unknown>;

/** Boots the module anew for each scenario. */
export function inProcess(boot: Boot): Connect {
  return async (options) => {
    const { seed, profile, callTimeoutMs } = options;
    const implementation = await inTime(
      () => boot({ seed, profile: profile as Profile }),
      'boot',
      startTimeout(options),
    );
    const conversation = new Conversation();
    const ports = implementation.ports as Record<string, Record<string, unknown> | undefined>;
    let failed: ImplementationFailed | undefined;

    const shutdown = () => inTime(() => implementation.shutdown?.(), 'shutdown', callTimeoutMs);
    const connection: Connection = {
      hello: greetingOf(implementation),
      call: async (op, args) => {
        if (failed !== undefined) throw failed;
        const dot = op.indexOf('.');
        const port = ports[op.slice(0, dot)];
        const method = port?.[op.slice(dot + 1)];
        conversation.asked({ op, args });
        if (typeof method !== 'function') return { unsupported: op };
        try {
          const answer = await inTime(
            () => (method as Callable).call(port, args),
            op,
            callTimeoutMs,
          );
          conversation.answered(answer);
          return answer;
        } catch (error) {
          failed = error as ImplementationFailed;
          throw error;
        }
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
 * A promise that never settles must not hold the run; an exception is a crash.
 *
 * @throws ImplementationFailed — either of them.
 */
async function inTime<Value>(
  work: () => Value | Promise<Value>,
  what: string,
  limitMs: number,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new ImplementationFailed('hang', `no answer to ${what} within ${limitMs} ms`));
    }, limitMs);
  });
  try {
    return await Promise.race([work(), limit]);
  } catch (error) {
    if (error instanceof ImplementationFailed) throw error;
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new ImplementationFailed('crash', `${what} threw an exception: ${stack}`);
  } finally {
    clearTimeout(timer);
  }
}
