/** Where reports go, and what is said where they cannot. */
import { accessSync, constants, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Thrown when a report cannot be written; the message names the path and the remedy. */
export class ReportNotWritten extends Error {
  override readonly name = 'ReportNotWritten';
}

/** The same for whatever else was to be written there. */
export function notWritten(path: string, error: unknown): ReportNotWritten {
  return new ReportNotWritten(`cannot write ${resolve(path)}: ${remedyFor(error)}`, {
    cause: error,
  });
}

/**
 * Makes a folder, and those above it, unless they are there; asked for before a run, whose results would be
 * lost by a folder that nothing can be written to.
 *
 * @throws ReportNotWritten — it cannot be made, or not be written to.
 */
export function folderToWrite(folder: string): void {
  if (folder === '') throw new ReportNotWritten('no folder is named for the reports');
  try {
    makeFolder(resolve(folder));
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw notWritten(folder, error);
  }
}

/** Asked for a file that is written at the end of a run. @throws ReportNotWritten — there is a folder of that name. */
export function fileToWrite(path: string): void {
  if (isFolder(path)) throw notWritten(path, Object.assign(new Error(), { code: 'EISDIR' }));
}

/** Step by step: of a folder that cannot be there, as in /proc, some versions of Node try to make all for ever. */
function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  const above = dirname(folder);
  // Of what is below a file, some versions of Node say that it is not there, others why.
  if (isFile(above)) throw Object.assign(new Error(), { code: 'ENOTDIR' });
  if (above !== folder) makeFolder(above);
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another run may have made it meanwhile.
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
}

/** Writes one file whole. @throws ReportNotWritten — it cannot. */
export function writeOne(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw notWritten(path, error);
  }
}

const REMEDIES: Readonly<Record<string, string>> = {
  EACCES: 'permission denied; give a folder that you may write to',
  EPERM: 'not permitted; give a folder that you may write to',
  EROFS: 'the file system is read-only; give a folder elsewhere',
  ENOSPC: 'the disk is full; make room or give a folder on another disk',
  EDQUOT: 'your disk quota is used up; make room or give a folder elsewhere',
  ENOENT: 'there is no folder for it; make one, or give one that is there',
  ENOTDIR: 'a part of the path is a file; give the path of a folder',
  EEXIST: 'there is a file of that name; remove it or give another folder',
  EISDIR: 'there is a folder of that name; remove it or give another folder',
  ENAMETOOLONG: 'the path is too long; give a shorter one',
};

function remedyFor(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REMEDIES[code] ?? `${String(error)}; give a folder that you may write to`;
}
