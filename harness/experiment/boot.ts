/** Two hosts of an implementation of their own for an experiment. */
import type { Profile } from '../../contract/index.ts';
import { clientPorts } from '../client.ts';
import { clockOf } from '../clock.ts';
import { loadImplementation } from '../load.ts';
import { Dumbbell, type DumbbellOptions } from './dumbbell.ts';

export interface BootOptions extends DumbbellOptions {
  readonly impl: string;
  readonly profile: Profile;
}

/** Boots them, does the work, and ends them. */
export async function onDumbbell<Value>(
  options: BootOptions,
  work: (dumbbell: Dumbbell) => Promise<Value>,
): Promise<Value> {
  const { impl, profile, seed } = options;
  const connect = await loadImplementation(impl);
  const boot = { profile, callTimeoutMs: 60_000 };
  const connections = await Promise.all(
    [seed, seed + 1].map((own) => connect({ ...boot, seed: own >>> 0 })),
  );
  try {
    const [sender, receiver] = connections.map((each) => ({
      ports: clientPorts(() => each),
      raw: each.raw,
      together: each.hello.batch === true,
      ...(clockOf(each.hello).kind === 'virtual' && { calls: () => each.calls }),
    }));
    if (sender === undefined || receiver === undefined) throw new Error('two hosts are needed');
    return await work(await Dumbbell.between({ sender, receiver }, options));
  } finally {
    for (const each of connections) await each.close();
  }
}
