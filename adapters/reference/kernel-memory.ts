/** The kernel-memory port of the reference kernel: another part of the kernel takes memory. */
import { failure, success, type kernelMemory, type PortOf } from '../../contract/index.ts';
import { kfree, kmalloc, type KernelMemory } from '../../reference/kernel/kernel-memory.ts';
import { answering, answeringOk, UnknownHandle } from './answering.ts';

export function kernelMemoryPort(memory: KernelMemory): PortOf<typeof kernelMemory> {
  const blocks = new Map<string, number>();
  let made = 0;
  return {
    limit: ({ octets }) =>
      answeringOk(() => {
        memory.free = octets;
        return {};
      }),
    free: () => answeringOk(() => ({ octets: memory.free === Infinity ? null : memory.free })),
    allocate: ({ octets }) =>
      answering(() => {
        if (!kmalloc(memory, octets)) return failure('ENOMEM');
        made += 1;
        const block = `block-${made}`;
        blocks.set(block, octets);
        return success({ block });
      }),
    release: ({ block }) =>
      answeringOk(() => {
        const octets = blocks.get(block);
        if (octets === undefined) throw new UnknownHandle(`there is no block "${block}"`);
        blocks.delete(block);
        kfree(memory, octets);
        return {};
      }),
  };
}
