/** What a report says of a failure, beside the two values. */
import { describe, expect, it } from 'vitest';
import { messageOf } from '../../reports/verdicts.ts';
import { failure } from './sample-parts.ts';

const values = { expected: 'IP ttl 4', actual: 'IP ttl 3' };

describe('the message beside the two values', () => {
  it('repeats neither of them', () => {
    const message = 'ttl is 3, not 4: expected IP ttl 4, got IP ttl 3';
    expect(messageOf(failure({ message, ...values }))).toBe('ttl is 3, not 4');
    expect(messageOf(failure({ message: 'expected 4, got 3', ...values }))).toBeUndefined();
  });

  it('is whole where there are none, or others', () => {
    const message = 'ttl is 3, not 4: expected IP ttl 4, got IP ttl 3';
    expect(messageOf(failure({ message }))).toBe(message);
    expect(messageOf(failure({ message, expected: 'x', actual: 'y' }))).toBe(message);
  });
});
