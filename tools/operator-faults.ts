/**
 * Faults made by rule, as the kill matrix takes them. Which is told in the environment, since processes of
 * the matrix load this module by themselves: OPERATOR_FAULTS, a Choice as JSON.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Profile } from '../contract/implementation.ts';
import type { SeededFault } from '../harness/kill-matrix.ts';
import { buildMutant as build, DIST, type BuiltMutant } from '../mutants/build.ts';
import { TOUCHES } from '../mutants/mutant.ts';
import { operatorEdits, type Edit } from './operators.ts';

export const VARIABLE = 'OPERATOR_FAULTS';

export interface Choice {
  /** Modules below reference/, without extension. */
  readonly files: readonly string[];
  readonly profile: Profile;
  /** How many of all that can be made, drawn by the seed; left out: all. */
  readonly sample?: number;
  readonly seed: number;
  /** Ids, where some are to be tried again. */
  readonly ids?: readonly string[];
  /** Tag expression of what is run; left out: what is said of the module in mutants/mutant.ts. */
  readonly touches?: string;
}

export interface OperatorFault extends SeededFault {
  readonly file: string;
  readonly edit: Edit;
}

/** What is run for modules that no seeded fault is in. */
const EVERYTHING = 'not @property';

const textOf = (file: string): string =>
  readFileSync(path.join(DIST, 'reference', `${file}.js`), 'utf8');

export function operatorFaults(choice: Choice): OperatorFault[] {
  const all = choice.files.flatMap((file) => faultsOf(file, choice));
  if (choice.ids !== undefined) return all.filter(({ id }) => choice.ids?.includes(id));
  return choice.sample === undefined ? all : drawn(all, choice.sample, choice.seed);
}

function faultsOf(file: string, { profile, touches }: Choice): OperatorFault[] {
  const text = textOf(file);
  const known: Readonly<Record<string, string>> = TOUCHES;
  return operatorEdits(text).map((edit) => ({
    id: `${file.replaceAll('/', '-')}-${edit.start}-${edit.end}${edit.instead.startsWith('!') ? '-not' : ''}`,
    statement: 'none',
    does: shown(file, text, edit),
    touches: touches ?? known[file] ?? EVERYTHING,
    profile,
    file,
    edit,
  }));
}

/** File, line, and the line with the place and what stands there instead. */
function shown(file: string, text: string, { start, end, instead }: Edit): string {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', end);
  const line = text.slice(0, start).split('\n').length;
  const code = `${text.slice(from, start)}⟦${text.slice(start, end)} → ${instead}⟧${text.slice(end, to)}`;
  return `${file}.js:${line}: ${code.trim().replaceAll(/\s+/g, ' ')}`;
}

/** So many of them, by a generator of the seed; in their order. */
function drawn<T>(all: readonly T[], count: number, seed: number): T[] {
  let state = (seed * 2654435761 + 12345) >>> 0;
  const ranked = all.map((one, at) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + at + 1) >>> 0;
    return { one, at, rank: state };
  });
  const chosen = ranked.toSorted((a, b) => a.rank - b.rank).slice(0, count);
  return chosen.toSorted((a, b) => a.at - b.at).map(({ one }) => one);
}

/** A reference with the fault. */
export function buildMutant({ id, file, edit }: OperatorFault): BuiltMutant {
  const text = textOf(file);
  const replace = `${text.slice(0, edit.start)}${edit.instead}${text.slice(edit.end)}`;
  return build({ id, file: file as keyof typeof TOUCHES, find: text, replace });
}

const told = process.env[VARIABLE];

export const MUTANTS: readonly OperatorFault[] =
  told === undefined ? [] : operatorFaults(JSON.parse(told) as Choice);
