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
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { NATIVE, type Native } from './native-table.ts';
import { CannotDrive, UsageError } from './problems.ts';
import { fileFromRoot } from './root.ts';

/** What a fingerprint is taken of. */
const SOURCE = /^(?:[^/]+\.(?:[ch]|go)|Makefile)$/;

const FINGERPRINT_DIGITS = 16;

/** Where the cache is: KERNSPEC_CACHE, or where the user keeps such things. */
function cacheFolder(): string {
  const { KERNSPEC_CACHE, XDG_CACHE_HOME } = process.env;
  if (KERNSPEC_CACHE !== undefined && KERNSPEC_CACHE !== '') return path.resolve(KERNSPEC_CACHE);
  return path.join(XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'kernspec');
}

function fingerprint({ folders, builtAgainst = [] }: Native): string {
  const hash = createHash('sha256');
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

/**
 * Builds an implementation unless that has been done, and says where the program is.
 *
 * @throws UsageError — there is none of that name. @throws CannotDrive — it cannot be built here.
 */
export function buildNative(name: string): string {
  const native = nativeOf(name);
  const { platform, program, folders } = native;
  if (process.platform !== platform) {
    throw new CannotDrive(`${name} runs on ${platform}, and this is ${process.platform}`);
  }
  const cache = cacheFolder();
  const home = path.join(cache, `${name}-${fingerprint(native)}`);
  const built = path.join(home, program);
  if (existsSync(built)) return built;
  refuseWhatIsMissing(name, native);
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, `building-${name}-`));
  try {
    compile(name, fileFromRoot(folders[0]), folder);
    publish(folder, home);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  forgetOthers(cache, name, home);
  return built;
}

function refuseWhatIsMissing(name: string, { needs }: Native): void {
  const missing = needs.filter((need) => !need.isThere());
  if (missing.length === 0) return;
  const what = missing.map((need) => `no ${need.what}`).join(' and ');
  const packages = missing.map((need) => need.packages).join(' ');
  throw new CannotDrive(
    `${name} has to be built, and there is ${what}; on Debian: apt-get install ${packages}`,
  );
}

function compile(name: string, sources: string, folder: string): void {
  const { status, stderr } = spawnSync('make', ['-C', sources, `BUILD=${folder}`], {
    encoding: 'utf8',
  });
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

/** What earlier sources were built into is of no use any more. */
function forgetOthers(cache: string, name: string, home: string): void {
  const ofIt = new RegExp(`^${name}-[0-9a-f]{${FINGERPRINT_DIGITS}}$`);
  for (const entry of readdirSync(cache)) {
    const other = path.join(cache, entry);
    if (ofIt.test(entry) && other !== home) rmSync(other, { recursive: true, force: true });
  }
}

/**
 * Builds it where needed, and asks it whether it can run here.
 *
 * @throws CannotDrive — it cannot; says what is missing and the remedy.
 */
export function readyNative(name: string): string {
  const program = buildNative(name);
  const { status, signal, stderr } = spawnSync(program, ['--check'], { encoding: 'utf8' });
  if (status === 0) return program;
  throw new CannotDrive(
    `${name} cannot run here: ${stderr.trim() || `it ended by ${signal ?? status}`}`,
  );
}
