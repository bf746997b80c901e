/**
 * An implementation of checksums that misbehaves once, on purpose, at a chosen call.
 *
 * node chaos.mjs --do MISDEED [--call N] [--process N] [--every] [--no-reset] --state FOLDER
 *
 * It computes properly but for the N-th call of a process (3 unless told), of any process or of
 * the N-th. In FOLDER it notes the
 * ids of its processes, and that the deed is done: the processes after it behave, unless --every.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values: flags } = parseArgs({
  options: {
    do: { type: 'string', default: 'nothing' },
    call: { type: 'string', default: '3' },
    process: { type: 'string' },
    every: { type: 'boolean', default: false },
    'no-reset': { type: 'boolean', default: false },
    state: { type: 'string' },
  },
});

const doneFile = path.join(flags.state, 'done');
let due = flags.every || !existsSync(doneFile);

function notePid(pid) {
  appendFileSync(path.join(flags.state, 'pids'), `${pid}\n`);
}

notePid(process.pid);

if (flags.process !== undefined) {
  const started = readFileSync(path.join(flags.state, 'pids'), 'utf8').trim().split('\n').length;
  due &&= started === Number(flags.process);
}

const MEGABYTE = 1024 * 1024;

/** Writes at once and whole: what comes after may be the end. */
function say(text, to = 1) {
  const octets = Buffer.from(text);
  for (let at = 0; at < octets.length;) {
    try {
      at += writeSync(to, octets, at);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
      sleep(1);
    }
  }
}

function sleep(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Sends an answer with a few members changed. */
const changed = (members) => (id, answer) =>
  say(`${JSON.stringify({ id, ...answer, ...members })}\n`);
const text = (line) => () => say(line);
const answered = (id, answer) => say(`${JSON.stringify({ id, ...answer })}\n`);

/** What is done in place of answering a call. */
const MISDEEDS = {
  nothing: answered,
  crash: () => process.kill(process.pid, 'SIGSEGV'),
  abort: () => process.abort(),
  'exit-0': () => process.exit(0),
  'exit-3': () => {
    say('the last words\n', 2);
    process.exit(3);
  },
  hang: () => later(60_000),
  'busy-loop': () => {
    for (;;);
  },
  late: async (id, answer) => {
    await later(750);
    answered(id, answer);
  },
  'garbage-line': text('Segmentation fault (core dumped)\n'),
  'blank-line': text('\n'),
  'no-object': text('[1]\n'),
  'json-null': text('null\n'),
  'two-members': changed({ bug: 'as well' }),
  'unknown-member': changed({ extra: 1 }),
  'no-member': (id) => say(`${JSON.stringify({ id })}\n`),
  'wrong-id': (id, answer) => answered(id + 1, answer),
  'missing-id': (_id, answer) => say(`${JSON.stringify(answer)}\n`),
  'text-id': (id, answer) => answered(String(id), answer),
  'oversized-line': () => say('x'.repeat(10 * MEGABYTE)),
  'oversized-line-ended': () => say(`${'x'.repeat(10 * MEGABYTE)}\n`),
  'stray-before': (id, answer) => {
    say('booting ...\n');
    answered(id, answer);
  },
  'stray-after': (id, answer) => say(`${JSON.stringify({ id, ...answer })}\nand another thing\n`),
  'two-answers': (id, answer) => say(`${JSON.stringify({ id, ...answer })}\n`.repeat(2)),
  'many-small-writes': async (id, answer) => {
    for (const character of `${JSON.stringify({ id, ...answer })}\n`) {
      say(character);
      await later(1);
    }
  },
  crlf: (id, answer) => say(`${JSON.stringify({ id, ...answer })}\r\n`),
  'invalid-utf-8': (id) => say(Buffer.from(`{"id":${id},"bug":"\xff\xfe"}\n`, 'latin1')),
  'not-a-number': (id) => say(`{"id":${id},"ok":{"checksum":NaN}}\n`),
  infinity: (id) => say(`{"id":${id},"ok":{"checksum":Infinity}}\n`),
  'infinite-number': (id) => say(`{"id":${id},"ok":{"checksum":1e999}}\n`),
  'wrong-type': (id) => answered(id, { ok: { checksum: '0x0000' } }),
  'unknown-errno': (id) => answered(id, { errno: 'ENOENT' }),
  'reason-no-text': (id) => answered(id, { bug: 5 }),
  parked: (id) => answered(id, { parked: { call: 'c1' } }),
  'dies-after-answer': (id, answer) => {
    answered(id, answer);
    process.exit(4);
  },
  'ends-after-answer': (id, answer) => {
    answered(id, answer);
    process.exit(0);
  },
  grandchild: (id, answer) => {
    haveChild();
    answered(id, answer);
  },
  'grandchild-then-crash': () => {
    haveChild();
    process.kill(process.pid, 'SIGKILL');
  },
  'grandchild-then-exit': () => {
    haveChild();
    process.exit(0);
  },
  'flooded-log': (id, answer) => {
    say(`${'y'.repeat(1023)}\n`.repeat(1024), 2);
    answered(id, answer);
  },
  'flooded-log-then-crash': () => {
    say(`${'y'.repeat(1023)}\n`.repeat(1024), 2);
    say('the last words\n', 2);
    process.exit(3);
  },
  'log-then-garbage': () => {
    say('the last words\n', 2);
    say('oops\n');
  },
  unsupported: (id) => answered(id, { unsupported: 'checksum.update' }),
  fault: (id) => answered(id, { fault: 'the device is not open' }),
};

/** What is done at other times. */
const HABITS = {
  'ignores-bye': { bye: () => undefined },
  'stays-after-bye': { bye: (id) => answered(id, { ok: {} }) },
  'ends-on-bye-without-a-word': { bye: () => process.exit(0) },
  'crashes-on-bye': { bye: () => process.exit(5) },
  'refuses-reset': { reset: (id) => answered(id, { fault: 'not today' }) },
  'crashes-on-reset': { reset: () => process.exit(5) },
  'never-greets': {
    hello: () => {
      say('waiting for the device\n', 2);
      return later(60_000);
    },
  },
  'dies-before-hello': {
    start: () => {
      say('no such device\n', 2);
      process.exit(1);
    },
  },
  'speaks-first': { start: () => say('Booting kernel 0.1\n') },
  'refuses-hello': { hello: (id) => answered(id, { fault: 'the image is missing' }) },
  'wrong-protocol': { hello: greets({ protocol: 'kernspec/9' }) },
  'invalid-capabilities': { hello: greets({ capabilities: { checksum: 'yes' } }) },
  'listed-capabilities': { hello: greets({ capabilities: ['checksum'] }) },
  'hello-of-another-shape': { hello: (id) => answered(id, { ok: 'hi' }) },
  'ignores-signals': { start: () => process.on('SIGTERM', () => 0).on('SIGINT', () => 0) },
  'never-reads': { start: () => neverRead() },
};

function greets(members) {
  return (id) => answered(id, { ok: { ...GREETING, ...members } });
}

const GREETING = {
  protocol: 'kernspec/1',
  name: 'chaos',
  version: '1',
  capabilities: { checksum: 1 },
  reset: !flags['no-reset'],
};

function haveChild() {
  const stdio = ['ignore', 'inherit', 'inherit'];
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio });
  notePid(child.pid);
}

