@cap:descriptor
Feature: The generic calls
  read, write, lseek, ioctl and close are the same for everything that is open. Each type has routines of its own for them,
  and the descriptor leads there: a terminal gives a line, a pipe what is in it, a file what is at the offset.

  @KRN-14 @must
  Rule: A pipe is read and written by the routines of pipes
    Source: Linux 2.6.11, fs/pipe.c, read_pipe_fops, write_pipe_fops; 4.4BSD, kern/sys_socket.c, socketops

    Background:
      Given alice has made a pipe

    Scenario: It gives what was written, however that was divided
      Given alice has written "one " to descriptor 1
      And alice has written "two" to descriptor 1
      When alice reads up to 100 octets from descriptor 0
      Then alice gets "one two"

    Scenario: An empty one lets the reader sleep
      When alice reads up to 1 octet from descriptor 0
      Then alice sleeps

    Scenario: What a child writes wakes the parent
      Given alice has forked bob
      And alice sleeps in a read of descriptor 0
      When bob writes "hi" to descriptor 1
      Then alice gets "hi"

    Scenario: With O_NONBLOCK it fails instead
      Given alice has set O_NONBLOCK of descriptor 0
      When alice reads up to 1 octet from descriptor 0
      Then the call fails with EAGAIN

    Scenario: A signal interrupts the sleep
      Given alice sleeps in a read of descriptor 0
      When a signal comes to alice, whose handler has not SA_RESTART
      Then the call of alice fails with EINTR

    Scenario: With SA_RESTART it sleeps on
      Given alice has forked bob
      And alice sleeps in a read of descriptor 0
      And a signal has come to alice, whose handler has SA_RESTART
      When bob writes "hi" to descriptor 1
      Then alice gets "hi"

    Scenario Outline: There is no place to seek to at the <end> end
      When alice moves descriptor <number> by 0 from SEEK_CUR
      Then the call fails with ESPIPE

      Examples:
        | end     | number |
        | reading | 0      |
        | writing | 1      |

    Scenario: FIONREAD counts what waits to be read
      Given alice has written "hello" to descriptor 1
      When alice asks descriptor 0 for FIONREAD
      Then the request gives 5

  @KRN-14 @cap:file-system @must
  Rule: A file is read and written at its offset, which lseek moves
    Source: Linux 2.6.11, fs/ext2/file.c, ext2_file_operations; 4.4BSD, kern/vfs_vnops.c, vnops

    Background:
      Given file /notes holds 61 62 63 64 65 66
      And alice has opened /notes with O_RDWR

    Scenario: What was written is not what is read next
      Given alice has written "X" to descriptor 0
      When alice reads up to 2 octets from descriptor 0
      Then alice gets "bc"

    Scenario: From the place that lseek goes to
      When alice moves descriptor 0 by 4 from SEEK_SET
      Then the offset is 4
      When alice reads up to 10 octets from descriptor 0
      Then alice gets "ef"

    Scenario: At its end it gives end of file, and no reader sleeps
      Given alice has moved descriptor 0 by 0 from SEEK_END
      When alice reads up to 10 octets from descriptor 0
      Then alice gets end of file

    Scenario: FIONREAD counts from the offset to the end
      Given alice has read 2 octets from descriptor 0
      When alice asks descriptor 0 for FIONREAD
      Then the request gives 4

    Scenario: A file takes no request of a terminal
      When alice asks descriptor 0 for TIOCOUTQ
      Then the call fails with ENOTTY

  @KRN-14 @cap:line-discipline @must
  Rule: A terminal is read and written by its line discipline
    Source: Linux 2.6.11, drivers/char/tty_io.c, tty_fops; n_tty.c, read_chan(), write_chan(), n_tty_ioctl(); 4.4BSD, kern/tty.c

    Background:
      Given a terminal
      And alice has opened /dev/tty-console with O_RDWR

    Scenario: It gives a line at a time
      Given the user has typed "one^Mtwo^M"
      When alice reads up to 100 octets from descriptor 0
      Then alice gets "one^J"
      When alice reads up to 100 octets from descriptor 0
      Then alice gets "two^J"

    Scenario: A line that is not ended is not there yet
      Given the user has typed "one"
      When alice reads up to 100 octets from descriptor 0
      Then alice sleeps

    Scenario: The return key wakes the reader
      Given the user has typed "one"
      And alice sleeps in a read of descriptor 0
      When the user types "^M"
      Then alice gets "one^J"

    Scenario: VEOF is the end of file
      Given the user has typed "^D"
      When alice reads up to 100 octets from descriptor 0
      Then alice gets end of file

    Scenario: What is written has the newlines of a terminal
      When alice writes "one^J" to descriptor 0
      Then alice has put 4 octets in
      And the terminal shows "one^M^J"

    Scenario: FIONREAD counts the lines that are there
      Given the user has typed "one^Mtw"
      When alice asks descriptor 0 for FIONREAD
      Then the request gives 4

    Scenario: TIOCSTI types an octet
      Given the user has typed "ok"
      When alice asks descriptor 0 for TIOCSTI of 13
      Then the request gives 0
      When alice reads up to 100 octets from descriptor 0
      Then alice gets "ok^J"

    Scenario: TIOCOUTQ counts what has not left yet
      Given alice has written "hello" to descriptor 0
      When alice asks descriptor 0 for TIOCOUTQ
      Then the request gives 5

    Scenario: Opened a second time it is the same terminal
      Given alice has opened /dev/tty-console with O_RDWR
      And the user has typed "one^Mtwo^M"
      And alice has read 100 octets from descriptor 0
      When alice reads up to 100 octets from descriptor 1
      Then alice gets "two^J"

    Scenario: Opened without blocking
      Given alice has opened /dev/tty-console without blocking
      When alice reads up to 1 octet from descriptor 1
      Then the call fails with EAGAIN

  @KRN-14 @cap:line-discipline @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: In a terminal there is no place to seek to
    Source: Linux 2.6.11, drivers/char/tty_io.c, tty_fops, no_llseek()

    Scenario: It is read on all the same
      Given a terminal
      And alice has opened /dev/tty-console with O_RDWR
      And the user has typed "one^M"
      When alice moves descriptor 0 by 0 from SEEK_SET
      Then the call fails with ESPIPE
      When alice reads up to 100 octets from descriptor 0
      Then alice gets "one^J"

  @KRN-14 @cap:line-discipline @profile:bsd-4.4 @must
  Rule: lseek moves the offset of a terminal, which means nothing to it
    Source: 4.4BSD, kern/vfs_syscalls.c, lseek(): all that is a vnode has an offset

    Scenario: It is read on from where it was
      Given a terminal
      And alice has opened /dev/tty-console with O_RDWR
      And the user has typed "one^M"
      When alice moves descriptor 0 by 2 from SEEK_SET
      Then the offset is 2
      When alice reads up to 100 octets from descriptor 0
      Then alice gets "one^J"

  @KRN-14 @cap:line-discipline @profile:notes @profile:linux-2.6.11 @must
  Rule: A terminal and a pipe refuse a request that they do not know with EINVAL
    Source: Linux 2.6.11, drivers/char/tty_io.c, tty_ioctl(), -ENOIOCTLCMD; fs/pipe.c, pipe_ioctl()

    Scenario: A terminal, and one that it knows
      Given a terminal
      And alice has opened /dev/tty-console with O_RDWR
      When alice asks descriptor 0 for GADGET_COUNT
      Then the call fails with EINVAL
      When alice asks descriptor 0 for TIOCOUTQ
      Then the request gives 0

    Scenario: A pipe, and one that it knows
      Given alice has made a pipe
      When alice asks descriptor 0 for TIOCOUTQ
      Then the call fails with EINVAL
      When alice asks descriptor 0 for FIONREAD
      Then the request gives 0

  @KRN-14 @cap:line-discipline @profile:linux-6 @must
  Rule: A terminal and a pipe refuse a request that they do not know with ENOTTY
    Source: Linux 6.18, drivers/tty/tty_io.c, tty_ioctl(); fs/pipe.c, pipe_ioctl(), -ENOIOCTLCMD; fs/ioctl.c, vfs_ioctl()

    Scenario: A terminal, and one that it knows
      Given a terminal
      And alice has opened /dev/tty-console with O_RDWR
      When alice asks descriptor 0 for GADGET_COUNT
      Then the call fails with ENOTTY
      When alice asks descriptor 0 for TIOCOUTQ
      Then the request gives 0

    Scenario: A pipe, and one that it knows
      Given alice has made a pipe
      When alice asks descriptor 0 for TIOCOUTQ
      Then the call fails with ENOTTY
      When alice asks descriptor 0 for FIONREAD
      Then the request gives 0

  @KRN-14 @cap:line-discipline @profile:bsd-4.4 @must
  Rule: A terminal refuses a request that it does not know with ENOTTY, a pipe, which is a pair of sockets, with EOPNOTSUPP
    Source: 4.4BSD, kern/tty.c, ttioctl() and its callers; kern/uipc_usrreq.c, uipc_usrreq(), PRU_CONTROL

    Scenario: A terminal, and one that it knows
      Given a terminal
      And alice has opened /dev/tty-console with O_RDWR
      When alice asks descriptor 0 for GADGET_COUNT
      Then the call fails with ENOTTY
      When alice asks descriptor 0 for TIOCOUTQ
      Then the request gives 0

    Scenario: A pipe, and one that it knows
      Given alice has made a pipe
      When alice asks descriptor 0 for TIOCOUTQ
      Then the call fails with EOPNOTSUPP
      When alice asks descriptor 0 for FIONREAD
      Then the request gives 0

  @KRN-14 @must
  Rule: The null device takes all that is written, and gives end of file
    Source: Linux 2.6.11, drivers/char/mem.c, null_fops; 4.4BSD, hp300/hp300/mem.c, mmrw()

    Scenario: What was written is gone
      Given alice has opened /dev/null with O_RDWR
      When alice writes 5000 octets of 61 to descriptor 0
      Then alice has put 5000 octets in
      When alice reads up to 10 octets from descriptor 0
      Then alice gets end of file

    Scenario: It has nothing to ask for
      Given alice has opened /dev/null with O_RDWR
      When alice asks descriptor 0 for TIOCOUTQ
      Then the call fails with ENOTTY

  @KRN-14 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: The null device stays at its beginning, wherever lseek goes
    Source: Linux 2.6.11, drivers/char/mem.c, null_lseek()

    Scenario: There and on
      Given alice has opened /dev/null with O_RDWR
      When alice moves descriptor 0 by 100 from SEEK_SET
      Then the offset is 0
      When alice writes "lost" to descriptor 0
      Then alice has put 4 octets in

  @KRN-14 @profile:bsd-4.4 @must
  Rule: lseek moves the offset of the null device, which means nothing to it
    Source: 4.4BSD, kern/vfs_syscalls.c, lseek(): all that is a vnode has an offset

    Scenario: There and on
      Given alice has opened /dev/null with O_RDWR
      When alice moves descriptor 0 by 100 from SEEK_SET
      Then the offset is 100
      When alice moves descriptor 0 by 20 from SEEK_CUR
      Then the offset is 120

  @KRN-14 @cap:character-device @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4 @must
  Rule: Where a driver has no routine to seek, lseek moves an offset that means nothing to it
    Source: Linux 2.6.11, fs/read_write.c, default_llseek(); 4.4BSD, kern/vfs_syscalls.c, lseek()

    Scenario: It is read on from where it was
      Given a device /dev/gadget
      And "hello" has arrived at /dev/gadget
      And alice has opened /dev/gadget with O_RDWR
      When alice moves descriptor 0 by 3 from SEEK_SET
      Then the offset is 3
      When alice moves descriptor 0 by 4 from SEEK_CUR
      Then the offset is 7
      When alice reads up to 10 octets from descriptor 0
      Then alice gets "hello"

  @KRN-14 @cap:character-device @profile:notes @profile:linux-2.6.11 @must
  Rule: Such an offset is never below zero
    Source: Linux 2.6.11, fs/read_write.c, default_llseek()

    Scenario: It stays where it was
      Given a device /dev/gadget
      And alice has opened /dev/gadget with O_RDWR
      When alice moves descriptor 0 by -1 from SEEK_SET
      Then the call fails with EINVAL
      When alice moves descriptor 0 by 0 from SEEK_CUR
      Then the offset is 0

  @KRN-14 @cap:character-device @profile:bsd-4.4 @must
  Rule: Such an offset may be below zero
    Source: 4.4BSD, kern/vfs_syscalls.c, lseek(), which looks at no bound

    Scenario: It is where it was moved to
      Given a device /dev/gadget
      And alice has opened /dev/gadget with O_RDWR
      When alice moves descriptor 0 by -1 from SEEK_SET
      Then the offset is -1

  @KRN-14 @cap:character-device @profile:linux-6 @must
  Rule: Where a driver has no routine to seek, lseek fails with ESPIPE
    Source: Linux 6.18, fs/read_write.c, vfs_llseek(); fs/open.c, do_dentry_open(), FMODE_LSEEK

    Scenario: It is read on from where it was
      Given a device /dev/gadget
      And "hello" has arrived at /dev/gadget
      And alice has opened /dev/gadget with O_RDWR
      When alice moves descriptor 0 by 3 from SEEK_SET
      Then the call fails with ESPIPE
      When alice reads up to 10 octets from descriptor 0
      Then alice gets "hello"

  @KRN-14 @KRN-17 @cap:character-device @must
  Rule: The calls on a character device reach the routines of its driver, each once
    Source: Linux 2.6.11, fs/char_dev.c, chrdev_open(), struct file_operations; 4.4BSD, sys/conf.h, struct cdevsw

    Background:
      Given a device /dev/gadget

    Scenario: Nobody has called it
      Then the driver of /dev/gadget was called for nothing
      When alice opens /dev/gadget with O_RDWR
      Then the driver of /dev/gadget was called for open

    Scenario: From open to close
      Given "hello" has arrived at /dev/gadget
      And alice has opened /dev/gadget with O_RDWR
      And alice has read 3 octets from descriptor 0
      And alice has written "abc" to descriptor 0
      And alice has closed descriptor 0
      Then the driver of /dev/gadget was called for open, read, write, release

    Scenario: It gives what has arrived
      Given alice has opened /dev/gadget with O_RDWR
      And "hello" has arrived at /dev/gadget
      When alice reads up to 3 octets from descriptor 0
      Then alice gets "hel"
      When alice reads up to 3 octets from descriptor 0
      Then alice gets "lo"

    Scenario: The hardware is given what was written
      Given alice has opened /dev/gadget with O_RDWR
      When alice writes "out" to descriptor 0
      Then alice has put 3 octets in
      And /dev/gadget is given "out"

    Scenario: Nothing has arrived, and a read sleeps
      Given alice has opened /dev/gadget with O_RDWR
      When alice reads up to 1 octet from descriptor 0
      Then alice sleeps

    Scenario: Opened without blocking it fails
      Given alice has opened /dev/gadget without blocking
      When alice reads up to 1 octet from descriptor 0
      Then the call fails with EAGAIN

    Scenario: Two may have it open
      Given alice has opened /dev/gadget with O_RDWR
      When bob opens /dev/gadget with O_RDWR
      Then bob gets descriptor 0

    Scenario: A read sleeps until the interrupt
      Given alice has opened /dev/gadget with O_RDWR
      And alice sleeps in a read of descriptor 0
      When "now" arrives at /dev/gadget
      Then alice gets "now"

    Scenario: There is no room, and a write sleeps
      Given a device /dev/printer with room for 4 octets
      And alice has opened /dev/printer with O_RDWR
      And alice has written "four" to descriptor 0
      When alice writes "more" to descriptor 0
      Then alice sleeps

    Scenario: A write sleeps until the hardware has taken what waits
      Given a device /dev/printer with room for 4 octets
      And alice has opened /dev/printer with O_RDWR
      And alice has written "four" to descriptor 0
      And alice sleeps in a write of "more" to descriptor 0
      When /dev/printer takes what waits
      Then alice has put 4 octets in
      And /dev/printer is given "more"

    Scenario: A call that the descriptor is not open for does not reach the driver
      Given alice has opened /dev/gadget with O_RDONLY
      When alice writes "out" to descriptor 0
      Then the call fails with EBADF
      And the driver of /dev/gadget was called for open

    Scenario: Each of two devices has a driver of its own
      Given a device /dev/widget
      And "of the gadget" has arrived at /dev/gadget
      And "of the widget" has arrived at /dev/widget
      And alice has opened /dev/widget with O_RDWR
      When alice reads up to 100 octets from descriptor 0
      Then alice gets "of the widget"
      And the driver of /dev/gadget was called for nothing
      And the driver of /dev/widget was called for open, read

  @KRN-14 @cap:character-device @must
  Rule: The driver releases a device at the last close of what was opened, and not before
    Source: Linux 2.6.11, fs/file_table.c, __fput(); drivers/char/lp.c, lp_release()

    Background:
      Given a device /dev/gadget
      And alice has opened /dev/gadget with O_RDWR

    Scenario: The only descriptor
      When alice closes descriptor 0
      Then the driver of /dev/gadget was called for open, release

    Scenario: A duplicate is no second open
      Given alice has duplicated descriptor 0
      And alice has closed descriptor 0
      Then the driver of /dev/gadget was called for open
      When alice closes descriptor 1
      Then the driver of /dev/gadget was called for release

    Scenario: A child has it open too
      Given alice has forked bob
      And alice has closed descriptor 0
      Then the driver of /dev/gadget was called for open
      When bob exits
      Then the driver of /dev/gadget was called for release

    Scenario: Two opens are two releases
      Given alice has opened /dev/gadget with O_RDWR
      And alice has closed descriptor 0
      And alice has closed descriptor 1
      Then the driver of /dev/gadget was called for open, open, release, release

    Scenario: dup2 over it
      Given alice has opened /dev/null with O_RDWR
      When alice duplicates descriptor 1 as 0
      Then the driver of /dev/gadget was called for open, release

  @KRN-14 @cap:character-device @must
  Rule: A driver may refuse to be opened, and then nothing is open
    Source: Linux 2.6.11, drivers/char/lp.c, lp_open(), LP_BUSY; fs/char_dev.c, chrdev_open()

    Background:
      Given a device /dev/printer for one at a time

    Scenario: The first one
      When alice opens /dev/printer with O_WRONLY
      Then alice gets descriptor 0

    Scenario: A second one, which takes no number
      Given alice has opened /dev/printer with O_WRONLY
      When alice opens /dev/printer with O_WRONLY
      Then the call fails with EBUSY
      When alice opens /dev/null with O_RDWR
      Then alice gets descriptor 1

    Scenario: Refused, it is not released
      Given alice has opened /dev/printer with O_WRONLY
      When bob opens /dev/printer with O_WRONLY
      Then the call fails with EBUSY
      And the driver of /dev/printer was called for open, open

    Scenario: After the last close it can be opened again
      Given alice has opened /dev/printer with O_WRONLY
      And alice has closed descriptor 0
      When bob opens /dev/printer with O_WRONLY
      Then bob gets descriptor 0

    Scenario: After the close of one of two descriptors it cannot
      Given alice has opened /dev/printer with O_WRONLY
      And alice has duplicated descriptor 0
      And alice has closed descriptor 0
      When bob opens /dev/printer with O_WRONLY
      Then the call fails with EBUSY

    Scenario: A device that no driver is registered for
      When alice opens /dev/plotter with O_WRONLY
      Then the call fails with ENXIO

  @KRN-14 @cap:character-device @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A call for which the driver has no routine fails: read and write with EINVAL, ioctl with ENOTTY
    Source: Linux 2.6.11, fs/read_write.c, vfs_read(), vfs_write(); fs/ioctl.c, do_ioctl()

    Scenario Outline: <routine>, and one that it has
      Given a device /dev/gadget without <routine>
      And "x" has arrived at /dev/gadget
      And alice has opened /dev/gadget with O_RDWR
      When alice calls <routine> on descriptor 0
      Then the call fails with <errno>
      When alice calls <other> on descriptor 0
      Then alice sleeps no more

      Examples:
        | routine | errno  | other |
        | read    | EINVAL | write |
        | write   | EINVAL | read  |
        | ioctl   | ENOTTY | read  |

  @KRN-14 @cap:character-device @profile:bsd-4.4 @must
  Rule: A call for which the driver has no routine fails: read and write with ENODEV, ioctl with ENOTTY
    Source: 4.4BSD, kern/subr_xxx.c, enodev(), enoioctl()

    Scenario Outline: <routine>, and one that it has
      Given a device /dev/gadget without <routine>
      And "x" has arrived at /dev/gadget
      And alice has opened /dev/gadget with O_RDWR
      When alice calls <routine> on descriptor 0
      Then the call fails with <errno>
      When alice calls <other> on descriptor 0
      Then alice sleeps no more

      Examples:
        | routine | errno  | other |
        | read    | ENODEV | write |
        | write   | ENODEV | read  |
        | ioctl   | ENOTTY | read  |

  @KRN-14 @SCL-02 @cap:character-device @must
  Rule: ioctl takes a request that only the driver knows to it, and its answer back; an unknown one gives ENOTTY
    Source: POSIX.1-2001, ioctl(); Linux 2.6.11, fs/ioctl.c, sys_ioctl(); 4.4BSD, kern/sys_generic.c, ioctl()

    Background:
      Given a device /dev/gadget that answers GADGET_ADD with 40 more
      And alice has opened /dev/gadget with O_RDWR

    Scenario Outline: The argument <argument>
      When alice asks descriptor 0 for GADGET_ADD of <argument>
      Then the request gives <answer>

      Examples:
        | argument | answer |
        | 2        | 42     |
        | 0        | 40     |
        | -100     | -60    |

    Scenario: The driver's routine is called
      When alice asks descriptor 0 for GADGET_ADD of 1
      Then the request gives 41
      And the driver of /dev/gadget was called for open, ioctl

    Scenario: A request that this driver does not know
      When alice asks descriptor 0 for GADGET_TUNE
      Then the call fails with ENOTTY
      And the driver of /dev/gadget was called for open, ioctl

    Scenario: A request of a terminal
      When alice asks descriptor 0 for TIOCOUTQ
      Then the call fails with ENOTTY

    Scenario: Another driver does not know it
      Given a device /dev/widget
      And alice has opened /dev/widget with O_RDWR
      When alice asks descriptor 1 for GADGET_ADD of 2
      Then the call fails with ENOTTY
      When alice asks descriptor 0 for GADGET_ADD of 2
      Then the request gives 42

    Scenario: Nor does what is no driver
      Given alice has opened /dev/null with O_RDWR
      When alice asks descriptor 1 for GADGET_ADD of 2
      Then the call fails with ENOTTY

    Scenario: It reads and writes nothing
      Given "hello" has arrived at /dev/gadget
      When alice asks descriptor 0 for GADGET_ADD of 2
      Then the request gives 42
      When alice reads up to 10 octets from descriptor 0
      Then alice gets "hello"
      And /dev/gadget is given ""
