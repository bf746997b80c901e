/** One stimulus, as a Given that sets the scene and as a When that is under test. */
import { Given, When } from '@cucumber/cucumber';
import { prepared, type AnyOutcome, type SuiteWorld } from './world.ts';

/**
 * Defines both steps: the Given needs the call to succeed, the When keeps what it came to.
 *
 * @param given - in the past tense, such as "{octets} was/were put into {skb}".
 * @param when - in the present tense.
 */
export function stimulus<Args extends unknown[]>(
  given: string,
  when: string,
  act: (world: SuiteWorld, ...args: Args) => Promise<AnyOutcome>,
): void {
  define(Given, given, act.length - 1, async (world, args) => {
    prepared(await act(world, ...(args as Args)));
  });
  define(When, when, act.length - 1, async (world, args) => {
    world.record(await act(world, ...(args as Args)));
  });
}

type Run = (world: SuiteWorld, args: unknown[]) => Promise<void>;

/** Cucumber counts a step's parameters by the length of its function, so that has to be right. */
function define(keyword: typeof Given, text: string, parameters: number, run: Run): void {
  const step = function (this: SuiteWorld, ...args: unknown[]) {
    return run(this, args);
  };
  Object.defineProperty(step, 'length', { value: parameters });
  keyword(text, step);
}
