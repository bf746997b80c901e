/**
 * Properties: what holds for every input, checked over generated ones through the contract.
 *
 * A property is named here and stated in a feature, where a Rule carries its statements; so it is
 * selected, run, judged and reported like any scenario, against any implementation.
 */
import fc from 'fast-check';
import type { ClientPorts } from '../harness/client.ts';
import { ImplementationFailed } from '../harness/problems.ts';
import { leastBy, shrunk } from '../harness/shortest.ts';

/** What a property is given to work with. */
export interface Context {
  readonly ports: ClientPorts;
  /** The profile that the implementation is judged by. */
  readonly profile: string;
  /** A name that no other generated case uses, for a chain or a queue. */
  readonly freshName: () => string;
  /** How many cases may be under way at once; more than one where their calls can share a line. */
  readonly together: number;
  /** Goes on with an implementation that remembers nothing. */
  readonly afresh: () => Promise<void>;
  /**
   * As many hosts as there are names, none of which remembers anything; the first is the implementation
   * under test. For properties whose cases are tried alone.
   */
  readonly hosts: (names: readonly string[]) => Promise<readonly Host[]>;
}

/** A host of a lab. */
export interface Host {
  readonly name: string;
  readonly ports: ClientPorts;
  /** It takes batches. */
  readonly together: boolean;
}

/** One generated case: asserts what must hold of it. */
export type Case<Input> = (context: Context, input: Input) => Promise<void>;

type Generated = (context: Context, settings: Settings) => Promise<Tried | undefined>;

/** What a property has tried in full. */
export interface Tried {
  readonly count: number;
  /** In the plural, such as "interleavings". */
  readonly noun: string;
}

export interface Settings {
  /** Unsigned 32-bit integer. */
  readonly seed: number;
  readonly runs: number;
  /** Whether a case that fails is made smaller. */
  readonly shrink: boolean;
}

const properties = new Map<string, Generated>();

/** The property of that name. @throws Error — there is none. */
export function propertyNamed(name: string): Generated {
  const known = properties.get(name);
  if (known === undefined) throw new Error(`there is no property "${name}" in properties/`);
  return known;
}

export function propertyNames(): readonly string[] {
  return [...properties.keys()];
}

/**
 * Defines a property over generated inputs.
 *
 * @param alone - a case looks at what all share, such as a wire or a counter, so no other may be under way.
 */
export function property<Input>(
  name: string,
  inputs: fc.Arbitrary<Input>,
  holds: Case<Input>,
  { alone = false } = {},
): void {
  define(name, async (context, settings) => {
    const scope = alone ? { ...context, together: 1 } : context;
    await checkGenerated(name, inputs, holds, scope, settings);
    return undefined;
  });
}

/** How the plainest of the inputs that fail is found. */
export interface Plainest<Input> {
  /** The least of them is told. */
  readonly size: (input: Input) => number;
  /** What could be tried instead, smallest first; left out: nothing that is not in the list. */
  readonly smaller?: (input: Input) => Iterable<Input>;
}

/**
 * Defines a property over each of a finite list of inputs.
 *
 * @param noun - what the inputs are, in the plural: their number is reported.
 * @param plainest - left out: the first that fails is told.
 */
export function exhaustive<Input>(
  name: string,
  inputs: () => Iterable<Input>,
  holds: Case<Input>,
  noun = 'cases',
  plainest?: Plainest<Input>,
): void {
  define(name, async (context, { shrink }) => {
    const all = [...inputs()];
    const tried = { count: all.length, noun };
    if (await holdTogether(() => all, holds, context)) return tried;
    const failing = await firstFailures(all, holds, context, shrink && plainest !== undefined);
    const [first] = failing;
    if (first === undefined) return tried;
    if (plainest === undefined || !shrink || first.error instanceof ImplementationFailed) {
      throw withCounterexample(first.error, written(first.input));
    }
    const least = await plainestOf(failing, holds, context, plainest);
    await again(least, holds, context);
    const among = `plainest of ${failing.length} that fail, of ${all.length} ${noun}`;
    throw withCounterexample(least.error, `${written(least.input)} (${among})`);
  });
}

interface Failure<Input> {
  readonly input: Input;
  readonly error: unknown;
}

/** The first input that fails, or all of them; none is tried on a dead implementation. */
async function firstFailures<Input>(
  inputs: readonly Input[],
  holds: Case<Input>,
  context: Context,
  all: boolean,
): Promise<Failure<Input>[]> {
  const failing: Failure<Input>[] = [];
  for (const input of inputs) {
    const failure = await failureOf(input, holds, context);
    if (failure === undefined) continue;
    failing.push(failure);
    if (!all || failure.error instanceof ImplementationFailed) return failing;
  }
  return failing;
}

