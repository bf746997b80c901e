/**
 * UDP sockets of one host as plain data: the model that properties compare with.
 *
 * Where a call fails for several reasons at once, a system may give any of them; where several sockets
 * are meant by a datagram alike, any of them may get it.
 *
 * Source: Linux 2.6.11, net/ipv4/af_inet.c, datagram.c, udp.c.
 */
import type { Errno } from '../../contract/index.ts';

export const ANY = '0.0.0.0';

export interface End {
  readonly address: string;
  readonly port: number;
}

export interface Datagram {
  readonly from: End;
  readonly octets: string;
}

export interface ModelSocket {
  open: boolean;
  reuse: boolean;
  /** Its name; ANY and 0 where it has none. */
  address: string;
  port: number;
  /** What the program has chosen itself stays when a connection is dissolved. */
  addressChosen: boolean;
  portChosen: boolean;
  peer: End | null;
  /** Waits to be told. */
  error: Errno | null;
  readonly queue: Datagram[];
}

export function newSocket(): ModelSocket {
  return {
    open: true,
    reuse: false,
    address: ANY,
    port: 0,
    addressChosen: false,
    portChosen: false,
    peer: null,
    error: null,
    queue: [],
  };
}

/** Errnos of which one must come; none of them: the call must succeed. */
export type Permitted = readonly Errno[];

const CLOSED: Permitted = ['EBADF'];

export class ModelHost {
  readonly #own: readonly string[];
  readonly #sockets: readonly ModelSocket[];
  readonly #firstForAll: boolean;

  /**
   * @param own - the host's addresses, the one first that it uses towards others.
   * @param firstForAll - it uses that one towards its others, too.
   */
  constructor(own: readonly string[], sockets: readonly ModelSocket[], firstForAll: boolean) {
    this.#firstForAll = firstForAll;
    this.#own = own;
    this.#sockets = sockets;
  }

  /** A port that the system chooses is not known before; see `learnPort`. */
  bind(sk: ModelSocket, { address, port }: End): Permitted {
    if (!sk.open) return CLOSED;
    const errnos: Errno[] = [];
    if (address !== ANY && !this.#own.includes(address)) errnos.push('EADDRNOTAVAIL');
    if (sk.port !== 0 || sk.peer !== null) errnos.push('EINVAL');
    if (errnos.length > 0) return errnos;
    if (port !== 0 && this.#isTaken(sk, { address, port })) {
      // It was given the address first, and loses it with the port.
      sk.address = ANY;
      return ['EADDRINUSE'];
    }
    sk.address = address;
    sk.port = port;
    sk.addressChosen = address !== ANY;
    sk.portChosen = port !== 0;
    return [];
  }

  #isTaken(sk: ModelSocket, { address, port }: End): boolean {
    return this.#sockets.some((other) => {
      if (other === sk || other.port !== port || (sk.reuse && other.reuse)) return false;
      return [address, other.address].includes(ANY) || address === other.address;
    });
  }

  /** @param to - null dissolves the connection. */
  connect(sk: ModelSocket, to: End | null): Permitted {
    if (!sk.open) return CLOSED;
    sk.peer = to;
    if (to !== null) {
      sk.address = this.sourceTowards(sk, to);
      return [];
    }
    if (!sk.addressChosen) sk.address = ANY;
    if (!sk.portChosen) sk.port = 0;
    return [];
  }

  /** The address that its datagrams to there have. */
  sourceTowards(sk: ModelSocket, { address }: End): string {
    if (sk.address !== ANY) return sk.address;
    const own = this.#own.includes(address) && !this.#firstForAll;
    return own ? address : (this.#own[0] ?? ANY);
  }

  /** Whether the system may have chosen that port for a socket that had none. */
  mayBeChosen(port: number): boolean {
    return port >= 1024 && !this.#sockets.some((other) => other.port === port);
  }

  close(sk: ModelSocket): Permitted {
    if (!sk.open) return CLOSED;
    Object.assign(sk, { ...newSocket(), open: false });
    return [];
  }

  /** Those that a datagram is for alike: no other says more of it by its name and its peer. */
  meantBy(from: End, to: End): ModelSocket[] {
    const scores = this.#sockets.map((sk) => (sk.open ? score(sk, from, to) : 0));
    const most = Math.max(...scores);
    return most === 0 ? [] : this.#sockets.filter((_, at) => scores[at] === most);
  }
}

/** 0 for a socket that it is not for. */
function score({ address, port, peer }: ModelSocket, from: End, to: End): number {
  if (port !== to.port || (address !== ANY && address !== to.address)) return 0;
  const isPeer = peer?.address === from.address && peer.port === from.port;
  if (peer !== null && !isPeer) return 0;
  return 1 + (address === ANY ? 0 : 1) + (isPeer ? 2 : 0);
}
