/** Cucumber as it is used here: its steps loaded once a process, and what every run of it has in common. */
import { loadSupport, type IRunOptions, type ISupportCodeLibrary } from '@cucumber/cucumber/api';
import { leaveOut } from './left-out.ts';
import { matchFaster } from './matching.ts';
import { builtFile, ROOT } from './root.ts';
import { findPlacesFaster } from './step-places.ts';

const SOURCES = {
  defaultDialect: 'en',
  paths: [],
  names: [],
  tagExpression: '',
  order: 'defined' as const,
};

/** The step by which properties are stated; in the root folder, as the next. */
const PROPERTY_STEP = 'dist/properties/property.steps.js';

/** Every module of steps/, and that one. */
const SUPPORT = ['dist/steps/*.js', PROPERTY_STEP] as const;

const NULL_FORMATTER = builtFile('harness', 'null-formatter.js');

let loaded: Promise<ISupportCodeLibrary> | undefined;

/** Step definitions serve every run in the process. */
export function loadSteps(): Promise<ISupportCodeLibrary> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<ISupportCodeLibrary> {
  findPlacesFaster();
  const support = { importPaths: [...SUPPORT] };
  const library = await loadSupport({ sources: SOURCES, support }, { cwd: ROOT });
  leaveOut();
  matchFaster(library);
  // At each run cucumber looks for its modules again, though they are loaded; one is found at once.
  library.originalCoordinates.importPaths = [PROPERTY_STEP];
  return library;
}

export interface CucumberRun {
  /** Features, with lines where not all of one is wanted. */
  readonly paths: readonly string[];
  /** Only matches steps and definitions. */
  readonly dryRun: boolean;
  /** Writes the stream of messages to stdout. */
  readonly messages: boolean;
  /** Leaves out what comes after a scenario that did not pass. */
  readonly stopAtFailure?: boolean | undefined;
}

/** What runCucumber is to be given. */
export async function cucumberOptions({
  paths,
  dryRun,
  messages,
  stopAtFailure = false,
}: CucumberRun): Promise<IRunOptions> {
  return {
    sources: { ...SOURCES, paths: [...paths] },
    support: await loadSteps(),
    runtime: {
      dryRun,
      failFast: stopAtFailure,
      filterStacktraces: true,
      parallel: 0,
      retry: 0,
      retryTagFilter: '',
      strict: true,
      worldParameters: {},
    },
    formats: {
      stdout: messages ? 'message' : NULL_FORMATTER,
      files: {},
      publish: false,
      options: {},
    },
  };
}
