/**
 * Builds a mutant: a reference of which one module is changed.
 *
 * A module is known by where it is. So the changed one and all that import it, down to the adapter, are
 * written to a folder of their own and loaded from there afresh; everything else they import from the
 * compiled package as it is.
 */
import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Mutant } from './mutant.ts';

export interface BuiltMutant {
  /** The module to load, as the implementation under test. */
  readonly impl: string;
  /** Removes all that was built. */
  remove(): void;
}

type Patch = Pick<Mutant, 'id' | 'file' | 'find' | 'replace'>;

/** Compiled modules, by their path below dist/ with forward slashes. */
interface Modules {
  readonly texts: ReadonlyMap<string, string>;
  /** Who imports each. */
  readonly importers: ReadonlyMap<string, readonly string[]>;
}

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Where the compiled package is, whether this runs from there or as TypeScript. */
export const DIST = path.resolve(HERE, import.meta.url.endsWith('.ts') ? '../dist' : '..');

const ADAPTER = 'adapters/reference.js';

/** What stands for a moment is kept in memory, where a system has a folder for that. */
const MEMORY = '/dev/shm';

/** Where mutants are built. */
export const BUILDING_SITE = isWritable(MEMORY) ? MEMORY : tmpdir();

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Folders that stand at the moment; whatever ends the process, they do not outlive it. */
const standing = new Set<string>();

function removeFolder(folder: string): void {
  standing.delete(folder);
  rmSync(folder, { recursive: true, force: true });
}

process.on('exit', () => {
  for (const folder of standing) removeFolder(folder);
});

/** The modules of reference and adapter. @throws Error — the package is not built. */
function readModules(dist: string): Modules {
  const below = (folder: string) =>
    readdirSync(path.join(dist, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.js'))
      .map((name) => `${folder}/${name.split(path.sep).join('/')}`);
  try {
    const names = [...below('reference'), ...below('adapters/reference'), ADAPTER];
    const texts = new Map(names.map((name) => [name, readFileSync(path.join(dist, name), 'utf8')]));
    return { texts, importers: importersOf(texts) };
  } catch (error) {
    throw new Error(`there is no compiled reference in ${dist}; run npm run build first`, {
      cause: error,
    });
  }
}

const modulesOf = new Map<string, Modules>();

function modulesIn(dist: string): Modules {
  const known = modulesOf.get(dist) ?? readModules(dist);
  modulesOf.set(dist, known);
  return known;
}

/** The text of the mutated module. @throws Error — the place of the fault is not there, or not one. */
export function mutatedText({ id, file, find, replace }: Patch, dist = DIST): string {
  const parts = (modulesIn(dist).texts.get(moduleName(file)) ?? '').split(find);
  if (parts.length === 2) return parts.join(replace);
  const times = parts.length === 1 ? 'not' : `${parts.length - 1} times`;
  throw new Error(
    `mutant ${id}: its text occurs ${times} in reference/${file}, and must occur once: ${find}`,
  );
}

const moduleName = (file: string): string => `reference/${file}.js`;

/** A relative import or re-export, as the compiler writes it. */
const IMPORT = /(?<=\bfrom ")\.[^"]+(?=";)/g;

function imported(from: string, specifier: string): string {
  return path.posix.join(path.posix.dirname(from), specifier);
}

function importersOf(texts: Modules['texts']): Modules['importers'] {
  const importers = new Map<string, string[]>();
  for (const [name, text] of texts) {
    for (const specifier of new Set(text.match(IMPORT) ?? [])) {
      const module = imported(name, specifier);
      importers.set(module, [...(importers.get(module) ?? []), name]);
    }
  }
  return importers;
}

/** The module and all that import it, near or far. */
function dependents(name: string, { importers }: Modules): ReadonlySet<string> {
  const found = new Set([name]);
  for (const module of found) {
    for (const importer of importers.get(module) ?? []) found.add(importer);
  }
  return found;
}

/** @throws Error — the package is not built, or the fault has no place; nothing is left behind. */
export function buildMutant(mutant: Patch, dist = DIST): BuiltMutant {
  const changed = moduleName(mutant.file);
  const modules = modulesIn(dist);
  const texts = new Map(modules.texts).set(changed, mutatedText(mutant, dist));
  const own = dependents(changed, modules);
  const folder = mkdtempSync(path.join(BUILDING_SITE, `kernspec-${mutant.id}-`));
  standing.add(folder);
  const remove = () => removeFolder(folder);
  const write = (name: string, text: string) => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  try {
    for (const name of own) write(name, relinked(name, texts.get(name) ?? '', own, dist));
    write('package.json', '{ "type": "module" }\n');
  } catch (error) {
    remove();
    throw error;
  }
  return { impl: path.join(folder, ADAPTER), remove };
}

/** The module with its imports of what is not in the folder led to the compiled package. */
function relinked(name: string, text: string, own: ReadonlySet<string>, dist: string): string {
  return text.replace(/^\/\/# sourceMappingURL=.*$/m, '').replace(IMPORT, (specifier) => {
    const target = imported(name, specifier);
    return own.has(target) ? specifier : pathToFileURL(path.join(dist, target)).href;
  });
}
