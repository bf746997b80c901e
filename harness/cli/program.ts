/** Commands, their options, and the exit code of each end. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { PROFILES } from '../../contract/implementation.ts';
import { MAX_WAIT_MS } from '../clock.ts';
import { EXIT } from '../gate.ts';
import { CannotDrive, UsageError } from '../problems.ts';
import { SUITE_VERSION } from '../version.ts';
import { CONTRACT_IN_BRIEF, EXIT_CODES, PACKETDRILL_IN_BRIEF } from './help.ts';
import { hearOfStreams } from './streams.ts';

/** Code 1 would say that the implementation has got worse. */
const OWN_FAULT = 70;

const DEFAULT_OUT = 'kernspec-report';

/** A whole number within a range, as an option's value. */
function whole(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

function seed(text: string): number {
  if (text === 'random') return Math.floor(Math.random() * 0x1_0000_0000);
  return whole(0, 0xffff_ffff)(text);
}

const collect = (value: string, previous: string[] = []): string[] => [...previous, value];

/** An option that may be repeated, and takes some words only. */
function formats(...names: readonly string[]): Option {
  return new Option(
    '--format <name>',
    `report to write: ${names.join(', ')}; may be repeated (default: all)`,
  ).argParser((value: string, previous?: string[]) => {
    if (names.includes(value)) return collect(value, previous);
    throw new InvalidArgumentError(`Allowed choices are ${names.join(', ')}.`);
  });
}

/** Options of every command that starts an implementation. */
function withImplementation(command: Command): Command {
  return command
    .option('--impl <what>', 'name, module file, package or command line to judge', 'reference')
    .addOption(
      new Option('--profile <name>', 'profile to ask for and to judge by').choices([...PROFILES]),
    )
    .option('--seed <n>', 'seed of every random choice, or "random"', seed, 1)
    .option('--call-timeout <ms>', 'bound for one call', whole(1, 3_600_000), 2000)
    .option('--isolate', 'run a module in a process of its own (the default for your own)')
    .option('--no-isolate', 'run a module in this process');
}

function interopCommand(): Command {
  return new Command('interop')
    .description('try every pair of implementations at the two ends of the lab')
    .option('--impl <what>', 'one of them; to be repeated (default: reference)', collect)
    .addOption(
      new Option('--profile <name>', 'profile to ask of all')
        .choices([...PROFILES])
        .default('linux-6'),
    )
    .option('--only <what>', 'as in run (default: the features of the lab)', collect)
    .option('--seed <n>', 'seed of every random choice, or "random"', seed, 1)
    .option('--runs <n>', 'generated cases for each property', whole(1, 1_000_000), 10)
    .option('--call-timeout <ms>', 'bound for one call', whole(1, 3_600_000), 2000)
    .option('--write <file>', 'where to write it as JSON, for "kernspec conformance --interop"')
    .addHelpText('after', `\n${EXIT_CODES}`)
    .action(async (options) => done((await import('./interop.ts')).interopCommand(options)));
}

function runCommand(): Command {
  return withImplementation(new Command('run'))
    .description('run the specification against an implementation')
    .option(
      '--only <what>',
      'statement id, area, feature path or tag expression; may be repeated',
      collect,
    )
    .option('--fresh', 'start a process for each scenario, even if it can be reset')
    .option('--shard <i/n>', 'run the i-th of n parts')
    .option(
      '--parallel <n>',
      'worker processes (default: as many as pay, for what comes with kernspec)',
      whole(0, 64),
    )
    .option('--peer <what>', 'what the other hosts are where there are several (default: the same)')
    .addOption(
      new Option('--peer-profile <name>', 'profile to ask of them (default: the same)').choices([
        ...PROFILES,
      ]),
    )
    .option('--runs <n>', 'generated cases for each property', whole(1, 1_000_000), 50)
    .option('--max-restarts <n>', 'deaths after which it is given up', whole(0, 100_000), 50)
    .option(
      '--max-wait <ms>',
      'longest that a scenario may wait where time is real',
      whole(0, 3_600_000),
      MAX_WAIT_MS,
    )
    .addOption(formats('json', 'junit', 'html', 'text', 'messages', 'none'))
    .option('--out <folder>', 'where reports go', DEFAULT_OUT)
    .option('--baseline <file>', 'known failures; see "kernspec gate"')
    .option('--figures', 'show what case studies measured as tables')
    .addHelpText('after', `\n${EXIT_CODES}`)
    .action(async (options) => done((await import('./run.ts')).runCommand(options)));
}

function experimentCommand(): Command {
  return new Command('experiment')
    .argument('<name>', 'which one: vegas')
    .description('measure Vegas and Reno on the network of the paper')
    .option('--impl <what>', 'name, module file, package or command line', 'reference')
    .addOption(
      new Option('--profile <name>', 'profile to ask for (default: bsd-4.4)').choices([
        ...PROFILES,
      ]),
    )
    .option('--seed <n>', 'seed of every random choice, or "random"', seed, 1)
    .option(
      '--runs <n>',
      'runs with conversations for each figure; the bands are for 60',
      whole(3, 1000),
      60,
    )
    .option('--parallel <n>', 'threads', whole(1, 64), 2)
    .option('--out <folder>', 'where tables and pictures go', `${DEFAULT_OUT}/experiment`)
    .action(async (name, options) =>
      done((await import('./experiment.ts')).experimentCommand(name, options)),
    );
}

function packetdrillCommand(): Command {
  return withImplementation(new Command('packetdrill'))
    .argument('<script...>', 'files, or folders with files *.pkt below them')
    .description('run packetdrill scripts against an implementation, in virtual time')
    .option('--check', 'only read the scripts, and say what of them is not supported')
    .option('--max-restarts <n>', 'deaths after which it is given up', whole(0, 100_000), 50)
    .addOption(formats('json', 'junit', 'html', 'text', 'none'))
    .option('--out <folder>', 'where reports go', `${DEFAULT_OUT}/packetdrill`)
    .option('--baseline <file>', 'known failures; see "kernspec gate"')
    .addHelpText('after', `\n${PACKETDRILL_IN_BRIEF}\n\n${EXIT_CODES}`)
    .action(async (scripts, options) =>
      done((await import('./packetdrill.ts')).packetdrillCommand(scripts, options)),
    );
}

function gateCommand(): Command {
  const gate = new Command('gate').description(
    'compare results with a baseline of known failures, write or update it',
  );
  const about: Readonly<Record<string, string>> = {
    check: 'judge results by the baseline',
    write: 'write a new baseline of everything that failed',
    update: 'drop what passes, add what fails, keep reasons, links and dates',
  };
  for (const [name, description] of Object.entries(about)) {
    const sub = gate
      .command(name)
      .description(description)
      .requiredOption('--baseline <file>', 'the baseline file (YAML)')
      .option('--results <file>', 'results.json of a run; repeat it for shards', collect)
      .option('--today <date>', 'date to judge expiry by (default: today)');
    if (name === 'write') sub.option('--force', 'replace an existing file');
    if (name === 'check') sub.addHelpText('after', `\n${EXIT_CODES}`);
    sub.action(async (options) => done((await import('./gate.ts')).gateCommand(name, options)));
  }
  return gate;
}

function adaptersCommand(): Command {
  const adapters = new Command('adapters').description(
    'implementations that come as sources and are built where they are used',
  );
  adapters
    .command('build [name...]')
    .description('build them, or all, into a cache (KERNSPEC_CACHE, or ~/.cache/kernspec)')
    .action(async (names) =>
      done((await import('./adapters.ts')).adaptersBuildCommand(names as string[])),
    );
  return adapters;
}

function program(): Command {
  const kernspec = new Command('kernspec')
    .description('An executable specification of a UNIX kernel and its TCP/IP stack')
    .version(SUITE_VERSION)
    .addHelpText('after', `\n${CONTRACT_IN_BRIEF}`);
  kernspec.addCommand(runCommand());
  kernspec
    .command('list [what]')
    .description('list areas (default), rules, scenarios, capabilities or implementations')
    .option('--only <what>', 'as for run', collect)
    .action(async (what, options) => done((await import('./list.ts')).listCommand(what, options)));
  kernspec
    .command('explain <id>')
    .description('a statement or scenario: rules, sources, scenarios, last verdicts')
    .option('--results <file>', 'results of a run', `${DEFAULT_OUT}/results.json`)
    .action(async (id, options) =>
      done((await import('./explain.ts')).explainCommand(id, options)),
    );
  withImplementation(kernspec.command('doctor'))
    .description('look an implementation over before it is judged')
    .action(async (options) => done((await import('./doctor.ts')).doctorCommand(options)));
  kernspec
    .command('init [folder]')
    .description('write a starter kit for an implementation of your own')
    .addOption(
      new Option('--lang <language>', 'language of the kit')
        .choices(['c', 'python', 'typescript'])
        .makeOptionMandatory(),
    )
    .action(async (folder, options) =>
      done((await import('./init.ts')).initCommand(folder, options)),
    );
  kernspec
    .command('coverage')
    .description('which statements are proved by what ran, and which by nothing')
    .option('--results <file>', 'results of a run', `${DEFAULT_OUT}/results.json`)
    .option('--only <what>', 'a statement id or an area', collect)
    .option('--strict', 'fail unless every statement shown is proved')
    .action(async (options) => done((await import('./coverage.ts')).coverageCommand(options)));
  kernspec
    .command('conformance')
    .description('the results of several implementations side by side, as a page')
    .argument('<results...>', 'results.json of a run of each')
    .option('--interop <file>', 'what "kernspec interop --write" wrote: each with each')
    .option('--date <date>', 'date of the runs (default: today)')
    .option(
      '--write <file>',
      'where to write it: HTML if it ends so, else Markdown; may be repeated (default: the terminal)',
      collect,
    )
    .action(async (files, options) =>
      done((await import('./conformance.ts')).conformanceCommand(files, options)),
    );
  kernspec.addCommand(interopCommand());
  kernspec.addCommand(packetdrillCommand());
  kernspec.addCommand(experimentCommand());
  kernspec.addCommand(gateCommand());
  kernspec
    .command('mutants')
    .description('seed faults into the reference and see which scenarios notice')
    .option('--only <what>', 'a mutant id or a statement id', collect)
    .option('--runs <n>', 'generated cases for each property', whole(1, 1_000_000), 30)
    .option('--seed <n>', 'seed of every random choice', seed, 1)
    .option(
      '--write',
      'store the kill matrix that names likely bugs; with --only, those rows of it',
    )
    .option(
      '--check',
      'run only what the stored kill matrix names first for each fault; fail if it passes',
    )
    .action(async (options) => done((await import('./mutants.ts')).mutantsCommand(options)));
  kernspec.addCommand(adaptersCommand());
  kernspec
    .command('serve <module>')
    .description('offer an implementation that is a module over stdin and stdout')
    .action(async (module) => done((await import('./serve.ts')).serveCommand(module)));
  return kernspec;
}

let exit = 0;

async function done(code: Promise<number>): Promise<void> {
  exit = await code;
}

/** @returns the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  hearOfStreams();
  const kernspec = program();
  for (const command of [
    kernspec,
    ...kernspec.commands,
    ...kernspec.commands.flatMap((c) => c.commands),
  ]) {
    command.exitOverride().showHelpAfterError('(kernspec --help tells more)');
    command.configureOutput({ outputError: (text, write) => write(withRemedy(text)) });
  }
  try {
    await kernspec.parseAsync([...argv]);
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
    if (error instanceof UsageError) return complain(error, EXIT.usage);
    if (error instanceof CannotDrive) return complain(error, EXIT.notDriven);
    if (error instanceof Error && error.name === 'ReportNotWritten') {
      return complain(error, EXIT.usage);
    }
    process.stderr.write(
      `kernspec: this is a fault of kernspec itself, and no verdict:\n${traceOf(error)}\n`,
    );
    return OWN_FAULT;
  }
}

/** Implementations and scenarios are named by options; whoever gives one alone is told so. */
function withRemedy(error: string): string {
  if (!error.startsWith('error: too many arguments')) return error;
  return `${error.trimEnd()} An implementation is named by --impl, scenarios by --only.\n`;
}

function traceOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function complain(error: Error, code: number): number {
  process.stderr.write(`kernspec: ${error.message}\n`);
  return code;
}
