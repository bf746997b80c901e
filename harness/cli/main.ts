#!/usr/bin/env node
/**
 * The command line.
 *
 * Asking for the version or for help must not wait for cucumber to load, so each command imports what
 * it needs when it is run.
 */
/** Exit codes from here on are those of signals. */
const INTERRUPTED = 128;

if (process.argv.length === 3 && /^(?:--version|-V)$/.test(process.argv[2] ?? '')) {
  const { SUITE_VERSION } = await import('../version.ts');
  process.stdout.write(`${SUITE_VERSION}\n`);
} else {
  const { main } = await import('./program.ts');
  const code = await main(process.argv);
  process.exitCode = code;
  // An interrupted run still goes on inside; what it has printed is let out, and that is all.
  if (code >= INTERRUPTED) process.stdout.write('', () => process.exit());
}

export {};
