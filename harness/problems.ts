/**
 * What can go wrong, by whose doing.
 *
 * The class of the exception that ends a scenario decides its verdict: an AssertionError or an
 * ImplementationFailed is a fail, Inconclusive says that the scene could not be set, anything else is
 * an error of the suite or the adapter.
 */
import type { Failure } from '../reports/results.ts';

/** How an implementation can fail a scenario other than by a wrong value. */
export type Misbehaviour = Exclude<Failure['kind'], 'difference' | 'fault' | 'scene' | 'suite'>;

/** The implementation did not give a proper answer. */
export class ImplementationFailed extends Error {
  override readonly name = 'ImplementationFailed';
  readonly kind: Misbehaviour;

  constructor(kind: Misbehaviour, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** The adapter says that it failed itself, which tells nothing about the kernel behind it. */
export class AdapterFault extends Error {
  override readonly name = 'AdapterFault';
}

/** The scene could not be set, so nothing was learnt. */
export class Inconclusive extends Error {
  override readonly name = 'Inconclusive';
}

/** No handshake could be had any more; the rest of the run is not worth trying. */
export class GivenUp extends Error {
  override readonly name = 'GivenUp';
}

/** The user asked for something that does not exist or makes no sense; the message has the remedy. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The implementation could not be loaded, started or greeted. */
export class CannotDrive extends Error {
  override readonly name = 'CannotDrive';
}

/** The same failure, and which host of a lab it is of; any other error as it is. */
export function ofHost(host: string, error: unknown): unknown {
  if (!(error instanceof ImplementationFailed)) return error;
  return new ImplementationFailed(error.kind, `host ${host}: ${error.message}`);
}

/** Why a process could not be started, and what to do. */
export function whyNotStarted(command: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'EACCES') {
    return `${command} may not be executed; "chmod +x" it, or name first what runs it, as in "python3 my_kernel.py"`;
  }
  // One that was found a moment ago lacks what it is to be run by.
  if (code === 'ENOENT')
    return `${command}, or what its first line names to run it, is not there (ENOENT)`;
  return message;
}
