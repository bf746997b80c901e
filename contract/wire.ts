/** What both sides of a pipe go by before anything is said. */

export const PROTOCOL = 'kernspec/1';

/** Longest line that either side may send, in octets, the newline included. */
export const MAX_LINE = 4 * 1024 * 1024;
