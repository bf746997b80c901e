/** What the runner makes of a script, on a stack that does little and does it always the same way. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judgeScript } from '../../harness/packetdrill/judge-script.ts';
import { readScript } from '../../harness/packetdrill/read-scripts.ts';
import { closeSession, greet, session } from '../../harness/session.ts';
import type { ScenarioResult } from '../../reports/results.ts';

beforeAll(async () => {
  const impl = path.join(import.meta.dirname, 'tiny-stack.mjs');
  const bounds = { runs: 0, callTimeoutMs: 2000, maxRestarts: 0 };
  await greet({ impl, isolate: false, seed: 1, ...bounds });
});

afterAll(() => closeSession());

const judged = (text: string): Promise<ScenarioResult> =>
  judgeScript(readScript('a.pkt', text), session());

const ACTIVE = `0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0...0.1 connect(3, ..., ...) = 0
+0 > S 0:0(0) win 100
+.1 < S. 7000:7000(0) ack 1 win 1000
+0 > . 1:1(0) ack 1
`;

const PASSIVE = `0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 < S 5:5(0) win 1000
+0 > S. 0:0(0) ack 6 <mss 1460>
+0 < . 1:1(0) ack 1 win 1000
+0 accept(3, ..., ...) = 4
`;

/** Acknowledgments come so many milliseconds late. */
const lagging = (ms: number) => `+0 setsockopt(4, SOL_TCP, TCP_KEEPIDLE, [${ms}], 4) = 0\n`;

async function passes(text: string): Promise<void> {
  const { verdict, failure, reason } = await judged(text);
  expect(failure?.message ?? reason).toBeUndefined();
  expect(verdict).toBe('pass');
}

async function fails(text: string, says: string): Promise<ScenarioResult> {
  const result = await judged(text);
  expect(result.failure?.message ?? result.verdict).toContain(says);
  expect(result.verdict).toBe('fail');
  return result;
}

async function refuses(text: string, says: string): Promise<void> {
  await fails(text, says);
}

describe('numbers of either side', () => {
  test('of a connection that is opened', () =>
    passes(`${ACTIVE}+0 write(3, ..., 10) = 10\n+0 > P. 1:11(10) ack 1\n`));

  test('of one that is accepted', () =>
    passes(`${PASSIVE}+0 < P. 1:101(100) ack 1 win 1000\n+0 > . 1:1(0) ack 101\n`));

  test.each([
    ['P. 1:11(10) ack 2', 'ack: expected 2, seen 1'],
    ['P. 2:12(10) ack 1', 'sequence numbers: expected 2:12(10), seen 1:11(10)'],
    ['. 1:11(10) ack 1', 'flags: expected ., seen P.'],
    ['P. 1:11(10) ack 1 win 5841', 'win: expected 5841, seen 5840'],
    ['P. 1:11(10) ack 1 urg 1', 'urg: expected 1, seen 0'],
    ['P. 1:11(10) ack 1 <nop,nop,nop,nop>', 'options: expected <nop,nop,nop,nop>, seen <>'],
    ['[ce] P. 1:11(10) ack 1', 'ECN bits: expected 3, seen 0'],
    ['[tos 0x10] P. 1:11(10) ack 1', 'tos: expected 16, seen 0'],
    ['[ttl 63] P. 1:11(10) ack 1', 'ttl: expected 63, seen 64'],
    ['P. 1:6(5) ack 1', 'sequence numbers: expected 1:6(5), seen 1:11(10)'],
    ['icmp unreachable port_unreachable', 'the packet is not sent'],
  ])('and what differs is named: %s', (packet, says) =>
    refuses(`${ACTIVE}+0 write(3, ..., 10) = 10\n+0 > ${packet}\n`, says),
  );

  test.each(['[noecn]', '[tos 0x0]', '(ttl 64)'])('%s', (ip) =>
    passes(`${ACTIVE}+0 write(3, ..., 10) = 10\n+0 > ${ip} P. 1:11(10) ack 1 <...>\n`),
  );
});

