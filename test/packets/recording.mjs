// The reference, with the frames that it gets and sends written down: for each boot a line of JSON.
import { writeFileSync } from 'node:fs';
import boot from '../../dist/adapters/reference.js';

/** Frames of one boot beyond which no more are kept: floods repeat themselves. */
const MOST = 200;

const boots = [];

process.on('exit', () => {
  const lines = boots.filter(({ length }) => length > 0).map((frames) => JSON.stringify(frames));
  writeFileSync(process.env.KERNSPEC_FRAMES, lines.join('\n'));
});

export default (options) => {
  const { ports, ...implementation } = boot(options);
  const frames = [];
  boots.push(frames);
  const keep = (direction, frame) => {
    if (frames.length < MOST) frames.push({ direction, frame });
  };
  const recorded = (network) => ({
    ...network,
    receive(args) {
      keep('in', args.frame);
      return network.receive(args);
    },
    async transmitted(args) {
      const answer = await network.transmitted(args);
      for (const { frame } of answer.ok?.frames ?? []) keep('out', frame);
      return answer;
    },
  });
  // Ports are made when they are first asked for, and only one is looked at here.
  const network = { enumerable: true, get: () => recorded(ports.network) };
  const descriptors = { ...Object.getOwnPropertyDescriptors(ports), network };
  return { ...implementation, ports: Object.defineProperties({}, descriptors) };
};
