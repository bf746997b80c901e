/** What is in the language, and what each mistake is told as. */
import { describe, expect, test } from 'vitest';
import { parseScript } from '../../harness/packetdrill/parse.ts';
import { planScript } from '../../harness/packetdrill/plan-script.ts';
import { ScriptError, Unsupported } from '../../harness/packetdrill/problems.ts';
import { readScript } from '../../harness/packetdrill/read-scripts.ts';

const FILE = 'dir/a.pkt';

const SOCKET = '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n';

const parse = (text: string) => parseScript(text, FILE);

/** The event behind the socket call. */
const event = (text: string) => parse(`${SOCKET}${text}`).events[1];

const action = (text: string) => event(text)?.action;

describe('what is read', () => {
  test('comments of three kinds, which say nothing', () => {
    const text = `// one\n/* two\n * lines */\n# three\n${SOCKET}+0 close(3) = 0 // four\n  # five\n`;
    expect(parse(text).events).toHaveLength(2);
  });

  test('options, with values of each kind', () => {
    const text =
      '--tolerance_usecs=10000\n--ip_version=ipv4-mapped-ipv6\n--local_ip=10.0.0.1\n--verbose\n';
    expect(parse(text + SOCKET).options.map(({ name, value }) => [name, value])).toEqual([
      ['tolerance_usecs', '10000'],
      ['ip_version', 'ipv4-mapped-ipv6'],
      ['local_ip', '10.0.0.1'],
      ['verbose', undefined],
    ]);
  });

  test('words that were defined', () => {
    const text = `--define=LEN=1000\n--define=CC="reno"\n${SOCKET}+0 write(3, ..., LEN) = LEN\n`;
    expect(parse(text).events[1]?.action).toMatchObject({
      args: [{ value: 3 }, { kind: 'anything' }, { kind: 'number', value: 1000 }],
      result: { kind: 'number', value: 1000 },
    });
  });

  test.each([
    ['1', { kind: 'at', relative: false, us: 1_000_000 }],
    ['0.1', { kind: 'at', relative: false, us: 100_000 }],
    ['+.1', { kind: 'at', relative: true, us: 100_000 }],
    ['+0', { kind: 'at', relative: true, us: 0 }],
    ['+1.0000019', { kind: 'at', relative: true, us: 1_000_001 }],
    ['*', { kind: 'any' }],
    ['+0~+0.1', { kind: 'between', relative: true, us: 0, untilUs: 100_000 }],
    ['0.1~0.3', { kind: 'between', relative: false, us: 100_000, untilUs: 300_000 }],
  ])('the time %s', (time, when) => {
    expect(event(`${time} > . 1:1(0) ack 1`)?.when).toEqual(when);
  });

  test.each(['0.1...0.3', '+.1...+.3', '+.1...0.3'])('a call that sleeps, at %s', (time) => {
    expect(event(`${time} connect(3, ..., ...) = 0`)).toMatchObject({
      when: { us: 100_000 },
      action: { untilUs: 300_000 },
    });
  });

  test.each([
    ['-', ''],
    ['.', '.'],
    ['S', 'S'],
    ['S.', 'S.'],
    ['FP.', 'FP.'],
    ['SEW', 'SEW'],
    ['PU.', 'PU.'],
  ])('the flags %s', (written, flags) => {
    expect(action(`+0 > ${written} 1:1(0)`)).toMatchObject({ flags });
  });

  test('a segment with everything that it may have', () => {
    const text =
      '+0 < [ect0] 5000 > 8080 PU. 1:11(10) ack 4294967295 win 65535 urg 3 ' +
      '<nop,nop,TS val 4294967295 ecr 7,mss 1460,nop,wscale 14,eol,eol,sackOK>';
    expect(action(text)).toMatchObject({
      kind: 'tcp',
      direction: 'in',
      ip: { ecn: 'ect0' },
      ports: { source: 5000, destination: 8080 },
      flags: 'PU.',
      sequence: { from: 1, to: 11, length: 10 },
      acknowledgment: 0xffff_ffff,
      window: 65_535,
      urgentPointer: 3,
      options: [
        { kind: 'nop' },
        { kind: 'nop' },
        { kind: 'TS', value: 0xffff_ffff, echo: 7 },
        { kind: 'mss', value: 1460 },
        { kind: 'nop' },
        { kind: 'wscale', value: 14 },
        { kind: 'eol' },
        { kind: 'eol' },
        { kind: 'sackOK' },
      ],
    });
  });

  test('SACK blocks, and any options', () => {
    expect(action('+0 > . 1:1(0) ack 1 <sack 1:2 5:9,nop,nop>')).toMatchObject({
      options: [
        {
          blocks: [
            { left: 1, right: 2 },
            { left: 5, right: 9 },
          ],
        },
        {},
        {},
      ],
    });
    expect(action('+0 > . 1:1(0) ack 1 <...>')).toMatchObject({ options: 'any' });
    expect(action('+0 > . 1:1(0) ack 1')).toMatchObject({ options: [] });
  });

  test('ICMP by words and by numbers', () => {
    expect(action('+0 < icmp unreachable frag_needed mtu 1200 [1:1001(1000)]')).toMatchObject({
      kind: 'icmp',
      type: 'unreachable',
      code: 'frag_needed',
      mtu: 1200,
      quoted: { from: 1, to: 1001, length: 1000 },
    });
    expect(action('+0 < icmp type_3 code_1 [0:0(0)]')).toMatchObject({
      type: 'type_3',
      code: 'code_1',
    });
  });

  test('errno with its words, notes, structs, texts and flags', () => {
    expect(action('+0 connect(3, ..., ...) = -1 ECONNREFUSED (Connection refused)')).toMatchObject({
      result: { value: -1 },
      errno: 'ECONNREFUSED',
      note: 'Connection refused',
    });
    expect(action('+0 fcntl(3, F_GETFL) = 0x2 (flags O_RDWR)')).toMatchObject({
      result: { value: 2, hex: true },
      note: 'flags O_RDWR',
    });
    const poll = '+0 poll([{fd=3, events=POLLIN|POLLOUT, revents=POLLIN}], 1, -1) = 1';
    expect(action(poll)).toMatchObject({
      args: [
        { kind: 'list', items: [{ kind: 'struct', fields: [{ name: 'fd' }, {}, {}] }] },
        {},
        {},
      ],
    });
    expect(action('+0 setsockopt(3, SOL_TCP, TCP_CONGESTION, "re" "no", 4) = 0')).toMatchObject({
      args: [{}, {}, {}, { kind: 'text', parts: ['re', 'no'] }, {}],
    });
  });

  test('code and commands over several lines, with the place of the code', () => {
    const code = parse(`${SOCKET}+0 %{ assert 1 == 1\n  assert 2 == 2 }%\n`).events[1]?.action;
    expect(code).toMatchObject({ kind: 'code', place: { line: 2, column: 6 } });
    expect(parse('`true`\n' + SOCKET + '`false`\n')).toMatchObject({
      first: { line: 'true' },
      last: { line: 'false' },
    });
  });
});

