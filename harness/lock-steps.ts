/** Reading a trace of processor steps for what a lock is there to forbid. */
import type { ClientPorts } from './client.ts';

type Trace = Extract<
  Awaited<ReturnType<ClientPorts['notifier-chain-smp']['registerTogether']>>,
  { ok: unknown }
>['ok']['steps'];

/**
 * The first step that a processor took inside the locked region while another held the lock, in
 * words; undefined if there is none. A processor outside may spin.
 */
export function intrusion(steps: Trace): string | undefined {
  let holder: number | undefined;
  for (const [at, { processor, step }] of steps.entries()) {
    if (step === 'spin') continue;
    if (holder !== undefined && processor !== holder) {
      return `step ${at}: processor ${processor} did "${step}" while ${holder} held the lock`;
    }
    if (step === 'lock') {
      if (holder === processor) {
        return `step ${at}: processor ${processor} did "lock" and held it already`;
      }
      holder = processor;
    } else if (holder === undefined) {
      return `step ${at}: processor ${processor} did "${step}" without the lock`;
    } else if (step === 'unlock') holder = undefined;
  }
  return undefined;
}
