/**
 * The null device: nothing comes from it, and everything may go there.
 *
 * Source: Linux 2.6.11, drivers/char/mem.c, null_fops, null_lseek(); 4.4BSD, hp300/hp300/mem.c, mmrw(),
 * minor 2.
 */
import { success } from '../../contract/index.ts';
import type { FileOperations } from './file.ts';

/**
 * @param rewinds - wherever somebody seeks to, it is at its beginning.
 * @kernel null_fops
 */
export function nullOperations(rewinds: boolean): FileOperations<null> {
  return {
    *read() {
      return success(new Uint8Array());
    },
    *write(_file, _task, octets) {
      return success(octets.length);
    },
    ...(rewinds && { llseek: () => success(0) }),
  };
}