/** Each with a part of what is said. */
const MISTAKES: ReadonlyArray<readonly [text: string, place: string, says: string]> = [
  ['', '1:1', 'expected an option or an event, which begins with its time, found the end'],
  ['socket() = 3', '1:1', 'which begins with its time, found "socket"'],
  ['1 close(3) = 0', '1:1', 'the first event is at time 0'],
  [`${SOCKET}+0 wat`, '2:7', 'expected "(", found the end of the script'],
  [`${SOCKET}+0 close(3`, '2:11', 'expected "," or ")", found the end of the script'],
  [`${SOCKET}+0 close(3) 0`, '2:13', 'expected "=" and the result of the call, found "0"'],
  [`${SOCKET}+0 close(3) = -1 EBADF`, '2:23', 'expected "(" and what the errno means'],
  [`${SOCKET}+0 close(3) = -1 EBADF ()`, '2:25', 'expected a word, found ")"'],
  [`${SOCKET}+0 close(,) = 0`, '2:10', 'expected an expression, found ","'],
  [`${SOCKET}+0 poll([{fd=3}], 1, 0) = 0`, '2:10', 'no struct has the members fd; there are {sa_'],
  [`${SOCKET}+0 close({}) = 0`, '2:11', 'expected an expression, found "}"'],
  [`${SOCKET}+0`, '2:3', 'expected "<", ">", a system call, a command in backticks or code'],
  [`${SOCKET}* close(3) = 0`, '2:1', 'the time "*" is for outbound packets only'],
  [`${SOCKET}+0~+1 close(3) = 0`, '2:1', 'a range of times is for outbound packets only'],
  [`${SOCKET}+1~+0 > . 1:1(0)`, '2:1', 'the range of times goes back'],
  [`${SOCKET}+1~2 > . 1:1(0)`, '2:4', 'expected "+", as the range begins with a relative time'],
  [`${SOCKET}-1 close(3) = 0`, '2:1', 'a time is not negative'],
  [`${SOCKET}2 close(3) = 0\n1 close(3) = 0`, '3:1', 'time goes back, from 2 s to 1 s'],
  [`${SOCKET}+.3...0.2 close(3) = 0`, '2:4', 'the call ends before it begins'],
  [`${SOCKET}9999999 close(3) = 0`, '2:1', '9999999 s is longer than any run'],
  [`${SOCKET}+0 > X 1:1(0)`, '2:6', '"X" is no TCP flag; there are F S R P . E W U'],
  [`${SOCKET}+0 > 1:1(0)`, '2:7', 'expected ">", found ":"'],
  [`${SOCKET}+0 > . 1:2(0)`, '2:8', '1:2(0) is not consistent: from 1 on, 0 octets end at 1'],
  [`${SOCKET}+0 > . 1-1(0)`, '2:9', 'expected ":", found "-1"'],
  [
    `${SOCKET}+0 > . 1:4294967296(9)`,
    '2:10',
    'the last sequence number is 4294967296, which is not',
  ],
  [`${SOCKET}+0 > . 1:1(0) ack x`, '2:19', 'expected the acknowledgment, found "x"'],
  [`${SOCKET}+0 < . 1:1(0) ack 1`, '2:4', 'an inbound packet needs its window; add win'],
  [
    `${SOCKET}+0 < . 1:1(0) win 65536`,
    '2:19',
    'the window is 65536, which is not within 0 to 65535',
  ],
  [`${SOCKET}+0 < . 1:1(0) win 1 <...>`, '2:21', '<...> is for outbound packets only'],
  [
    `${SOCKET}+0 > . 1:1(0) <>`,
    '2:16',
    'expected mss, wscale, sackOK, sack, TS, nop or eol, found',
  ],
  [`${SOCKET}+0 > . 1:1(0) <mss>`, '2:19', 'expected the mss, found ">"'],
  [
    `${SOCKET}+0 > . 1:1(0) <nop>`,
    '2:15',
    'these options have 1 octets, which is no multiple of 4',
  ],
  [`${SOCKET}+0 > . 1:1(0) <mss 1;nop>`, '2:21', 'expected "," or ">", found ";"'],
  [`${SOCKET}+0 > . 1:1(0) <TS val 1>`, '2:24', 'expected "ecr", found ">"'],
  [
    `${SOCKET}+0 > . 1:1(0) <${'mss 1,'.repeat(10)}mss 1>`,
    '2:15',
    'these options have 44 octets; at most 40 fit',
  ],
  [`${SOCKET}+0 < [ect01] . 1:1(0) win 1`, '2:7', 'ect01 is for outbound packets only'],
  [
    `${SOCKET}+0 > [what] . 1:1(0)`,
    '2:7',
    'expected noecn, ect0, ect1, ect01, ce, tos or ttl, found',
  ],
  [`${SOCKET}+0 > [tos 0x100] . 1:1(0)`, '2:11', 'the tos 0x100 does not fit 8 bits'],
  [`${SOCKET}+0 > [ttl 300] . 1:1(0)`, '2:11', 'the ttl is 300, which is not within 0 to 255'],
  [
    `${SOCKET}+0 < icmp nowhere [1:1(0)]`,
    '2:11',
    '"nowhere" is no ICMP type; there are echo_reply,',
  ],
  [
    `${SOCKET}+0 < icmp unreachable gone`,
    '2:23',
    '"gone" is no code of ICMP unreachable; there are',
  ],
  [`${SOCKET}+0 < icmp source_quench mtu 5`, '2:25', 'only unreachable frag_needed has an mtu'],
  [`${SOCKET}/* never`, '2:1', 'expected "*/" to end the comment, found the end'],
  [`${SOCKET}+0 %{ assert`, '2:4', 'expected "}%" to end the code, found the end'],
  [`${SOCKET}+0 "text`, '2:4', 'expected a second quote to end the text, found the end'],
  [`${SOCKET}+0 \`true`, '2:4', 'expected a second backtick to end the command, found the end'],
  [`--tolerance_usecs\n${SOCKET}`, '1:1', '--tolerance_usecs needs a value: --tolerance_usecs=...'],
  [`--tolerance_usecs=x\n${SOCKET}`, '1:1', '--tolerance_usecs is "x"; it must be a number from 0'],
  [`--strict_segments=1\n${SOCKET}`, '1:1', '--strict_segments takes no value'],
  [`--tolerance_usec=1\n${SOCKET}`, '1:1', 'packetdrill has no option --tolerance_usec'],
  [`--ip_version=ipv5\n${SOCKET}`, '1:1', '--ip_version is "ipv5"; it must be ipv4, ipv6 or'],
  [`--local_ip=a\n${SOCKET}`, '1:1', '--local_ip is "a"; it must be an IPv4 address'],
  [`--netmask_ip=255.0.255.0\n${SOCKET}`, '1:1', 'it must be a netmask such as 255.255.0.0'],
  [`--define=1\n${SOCKET}`, '1:1', '--define needs a word and what it stands for'],
  [`--mtu=~\n${SOCKET}`, '1:7', 'expected the value of the option, found'],
];

