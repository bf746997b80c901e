/** Settings of TCP, which a system may not have: then there is nothing to show. */
import type { TcpTunable } from '../contract/index.ts';
import { NOT_APPLICABLE } from '../harness/attachments.ts';
import { prepared, type SuiteWorld } from './world.ts';

/** What ends a scenario as not applicable. */
export type OrSkipped = 'skipped' | undefined;

/** @returns whether the system has that setting. */
export async function takes(
  world: SuiteWorld,
  tunable: TcpTunable,
  value: number | string,
): Promise<boolean> {
  const call = { tunable, value } as Parameters<
    ReturnType<typeof world.port<'tcp-tunables'>>['set']
  >[0];
  return prepared(await world.port('tcp-tunables').set(call)).taken;
}

/** Sets what the scenario is about, or ends it. */
export async function setTunables(
  world: SuiteWorld,
  wanted: Partial<Record<TcpTunable, number | string>>,
): Promise<OrSkipped> {
  for (const [tunable, value] of Object.entries(wanted)) {
    if (await takes(world, tunable as TcpTunable, value)) continue;
    return notHad(world, `${tunable} of ${value}`);
  }
  return undefined;
}

export function notHad(world: SuiteWorld, what: string): 'skipped' {
  world.attach(`the system has no ${what}`, NOT_APPLICABLE);
  return 'skipped';
}
