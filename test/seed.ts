/**
 * Tests try the same cases every time, so that what fails on one machine fails on the next.
 *
 * KERNSPEC_TEST_SEED, a whole number, has them try others.
 */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['KERNSPEC_TEST_SEED'] ?? 1) });
