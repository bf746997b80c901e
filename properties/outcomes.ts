/** Outcomes as properties use them. */
import assert from 'node:assert/strict';
import type { Errno, Outcome } from '../contract/index.ts';

/** The value of a call. @throws AssertionError — it failed. */
export function valueOf<Value>(outcome: Outcome<Value, Errno>): Value {
  if ('ok' in outcome) return outcome.ok;
  assert.fail(`a call came to ${JSON.stringify(outcome)}, and should succeed`);
}
