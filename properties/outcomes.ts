/** Outcomes as properties use them. */
import assert from 'node:assert/strict';
import type { Errno } from '../contract/index.ts';
import type { MaybeAsleep } from '../harness/client.ts';

/** The value of a call. @throws AssertionError — it failed. */
export function valueOf<Value>(outcome: MaybeAsleep<Value, Errno>): Value {
  if ('ok' in outcome) return outcome.ok;
  assert.fail(`a call came to ${JSON.stringify(outcome)}, and should succeed`);
}