describe('times', () => {
  const data = '+0 < P. 1:101(100) ack 1 win 1000\n';

  test.each(['+.05', '+0~+.05', '+.05~+.06', '+.04~+.2', '*'])('%s', (time) =>
    passes(`${PASSIVE}${lagging(50)}${data}${time} > . 1:1(0) ack 101\n`),
  );

  test.each([
    ['0.05', '0.05'],
    ['0~0.05', '0'],
  ])('%s, from the beginning on', (time) =>
    passes(`${PASSIVE}${lagging(50)}${data}${time} > . 1:1(0) ack 101\n`),
  );

  test.each([
    ['+.06', 'the packet leaves at 0.050000 s instead of 0.060000 s (tolerance 0.004 s)'],
    ['+.04', 'the packet is not sent'],
    ['+.06~+.07', 'at 0.050000 s instead of 0.060000~0.070000 s'],
    ['+0~+.04', 'the packet is not sent'],
  ])('%s is another time', (time, says) =>
    refuses(`${PASSIVE}${lagging(50)}${data}${time} > . 1:1(0) ack 101\n`, says),
  );

  test('the tolerance is 4 ms, or what the script says', async () => {
    const text = `${PASSIVE}${lagging(50)}${data}+.045 > . 1:1(0) ack 101\n`;
    await fails(text, 'the packet is not sent');
    await passes(`--tolerance_usecs=5000\n${text}`);
    await passes(`--tolerance_percent=12\n${text}`);
    await passes(text.replace('+.045', '+.046'));
    await fails(
      `--tolerance_usecs=0\n${text.replace('+.045', '+.05')}`.replace('[50]', '[51]'),
      'not sent',
    );
  });

  test('a packet that was sent before its time is no other', () =>
    refuses(
      `${PASSIVE}+0 write(4, ..., 10) = 10\n+1 write(4, ..., 10) = 10\n+0 > P. 1:11(10) ack 1\n`,
      'the packet leaves at 0.000000 s instead of 1.000000 s',
    ));

  test('an event whose time has passed', () =>
    refuses(`${ACTIVE}0.05 close(3) = 0\n`, 'the time of this event has passed'));

  test('what never comes is not waited for, when nothing is under way', () =>
    refuses(`${PASSIVE}* > . 1:1(0) ack 101\n`, 'the packet is not sent'));
});

