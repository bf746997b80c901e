/** Where the package's own files are, whether this runs as TypeScript or from dist/. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

function findRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return folder;
}

/** The folder that has package.json. */
export const ROOT = findRoot();

/** A file that is shipped with the package. */
export function fileFromRoot(...parts: readonly string[]): string {
  return path.join(ROOT, ...parts);
}

/** A compiled module of the package. */
export function builtFile(...parts: readonly string[]): string {
  return path.join(ROOT, 'dist', ...parts);
}
