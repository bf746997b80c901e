/** The version of the suite, from its own package file. */
import { readFileSync } from 'node:fs';
import { fileFromRoot } from './root.ts';

interface PackageFile {
  readonly version: string;
}

export const SUITE_VERSION = (
  JSON.parse(readFileSync(fileFromRoot('package.json'), 'utf8')) as PackageFile
).version;
