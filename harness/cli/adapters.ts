/** kernspec adapters. */
import { buildNative, NATIVE } from '../native.ts';
import { print } from './terminal.ts';

/** Builds the named ones, or all, and prints where each program is. */
export async function adaptersBuildCommand(names: readonly string[]): Promise<number> {
  for (const name of names.length > 0 ? names : Object.keys(NATIVE)) print(buildNative(name));
  return 0;
}
