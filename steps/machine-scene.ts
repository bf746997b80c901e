/**
 * What the parts of a machine's scene say of each other.
 *
 * A schema with such a rule in it would have to be asked at every call, so the suite looks here, before it
 * hands a scene over.
 */
import type { Scene } from './machine-programs.ts';

type Named = readonly { readonly name: string }[] | undefined;

const LISTS = ['processes', 'calls', 'lines', 'softirqs', 'timers'] as const;

/** @throws Error — something is there twice, or is named and not there. */
export function checkScene(scene: Scene): void {
  for (const list of LISTS) checkNames(list, scene[list]);
  const { processes = [], lines = [], arrivals = [], processors = 1 } = scene;
  for (const { parent, processor = 0 } of processes) {
    if (parent !== undefined) checkThere('process', parent, processes);
    checkProcessor(processor, processors);
  }
  for (const { line, processor = 0 } of arrivals) {
    checkThere('line', line, lines);
    checkProcessor(processor, processors);
  }
}

function checkNames(list: string, parts: Named = []): void {
  const names = parts.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw new Error(`"${twice}" is there twice among the ${list}`);
}

function checkThere(what: string, wanted: string, parts: Named = []): void {
  if (!parts.some(({ name }) => name === wanted))
    throw new Error(`there is no ${what} "${wanted}"`);
}

function checkProcessor(processor: number, processors: number): void {
  if (processor >= processors) {
    throw new Error(`processor ${processor} is named, and there are only ${processors}`);
  }
}
