/** Softirq and tasklet ports of the reference kernel: a scene given as data is played. */
import {
  failure,
  MAX_SCENE_STEPS,
  success,
  type Outcome,
  type PortOf,
  type Profile,
  type softirq,
  type SOFTIRQ_CONTEXTS,
  type tasklet,
  type ValueOf,
} from '../../contract/index.ts';
import { bugOn } from '../../reference/kernel/bug.ts';
import {
  doIrq,
  ksoftirqd,
  localBhDisable,
  localBhEnable,
  newSoftirqCpu,
  openSoftirq,
  raiseSoftirq,
  SOFTIRQS_2_6_11,
  SOFTIRQS_6_18,
  type SoftirqCpu,
  type SoftirqRun,
  type Work,
} from '../../reference/kernel/softirq.ts';
import {
  newTasklet,
  newTasklets,
  taskletAction,
  taskletDisable,
  taskletEnable,
  taskletSchedule,
  type Tasklet,
  type Tasklets,
} from '../../reference/kernel/tasklet.ts';
import { answering } from './answering.ts';

type TaskletScene = Parameters<PortOf<typeof tasklet>['play']>[0];
type Action = TaskletScene['process'][number];
type Script = readonly Action[];
type Played = ValueOf<(typeof softirq)['methods']['play']>;
type Happening = Played['trace'][number];
type Context = (typeof SOFTIRQ_CONTEXTS)[number];

/** Of a scene that says nothing of it. */
const HZ = 1000;

/** A scene of either port: one without tasklets has no list of them. */
interface Scene {
  readonly hz?: number | undefined;
  readonly interrupts: ReadonlyArray<{ readonly line: string; readonly does: Script }>;
  readonly softirqs: ReadonlyArray<{ readonly vector: string; readonly does: Script }>;
  readonly tasklets?: ReadonlyArray<
    Omit<TaskletScene['tasklets'][number], 'does'> & { readonly does: Script }
  >;
  readonly process: Script;
}

/** A script is played in one go: there is no piece of it that anybody looks at. */
type Unseen = Work<never>;

class Stage {
  readonly trace: Happening[] = [];
  readonly #cpu: SoftirqCpu<never>;
  readonly #tasklets: Tasklets<never> | undefined;
  readonly #known = new Map<string, Tasklet<never>>();
  readonly #handlers: ReadonlyMap<string, Script>;
  readonly #busy = new Set<string>();
  readonly #done = new Map<Action, number>();
  #items: string[] = [];
  #steps = 0;
  #us = 0;

  constructor(scene: Scene, later: boolean) {
    const { hz = HZ } = scene;
    this.#cpu = newSoftirqCpu({
      rules: later ? SOFTIRQS_6_18 : SOFTIRQS_2_6_11,
      jiffies: () => Math.floor((this.#us * hz) / 1_000_000),
      hz,
      wakeUp: (context) => this.#note({ event: 'wake', name: 'ksoftirqd', context }),
    });
    this.#handlers = new Map(scene.interrupts.map(({ line, does }) => [line, does]));
    for (const { vector, does } of scene.softirqs) {
      openSoftirq(this.#cpu, vector, (run) => this.#softirq(vector, does, run));
    }
    if (scene.tasklets === undefined) return;
    const tasklets = newTasklets(this.#cpu, later);
    this.#tasklets = tasklets;
    for (const vector of ['HI', 'TASKLET'] as const) {
      openSoftirq(this.#cpu, vector, (run) => {
        // It may find none that it could run, time and again.
        this.#step();
        return taskletAction(tasklets, vector, run);
      });
    }
    for (const { tasklet: name, vector, does } of scene.tasklets) {
      const func = (run: SoftirqRun) => this.#tasklet(name, does, run);
      this.#known.set(name, newTasklet({ func, vector }));
    }
  }

  play(process: Script): Played {
    this.#perform(process, 'process').next();
    const { pending, ksoftirqdReady, rules } = this.#cpu;
    return {
      trace: this.trace,
      pending: rules.vectors.filter((_, bit) => (pending >> bit) & 1) as Played['pending'],
      ksoftirqd: ksoftirqdReady ? 'woken' : 'asleep',
    };
  }

  #note(happening: Happening): void {
    this.trace.push(happening);
  }

  #step(): void {
    bugOn(++this.#steps > MAX_SCENE_STEPS, 'the scene does not come to an end');
  }