describe('calls', () => {
  test('what sleeps ends in time', async () => {
    const sleeps = `${PASSIVE}+0...0.2 read(4, ..., 1000) = 100\n`;
    await passes(`${sleeps}+.2 < P. 1:101(100) ack 1 win 1000\n`);
    await fails(`${sleeps}+.1 < P. 1:101(100) ack 1 win 1000\n`, 'the call returns at 0.100000 s');
    await fails(`${sleeps}+.3 < P. 1:101(100) ack 1 win 1000\n`, 'the call returns at 0.300000 s');
    await fails(sleeps, 'the call still sleeps at 0.204000 s');
    await fails(`${sleeps}+.1 close(4) = 0\n`, 'the call still sleeps at 0.204000 s');
  });

  test('what returns at once does not sleep', () =>
    refuses(`${PASSIVE}+0 read(4, ..., 1000) = 100\n`, 'the call sleeps, and the script has it'));

  test('the result and the errno are those', async () => {
    await passes(`${PASSIVE}+0 send(4, ..., 1, MSG_OOB) = -1 EPIPE (Broken pipe)\n`);
    await passes(`${PASSIVE}+0 send(4, ..., 1, MSG_OOB) = -1\n`);
    const other = `${PASSIVE}+0 send(4, ..., 1, MSG_OOB) = -1 EAGAIN (Try again)\n`;
    const { failure } = await fails(other, 'send: expected -1 EAGAIN, got -1 EPIPE');
    expect(failure).toMatchObject({
      expected: 'send(4, ..., 1, MSG_OOB) = -1 EAGAIN (Try again)',
      actual: 'send = -1 EPIPE',
    });
    await fails(`${PASSIVE}+0 write(4, ..., 10) = 9\n`, 'write: expected 9, got 10');
    await fails(`${PASSIVE}+0 write(4, ..., 10) = -1 EPIPE (Pipe)\n`, 'expected -1 EPIPE, got 10');
  });

  test('O_NONBLOCK belongs to the descriptor', async () => {
    const set = '+0 fcntl(4, F_SETFL, O_RDWR|O_NONBLOCK) = 0\n';
    await passes(`${PASSIVE}${set}+0 fcntl(4, F_GETFL) = 0x802\n`);
    await passes(`${PASSIVE}${set}+0 read(4, ..., 10) = -1 EAGAIN (Try again)\n`);
    const cleared = `${set}+0 fcntl(4, F_SETFL, O_RDWR) = 0\n+0 fcntl(4, F_GETFL) = 0x2\n`;
    await passes(`${PASSIVE}${cleared}`);
  });

  test('options, buffers and poll are compared', async () => {
    await passes(`${PASSIVE}${lagging(7)}+0 getsockopt(4, SOL_TCP, TCP_KEEPIDLE, [7], [4]) = 0\n`);
    const other = `${PASSIVE}${lagging(7)}+0 getsockopt(4, SOL_TCP, TCP_KEEPIDLE, [8], [4]) = 0\n`;
    await fails(other, 'TCP_KEEPIDLE: expected 8, got 7');
    await fails(`${PASSIVE}+0 ioctl(4, SIOCINQ, [1]) = 0\n`, 'SIOCINQ: expected 1 octets, got 0');
    const poll = (events: string, revents: string, ready: number) =>
      `${PASSIVE}+0 poll([{fd=4, events=${events}, revents=${revents}}], 1, 0) = ${ready}\n`;
    await passes(poll('POLLIN|POLLOUT', 'POLLOUT', 1));
    await passes(poll('POLLIN', '0', 0));
    await fails(poll('POLLIN|POLLOUT', 'POLLIN', 1), 'expected POLLIN, got POLLOUT');
    await passes(
      `${PASSIVE}+0...0.5 poll([{fd=4, events=POLLIN, revents=0}], 1, 500) = 0\n+1 close(4) = 0\n`,
    );
    await passes(
      `${PASSIVE}+0...0.2 poll([{fd=4, events=POLLIN, revents=POLLIN}], 1, -1) = 1\n` +
        '+.2 < P. 1:101(100) ack 1 win 1000\n',
    );
  });

  test('a descriptor that no call has given', async () => {
    const { verdict, reason } = await judged(`${PASSIVE}+0 close(9) = 0\n`);
    expect(verdict).toBe('inconclusive');
    expect(reason).toContain('a.pkt:8:1: no call of the script has given the descriptor 9');
  });
});

describe('segments of one packet', () => {
  const write = `${PASSIVE}+0 write(4, ..., 2500) = 2500\n`;

  test('may be written as one', () => passes(`${write}+0 > P. 1:2501(2500) ack 1\n`));

  test('but not where the script is strict', () =>
    refuses(`--strict_segments\n${write}+0 > P. 1:2501(2500) ack 1\n`, 'seen 1:1001(1000)'));

  test('one by one', () =>
    passes(
      `--strict_segments\n${write}+0 > . 1:1001(1000) ack 1\n+0 > . 1001:2001(1000) ack 1\n` +
        '+0 > P. 2001:2501(500) ack 1\n',
    ));

  test('which all have to come', () =>
    refuses(`${write}+0 > P. 1:2601(2600) ack 1\n`, 'the packet is not sent'));
});