describe('what is not in the language', () => {
  test.each(MISTAKES)('%j', (text, place, says) => {
    let message = 'nothing was wrong';
    try {
      planScript(parse(text), FILE);
    } catch (error) {
      expect(error).toBeInstanceOf(ScriptError);
      message = (error as Error).message;
    }
    expect(message).toContain(says);
    expect(message).toMatch(new RegExp(`^${FILE}:${place}: `));
  });
});

/** Each with a part of what is said to be lacking. */
const LACKS: ReadonlyArray<readonly [text: string, place: string, what: string]> = [
  ['+0 > udp (100)', '2:6', 'UDP'],
  ['+0 < ipv4 1.1.1.1 > 2.2.2.2: . 1:1(0) win 1', '2:6', 'a packet within another (ipv4)'],
  ['+0 < gre: . 1:1(0) win 1', '2:6', 'GRE'],
  ['+0 > S 0:0(0) <mss 1460,FO 1234,nop,nop>', '2:25', 'TCP Fast Open'],
  ['+0 > S 0:0(0) <md5 00>', '2:16', 'the MD5 option'],
  ['+0 > S.5 0:0(0)', '2:7', 'AccECN'],
  ['+0 < . 1:1(0) win 1 {mut tcp mss}', '2:21', 'a mutation of the packet'],
  ['+0 < icmp echo_request id 7', '2:24', 'ICMP echo (id)'],
  ['+0 < icmp unreachable port_unreachable [udp (10)]', '2:41', 'ICMP about udp'],
  ['+0 epoll_create(1) = 4', '2:4', 'the system call epoll_create; there are accept, bind,'],
  ['+0 socket(..., SOCK_DGRAM, IPPROTO_UDP) = 4', '2:16', 'a socket that is not SOCK_STREAM'],
  ['+0 send(3, ..., 10, MSG_ZEROCOPY) = 10', '2:21', 'MSG_ZEROCOPY; there are MSG_DONTWAIT'],
  ['+0 write(3, "abc", 3) = 3', '2:13', 'octets that the script names'],
  ['+0 write(3, ..., 300000) = 300000', '2:18', 'more than 262144 octets in one call'],
  ['+0 setsockopt(3, SOL_TCP, TCP_MD5SIG, [1], 4) = 0', '2:27', 'the option TCP_MD5SIG of SOL_TCP'],
  ['+0 setsockopt(3, SOL_UDP, UDP_CORK, [1], 4) = 0', '2:18', 'the level SOL_UDP'],
  ['+0 fcntl(3, F_DUPFD) = 4', '2:4', 'fcntl other than F_GETFL and F_SETFL'],
  ['+0 close(3, 4) = 0', '2:4', 'close with 2 arguments; it has 1'],
  [
    '+0 bind(3, {sa_family=AF_INET, sin_port=htons(1), sin_addr=inet_addr("1.1.1.1")}, 16) = 0',
    '2:12',
    '"..." stands for what the runner puts in',
  ],
  ['+0 `../common/defaults.sh`', '2:4', 'the shell command "../common/defaults.sh"'],
  ['+0 `sysctl -q net.ipv4.tcp_sack=0`', '2:4', 'the sysctl net.ipv4.tcp_sack'],
  ['+0 `sysctl net.ipv4.tcp_congestion_control=bbr`', '2:4', 'the congestion control "bbr"'],
  ['+0 %{ print(tcpi_rtt) }%', '2:7', 'code such as "print" here; only assertions are evaluated'],
  [
    '+0 %{ assert tcpi_unacked == 1 }%',
    '2:14',
    'tcpi_unacked, which tcp-info does not tell; it tells',
  ],
  ['+0 %{ assert 1 == 1\nassert [1] }%', '3:8', '"[" in code'],
  ['+0 %{ assert }%', '2:13', 'code that ends here; only assertions are evaluated'],
];

