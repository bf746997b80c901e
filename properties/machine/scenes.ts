/** Scenes of the machine as properties make them, and what they came to. */
import type { Action, ArgsOf, machine, ValueOf } from '../../contract/index.ts';
import { valueOf } from '../outcomes.ts';
import type { Context } from '../property.ts';

type Run = (typeof machine)['methods']['run'];

export type Scene = ArgsOf<Run>;
export type Ended = ValueOf<Run>;
export type TraceEvent = Ended['trace'][number];
export type Part<Field extends keyof Scene> =
  NonNullable<Scene[Field]> extends readonly (infer Item)[] ? Item : never;

export async function run({ ports }: Context, scene: Scene): Promise<Ended> {
  return valueOf(await ports.machine.run(scene));
}

/** What happened of some kinds, in order: who, and what it says. */
export function story({ trace }: Ended, ...kinds: readonly TraceEvent['did'][]): string[] {
  return trace
    .filter(({ did }) => kinds.includes(did))
    .map(({ who, did, what = '' }) => `${who} ${did} ${what}`.trimEnd());
}

export const mark = (what: string): Action => ({ do: 'mark', what });
export const compute = (steps: number): Action => ({ do: 'compute', steps });
export const set = (register: 'r0' | 'r1' | 'r2' | 'r3', value: number): Action => ({
  do: 'set',
  register,
  value,
});
export const add = (register: 'r0' | 'r1' | 'r2' | 'r3', value: number): Action => ({
  do: 'add',
  register,
  value,
});
export const call = (number: number): Action => ({ do: 'call', number });
export const look: Action = { do: 'look' };

/** So many times the same. */
export const times = (count: number, action: Action): Action[] =>
  Array.from({ length: count }, () => action);

/** Nothing comes in between these: by priority in 4.4BSD, by disabled interrupts elsewhere. */
export function undisturbed({ profile }: Context, actions: readonly Action[]): Action[] {
  return profile === 'bsd-4.4'
    ? [{ do: 'raise-priority', to: 'splhigh' }, ...actions, { do: 'restore-priority' }]
    : [{ do: 'save-interrupts' }, ...actions, { do: 'restore-interrupts' }];
}