describe('code', () => {
  test('holds', () =>
    passes(
      `${PASSIVE}+0 %{ assert tcpi_snd_cwnd == 4; assert tcpi_rto == 300 * 1000
assert 99000 < tcpi_rtt <= 100000 and not tcpi_rttvar != 50000, "text"  # words
assert tcpi_state == TCP_ESTABLISHED or 1 / 0, tcpi_state
assert tcpi_snd_ssthresh == 2147483647 and 7 // 2 == 3 and -7 % 5 == 3 and abs(-(2)) == 2 }%\n`,
    ));

  test.each([
    'tcpi_snd_cwnd == 5',
    'not tcpi_backoff',
    '1 < 2 < 2',
    '2 * 3 + 1 == 8',
    '0 or False',
  ])('does not hold: %s', (text) =>
    refuses(`${PASSIVE}+0 %{ assert ${text} }%\n`, `the assertion does not hold: ${text}`),
  );

  test('says what it found', async () => {
    const { failure } = await fails(
      `${PASSIVE}+0 %{ assert tcpi_backoff > 1 }%\n`,
      'tcpi_backoff > 1',
    );
    expect(failure?.actual).toBe('tcpi_backoff = 1');
  });
});

describe('what is not there', () => {
  test('is named and counts as not applicable', async () => {
    const { verdict, reason } = await judged(`${PASSIVE}+0 dup(4) = 5\n+0 \`true\`\n`);
    expect(verdict).toBe('not-applicable');
    expect(reason).toContain('a.pkt:8:4: not supported: the system call dup');
    expect(reason).toContain('a.pkt:9:4: not supported: the shell command "true"');
  });

  test('a setting that this system has, and one that it has not', async () => {
    await passes(`\`sysctl -q net.ipv4.tcp_syn_retries=3\`\n${PASSIVE}`);
    const { verdict, reason } = await judged(`${PASSIVE}+0 \`sysctl net.ipv4.tcp_syncookies=1\`\n`);
    expect(verdict).toBe('not-applicable');
    expect(reason).toContain('net.ipv4.tcp_syncookies, which this system does not have');
  });

  test('a profile that is not judged', async () => {
    const { verdict, reason } = await judged(`// A title\n// @profile:bsd-4.4\n${PASSIVE}`);
    expect([verdict, reason]).toEqual(['not-applicable', 'the rule holds in profile bsd-4.4']);
  });

  test('an echo of what was never sent', async () => {
    const text = `${PASSIVE}+0 < . 1:1(0) ack 1 win 1 <nop,nop,TS val 1 ecr 9>\n`;
    const { verdict, reason } = await judged(text);
    expect(verdict).toBe('inconclusive');
    expect(reason).toContain('ecr 9 echoes no timestamp');
  });
});

describe('the report of a failure', () => {
  test('has the line, the packet expected and the one seen, and every frame', async () => {
    const text = `// A title.\n// @TCP-01 @FLW-05\n${PASSIVE}+.5 write(4, ..., 10) = 10\n+0 > P. 1:12(11) ack 1\n`;
    const result = await fails(text, 'a.pkt:11:1: the packet is not sent');
    expect(result).toMatchObject({
      name: 'A title',
      statements: ['TCP-01', 'FLW-05'],
      line: 11,
      failure: { line: 11, step: '+0 > P. 1:12(11) ack 1', expected: '+0 > P. 1:12(11) ack 1' },
    });
    const seen = '> P. 1:11(10) ack 1 win 5840 and up to 11, then nothing up to 0.504000';
    expect(result.failure?.actual).toBe(seen);
    expect(result.failure?.packets).toEqual([
      '0.000000 < S 5:5(0) win 1000',
      expect.stringContaining('> ARP who-has 192.168.0.2'),
      expect.stringContaining('< ARP 192.168.0.2 is-at'),
      '0.000000 > S. 0:0(0) ack 6 win 5840 <mss 1460>',
      '0.000000 < . 1:1(0) ack 1 win 1000',
      '0.500000 > P. 1:11(10) ack 1 win 5840',
    ]);
    const capture = Buffer.from(result.failure?.capture ?? '', 'base64');
    expect(capture.readUInt32LE(0)).toBe(0x0a0d0d0a);
    expect(result.steps.map(({ status }) => status).slice(-2)).toEqual(['passed', 'failed']);
  });
});
