/**
 * Settings of a terminal.
 *
 * Source: POSIX.1-2001, termios.h; Linux 2.6.11, include/linux/tty.h, INIT_C_CC; drivers/char/tty_io.c,
 * tty_std_termios; tty_ioctl.c, baud_table. Left out: what a UART does to octets (parity, character size).
 */
import { TERMINAL_FLAGS, type TerminalSettings } from '../../contract/index.ts';

export type TerminalFlag = (typeof TERMINAL_FLAGS)[number];

/** @kernel struct termios */
export interface Termios extends Omit<TerminalSettings, 'flags'> {
  readonly flags: ReadonlySet<TerminalFlag>;
}

/** What a terminal is like that nobody has set. @kernel tty_std_termios */
export const STANDARD_TERMIOS: Termios = {
  flags: new Set([
    'ICRNL',
    'IXON',
    'OPOST',
    'ONLCR',
    'ISIG',
    'ICANON',
    'ECHO',
    'ECHOE',
    'ECHOK',
  ] as const),
  characters: {
    VINTR: 0x03,
    VQUIT: 0x1c,
    VSUSP: 0x1a,
    VERASE: 0x7f,
    VKILL: 0x15,
    VEOF: 0x04,
    VEOL: null,
    VSTART: 0x11,
    VSTOP: 0x13,
  },
  VMIN: 1,
  VTIME: 0,
  speed: 38_400,
};

/** Rates that every system knows; 0 hangs up, 134 stands for 134.5. */
const COMMON_RATES = [
  0, 50, 75, 110, 134, 150, 200, 300, 600, 1200, 1800, 2400, 4800, 9600, 19_200, 38_400,
];

const LINUX_RATES = [
  57_600, 115_200, 230_400, 460_800, 500_000, 576_000, 921_600, 1_000_000, 1_152_000, 1_500_000,
  2_000_000, 2_500_000, 3_000_000, 3_500_000, 4_000_000,
];

const BSD_RATES = [7200, 14_400, 28_800, 57_600, 76_800, 115_200, 230_400];

export const LINUX_BAUD_TABLE: ReadonlySet<number> = new Set([...COMMON_RATES, ...LINUX_RATES]);
export const BSD_BAUD_TABLE: ReadonlySet<number> = new Set([...COMMON_RATES, ...BSD_RATES]);

/** Bits a second of a rate. */
export function bitsPerSecond(speed: number): number {
  return speed === 134 ? 134.5 : speed;
}
