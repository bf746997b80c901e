/** The words that results are made of, for whoever needs no schema of them. */

export const RESULTS_FORMAT = 'kernspec-results/1';

/**
 * pass and fail speak of the implementation; inconclusive: the scene could not be set;
 * not-applicable: a capability is not offered or the rule holds in another profile; error: the
 * adapter or the suite failed; not-run: the run was cut short before it.
 */
export const VERDICTS = [
  'pass',
  'fail',
  'inconclusive',
  'not-applicable',
  'error',
  'not-run',
] as const;

/** How an implementation failed: by what it answered, or by how it behaved on the pipe. */
export const FAILURE_KINDS = [
  'difference',
  'unsupported',
  'invalid-answer',
  'crash',
  'exit',
  'hang',
  'late',
  'garbage',
  'oversize',
  'wrong-id',
  'stray',
  'fault',
  'scene',
  'suite',
] as const;
