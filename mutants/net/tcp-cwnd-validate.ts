/** Faults of the congestion window that is not used. */
import type { Mutant } from '../mutant.ts';

export const TCP_CWND_VALIDATE: readonly Mutant[] = [
  {
    id: 'tcp-window-used-but-for-one',
    statement: 'TXP-06',
    file: 'net/tcp/cwnd-validate',
    find: `if (used + unit > sk.cwnd) {`,
    replace: `if (used + unit >= sk.cwnd) {`,
    does: 'Takes a window with room for one segment more for one that is used.',
  },
  {
    id: 'tcp-window-use-of-last-flight',
    statement: 'TXP-06',
    file: 'net/tcp/cwnd-validate',
    find: `sk.cwndUsed = Math.max(sk.cwndUsed, used);`,
    replace: `sk.cwndUsed = used;`,
    does: 'Looks at the last flight alone when it sees how much of the window was used.',
  },
  {
    id: 'tcp-window-use-kept-when-full',
    statement: 'TXP-06',
    file: 'net/tcp/cwnd-validate',
    find: `sk.cwndUsed = 0;
        sk.cwndStamp = now;
        return;`,
    replace: `sk.cwndStamp = now;
        return;`,
    does: 'Counts what was under way before the window was full.',
  },
  {
    id: 'tcp-window-full-not-dated',
    statement: 'TXP-06',
    file: 'net/tcp/cwnd-validate',
    find: `sk.cwndUsed = 0;
        sk.cwndStamp = now;
        return;`,
    replace: `sk.cwndUsed = 0;
        return;`,
    does: 'Does not note when the window was full.',
  },
  {
    id: 'tcp-window-use-kept-when-halved',
    statement: 'TXP-06',
    file: 'net/tcp/cwnd-validate',
    find: `            sk.cwnd = Math.floor((sk.cwnd + used) / 2);
        }
        sk.cwndUsed = 0;`,
    replace: `            sk.cwnd = Math.floor((sk.cwnd + used) / 2);
        }`,
    does: 'Counts once more what was used in a time that has had its effect.',
  },
  {
    id: 'tcp-window-use-forgotten-when-buffer-full',
    statement: 'TXP-06',
    file: 'net/tcp/cwnd-validate',
    find: `        sk.cwndUsed = 0;
    }
    sk.cwndStamp = now;`,
    replace: `    }
    sk.cwndUsed = 0;
    sk.cwndStamp = now;`,
    does: 'Forgets what was used while the send buffer was full.',
  },
  {
    id: 'tcp-window-smaller-at-each-segment',
    statement: 'TXP-06',
    file: 'net/tcp/cwnd-validate',
    find: `        sk.cwndUsed = 0;
    }
    sk.cwndStamp = now;`,
    replace: `        sk.cwndUsed = 0;
    }`,
    does: 'Makes a window that was not used smaller with each segment from then on.',
  },
  {
    id: 'tcp-window-smaller-with-full-buffer',
    statement: 'TXP-06',
    file: 'net/tcp/cwnd-validate',
    find: `sk.caState === 'Open' && !sk.noSpace`,
    replace: `sk.caState === 'Open'`,
    does: 'Makes the window smaller although the program would use all of it.',
  },
  {
    id: 'tcp-window-smaller-in-recovery',
    statement: 'TXP-06',
    file: 'net/tcp/cwnd-validate',
    find: `sk.caState === 'Open' && !sk.noSpace`,
    replace: `!sk.noSpace`,
    does: 'Makes a window smaller with which a loss is made good.',
  },
  {
    id: 'tcp-unused-window-not-remembered',
    statement: 'TXP-06',
    file: 'net/tcp/cwnd-validate',
    find: `if (used < sk.cwnd) {
            sk.ssthresh = currentSsthresh(sk);`,
    replace: `if (used < sk.cwnd) {`,
    does: 'Does not remember in the threshold what a window that was not used had come to.',
  },
  {
    id: 'tcp-idle-window-not-remembered',
    statement: 'TXP-06',
    file: 'net/tcp/cwnd-validate',
    find: `const least = Math.min(restartLeast(sk), sk.cwnd);
    sk.ssthresh = currentSsthresh(sk);`,
    replace: `const least = Math.min(restartLeast(sk), sk.cwnd);`,
    does: 'Does not remember in the threshold what the window had come to before an idle time.',
  },
  {
    id: 'tcp-window-use-kept-when-idle',
    statement: 'TXP-06',
    file: 'net/tcp/cwnd-validate',
    find: `sk.cwnd = Math.max(cwnd, least);
    sk.cwndStamp = now;
    sk.cwndUsed = 0;`,
    replace: `sk.cwnd = Math.max(cwnd, least);
    sk.cwndStamp = now;`,
    does: 'Counts what was used before an idle time.',
  },
  {
    id: 'tcp-restart-with-two-segments',
    statement: 'TXP-06',
    profile: 'linux-2.6.11',
    file: 'net/tcp/cwnd-validate',
    find: `const least = Math.min(restartLeast(sk), sk.cwnd);`,
    replace: `const least = Math.min(initialCwnd(sk), sk.cwnd);`,
    does: 'Begins after an idle time with the two segments that a connection begins with.',
  },
  {
    id: 'tcp-unused-window-smaller-in-bsd',
    statement: 'TXP-06',
    profile: 'bsd-4.4',
    file: 'net/tcp/cwnd-validate',
    find: `if (sk.net.profile === 'bsd-4.4')
        return;`,
    replace: ``,
    does: 'Makes a window smaller that is not used, as Linux does.',
  },
  {
    id: 'tcp-eleven-segments-first',
    statement: 'TCP-02',
    profile: 'linux-6',
    file: 'net/tcp/cwnd-validate',
    find: `profile === 'linux-6' ? 10`,
    replace: `profile === 'linux-6' ? 11`,
    does: 'Begins with eleven segments.',
  },
];
