/**
 * Pipes as open files: the routines of the type.
 *
 * Source: Linux 2.6.11, fs/pipe.c, read_pipe_fops, write_pipe_fops, pipe_ioctl(); 4.4BSD, kern/sys_socket.c,
 * soo_ioctl(), kern/uipc_usrreq.c.
 */
import { failure, success } from '../../contract/index.ts';
import type { FileOperations, IoctlErrno } from './file.ts';
import { pipePoll, pipeRead, pipeWrite, putPipeFile, type PipeFile } from './pipe.ts';
import { pollWait } from './poll-table.ts';
import { noLlseek } from './read-write.ts';

/** @param unknownRequest - what a request gives that a pipe does not know. */
export function pipeOperations(unknownRequest: IoctlErrno): FileOperations<PipeFile> {
  return {
    read: ({ data, nonblock }, task, count) => pipeRead(data, task, count, nonblock),
    write: ({ data, nonblock }, task, octets) => pipeWrite(data, task, octets, nonblock),
    llseek: noLlseek,
    ioctl: ({ data }, request) =>
      request === 'FIONREAD' ? success(data.pipe.buffers.length()) : failure(unknownRequest),
    poll: ({ data }, table) => {
      pollWait(table, data.pipe.wait);
      return pipePoll(data);
    },
    release: ({ data }) => putPipeFile(data),
  };
}