describe('what is in the language and not supported', () => {
  test.each(LACKS)('%j', (text, place, what) => {
    const { lacks } = readScript(FILE, `${SOCKET}${text}\n`);
    expect(lacks.map((lack) => lack.what).join()).toContain(what);
    expect(`${lacks[0]?.place.line}:${lacks[0]?.place.column}`).toBe(place);
  });

  test.each(['--ip_version=ipv6', '--wire_client', '--so_filename=a', '--non_fatal=packet'])(
    'the option %s',
    (option) => {
      const { lacks } = readScript(FILE, `${option}\n${SOCKET}`);
      expect(lacks).toMatchObject([{ place: { line: 1, column: 1 } }]);
    },
  );

  test.each(['--verbose', '--speed=100', '--code_sockopt=TCP_INFO', '--debug'])(
    'but %s says nothing about the stack',
    (option) => {
      expect(readScript(FILE, `${option}\n${SOCKET}`).lacks).toEqual([]);
    },
  );

  test('everything is named, not only the first', () => {
    const text = `${SOCKET}+0 dup(3) = 4\n+0 \`true\`\n+0 %{ x = 1 }%\n`;
    expect(readScript(FILE, text).lacks.map(({ place }) => place.line)).toEqual([2, 3, 4]);
  });

  test('the parser says where it stops', () => {
    expect(() => parse(`${SOCKET}+0 > udp (1)\n`)).toThrow(Unsupported);
  });
});
