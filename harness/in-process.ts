/** Connections to an implementation that is a module of this process. */
import { isCapability, PORTS, PROTOCOL, type Boot, type Profile } from '../contract/index.ts';
import { Conversation, type Connect, type Connection } from './connection.ts';
import { ImplementationFailed } from './problems.ts';

type Callable = (args: object) => Promise<unknown>;

/** Boots the module anew for each scenario. */
export function inProcess(boot: Boot): Connect {
  return async ({ seed, profile, callTimeoutMs }) => {
    const implementation = await boot({ seed, profile: profile as Profile });
    const conversation = new Conversation();
    const ports = implementation.ports as Record<string, Record<string, unknown> | undefined>;
    const capabilities = Object.keys(ports).filter((name) => ports[name] !== undefined);

    const connection: Connection = {
      hello: {
        protocol: PROTOCOL,
        name: implementation.name,
        version: implementation.version,
        profile: implementation.profile,
        capabilities: Object.fromEntries(
          capabilities.map((name) => [name, isCapability(name) ? PORTS[name].version : 1]),
        ),
      },
      call: async (op, args) => {
        const dot = op.indexOf('.');
        const port = ports[op.slice(0, dot)];
        const method = port?.[op.slice(dot + 1)];
        conversation.asked({ op, args });
        if (typeof method !== 'function') return { unsupported: op };
        const answer = await inTime((method as Callable).call(port, args), op, callTimeoutMs);
        conversation.answered(answer);
        return answer;
      },
      finish: async () => {
        await implementation.shutdown?.();
        return false;
      },
      close: async () => {
        await implementation.shutdown?.();
      },
      lastExchanges: () => conversation.last(),
      log: () => '',
    };
    return connection;
  };
}

/** A promise that never settles must not hold the run; one that rejects is a crash in process. */
async function inTime(answer: Promise<unknown>, op: string, limitMs: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new ImplementationFailed('hang', `no answer to ${op} within ${limitMs} ms`));
    }, limitMs);
  });
  try {
    return await Promise.race([answer, limit]);
  } catch (error) {
    if (error instanceof ImplementationFailed) throw error;
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new ImplementationFailed('crash', `${op} threw an exception: ${stack}`);
  } finally {
    clearTimeout(timer);
  }
}
