/**
 * The queue of requests of a listening socket: a hash table, or a list where the setting says so.
 *
 * Every SYN, and every segment for the socket, searches it; how many requests that looks at is counted.
 * Requests that were sent the same number of SYN-ACKs wait equally long, so there is one line for each
 * number, in which they stand in the order in which they fall due: no timer ever looks at all of them.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_search_req(), tcp_v4_synq_add(); net/ipv4/tcp_timer.c,
 * tcp_synack_timer(), which walks the table in steps of 200 ms instead.
 */
import { kfree } from '../../kernel/kernel-memory.ts';
import type { Net } from '../net.ts';
import { isFrom, requestOctets, type OpenRequest } from './request.ts';
import type { Segment } from './segment.ts';
import type { TcpSock } from './tcp-sock.ts';
import { newTimer, startTimer, stopTimer, type LazyTimer } from './timer.ts';
import { hashWords } from './tuple-table.ts';

/** Chains of a table of usual size. @kernel TCP_SYNQ_HSIZE */
const TABLE_SIZE = 512;
const TABLE_MOST = 2 ** 20;

/** Requests in the order in which they fall due; the first is at `from`. */
interface Line {
  requests: OpenRequest[];
  from: number;
}

/** @kernel struct tcp_listen_opt */
export interface SynQueue {
  readonly net: Net;
  readonly chains: (OpenRequest | null)[];
  readonly secret: number;
  /** All, and those that were sent one SYN-ACK only. @kernel qlen, qlen_young */
  length: number;
  young: number;
  lookups: number;
  probes: number;
  /** By SYN-ACKs that were sent again. */
  readonly lines: Line[];
  readonly timer: LazyTimer;
}

/** As many chains as there can be requests, so that a search stays short. */
function tableSize({ tcp }: Net): number {
  const { maxSynBacklog, synQueueIsList } = tcp.tunables;
  if (synQueueIsList) return 1;
  let size = TABLE_SIZE;
  while (size < maxSynBacklog && size < TABLE_MOST) size *= 2;
  return size;
}

export function newSynQueue(net: Net, expire: (request: OpenRequest) => void): SynQueue {
  const queue: SynQueue = {
    net,
    chains: new Array<OpenRequest | null>(tableSize(net)).fill(null),
    secret: net.random(),
    length: 0,
    young: 0,
    lookups: 0,
    probes: 0,
    lines: [],
    timer: newTimer(net.clock, () => expireDue(net, queue, expire)),
  };
  return queue;
}

/** @kernel tcp_v4_synq_hash */
function chainOf({ chains, secret }: SynQueue, raddr: number, rport: number): number {
  return hashWords(raddr ^ secret, rport, 0) & (chains.length - 1);
}

/** @kernel tcp_v4_search_req */
export function searchRequest(sk: TcpSock, segment: Segment): OpenRequest | undefined {
  const queue = sk.listening?.synQueue;
  if (queue === undefined) return undefined;
  queue.lookups += 1;
  let request = queue.chains[chainOf(queue, segment.saddr, segment.sport)] ?? null;
  for (; request !== null; request = request.next) {
    queue.probes += 1;
    if (isFrom(request, segment)) return request;
  }
  return undefined;
}

/** Puts a request in front of its chain. @kernel tcp_v4_synq_add */
export function addRequest(queue: SynQueue, request: OpenRequest): void {
  const at = chainOf(queue, request.raddr, request.rport);
  request.next = queue.chains[at] ?? null;
  queue.chains[at] = request;
  queue.length += 1;
  queue.young += 1;
  wait(queue, request);
}

/** Has it looked at when its time has come. */
export function wait(queue: SynQueue, request: OpenRequest): void {
  const line = (queue.lines[request.retrans] ??= { requests: [], from: 0 });
  line.requests.push(request);
  if (request.expires < queue.timer.due) startTimer(queue.timer, request.expires);
}

/** @kernel tcp_synq_unlink, tcp_synq_removed */
export function removeRequest(queue: SynQueue, request: OpenRequest): void {
  if (!request.waits) return;
  request.waits = false;
  const at = chainOf(queue, request.raddr, request.rport);
  const first = queue.chains[at] ?? null;
  if (first === request) {
    queue.chains[at] = request.next;
  } else {
    let before = first;
    while (before !== null && before.next !== request) before = before.next;
    if (before !== null) before.next = request.next;
  }
  queue.length -= 1;
  kfree(queue.net.memory, requestOctets(queue.net));
  if (request.retrans === 0) queue.young -= 1;
  if (queue.length === 0) clear(queue);
}

function clear(queue: SynQueue): void {
  queue.lines.length = 0;
  stopTimer(queue.timer);
}

/** Lets all go. @kernel tcp_listen_stop */
export function dropRequests(queue: SynQueue): void {
  for (const request of requestsOf(queue)) request.waits = false;
  queue.chains.fill(null);
  kfree(queue.net.memory, queue.length * requestOctets(queue.net));
  queue.length = 0;
  queue.young = 0;
  clear(queue);
}

export function* requestsOf({ chains }: SynQueue): Generator<OpenRequest> {
  for (const first of chains) {
    for (let request = first; request !== null; request = request.next) yield request;
  }
}

/** The first of a line that still waits there. */
function firstOf(line: Line, retrans: number): OpenRequest | undefined {
  for (;;) {
    const first = line.requests[line.from];
    if (first === undefined || (first.waits && first.retrans === retrans)) return first;
    pass(line);
  }
}

/** What lies before the first is thrown away now and then. */
function pass(line: Line): void {
  line.from += 1;
  if (line.from < 1024 || line.from * 2 < line.requests.length) return;
  line.requests = line.requests.slice(line.from);
  line.from = 0;
}

/** Looks at all that are due, and sets the timer for the next one. */
function expireDue(net: Net, queue: SynQueue, expire: (request: OpenRequest) => void): void {
  const { now } = net.clock;
  let next = Infinity;
  for (let retrans = queue.lines.length - 1; retrans >= 0; retrans--) {
    const line = queue.lines[retrans];
    if (line === undefined) continue;
    let first = firstOf(line, retrans);
    while (first !== undefined && first.expires <= now) {
      pass(line);
      expire(first);
      first = firstOf(line, retrans);
    }
    if (first !== undefined) next = Math.min(next, first.expires);
  }
  next = Math.min(next, queue.timer.due);
  if (queue.length > 0 && next !== Infinity) startTimer(queue.timer, next);
}
