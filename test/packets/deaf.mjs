// The reference, whose programs are never given a datagram.
import boot from '../../dist/adapters/reference.js';

export default (options) => {
  const { ports, ...implementation } = boot(options);
  const udp = {
    enumerable: true,
    get: () => ({ ...ports.udp, receive: () => Promise.resolve({ errno: 'EAGAIN' }) }),
  };
  const descriptors = { ...Object.getOwnPropertyDescriptors(ports), udp };
  return { ...implementation, ports: Object.defineProperties({}, descriptors) };
};
