// An implementation that lies in the way that its argument says; the doctor is to notice.
import { createInterface } from 'node:readline';

const [lie] = process.argv.slice(2);
const capabilities =
  lie === 'unknown-capability'
    ? { chekcsum: 1 }
    : { checksum: lie === 'newer' ? 9 : 1, 'notifier-chain': 1 };
const registered = new Set();

function answer(op, args) {
  switch (op) {
    case 'hello':
      return {
        ok: {
          protocol: 'kernspec/1',
          name: 'liar',
          version: '1',
          capabilities: lie === 'nothing' ? {} : capabilities,
          reset: lie !== 'no-reset',
          batch: true,
        },
      };
    case 'reset':
      if (lie !== 'remembers') registered.clear();
      return { ok: {} };
    case 'bye':
      return { ok: {} };
    case 'batch':
      return lie === 'bad-batch'
        ? { ok: {} }
        : { ok: { answers: args.calls.map((call) => answer(call.op, call.args)) } };
    case 'checksum.compute':
      if (lie === 'not-there') return { unsupported: op };
      if (lie === 'wrong-shape') return { ok: { sum: 1 } };
      if (lie === 'two-members') return { ok: {}, errno: 'EINVAL' };
      if (lie === 'short-lines' && args.octets?.length > 100000) return { fault: 'too long' };
      return args.octets === undefined && lie !== 'careless'
        ? { fault: 'args.octets' }
        : { ok: { checksum: 0 } };
    case 'notifier-chain.register':
      registered.add(args.block.name);
      return { ok: {} };
    case 'notifier-chain.unregister':
      return registered.delete(args.name) ? { ok: {} } : { errno: 'ENOENT' };
    default:
      return lie === 'guesses' ? { ok: {} } : { unsupported: op };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, op, args } = JSON.parse(line);
  if (lie === 'slow' && op.endsWith('no-such-method'))
    await new Promise((done) => setTimeout(done, 5));
  process.stdout.write(`${JSON.stringify({ id, ...answer(op, args) })}\n`);
  if (op === 'bye' && lie === 'stays') setInterval(() => undefined, 1000);
  else if (op === 'bye') process.exit(0);
}
