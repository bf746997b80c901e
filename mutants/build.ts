/**
 * Builds a mutant: a copy of the compiled reference and its adapter with one module changed.
 *
 * The copy stands in a folder of its own, with a link to the compiled contract beside it. A module is
 * known by where it is, so each copy is loaded afresh while the contract stays the same one.
 */
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Mutant } from './mutant.ts';

export interface BuiltMutant {
  /** The module to load, as the implementation under test. */
  readonly impl: string;
  /** Removes all that was built. */
  remove(): void;
}

type Patch = Pick<Mutant, 'id' | 'file' | 'find' | 'replace'>;

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Folders that stand at the moment; whatever ends the process, they do not outlive it. */
const standing = new Set<string>();

function removeFolder(folder: string): void {
  standing.delete(folder);
  rmSync(folder, { recursive: true, force: true });
}

process.on('exit', () => {
  for (const folder of standing) removeFolder(folder);
});

/** Where the compiled package is, whether this runs from there or as TypeScript. */
export const DIST = path.resolve(HERE, import.meta.url.endsWith('.ts') ? '../dist' : '..');

/** The text of a compiled module of the reference. @throws Error — the package is not built. */
function compiled(file: string, dist: string): string {
  const name = path.join(dist, 'reference', `${file}.js`);
  if (existsSync(name)) return readFileSync(name, 'utf8');
  throw new Error(`${name} does not exist; run npm run build first`);
}

/** The text of the mutated module. @throws Error — the place of the fault is not there, or not one. */
export function mutatedText(mutant: Patch, dist = DIST): string {
  const parts = compiled(mutant.file, dist).split(mutant.find);
  if (parts.length === 2) return parts.join(mutant.replace);
  const times = parts.length === 1 ? 'not' : `${parts.length - 1} times`;
  throw new Error(
    `mutant ${mutant.id}: its text occurs ${times} in reference/${mutant.file}, and must occur once: ${mutant.find}`,
  );
}

/** @throws Error — the package is not built, or the fault has no place; nothing is left behind. */
export function buildMutant(mutant: Patch, dist = DIST): BuiltMutant {
  const text = mutatedText(mutant, dist);
  const folder = mkdtempSync(path.join(tmpdir(), `kernspec-${mutant.id}-`));
  standing.add(folder);
  const remove = () => removeFolder(folder);
  try {
    for (const part of ['reference', 'adapters/reference', 'adapters/reference.js']) {
      cpSync(path.join(dist, part), path.join(folder, part), { recursive: true, filter: isCode });
    }
    // A junction, where links to folders are a privilege; elsewhere the type is ignored.
    symlinkSync(path.join(dist, 'contract'), path.join(folder, 'contract'), 'junction');
    writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }\n');
    writeFileSync(path.join(folder, 'reference', `${mutant.file}.js`), text);
  } catch (error) {
    remove();
    throw error;
  }
  return { impl: path.join(folder, 'adapters', 'reference.js'), remove };
}

/** Folders, modules and their source maps, without declarations. */
function isCode(name: string): boolean {
  return !/\.d\.ts(?:\.map)?$/.test(name);
}
