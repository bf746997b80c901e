/** What a script asks for, before anything of it is run. */
import type { Capability } from '../../contract/index.ts';
import type { Action, Command, Script, ScriptEvent } from './ast.ts';
import { assertionsIn, type Assertion } from './assertion.ts';
import type { Planned } from './call-scene.ts';
import { planCall } from './plan-call.ts';
import { Unsupported, type Lack } from './problems.ts';
import { settingsOf, type Settings } from './settings.ts';
import { settingsIn, type Setting } from './sysctl.ts';

export interface Plan {
  readonly settings: Settings;
  /** What it does to the system before the first event. */
  readonly first: readonly Setting[];
  readonly steps: readonly PlannedStep[];
  readonly last: readonly Setting[];
  readonly needs: ReadonlySet<Capability>;
  /** Everything that is not there, in the order of the script; if there is anything, it cannot be run. */
  readonly lacks: readonly Lack[];
}

/** An event with what it comes down to. */
export interface PlannedStep {
  readonly event: ScriptEvent;
  readonly call?: Planned;
  readonly settings?: readonly Setting[];
  readonly assertions?: readonly Assertion[];
}

/** @throws ScriptError — an option is none that packetdrill has. */
export function planScript(script: Script, file: string): Plan {
  const lacks: Lack[] = [];
  const collected = <Value>(plan: () => Value, otherwise: Value): Value => {
    try {
      return plan();
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      lacks.push(error.lack);
      return otherwise;
    }
  };
  const commanded = (command: Command | undefined): readonly Setting[] =>
    command === undefined ? [] : collected(() => settingsIn(command), []);
  const settings = settingsOf(script, file, ({ lack }) => lacks.push(lack));
  const first = commanded(script.first);
  const steps = script.events.map((event): PlannedStep => ({
    event,
    ...collected(() => planAction(event.action), {}),
  }));
  const last = commanded(script.last);
  return { settings, first, steps, last, lacks, needs: needsOf(steps, [...first, ...last]) };
}

function planAction(action: Action): Omit<PlannedStep, 'event'> {
  switch (action.kind) {
    case 'call':
      return { call: planCall(action) };
    case 'command':
      return { settings: settingsIn(action) };
    case 'code':
      return { assertions: assertionsIn(action) };
    default:
      return {};
  }
}

function needsOf(steps: readonly PlannedStep[], around: readonly Setting[]): Set<Capability> {
  const needs = new Set<Capability>(['network']);
  if (around.length > 0) needs.add('tcp-tunables');
  for (const { event, call, settings = [], assertions = [] } of steps) {
    call?.needs.forEach((capability) => needs.add(capability));
    // A host that refuses everything has no socket, but it has TCP.
    if (event.action.kind === 'tcp') needs.add('tcp');
    if (settings.length > 0) needs.add('tcp-tunables');
    if (assertions.some(({ fields }) => fields.length > 0)) needs.add('tcp-info');
  }
  return needs;
}
