/** Case studies on the machine: one scene, run again and again with one thing varied. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import { stepsToRun, type Ended } from '../harness/machine-trace.ts';
import { attachFigure } from './figures.ts';
import { addPrograms, processOf, sceneFrom, type SceneBuilder } from './machine-programs.ts';
import { sceneOf } from './machine.steps.ts';
import { notes, succeeded, type SuiteWorld } from './world.ts';

type Table = readonly (readonly string[])[];

interface Run {
  /** What was varied. */
  readonly x: number;
  /** What each variant came to. */
  readonly ended: readonly [Ended, Ended];
}

const sweepNotes = notes(() => ({ template: [] as Table, runs: [] as Run[] }));

Given('these programs, for some n:', function (this: SuiteWorld, table: DataTable) {
  sweepNotes(this).template = table.raw();
});

Given(
  'these programs on each processor p, with some lock L:',
  function (this: SuiteWorld, table: DataTable) {
    sweepNotes(this).template = table.raw();
  },
);

interface Axes {
  readonly title: string;
  readonly x: { readonly label: string; readonly unit: string };
  readonly y: { readonly label: string; readonly unit: string };
  /** What the two variants are called. */
  readonly curves: readonly [string, string];
}

/** The runs as a figure: one measure of each variant against what was varied. */
function attachRuns(
  world: SuiteWorld,
  measure: (ended: Ended) => number | null,
  { title, x, y, curves }: Axes,
): void {
  const { runs } = sweepNotes(world);
  attachFigure(world, {
    title,
    x: { ...x, values: runs.map((run) => run.x) },
    y,
    series: curves.map((label, variant) => ({
      label,
      values: runs.map(({ ended }) => measure(ended[variant] as Ended)),
    })),
    columns: [],
  });
}

/** The table with a word of it replaced wherever it stands alone. */
function withWord(table: Table, word: string, by: string): string[][] {
  return table.map((row) =>
    row.map((cell) => cell.replaceAll(new RegExp(`\\b${word}\\b`, 'g'), by)),
  );
}

When(
  'the machine runs with n = {numbers}, not preemptible and preemptible',
  async function (this: SuiteWorld, numbers: readonly number[]) {
    const { template, runs } = sweepNotes(this);
    for (const x of numbers) {
      const scene: SceneBuilder = structuredClone(sceneOf(this));
      addPrograms(scene, withWord(template, 'n', String(x)));
      const run = async (preemptible: boolean) =>
        succeeded(await this.port('machine').run({ ...sceneFrom(scene), preemptible }));
      runs.push({ x, ended: [await run(false), await run(true)] });
    }
  },
);

Then('{task} waits so many steps:', function (this: SuiteWorld, name: string, table: DataTable) {
  const { runs } = sweepNotes(this);
  attachRuns(this, (one) => stepsToRun(one, name) ?? null, {
    title: `What is left of a call delays ${name}, which is woken as the call begins`,
    x: { label: 'length of the call', unit: 'steps' },
    y: { label: 'delay', unit: 'steps' },
    curves: ['not preemptible', 'preemptible'],
  });
  const waits = runs.map(({ x, ended }) => [x, ...ended.map((one) => stepsToRun(one, name))]);
  assert.deepEqual(
    waits,
    table.rows().map((row) => row.map(Number)),
  );
});

When(
  'the machine runs on 1 to {int} processors, where L is {lock}, and where it is {lock}',
  async function (this: SuiteWorld, most: number, first: string, second: string) {
    for (let processors = 1; processors <= most; processors++) {
      const run = async (lock: string) =>
        succeeded(await this.port('machine-smp').run(workers(this, processors, lock)));
      sweepNotes(this).runs.push({ x: processors, ended: [await run(first), await run(second)] });
    }
  },
);

/** The programs once for each processor, whose letter stands for p. */
function workers(world: SuiteWorld, processors: number, lock: string) {
  const scene: SceneBuilder = { ...structuredClone(sceneOf(world)), processors };
  for (const [id, letter] of [...'abcdefgh'].slice(0, processors).entries()) {
    const table = withWord(withWord(sweepNotes(world).template, 'L', lock), 'p', letter);
    addPrograms(scene, table);
    for (const name of table[0] ?? []) {
      if (!name.includes(' ')) processOf(scene, name).processor = id;
    }
  }
  return sceneFrom(scene);
}

/** Calls that returned, for each thousand steps of a processor until the last did. */
function throughput({ trace }: Ended): number {
  const returns = trace.filter(({ did }) => did === 'returns').map(({ step }) => step);
  return Math.round((1000 * returns.length) / Math.max(...returns));
}

Then('there are so many calls in 1000 steps:', function (this: SuiteWorld, table: DataTable) {
  const { runs } = sweepNotes(this);
  attachRuns(this, throughput, {
    title: 'Throughput of system calls under one lock, and under a lock for each processor',
    x: { label: 'processors', unit: '' },
    y: { label: 'throughput', unit: 'calls/1000 steps' },
    curves: ['a lock each', 'one lock'],
  });
  assert.equal(runs.length, table.rows().length);
  for (const [at, row] of table.rows().entries()) {
    const [processors, each, least = 0, most = 0] = row.map(Number);
    const run = runs[at] ?? assert.fail('a run less');
    const [own, one] = run.ended.map(throughput) as [number, number];
    assert.equal(run.x, processors);
    assert.equal(own, each, `with a lock each, on ${processors} processors`);
    assert.ok(
      one >= least && one <= most,
      `${one} calls under one lock on ${processors} processors, not ${least} to ${most}`,
    );
  }
});
