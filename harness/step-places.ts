/**
 * Where steps are defined, as an ambiguous one is told.
 *
 * Cucumber takes the text of a stack apart for each of them, which is a tenth of what a short run takes, and names
 * the function that defines steps for others. Here the engine gives the frames, and the module of steps counts.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

interface Place {
  readonly line: number;
  /** From the root folder, with the separators of the system. */
  readonly uri: string;
}

const FILE = '@cucumber/cucumber/lib/support_code_library_builder/get_definition_line_and_uri';

const OF_STEPS = /\.steps\.[jt]s$/;

/** Before steps are loaded. */
export function findPlacesFaster(): void {
  const module = createRequire(import.meta.url)(FILE) as { getDefinitionLineAndUri?: unknown };
  if (module.getDefinitionLineAndUri !== undefined) module.getDefinitionLineAndUri = place;
}

function place(root: string): Place {
  const frames = callers();
  const elsewhere = ({ file }: Frame) => file !== '' && !/[\\/]@cucumber[\\/]/.test(file);
  const frame = frames.find(({ file }) => OF_STEPS.test(file)) ?? frames.find(elsewhere);
  if (frame === undefined) return { line: 0, uri: 'unknown' };
  return { line: frame.line, uri: path.relative(root, frame.file) };
}

interface Frame {
  /** A path; empty for what is no module. */
  readonly file: string;
  readonly line: number;
}

/** Who called, but for this module. */
function callers(): readonly Frame[] {
  const usual = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  Error.prepareStackTrace = (_error, sites) => sites;
  const sites = new Error().stack as unknown as readonly NodeJS.CallSite[];
  if (usual === undefined) Reflect.deleteProperty(Error, 'prepareStackTrace');
  else Object.defineProperty(Error, 'prepareStackTrace', usual);
  return sites.slice(2).map((site) => {
    const name = site.getFileName() ?? '';
    const file = name.startsWith('file:') ? fileURLToPath(name) : name;
    return { file, line: site.getLineNumber() ?? 0 };
  });
}
