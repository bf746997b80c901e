/** What pipes and terminals are not asked for: bad values are named before they leave, unknown ends are a fault. */
import { describe, expect, it } from 'vitest';
import reference from '../../adapters/reference.ts';
import { callChecked } from '../../harness/client.ts';
import { inProcess } from '../../harness/in-process.ts';

const connect = () => inProcess(reference)({ seed: 1, profile: 'notes', callTimeoutMs: 2000 });

const CHARACTERS = {
  VINTR: 3,
  VQUIT: 28,
  VSUSP: 26,
  VERASE: 127,
  VKILL: 21,
  VEOF: 4,
  VEOL: null,
  VSTART: 17,
  VSTOP: 19,
};

const SETTINGS = { flags: ['ICANON'], characters: CHARACTERS, VMIN: 1, VTIME: 0, speed: 9600 };

const set = (changes: object) => ({
  tty: 'console',
  task: 'alice',
  when: 'TCSANOW',
  settings: { ...SETTINGS, ...changes },
});

describe('a bad value', () => {
  it.each([
    ['pipe.read', { end: 'end-1', task: 'alice', count: -1 }, 'args.count'],
    ['pipe.read', { end: 'end-1', task: 'alice', count: 262_145 }, 'args.count'],
    ['pipe.write', { end: 'end-1', task: 'alice', octets: 'abc' }, 'args.octets'],
    ['pipe.write', { end: '', task: 'alice', octets: '' }, 'args.end'],
    ['fifo.open', { name: 'mailbox', task: 'alice', mode: 'O_CREAT' }, 'args.mode'],
    ['line-discipline.set', set({ flags: ['IEXTEN'] }), 'args.settings.flags'],
    ['line-discipline.set', set({ VMIN: 256 }), 'args.settings.VMIN'],
    ['line-discipline.set', set({ VTIME: -1 }), 'args.settings.VTIME'],
    ['line-discipline.set', set({ speed: 134.5 }), 'args.settings.speed'],
    [
      'line-discipline.set',
      set({ characters: { ...CHARACTERS, VEOF: 256 } }),
      'args.settings.characters.VEOF',
    ],
    ['terminal-line.advance', { ms: -1 }, 'args.ms'],
    ['terminal-line.advance', { ms: 3_600_001 }, 'args.ms'],
  ])('of %s is named, and never sent: %j', async (op, args, field) => {
    await expect(callChecked(await connect(), op, args)).rejects.toThrow(field);
  });
});

describe('an end that was never handed out', () => {
  it.each([
    ['read', { count: 1 }],
    ['close', {}],
    ['ready', {}],
  ])('is a fault of the suite in %s', async (method, args) => {
    const connection = await connect();
    const call = { end: 'end-9', ...(method === 'read' && { task: 'alice' }), ...args };
    expect(await connection.call(`pipe.${method}`, call)).toEqual({
      fault: 'there is no end "end-9"',
    });
  });
});

describe('terminals', () => {
  it('have nothing of each other', async () => {
    const connection = await connect();
    await connection.call('line-discipline.receive', { tty: 'one', octets: '610a' });
    expect(await connection.call('line-discipline.ready', { tty: 'two' })).toEqual({
      ok: { events: ['OUT'], available: 0 },
    });
  });
});
