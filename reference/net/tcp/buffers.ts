/**
 * Buffers of octets in sequence space, and queues of them.
 *
 * A queue is a linked list: buffers come and go at both ends, and one that is cut or lands between two
 * others is put in the middle.
 *
 * Source: Linux 2.6.11, include/net/tcp.h, struct tcp_skb_cb; include/linux/skbuff.h.
 */
import { csumBetween } from '../csum.ts';

/** Sent since the window last became smaller. */
export const SINCE_CUT = 0x100;

/** A loss is supposed; it was sent again since; it was ever sent again. @kernel TCPCB_LOST … */
export const LOST = 4;
export const RETRANS = 2;
export const EVER_RETRANS = 0x80;

export interface TcpBuffer {
  seq: number;
  /** Behind its last octet; SYN and FIN count one each. */
  endSeq: number;
  flags: number;
  /** Memory, of which the first octets hold data. */
  bytes: Uint8Array;
  /** Where in the memory its data begin and how many octets they are. */
  start: number;
  length: number;
  truesize: number;
  /** When it was sent last, in milliseconds. */
  when: number;
  /** The same to the nanosecond. */
  sentAt: number;
  /** LOST, RETRANS, EVER_RETRANS, SINCE_CUT. @kernel sacked */
  marks: number;
  /** Times that it was sent. */
  transmissions: number;
  /** Sum of its data; -1 when it has not been summed. */
  sum: number;
  next: TcpBuffer | null;
  prev: TcpBuffer | null;
}

export function newBuffer(
  seq: number,
  flags: number,
  bytes: Uint8Array,
  truesize: number,
): TcpBuffer {
  return {
    seq,
    endSeq: seq,
    flags,
    bytes,
    start: 0,
    length: 0,
    truesize,
    when: 0,
    sentAt: 0,
    marks: 0,
    transmissions: 0,
    sum: -1,
    next: null,
    prev: null,
  };
}

export function bufferData({ bytes, start, length }: TcpBuffer): Uint8Array {
  return bytes.subarray(start, start + length);
}

/** The sum of its data, computed once. @kernel skb->csum */
export function bufferSum(buffer: TcpBuffer): number {
  const { bytes, start, length } = buffer;
  if (buffer.sum < 0) buffer.sum = csumBetween(bytes, start, start + length, 0);
  return buffer.sum;
}

/** Takes octets off the front. @kernel tcp_trim_head */
export function trimHead(buffer: TcpBuffer, octets: number): void {
  buffer.start += octets;
  buffer.length -= octets;
  buffer.seq = (buffer.seq + octets) | 0;
  buffer.sum = -1;
}

/** @kernel struct sk_buff_head */
export interface BufferQueue {
  head: TcpBuffer | null;
  tail: TcpBuffer | null;
  /** Buffers in it. @kernel qlen */
  count: number;
}

export function newQueue(): BufferQueue {
  return { head: null, tail: null, count: 0 };
}

/** Puts a buffer behind another one; null puts it first. */
export function insertBehind(queue: BufferQueue, place: TcpBuffer | null, buffer: TcpBuffer): void {
  const next = place === null ? queue.head : place.next;
  buffer.prev = place;
  buffer.next = next;
  if (place === null) queue.head = buffer;
  else place.next = buffer;
  if (next === null) queue.tail = buffer;
  else next.prev = buffer;
  queue.count += 1;
}

export function append(queue: BufferQueue, buffer: TcpBuffer): void {
  insertBehind(queue, queue.tail, buffer);
}

export function unlink(queue: BufferQueue, buffer: TcpBuffer): void {
  const { next, prev } = buffer;
  if (prev === null) queue.head = next;
  else prev.next = next;
  if (next === null) queue.tail = prev;
  else next.prev = prev;
  buffer.next = null;
  buffer.prev = null;
  queue.count -= 1;
}

/** Empties it; what was in it is nobody's any more. */
export function purge(queue: BufferQueue): void {
  queue.head = null;
  queue.tail = null;
  queue.count = 0;
}