async function failureOf<Input>(
  input: Input,
  holds: Case<Input>,
  context: Context,
): Promise<Failure<Input> | undefined> {
  try {
    await holds(context, input);
    return undefined;
  } catch (error) {
    return { input, error };
  }
}

/**
 * Tries it once more: other cases were tried after it, and what is reported of the talk with the implementation, and of
 * frames, is to be this case's.
 */
async function again<Input>(
  { input }: Failure<Input>,
  holds: Case<Input>,
  context: Context,
): Promise<void> {
  await context.afresh();
  await failureOf(input, holds, context);
}

async function plainestOf<Input>(
  failing: readonly Failure<Input>[],
  holds: Case<Input>,
  context: Context,
  { size, smaller }: Plainest<Input>,
): Promise<Failure<Input>> {
  let found = leastBy(failing, ({ input }) => size(input)) as Failure<Input>;
  if (smaller === undefined) return found;
  await shrunk(found.input, smaller, async (input) => {
    const failure = await failureOf(input, holds, context);
    // One that kills the implementation is no plainer than the first.
    if (failure === undefined || failure.error instanceof ImplementationFailed) return false;
    found = failure;
    return true;
  });
  return found;
}

function define(name: string, generated: Generated): void {
  if (properties.has(name)) throw new Error(`two properties are called "${name}"`);
  properties.set(name, generated);
}

/** Cases that one boot sees, where they are tried one by one: tables of neighbours and of routes have ends. */
const CASES_A_BOOT = 100;

async function checkGenerated<Input>(
  name: string,
  inputs: fc.Arbitrary<Input>,
  holds: Case<Input>,
  context: Context,
  { seed, runs, shrink }: Settings,
): Promise<void> {
  let dead = false;
  let cases = 0;
  const checked = fc.asyncProperty(inputs, async (input) => {
    // Nothing can be learnt from a dead implementation, so a crash is not shrunk.
    if (dead) return;
    try {
      if (cases > 0 && cases % CASES_A_BOOT === 0) await context.afresh();
      cases++;
      await holds(context, input);
    } catch (error) {
      dead = error instanceof ImplementationFailed;
      throw error;
    }
  });
  const parameters = { seed: seedFor(name, seed), numRuns: runs, endOnFailure: !shrink };
  const all = () => fc.sample(checked, parameters);
  if (await holdTogether(all, (_, [input]) => holds(context, input), context)) return;
  const details = await fc.check(checked, parameters);
  if (!details.failed) return;
  if (details.counterexample === null) throw new Error(`"${name}" could not generate its cases`);
  const [input] = details.counterexample;
  if (shrink && !dead) await again({ input, error: details.errorInstance }, holds, context);
  const shrunk = `smallest of ${details.numShrinks + 1} found, in case ${details.numRuns} of ${runs}`;
  throw withCounterexample(details.errorInstance, `${written(input)} (${shrunk})`);
}

/**
 * Whether every case holds, several of them under way at a time.
 *
 * If not, all are to be tried one by one on a fresh implementation, which tells the case that fails. Where
 * calls cannot share a line nothing is gained by this, and nothing is done.
 */
async function holdTogether<Input>(
  inputs: () => Iterable<Input>,
  holds: (context: Context, input: Input) => Promise<void>,
  context: Context,
): Promise<boolean> {
  if (context.together === 1) return false;
  const left = inputs()[Symbol.iterator]();
  let hold = true;
  const oneAfterAnother = async () => {
    for (let next = left.next(); hold && next.done !== true; next = left.next()) {
      await holds(context, next.value);
    }
  };
  const hands = Array.from({ length: context.together }, () =>
    oneAfterAnother().catch(() => {
      hold = false;
    }),
  );
  await Promise.all(hands);
  if (!hold) await context.afresh();
  return hold;
}

/** Each property draws numbers of its own, so that one more shifts nobody else's. */
function seedFor(name: string, seed: number): number {
  let hash = seed | 0;
  for (const character of name)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash | 0;
}

/** Whether generated objects have a prototype is of no concern to whoever reads them. */
function written(input: unknown): string {
  return fc.stringify(input).replaceAll(/__proto__:null,?/g, '');
}

function withCounterexample(error: unknown, counterexample: string): unknown {
  if (error instanceof Error) Object.assign(error, { counterexample });
  return error;
}
