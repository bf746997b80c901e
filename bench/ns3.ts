/**
 * The lab beside ns-3: the same transfers over the same bottleneck, each simulator a whole process.
 *
 *   npm run bench:ns3 [-- TRANSFERS]     300 if left out: a second of start-up is to be little of the time
 *
 * ns-3 carries no real octets and sums nothing; the lab does both, and what programs write and read crosses the contract.
 * The program for ns-3 is built when it is first wanted, or has changed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { builtFile, ROOT } from '../harness/root.ts';

const SOURCE = path.join(ROOT, 'bench', 'ns3', 'dumbbell.cc');
const PROGRAM = builtFile('bench', 'ns3', 'dumbbell');
const HEADER = '/usr/include/ns3/core-module.h';
const LIBRARIES = [
  'applications',
  'internet',
  'traffic-control',
  'point-to-point',
  'network',
  'core',
].map((name) => `-lns3-${name}`);

const ROUNDS = 3;
/** MiB; the threads of `kernspec experiment` have as much, and see run-all.ts for why. */
const SEMISPACE = '--max-semi-space-size=64';
const KB_EACH = 1024;

interface Row {
  readonly what: string;
  readonly buffers: number;
  /** As each of them calls the congestion control. */
  readonly ours: string;
  readonly theirs: string;
}

const ROWS: readonly Row[] = [
  { what: 'Vegas, 10 buffers', buffers: 10, ours: 'vegas', theirs: 'TcpVegas' },
  { what: 'NewReno, 10 buffers', buffers: 10, ours: 'newreno', theirs: 'TcpNewReno' },
  { what: 'NewReno, 15 buffers', buffers: 15, ours: 'newreno', theirs: 'TcpNewReno' },
];

/** What is wrong is said to whoever has called, and nothing is measured. */
function giveUp(what: string): never {
  process.stderr.write(`${what}\n`);
  process.exit(2);
}

function build(): void {
  if (!existsSync(HEADER)) {
    giveUp(`ns-3 is not here (${HEADER}): apt-get install ns3 libns3-dev g++, then again`);
  }
  if (existsSync(PROGRAM) && statSync(PROGRAM).mtimeMs > statSync(SOURCE).mtimeMs) return;
  mkdirSync(path.dirname(PROGRAM), { recursive: true });
  const args = ['-O2', '-o', PROGRAM, SOURCE, ...LIBRARIES];
  const { status, error, stderr } = spawnSync('g++', args, { encoding: 'utf8' });
  if (error !== undefined) giveUp('there is no g++: apt-get install g++, then again');
  if (status !== 0) giveUp(`bench/ns3/dumbbell.cc does not compile:\n${stderr}`);
}

/** One process: what it says, and how long it took. */
interface Timed {
  readonly data: number;
  readonly packets: number;
  readonly rate: number;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

function timed(command: string, args: readonly string[]): Timed {
  const begun = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8' });
  const wallSeconds = (performance.now() - begun) / 1000;
  if (status !== 0) giveUp(`${command} ${args.join(' ')} ended with ${status}: ${stderr}`);
  const [data = NaN, packets = NaN, rate = NaN, cpuSeconds = NaN] = stdout.split(' ').map(Number);
  return { data, packets, rate, cpuSeconds, wallSeconds };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** A simulator's figures over the rounds: data packets a second. */
function speeds(rounds: readonly Timed[]) {
  return {
    wall: median(rounds.map(({ data, wallSeconds }) => data / wallSeconds)),
    cpu: median(rounds.map(({ data, cpuSeconds }) => data / cpuSeconds)),
    rate: rounds[0]?.rate ?? NaN,
    data: rounds[0]?.data ?? NaN,
  };
}

/** Rounds in turn, A B A B …: what else the machine does slows both. */
function measure({ what, buffers, ours, theirs }: Row, transfers: number): void {
  const common = [String(transfers), String(KB_EACH), String(buffers)];
  const program = [SEMISPACE, builtFile('bench', 'dumbbell.js')];
  const lab = () => timed(process.execPath, [...program, ...common, ours]);
  const ns3 = () => timed(PROGRAM, [...common, theirs]);
  const rounds = Array.from({ length: ROUNDS }, () => [lab(), ns3()] as const);
  const all = [
    ['the lab', speeds(rounds.map(([own]) => own))],
    ['ns-3', speeds(rounds.map(([, other]) => other))],
  ] as const;
  for (const [simulator, { wall, cpu, rate, data }] of all) {
    const figures = [wall, cpu, data].map((figure) => Math.round(figure).toString().padStart(14));
    process.stdout.write(
      `${what.padEnd(22)}${simulator.padEnd(9)}${figures.join('')}${rate.toFixed(1).padStart(14)}\n`,
    );
  }
  const [[, own], [, other]] = all;
  const ratios = [own.wall / other.wall, own.cpu / other.cpu].map((ratio) => ratio.toFixed(2));
  process.stdout.write(
    `${what.padEnd(22)}${'ratio'.padEnd(9)}${ratios.map((ratio) => ratio.padStart(14)).join('')}\n`,
  );
}

const transfers = Number(process.argv[2] ?? 300);
if (!Number.isInteger(transfers) || transfers < 1)
  giveUp('TRANSFERS: a number from 1 on is wanted');
build();
process.stdout.write(
  `${transfers} transfers of ${KB_EACH} KB in a row; whole processes, medians of ${ROUNDS}\n` +
    `${''.padEnd(31)}     data packets a second   data packets  KB a second\n` +
    `${''.padEnd(31)}${'by the clock'.padStart(14)}${'by processor'.padStart(14)}\n`,
);
for (const row of ROWS) measure(row, transfers);
