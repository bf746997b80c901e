/** Faults of what TCP keeps of a socket: control blocks, the backlog, entry points, options by level. */
import type { Mutant } from '../mutant.ts';

const proto = 'net/inet-proto';
const level = 'net/option-level';

export const TCP_SOCKET: readonly Mutant[] = [
  {
    id: 'segment-time-never-set',
    statement: 'SKB-20',
    alsoBreaks: ['TCP-03', 'TXP-09'],
    file: 'net/tcp/output',
    find: `    buffer.when = timeStamp(sk.net);
`,
    replace: ``,
    does: 'Does not note when it has sent a segment.',
  },
  {
    id: 'segment-keeps-first-time',
    statement: 'SKB-20',
    file: 'net/tcp/retransmit',
    find: `    buffer.when = timeStamp(sk.net);
`,
    replace: ``,
    does: 'Keeps the time of the first sending when a segment is sent again.',
  },
  {
    id: 'cut-segment-pushes-twice',
    statement: 'SKB-20',
    alsoBreaks: ['TXP-04'],
    file: 'net/tcp/output',
    find: `    buffer.flags &= ~(FIN | PSH);
`,
    replace: ``,
    does: 'Leaves the flags of the end to both parts of a segment that it cuts.',
  },
  {
    id: 'backlog-passed-by',
    statement: 'SKB-04',
    file: 'net/tcp/input',
    find: `    if (sk.owned) {
        sk.backlog.push(segment);`,
    replace: `    if (sk.owned && false) {
        sk.backlog.push(segment);`,
    does: 'Works on a socket that a process has.',
  },
  {
    id: 'backlog-forgotten',
    statement: 'SKB-04',
    alsoBreaks: ['SOC-01', 'BND-08', 'BND-03'],
    file: 'net/tcp/lock',
    find: `while (sk.backlog.length > 0)`,
    replace: `while (false)`,
    does: 'Lets go of a socket without a look at its backlog.',
  },
  {
    id: 'backlog-thrown-away',
    statement: 'SKB-04',
    alsoBreaks: ['SOC-01', 'BND-08', 'BND-03'],
    file: 'net/tcp/lock',
    find: `            backlogReceive(sk, segment);`,
    replace: `            void segment;`,
    does: 'Throws the segments in the backlog away.',
  },
  {
    id: 'backlog-of-one',
    statement: 'SKB-04',
    file: 'net/tcp/lock',
    find: `of backlog)`,
    replace: `of backlog.slice(0, 1))`,
    does: 'Works off the first segment of a backlog only.',
  },
  {
    id: 'timer-does-not-wait-for-process',
    statement: 'SKB-04',
    file: 'net/tcp/timer-handlers',
    find: `if (!sk.owned)`,
    replace: `if (true)`,
    does: 'Runs a timer on a socket that a process has.',
  },
  {
    id: 'timer-gives-up-on-process',
    statement: 'SKB-04',
    file: 'net/tcp/timer-handlers',
    find: `        startTimer(sk.timers[name], sk.net.clock.now + later);
`,
    replace: `        void later;
`,
    does: 'Forgets a timer that has fired while a process had the socket.',
  },
  {
    id: 'raw-socket-sends-datagrams',
    statement: 'SKB-04',
    alsoBreaks: ['SOC-11', 'SOC-08', 'SOC-10'],
    file: proto,
    find: `return yield* nowOf(rawSendmsg(sk, message));`,
    replace: `return yield* udpSendmsg(sk, _task, message);`,
    does: 'Has the function of UDP in the table of raw sockets.',
  },
  {
    id: 'raw-socket-reads-datagrams',
    statement: 'SKB-04',
    alsoBreaks: ['SOC-08', 'SOC-10', 'IPI-07'],
    file: proto,
    find: `    contents: rawContents,`,
    replace: `    contents: udpContents,`,
    does: 'Reads from a raw socket as from one of UDP.',
  },
  {
    id: 'option-level-ignored',
    statement: 'OPT-03',
    file: level,
    find: `    return entries(levelsOf(profile)[level]).find(([, own]) => own === number)?.[0];`,
    replace: `    void level;
    return Object.values(levelsOf(profile))
        .flatMap(entries)
        .find(([, own]) => own === number)?.[0];`,
    does: 'Looks an option up by its number only.',
  },
  {
    id: 'option-of-ip-at-tcp',
    statement: 'OPT-03',
    file: level,
    find: `entries(levelsOf(profile)[level])`,
    replace: `entries({ ...levelsOf(profile)[level], ...(level === 'IPPROTO_TCP' ? levelsOf(profile).IPPROTO_IP : {}) }).reverse()`,
    does: 'Takes options of IP where those of TCP are meant.',
  },
];