  *#softirq(name: string, does: Script, { context, pass }: SoftirqRun): Unseen {
    this.#step();
    this.#note({ event: 'softirq', name, context, pass });
    yield* this.#perform(does, context);
  }

  *#tasklet(name: string, does: Script, { context }: SoftirqRun): Unseen {
    this.#step();
    this.#note({ event: 'tasklet', name, context });
    yield* this.#perform(does, context);
  }

  *#handler(line: string): Unseen {
    this.#step();
    this.#note({ event: 'handler', name: line, context: 'interrupt' });
    yield* this.#perform(this.#handlers.get(line) ?? [], 'interrupt');
    this.#busy.delete(line);
  }

  *#perform(script: Script, context: Context): Unseen {
    const { softirqs } = this.#cpu;
    for (const action of script) {
      this.#step();
      if (action.do === 'bh-enable') {
        const own = this.#cpu.softirqs > softirqs;
        bugOn(!own, 'local_bh_enable without local_bh_disable');
        yield* localBhEnable(this.#cpu);
      } else if (action.do === 'interrupt') {
        bugOn(this.#busy.has(action.line), 'a line interrupts again before its handler has ended');
        this.#busy.add(action.line);
        yield* doIrq(this.#cpu, () => this.#handler(action.line));
      } else if (action.do === 'sleep') {
        bugOn(this.#cpu.softirqs > 0, 'the process sleeps with bottom halves disabled');
        this.#cpu.needResched = false;
        if (this.#cpu.ksoftirqdReady) yield* ksoftirqd(this.#cpu);
      } else {
        this.#do(action, context);
      }
    }
  }

  /** What nothing can interrupt. */
  #do(action: Exclude<Action, { do: 'bh-enable' | 'interrupt' | 'sleep' }>, context: Context) {
    switch (action.do) {
      case 'mark':
        return this.#note({ event: 'mark', name: action.name, context });
      case 'raise':
        if (this.#hasEffect(action)) raiseSoftirq(this.#cpu, action.vector);
        return;
      case 'queue':
        this.#items.push(action.item);
        return;
      case 'take':
        for (const name of this.#items) this.#note({ event: 'take', name, context });
        this.#items = [];
        return;
      case 'spend':
        this.#us += action.us;
        return;
      case 'resched':
        this.#cpu.needResched = true;
        return;
      case 'bh-disable':
        return localBhDisable(this.#cpu);
    }
    const one = this.#known.get(action.tasklet);
    if (one === undefined || this.#tasklets === undefined) return;
    if (action.do === 'disable') taskletDisable(one);
    else if (action.do === 'enable') taskletEnable(one);
    else if (this.#hasEffect(action)) taskletSchedule(this.#tasklets, one);
  }

  #hasEffect(action: Action & { readonly times?: number | undefined }): boolean {
    const before = this.#done.get(action) ?? 0;
    this.#done.set(action, before + 1);
    return action.times === undefined || before < action.times;
  }
}

/** Whether every name in the scene stands for something that is there, and for one thing only. */
function isMeaningful(scene: Scene, vectors: readonly string[]): boolean {
  const { interrupts, softirqs, tasklets = [], process } = scene;
  const lines = interrupts.map(({ line }) => line);
  const opened = softirqs.map(({ vector }) => vector);
  const names = tasklets.map(({ tasklet: name }) => name);
  const taken = scene.tasklets === undefined ? [] : ['HI', 'TASKLET'];
  const scripts = [...interrupts, ...softirqs, ...tasklets].map(({ does }) => does);
  return (
    [lines, [...opened, ...taken], names].every((list) => new Set(list).size === list.length) &&
    opened.every((vector) => vectors.includes(vector)) &&
    [...scripts, process].flat().every((action) => {
      if (action.do === 'raise') return vectors.includes(action.vector);
      if (action.do === 'interrupt') return lines.includes(action.line);
      return !('tasklet' in action) || names.includes(action.tasklet);
    })
  );
}

export function softirqPorts(profile: Profile): {
  softirq: PortOf<typeof softirq>;
  tasklet: PortOf<typeof tasklet>;
} {
  const later = profile === 'linux-6';
  const { vectors } = later ? SOFTIRQS_6_18 : SOFTIRQS_2_6_11;
  const play = (scene: Scene): Outcome<Played, 'EINVAL'> => {
    if (!isMeaningful(scene, vectors)) return failure('EINVAL');
    return success(new Stage(scene, later).play(scene.process));
  };
  return {
    softirq: { play: (scene) => answering(() => play(scene)) },
    tasklet: { play: (scene) => answering(() => play(scene)) },
  };
}
