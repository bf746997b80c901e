/** The address-mask port of the reference kernel. */
import { failure, success, type addressMask, type PortOf } from '../../contract/index.ts';
import type { Net } from '../../reference/net/net.ts';
import { answering } from './answering.ts';

export function addressMaskPort(net: Net): PortOf<typeof addressMask> {
  return {
    answer: ({ on }) =>
      answering(() => {
        if (net.profile !== 'bsd-4.4') return failure('EOPNOTSUPP');
        net.answersMasks = on;
        return success({});
      }),
  };
}
