#!/usr/bin/env node
/**
 * The command line.
 *
 * Asking for the version or for help must not wait for cucumber to load, so each command imports what
 * it needs when it is run.
 */
if (process.argv.length === 3 && /^(?:--version|-V)$/.test(process.argv[2] ?? '')) {
  const { SUITE_VERSION } = await import('../version.ts');
  process.stdout.write(`${SUITE_VERSION}\n`);
} else {
  const { main } = await import('./program.ts');
  process.exitCode = await main(process.argv);
}

export {};
