/**
 * A mutant: the reference kernel with one fault seeded in it.
 *
 * The fault is one that somebody who writes a kernel makes, and it breaks a documented statement. A
 * scenario of that statement has to fail on it; else nothing in the suite says what the statement says.
 */
import type { Capability } from '../contract/index.ts';

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

const SK_BUFF = ['sk-buff', 'sk-buff-sharing', 'sk-buff-queue', 'sk-buff-paged'] as const;

/**
 * Modules in which faults are seeded, each with the capabilities that can show one.
 *
 * Only scenarios that need one of these are run; it saves time, and leaving one out loses scenarios
 * from the kill matrix.
 */
export const TOUCHES = {
  'kernel/notifier-chain': ['notifier-chain', 'notifier-chain-smp'],
  'kernel/spin-lock': [
    'notifier-chain',
    'notifier-chain-smp',
    'sk-buff-queue',
    'sk-buff-queue-smp',
  ],
  'net/bytes': ['checksum', 'csum', 'transport-checksum', 'sk-buff-headers', 'sk-buff-fields'],
  'net/control-block': ['sk-buff-fields'],
  'net/csum': ['checksum', 'csum', 'transport-checksum'],
  'net/headers': ['sk-buff-headers'],
  'net/sk-buff': [...SK_BUFF, 'sk-buff-headers', 'sk-buff-fields', 'transport-checksum'],
  'net/sk-buff-fields': ['sk-buff-fields'],
  'net/sk-buff-paged': [...SK_BUFF, 'transport-checksum'],
  'net/sk-buff-queue': ['sk-buff-queue', 'sk-buff-queue-smp'],
  'net/sk-buff-sharing': ['sk-buff-sharing', 'sk-buff-queue', 'sk-buff-paged'],
  'net/transport-checksum': ['transport-checksum'],
} as const satisfies Readonly<Record<string, readonly Capability[]>>;
