/** What a scenario tells the collector of results beside pass and fail, as attachments. */
import type { Failure } from '../reports/results.ts';

export type { Figure } from '../reports/results.ts';

/** The body is the reason. */
export const NOT_APPLICABLE = 'text/x.kernspec.not-applicable';

/** The body says what a step tried in full, such as "252 interleavings". */
export const TRIED = 'text/x.kernspec.tried';

/** The body is FailureDetails as JSON. */
export const FAILURE_DETAILS = 'application/x.kernspec.failure+json';

/** The body is a Figure as JSON. */
export const FIGURE = 'application/x.kernspec.figure+json';

export interface FailureDetails {
  readonly kind: Failure['kind'];
  readonly message: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly counterexample?: string;
  readonly exchange: readonly string[];
  /** The frames of the scenario: a sentence each, and all of them as a pcapng file in base64. */
  readonly network?: { readonly packets: readonly string[]; readonly capture: string };
  /** The end of the process's log. */
  readonly log: string;
}
