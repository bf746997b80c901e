/**
 * Builds implementations that come as sources, where they are used.
 *
 * What is built lies in a cache outside the package, under a name that follows from the sources, so a change
 * is never missed, and runs that build at the same time do not meet.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { NATIVE, type Foundation, type Native, type Need } from './native-table.ts';
import { CannotDrive, UsageError } from './problems.ts';
import { fileFromRoot } from './root.ts';

/** What a fingerprint is taken of. */
const SOURCE = /^(?:[^/]+\.(?:[ch]|go|config|patch)|Makefile)$/;

const FINGERPRINT_DIGITS = 16;

/** Where the cache is: KERNSPEC_CACHE, or where the user keeps such things. */
function cacheFolder(): string {
  const { KERNSPEC_CACHE, XDG_CACHE_HOME } = process.env;
  if (KERNSPEC_CACHE !== undefined && KERNSPEC_CACHE !== '') return path.resolve(KERNSPEC_CACHE);
  return path.join(XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'kernspec');
}

function fingerprint({ folders, builtAgainst = [], foundation }: Native): string {
  const hash = createHash('sha256');
  if (foundation !== undefined) hash.update(fingerprint(foundation));
  for (const file of builtAgainst.filter((name) => existsSync(name))) {
    hash.update(`${file}\0`).update(readFileSync(file));
  }
  for (const folder of folders) {
    for (const name of readdirSync(fileFromRoot(folder))
      .filter((file) => SOURCE.test(file))
      .sort()) {
      hash.update(`${folder}/${name}\0`).update(readFileSync(fileFromRoot(folder, name)));
    }
  }
  return hash.digest('hex').slice(0, FINGERPRINT_DIGITS);
}

function nativeOf(name: string): Native {
  const native = Object.hasOwn(NATIVE, name) ? NATIVE[name] : undefined;
  if (native !== undefined) return native;
  throw new UsageError(
    `there is nothing to build for "${name}"; there are sources of ${Object.keys(NATIVE).join(', ')}`,
  );
}

/** Whether what takes minutes is built, too, or has to be there. */
interface BuildOptions {
  readonly patient: boolean;
}

/**
 * Builds an implementation unless that has been done, and says where the program is.
 *
 * @throws UsageError — there is none of that name. @throws CannotDrive — it cannot be built here.
 */
export function buildNative(name: string, options: BuildOptions): string {
  const native = nativeOf(name);
  if (process.platform !== native.platform) {
    throw new CannotDrive(`${name} runs on ${native.platform}, and this is ${process.platform}`);
  }
  const { home, program, isBuilt } = placeOf(name, native);
  if (isBuilt) {
    noteUse(home);
    return program;
  }
  const { foundation } = native;
  const below = foundation && placeOf(foundation.name, foundation);
  const missing = below?.isBuilt === false ? foundation?.needs : [];
  refuseWhatIsMissing(name, [...native.needs, ...(missing ?? [])]);
  if (foundation === undefined || below === undefined) build(name, native, home, []);
  else {
    if (!below.isBuilt) buildFoundation(name, foundation, below.home, options);
    build(name, native, home, [`${foundation.variable}=${below.home}`]);
  }
  return program;
}

/** The time at which a folder was changed last is that of its last use. */
function noteUse(home: string): void {
  try {
    utimesSync(home, new Date(), new Date());
  } catch {
    // Somebody else's, in a cache that is shared: it is theirs to forget.
  }
}

/** Where it is when it has been built. */
function placeOf(name: string, native: Native): Place {
  const home = path.join(cacheFolder(), `${name}-${fingerprint(native)}`);
  const program = path.join(home, native.program);
  return { home, program, isBuilt: existsSync(program) };
}

interface Place {
  readonly home: string;
  readonly program: string;
  readonly isBuilt: boolean;
}

function buildFoundation(
  wanted: string,
  foundation: Foundation,
  home: string,
  { patient }: BuildOptions,
): void {
  const { name, minutes } = foundation;
  if (!patient) {
    throw new CannotDrive(
      `${wanted} is built on ${name}, which takes some ${minutes} minutes, once: kernspec adapters build ${wanted}`,
    );
  }
  build(name, foundation, home, []);
}

