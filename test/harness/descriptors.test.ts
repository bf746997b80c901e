/** Descriptors: what is not asked for, whose time it is, and what select leaves behind. */
import { describe, expect, it } from 'vitest';
import reference from '../../adapters/reference.ts';
import { callChecked } from '../../harness/client.ts';
import { inProcess } from '../../harness/in-process.ts';
import { newFile } from '../../reference/kernel/file.ts';
import { installFile, newFileTable } from '../../reference/kernel/file-table.ts';
import { pipeOperations } from '../../reference/kernel/pipe-file.ts';
import { pageBuffers } from '../../reference/kernel/pipe-buffers.ts';
import { newPipe, openPipeFile, pipeWrite } from '../../reference/kernel/pipe.ts';
import { sysSelect } from '../../reference/kernel/select.ts';
import { newTask, RunQueue } from '../../reference/kernel/task.ts';
import { newTimeouts } from '../../reference/kernel/timeouts.ts';

const connect = () => inProcess(reference)({ seed: 1, profile: 'notes', callTimeoutMs: 2000 });

const SETS = { read: [], write: [], except: [] };

describe('a bad value', () => {
  it.each([
    ['descriptor.read', { task: 'alice', fd: 2 ** 31, count: 1 }, 'args.fd'],
    ['descriptor.limit', { task: 'alice', descriptors: 19 }, 'args.descriptors'],
    ['descriptor.ioctl', { task: 'alice', fd: 0, request: '5401' }, 'args.request'],
    ['select.select', { task: 'alice', ...SETS, read: [-1] }, 'args.read'],
    ['select.select', { task: 'alice', ...SETS, timeoutMs: -1 }, 'args.timeoutMs'],
    ['select.advance', { ms: 3_600_001 }, 'args.ms'],
  ])('of %s is named, and never sent: %j', async (op, args, field) => {
    await expect(callChecked(await connect(), op, args)).rejects.toThrow(field);
  });
});

describe('a device that was never registered', () => {
  it('is a fault of the suite', async () => {
    const connection = await connect();
    expect(await connection.call('character-device.take', { device: 'gadget' })).toEqual({
      fault: 'there is no device "gadget"',
    });
  });
});

describe('time', () => {
  it('is the same for select and for the lines of terminals', async () => {
    const connection = await connect();
    await connection.call('line-discipline.write', { tty: 'one', task: 'bob', octets: '61' });
    await connection.call('select.advance', { ms: 1 });
    const sent = await connection.call('terminal-line.sent', { tty: 'one' });
    expect(sent).toEqual({ ok: { octets: '61' } });
  });
});

describe('a select that has returned', () => {
  it('stands in no wait queue, waits for no time and holds nothing open', () => {
    const rules = { newBuffers: pageBuffers, mergesCalls: false };
    const [first, second] = [newPipe(rules), newPipe(rules)];
    const table = newFileTable(20, { open: 0, most: Infinity });
    const timeouts = newTimeouts();
    for (const [fd, pipe] of [first, second].entries()) {
      const end = openPipeFile(pipe, 'O_RDONLY');
      installFile(table, fd, newFile(pipeOperations('ENOTTY'), end, 'O_RDONLY'));
    }
    const writer = openPipeFile(second, 'O_WRONLY');
    openPipeFile(first, 'O_WRONLY');
    const processor = new RunQueue();
    const task = newTask('alice');
    const sets = { read: [0, 1], write: [], except: [] };
    const fileRules = {
      withoutReadOrWrite: 'EINVAL',
      withoutSeek: 'ESPIPE',
      withoutPoll: [],
      negativeBound: 'EINVAL',
    } as const;
    const work = sysSelect(table, task, 2, sets, timeouts, 100, fileRules);
    const call = processor.begin(task, work);
    expect(call.result).toBeUndefined();
    expect([first.wait.length, second.wait.length, timeouts.deadlines.size]).toEqual([1, 1, 1]);
    processor.begin(newTask('bob'), pipeWrite(writer, newTask('bob'), Uint8Array.of(1), true));
    expect(call.result).toEqual({ value: { ok: { read: [1], write: [], except: [] } } });
    expect([first.wait.length, second.wait.length, timeouts.deadlines.size]).toEqual([0, 0, 0]);
    expect([...table.files.values()].map(({ references }) => references)).toEqual([1, 1]);
  });
});
