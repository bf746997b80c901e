/**
 * A mutant: the reference kernel with one fault seeded in it.
 *
 * The fault is one that somebody who writes a kernel makes, and it breaks a documented statement. A
 * scenario of that statement has to fail on it; else nothing in the suite says what the statement says.
 */
export interface Mutant {
  /** In kebab-case, unique, never reused for another fault. */
  readonly id: string;
  /** The statement that the fault breaks: one of its scenarios must fail. */
  readonly statement: string;
  /** Statements whose scenarios may fail as well, since they build on the same thing. */
  readonly alsoBreaks?: readonly string[];
  /** Module of the reference, below reference/ and without extension. */
  readonly file: keyof typeof TOUCHES;
  /** Text of the compiled module; it occurs there exactly once. */
  readonly find: string;
  readonly replace: string;
  /** What the faulty kernel does, as a plain sentence. */
  readonly does: string;
}

/**
 * Modules in which faults are seeded, each with a tag expression of the scenarios that can show one.
 *
 * Only these are run. It saves three quarters of the time; one left out is missing in the kill matrix.
 */
export const TOUCHES = {
  'kernel/notifier-chain': '@cap:notifier-chain or @cap:notifier-chain-smp',
  'kernel/softirq': '@cap:softirq or @cap:tasklet',
  'kernel/spin-lock': '@cap:notifier-chain-smp or @cap:sk-buff-queue-smp',
  'kernel/tasklet': '@cap:tasklet',
  'kernel/task': '@cap:wait-queue',
  'kernel/wait-queue': '@cap:wait-queue',
  'net/bytes':
    '@cap:checksum or @cap:transport-checksum or @cap:sk-buff-headers or @cap:sk-buff-fields',
  'net/control-block': '@cap:sk-buff-fields',
  'net/csum': '@cap:checksum or @cap:csum or @cap:transport-checksum',
  'net/headers': '@cap:sk-buff-headers',
  'net/input-queue': '@cap:input-queue or @cap:receive-path',
  'net/net-rx': '@cap:input-queue or @cap:receive-path',
  'net/receive-path': '@cap:receive-path',
  'net/rx-ring': '@cap:receive-path',
  'net/sk-buff': '@cap:sk-buff and not @cap:sk-buff-queue or @cap:transport-checksum',
  'net/sk-buff-fields': '@cap:sk-buff-fields',
  'net/sk-buff-paged':
    '@cap:sk-buff and not (@cap:sk-buff-queue or @cap:sk-buff-headers or @cap:sk-buff-fields)' +
    ' or @cap:transport-checksum',
  'net/sk-buff-queue': '@cap:sk-buff-queue',
  'net/sk-buff-sharing': '@cap:sk-buff-sharing or @cap:sk-buff-paged',
  'net/transport-checksum': '@cap:transport-checksum',
} as const satisfies Readonly<Record<string, string>>;
