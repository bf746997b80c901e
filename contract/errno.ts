/**
 * Error names of the contract.
 *
 * Only names cross the boundary: ENOBUFS is 105 on Linux and 55 on 4.4BSD, so a number would say
 * which system answered instead of what it answered.
 */
export const ERRNOS = [
  'EPERM',
  'ENOENT',
  'ESRCH',
  'EINTR',
  'EIO',
  'ENXIO',
  'ENOEXEC',
  'EBADF',
  'ECHILD',
  'EAGAIN',
  'ENOMEM',
  'EACCES',
  'EFAULT',
  'EBUSY',
  'EEXIST',
  'ENODEV',
  'ENOTDIR',
  'EISDIR',
  'EINVAL',
  'ENFILE',
  'EMFILE',
  'ENOTTY',
  'EFBIG',
  'ENOSPC',
  'ESPIPE',
  'EROFS',
  'EMLINK',
  'EPIPE',
  'ENAMETOOLONG',
  'ENOSYS',
  'ENOTEMPTY',
  'EOPNOTSUPP',
  'ENOBUFS',
] as const;

export type Errno = (typeof ERRNOS)[number];