function build(name: string, native: Native, home: string, variables: readonly string[]): void {
  const cache = cacheFolder();
  const folder = makeFolder(cache, name);
  try {
    compile(name, fileFromRoot(native.folders[0]), folder, variables);
    publish(folder, home);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  forgetOthers(cache, name, home);
}

/** A folder to build in. @throws CannotDrive — there is no place for one. */
function makeFolder(cache: string, name: string): string {
  try {
    mkdirSync(cache, { recursive: true });
    forgetUnfinished(cache);
    return mkdtempSync(path.join(cache, `building-${name}-${process.pid}-`));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CannotDrive(
      `${name} cannot be built: no folder can be made in ${cache} (${code ?? message}); KERNSPEC_CACHE names another place`,
    );
  }
}

/** A folder in which something is built, and by whom. */
const UNFINISHED = /^building-.+-(\d+)-[^-]+$/;

/** What somebody has left who was killed while building. */
function forgetUnfinished(cache: string): void {
  for (const entry of readdirSync(cache)) {
    const [, builder] = UNFINISHED.exec(entry) ?? [];
    if (builder === undefined || isAlive(Number(builder))) continue;
    forget(path.join(cache, entry));
  }
}

function forget(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // What is somebody else's in a cache that is shared stays there; nothing needs it to be gone.
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function refuseWhatIsMissing(name: string, needs: readonly Need[]): void {
  const missing = needs.filter((need) => !need.isThere());
  if (missing.length === 0) return;
  const what = missing.map((need) => `no ${need.what}`).join(' and ');
  const packages = [...new Set(missing.map((need) => need.packages))].join(' ');
  throw new CannotDrive(
    `${name} has to be built, and there is ${what}; on Debian: apt-get install ${packages}`,
  );
}

/**
 * Does a command, and when told to end, ends it and takes away the folder. Whoever has begun it may be gone by then, and
 * who writes to nobody is ended: so it says nothing any more.
 */
const TIDILY = `
folder=$1; shift
trap 'exec >/dev/null 2>&1; kill $command; wait $command; rm -rf "$folder"; exit 143' HUP INT TERM
"$@" & command=$!
wait $command`;

/** Who waits for a command and is killed can end nothing any more: so the kernel tells the command. */
const TOLD_OF_DEATH = ['setpriv', '--pdeathsig', 'TERM'] as const;

function canBeTold(): boolean {
  const [command, ...words] = TOLD_OF_DEATH;
  return spawnSync(command, [...words, 'true']).status === 0;
}

function compile(
  name: string,
  sources: string,
  folder: string,
  variables: readonly string[],
): void {
  const make = ['make', '-C', sources, `BUILD=${folder}`, ...variables];
  const [command = '', ...words] = [
    ...(canBeTold() ? TOLD_OF_DEATH : []),
    ...['/bin/sh', '-c', TIDILY, 'sh', folder, ...make],
  ];
  const { status, stderr } = spawnSync(command, words, { encoding: 'utf8' });
  if (status !== 0) throw new CannotDrive(`${name} cannot be built:\n${stderr.trim()}`);
}

/** Somebody else may have been faster, and what they have built is the same. */
function publish(folder: string, home: string): void {
  try {
    renameSync(folder, home);
  } catch (error) {
    if (!existsSync(home)) throw error;
  }
}

/** Runs take less; a run whose sources are changed meanwhile goes on with what it has begun with. */
const IN_USE_MS = 3_600_000;

/** What earlier sources were built into is of no use any more, once no run can be under way with it. */
function forgetOthers(cache: string, name: string, home: string): void {
  const ofIt = new RegExp(`^${name}-[0-9a-f]{${FINGERPRINT_DIGITS}}$`);
  for (const entry of readdirSync(cache)) {
    const other = path.join(cache, entry);
    if (!ofIt.test(entry) || other === home) continue;
    if (Date.now() - statSync(other).mtimeMs < IN_USE_MS) continue;
    forget(other);
  }
}

/**
 * Builds it where needed, and asks it whether it can run here.
 *
 * @throws CannotDrive — it cannot; says what is missing and the remedy.
 */
export function readyNative(name: string): string {
  const program = buildNative(name, { patient: false });
  const { status, signal, stderr, error } = spawnSync(program, ['--check'], { encoding: 'utf8' });
  if (status === 0) return program;
  if (error !== undefined) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CannotDrive(
      `${name} cannot run here: ${program} cannot be started (${code ?? message})`,
    );
  }
  throw new CannotDrive(
    `${name} cannot run here: ${stderr.trim() || `it ended by ${signal ?? status}`}`,
  );
}
