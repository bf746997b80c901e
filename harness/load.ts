/**
 * From what the user wrote after --impl to something that can be connected to.
 *
 * A name of our own, a module file, a command line, or a package; what is tried, in this order, is said
 * when nothing fits.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { distance } from 'fastest-levenshtein';
import parseArgv from 'string-argv';
import type { Boot } from '../contract/index.ts';
import type { Connect } from './connection.ts';
import { inProcess } from './in-process.ts';
import { NATIVE } from './native-table.ts';
import { readyNative } from './native.ts';
import { CannotDrive } from './problems.ts';
import { builtFile } from './root.ts';
import { subprocess } from './subprocess.ts';

/** Implementations that come with the package, by name; none is imported before it is asked for. */
export const BUILT_IN: Readonly<Record<string, string>> = {
  reference: builtFile('adapters', 'reference.js'),
  'dummy-null': builtFile('adapters', 'dummies', 'null.js'),
  'dummy-echo': builtFile('adapters', 'dummies', 'echo.js'),
  'dummy-error': builtFile('adapters', 'dummies', 'error.js'),
  'dummy-random': builtFile('adapters', 'dummies', 'random.js'),
};

const MODULE_FILE = /\.(?:js|mjs|cjs|ts|mts)$/;

/** Where a module is, or the command that starts a process. */
export type Target =
  | { readonly kind: 'module'; readonly file: string }
  | { readonly kind: 'command'; readonly command: string; readonly args: readonly string[] };

function isFile(file: string): boolean {
  return existsSync(file) && statSync(file).isFile();
}

function onPath(command: string): string | undefined {
  if (command.includes('/')) return isFile(command) ? path.resolve(command) : undefined;
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.map((folder) => path.join(folder, command)).find(isFile);
}

/** Node resolves a package that can only be imported for its own modules, not for a folder. */
function packageFile(name: string): string | undefined {
  const { resolve } = createRequire(path.resolve('package.json'));
  try {
    return resolve(name);
  } catch {
    const homes = (resolve.paths(name) ?? []).map((folder) => path.join(folder, name));
    const home = homes.find((folder) => isFile(path.join(folder, 'package.json')));
    const entry = home && importEntry(packageDescription(home).exports);
    return entry && path.join(home, entry);
  }
}

function packageDescription(home: string): { exports?: unknown } {
  const text = readFileSync(path.join(home, 'package.json'), 'utf8');
  return JSON.parse(text) as { exports?: unknown };
}

/** The file that `exports` names for an import of the package itself. */
function importEntry(exports: unknown): string | undefined {
  if (typeof exports === 'string') return exports;
  if (typeof exports !== 'object' || exports === null) return undefined;
  const applies = ['.', 'import', 'node', 'default'];
  const [, entry] = Object.entries(exports).find(([name]) => applies.includes(name)) ?? [];
  return importEntry(entry);
}

/** Every name that comes with the package. */
export const NAMES: readonly string[] = [...Object.keys(BUILT_IN), ...Object.keys(NATIVE)];

/** @throws CannotDrive — nothing fits, and says what was tried; or it has to be built and cannot be. */
export function resolveTarget(spec: string): Target {
  const builtIn = Object.hasOwn(BUILT_IN, spec) ? BUILT_IN[spec] : undefined;
  if (builtIn !== undefined) return { kind: 'module', file: builtIn };
  if (Object.hasOwn(NATIVE, spec)) return { kind: 'command', command: readyNative(spec), args: [] };
  const file = path.resolve(spec);
  if (MODULE_FILE.test(spec) && isFile(file)) return { kind: 'module', file };
  // A path with a space in it is no command with arguments.
  if (spec.includes('/') && isFile(file)) return { kind: 'command', command: file, args: [] };
  const [first = '', ...args] = parseArgv(spec);
  const command = onPath(first);
  if (command !== undefined) return { kind: 'command', command, args };
  const inPackage = /\s/.test(spec) ? undefined : packageFile(spec);
  if (inPackage !== undefined) return { kind: 'module', file: inPackage };
  throw new CannotDrive(whatWasTried(spec, first));
}

/** Longer is no name that anybody could recognise. */
const SHOWN_LENGTH = 120;

const shown = (text: string): string =>
  text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}… (${text.length} characters)` : text;

function whatWasTried(spec: string, first: string): string {
  const said = shown(spec);
  if (spec.trim() === '')
    return `--impl names nothing; it takes ${NAMES.join(', ')}, or one of yours`;
  const isFolder = existsSync(spec) && statSync(spec).isDirectory();
  return [
    `there is no implementation "${said}"; tried`,
    `  a name that comes with kernspec: ${NAMES.join(', ')}${didYouMean(spec)}`,
    `  a module file: ${shown(path.resolve(spec))}${isFolder ? ', which is a folder' : ''}`,
    `  a command: "${shown(first)}", ${first.includes('/') ? 'as a path' : 'on PATH'}`,
    `  a package: "${said}", from ${process.cwd()}`,
  ].join('\n');
}

/** Letters that somebody may have got wrong in a name. */
const SLIPS = 2;

function didYouMean(spec: string): string {
  const near = NAMES.find((name) => distance(name, spec) <= SLIPS);
  return near === undefined ? '' : `; did you mean ${near}?`;
}

/** @throws CannotDrive — it cannot be imported, or exports no boot function. */
export async function loadBoot(file: string): Promise<Boot> {
  let module: { default?: unknown };
  try {
    module = (await import(pathToFileURL(file).href)) as { default?: unknown };
  } catch (error) {
    throw new CannotDrive(`${file} cannot be imported: ${String(error)}`);
  }
  if (typeof module.default === 'function') return module.default as Boot;
  throw new CannotDrive(
    `${file} has no default export that is a function; it must export default boot(options), see docs/write-an-adapter.md`,
  );
}

/**
 * How to connect to it.
 *
 * @param isolate - run even a module in a process of its own, where a crash or an endless loop is
 * contained. Ours are trusted; those of others are isolated unless the caller says otherwise.
 */
export async function loadImplementation(spec: string, isolate?: boolean): Promise<Connect> {
  const target = resolveTarget(spec);
  if (target.kind === 'command') return subprocess(target.command, target.args);
  if (isolate ?? !Object.hasOwn(BUILT_IN, spec)) {
    return subprocess(process.execPath, [builtFile('harness', 'serve-main.js'), target.file]);
  }
  return inProcess(await loadBoot(target.file));
}
