/** Scripts as files: read, parsed, and planned, before any of them is run. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../problems.ts';
import type { Script } from './ast.ts';
import { headingOf, type Heading } from './heading.ts';
import { parseScript } from './parse.ts';
import { planScript, type Plan } from './plan-script.ts';
import { ScriptError, Unsupported, type Lack } from './problems.ts';

export interface ReadScript {
  /** As it was named on the command line, with forward slashes. */
  readonly file: string;
  readonly heading: Heading;
  /** Undefined where the script could not be read to its end. */
  readonly script: Script | undefined;
  readonly plan: Plan | undefined;
  /** What it asks for that is not there. */
  readonly lacks: readonly Lack[];
}

/**
 * Reads every script, so that a run does not end half way at a wrong one.
 *
 * @param names - files, or folders with files *.pkt below them.
 * @throws UsageError — a file cannot be read, or is not in the language; names each of them.
 */
export function readScripts(names: readonly string[]): ReadScript[] {
  const errors: ScriptError[] = [];
  const scripts = names.flatMap(scriptFiles).flatMap((file) => {
    try {
      return [readScript(file, readText(file))];
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      errors.push(error);
      return [];
    }
  });
  if (errors.length > 0) throw new UsageError(errors.map(({ message }) => message).join('\n'));
  return scripts;
}

/** @throws ScriptError — it is not in the language. */
export function readScript(file: string, text: string): ReadScript {
  const heading = headingOf(text);
  try {
    const script = parseScript(text, file);
    const plan = planScript(script, file);
    return { file, heading, script, plan, lacks: plan.lacks };
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    return { file, heading, script: undefined, plan: undefined, lacks: [error.lack] };
  }
}

function scriptFiles(name: string): string[] {
  const slashed = path.normalize(name).split(path.sep).join('/');
  const found = statSync(name, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`there is no script "${name}"`);
  if (!found.isDirectory()) return [slashed];
  const files = readdirSync(name, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.pkt'))
    .map((file) => path.posix.join(slashed, file.split(path.sep).join('/')))
    .sort();
  if (files.length > 0) return files;
  throw new UsageError(`the folder "${name}" has no scripts (*.pkt)`);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`the script "${file}" cannot be read: ${(error as Error).message}`);
  }
}
