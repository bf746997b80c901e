/** Octets that wait to be sent. @kernel SIOCOUTQNSD */
import type { TcpSock } from './tcp-sock.ts';

export function unsentOctets({ sendHead }: TcpSock): number {
  let octets = 0;
  for (let buffer = sendHead; buffer !== null; buffer = buffer.next) octets += buffer.length;
  return octets;
}
