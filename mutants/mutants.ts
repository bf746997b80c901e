/** All mutants, in the order of their areas. */
import { NOTIFIER_CHAIN } from './kernel/notifier-chain.ts';
import { SOFTIRQ } from './kernel/softirq.ts';
import { SPIN_LOCK } from './kernel/spin-lock.ts';
import { TASKLET } from './kernel/tasklet.ts';
import { WAIT_QUEUE } from './kernel/wait-queue.ts';
import { TOUCHES, type Mutant } from './mutant.ts';
import { CSUM } from './net/csum.ts';
import { INPUT_QUEUE } from './net/input-queue.ts';
import { RECEIVE_PATH } from './net/receive-path.ts';
import { SK_BUFF_FIELDS } from './net/sk-buff-fields.ts';
import { SK_BUFF_HEADERS } from './net/sk-buff-headers.ts';
import { SK_BUFF_PAGED } from './net/sk-buff-paged.ts';
import { SK_BUFF_QUEUE } from './net/sk-buff-queue.ts';
import { SK_BUFF_SHARING } from './net/sk-buff-sharing.ts';
import { SK_BUFF } from './net/sk-buff.ts';
import { TRANSPORT_CHECKSUM } from './net/transport-checksum.ts';

/** A mutant with the scenarios that are run on it. */
export interface SeededMutant extends Mutant {
  /** Tag expression. */
  readonly touches: string;
}

export const MUTANTS: readonly SeededMutant[] = [
  ...CSUM,
  ...TRANSPORT_CHECKSUM,
  ...SK_BUFF,
  ...SK_BUFF_SHARING,
  ...SK_BUFF_QUEUE,
  ...SK_BUFF_PAGED,
  ...SK_BUFF_HEADERS,
  ...SK_BUFF_FIELDS,
  ...NOTIFIER_CHAIN,
  ...SPIN_LOCK,
  ...SOFTIRQ,
  ...TASKLET,
  ...INPUT_QUEUE,
  ...RECEIVE_PATH,
  ...WAIT_QUEUE,
].map((mutant) => ({ ...mutant, touches: TOUCHES[mutant.file] }));

export { buildMutant, type BuiltMutant } from './build.ts';
export type { Mutant } from './mutant.ts';