/** Greets without looking, and then lets the pipe run full. */
function neverRead() {
  greets({})(1);
  process.stdin.removeAllListeners('data').pause();
  setTimeout(() => undefined, 60_000);
}

function sum(words) {
  let total = words.reduce((sum, word) => sum + word, 0);
  while (total > 0xffff) total = (total & 0xffff) + (total >>> 16);
  return total;
}

const CALLS = {
  'checksum.compute': ({ octets }) => {
    const words = octets.match(/.{1,4}/g) ?? [];
    return 0xffff - sum(words.map((word) => Number.parseInt(word.padEnd(4, '0'), 16)));
  },
  'checksum.update': ({ checksum, before, after }) =>
    0xffff - sum([0xffff - checksum, 0xffff - before, after]),
};

let calls = 0;

async function take({ id, op, args }) {
  const habit = due ? HABITS[flags.do]?.[op] : undefined;
  if (habit !== undefined) return habit(id);
  if (op === 'hello') return greets({})(id);
  if (op === 'reset') return answered(id, { ok: {} });
  if (op === 'bye') {
    answered(id, { ok: {} });
    process.exit(0);
  }
  const call = CALLS[op];
  if (call === undefined) return answered(id, { unsupported: op });
  const answer = { ok: { checksum: call(args) } };
  const misdeed = MISDEEDS[flags.do];
  calls += 1;
  if (misdeed === undefined || !due || calls !== Number(flags.call)) return answered(id, answer);
  writeFileSync(doneFile, '');
  due = flags.every;
  return misdeed(id, answer);
}

let partial = '';
let turn = Promise.resolve();
process.stdin.setEncoding('utf8').on('data', (chunk) => {
  const lines = (partial + chunk).split('\n');
  partial = lines.pop();
  for (const line of lines) turn = turn.then(() => take(JSON.parse(line)));
});
if (due) HABITS[flags.do]?.start?.();
