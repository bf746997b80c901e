/** The shell commands that are understood: those that set a sysctl which the contract has a name for. */
import { CONGESTION_CONTROLS, type TcpTunable } from '../../contract/index.ts';
import type { Command } from './ast.ts';
import { Unsupported } from './problems.ts';

export interface Setting {
  /** As the script names it. */
  readonly sysctl: string;
  readonly tunable: TcpTunable;
  readonly value: number | (typeof CONGESTION_CONTROLS)[number];
}

interface Known {
  readonly tunable: TcpTunable;
  /** Milliseconds in one of its units, for times. */
  readonly unitMs?: number;
}

/** What each is in the contract's neutral names. */
export const SYSCTLS: Readonly<Record<string, Known>> = {
  'net.core.somaxconn': { tunable: 'somaxconn' },
  'net.ipv4.tcp_abort_on_overflow': { tunable: 'abortOnOverflow' },
  'net.ipv4.tcp_congestion_control': { tunable: 'congestionControl' },
  'net.ipv4.tcp_fin_timeout': { tunable: 'finWait2Timeout', unitMs: 1000 },
  'net.ipv4.tcp_keepalive_time': { tunable: 'keepaliveTime', unitMs: 1000 },
  'net.ipv4.tcp_max_syn_backlog': { tunable: 'maxSynBacklog' },
  'net.ipv4.tcp_retries2': { tunable: 'retransmissions' },
  'net.ipv4.tcp_syn_retries': { tunable: 'synRetries' },
  'net.ipv4.tcp_synack_retries': { tunable: 'synackRetries' },
  'net.ipv4.tcp_syncookies': { tunable: 'synCookies' },
  'net.ipv4.tcp_timestamps': { tunable: 'timestamps' },
  'net.ipv4.tcp_window_scaling': { tunable: 'windowScaling' },
};

/** sysctl -q -w NAME=VALUE NAME=VALUE */
const SYSCTL = /^(?:\/sbin\/)?sysctl(?:\s+-[qw]+)*((?:\s+[\w./]+\s*=\s*(?:"[^"]*"|'[^']*'|\S+))+)$/;

const ASSIGNMENT = /([\w./]+)\s*=\s*("[^"]*"|'[^']*'|\S+)/g;

/** echo VALUE > /proc/sys/NAME */
const ECHO = /^echo\s+(\S+)\s*>\s*\/proc\/sys\/([\w/]+)$/;

/** @throws Unsupported — it is something else. */
export function settingsIn(command: Command): Setting[] {
  const parts = command.line
    .split(/;|&&|\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '' && !part.startsWith('#'));
  return parts.flatMap((part) => {
    const assignments = assignmentsIn(part);
    if (assignments === undefined) {
      throw new Unsupported(command.place, `the shell command "${shortened(part)}"`);
    }
    return assignments.map(([name, value]) => settingOf(command, name, value));
  });
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function assignmentsIn(part: string): (readonly [name: string, value: string])[] | undefined {
  const echoed = ECHO.exec(part);
  if (echoed !== null) return [[(echoed[2] ?? '').replaceAll('/', '.'), echoed[1] ?? '']];
  const list = SYSCTL.exec(part)?.[1];
  if (list === undefined) return undefined;
  return [...list.matchAll(ASSIGNMENT)].map(
    ([, name = '', value = '']) => [name.replaceAll('/', '.'), unquoted(value)] as const,
  );
}

function unquoted(value: string): string {
  return value.replace(/^(["'])(.*)\1$/, '$2');
}

function settingOf({ place }: Command, sysctl: string, text: string): Setting {
  const known = Object.hasOwn(SYSCTLS, sysctl) ? SYSCTLS[sysctl] : undefined;
  if (known === undefined) throw new Unsupported(place, `the sysctl ${sysctl}`);
  const { tunable, unitMs = 1 } = known;
  if (tunable === 'congestionControl') {
    const name = CONGESTION_CONTROLS.find((control) => control === text);
    if (name === undefined) throw new Unsupported(place, `the congestion control "${text}"`);
    return { sysctl, tunable, value: name };
  }
  if (!/^\d{1,9}$/.test(text)) throw new Unsupported(place, `the value "${text}" of ${sysctl}`);
  return { sysctl, tunable, value: Number(text) * unitMs };
}
