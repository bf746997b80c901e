/**
 * What a pipe keeps its octets in.
 *
 * Linux keeps them in at most 16 pages. A write begins a new page unless its odd tail, the length
 * beyond whole pages, still fits behind what the last page holds. So a write of at most a page never
 * needs more than one new page, and cannot be split; and how much a pipe holds depends on how it was
 * filled. A page is given back when all of it was read.
 *
 * Source: Linux 2.6.11, fs/pipe.c. 4.4BSD has a pair of sockets instead: see socketBuffers.
 */

/** @kernel PAGE_SIZE */
export const PAGE_SIZE = 4096;
/** @kernel PIPE_BUFFERS */
export const PIPE_BUFFERS = 16;

export interface PipeBuffers {
  /** Octets that wait to be read. */
  length(): number;
  /** Whether poll tells a writer to go on. */
  writable(): boolean;
  /**
   * Puts what there is room for.
   *
   * @param begins - these are the first octets of a write, not what was left over of it.
   * @returns how many octets were put; a part only of a write that need not be atomic.
   */
  put(octets: Uint8Array, begins: boolean): number;
  /** Takes the oldest octets, at most so many. */
  take(count: number): Uint8Array;
}

/** Octets of a page that were written and not yet read. @kernel struct pipe_buffer */
interface PipeBuffer {
  readonly page: Uint8Array;
  offset: number;
  len: number;
}

/** Puts the odd tail behind what the last page holds, if it fits. @returns how many octets. */
function merge(last: PipeBuffer | undefined, octets: Uint8Array): number {
  const tail = octets.length % PAGE_SIZE;
  if (last === undefined || last.offset + last.len + tail > PAGE_SIZE) return 0;
  last.page.set(octets.subarray(0, tail), last.offset + last.len);
  last.len += tail;
  return tail;
}

/** Reads from the first page, and gives it back when it is empty. */
function takeFromFirst(bufs: PipeBuffer[], first: PipeBuffer, count: number): Uint8Array {
  const octets = first.page.slice(first.offset, first.offset + Math.min(first.len, count));
  first.offset += octets.length;
  first.len -= octets.length;
  if (first.len === 0) bufs.shift();
  return octets;
}

/** What was taken in several pieces. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const octets = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    octets.set(part, at);
    at += part.length;
  }
  return octets;
}

export function pageBuffers(): PipeBuffers {
  const bufs: PipeBuffer[] = [];
  return {
    length: () => bufs.reduce((sum, { len }) => sum + len, 0),
    writable: () => bufs.length < PIPE_BUFFERS,
    put(octets, begins) {
      let put = begins ? merge(bufs.at(-1), octets) : 0;
      while (put < octets.length && bufs.length < PIPE_BUFFERS) {
        const page = new Uint8Array(PAGE_SIZE);
        const part = octets.subarray(put, put + PAGE_SIZE);
        page.set(part);
        bufs.push({ page, offset: 0, len: part.length });
        put += part.length;
      }
      return put;
    },
    take(count) {
      const parts: Uint8Array[] = [];
      for (let left = count; bufs[0] !== undefined && left > 0;) {
        const part = takeFromFirst(bufs, bufs[0], left);
        parts.push(part);
        left -= part.length;
      }
      return joined(parts);
    },
  };
}

/** @kernel PIPSIZ */
export const PIPSIZ = 4096;
/** A writer that does not get all in waits for so much room; also what is sent at a time. @kernel MCLBYTES */
export const MCLBYTES = 2048;

/**
 * The buffer of a pair of connected UNIX-domain sockets, which is what a pipe is in 4.4BSD.
 *
 * A write goes in whole if it fits. If not, it waits for room of a cluster and goes in by clusters: so
 * one of at most a cluster is not split. Left out: the limit on mbufs, which fills a pipe earlier when
 * many small writes each take an mbuf of their own.
 *
 * Source: 4.4BSD-Lite2, kern/uipc_socket.c, sosend(); kern/uipc_usrreq.c.
 */
export function socketBuffers(): PipeBuffers {
  let held: number[] = [];
  return {
    length: () => held.length,
    writable: () => PIPSIZ - held.length >= MCLBYTES,
    put(octets) {
      let put = 0;
      while (put < octets.length) {
        const space = PIPSIZ - held.length;
        if (octets.length - put > space && space < MCLBYTES) break;
        const part = octets.subarray(put, put + MCLBYTES);
        held.push(...part);
        put += part.length;
      }
      return put;
    },
    take(count) {
      const octets = Uint8Array.from(held.slice(0, count));
      held = held.slice(count);
      return octets;
    },
  };
}
