@cap:select @cap:descriptor
Feature: select
  A task that serves several descriptors must not sleep in a read of one while another has something for it. select sleeps
  on all of them at once, and tells which are ready.

  @KRN-15 @must
  Rule: Whoever is ready when it is called is told at once, all of them
    Source: POSIX.1-2001, select(); Linux 2.6.11, fs/select.c, do_select(); 4.4BSD, kern/sys_generic.c, selscan()

    Scenario: A pipe that has something to read
      Given alice has made a pipe
      And alice has written "x" to descriptor 1
      When alice selects reading 0
      Then alice is told of reading 0

    Scenario: Of two pipes the one that has
      Given alice has made a pipe
      And alice has made a pipe
      And alice has written "x" to descriptor 3
      When alice selects reading 0, 2
      Then alice is told of reading 2

    Scenario: Both of two
      Given alice has made a pipe
      And alice has made a pipe
      And alice has written "x" to descriptor 1
      And alice has written "x" to descriptor 3
      When alice selects reading 0, 2
      Then alice is told of reading 0, 2

    Scenario: One to read and one to write
      Given alice has made a pipe
      And alice has made a pipe
      And alice has written "x" to descriptor 1
      When alice selects reading 0, 2; writing 1, 3
      Then alice is told of reading 0; writing 1, 3

    Scenario: A descriptor that is ready and not asked for is not told of
      Given alice has made a pipe
      And alice has written "x" to descriptor 1
      When alice selects writing 1
      Then alice is told of writing 1

    Scenario: Two descriptors of one open file are two
      Given alice has made a pipe
      And alice has written "x" to descriptor 1
      And alice has duplicated descriptor 0
      When alice selects reading 0, 2
      Then alice is told of reading 0, 2

    Scenario: In two sets it counts twice
      Given alice has opened /dev/null with O_RDWR
      When alice selects reading 0; writing 0
      Then alice is told of reading 0; writing 0

    Scenario: It takes nothing
      Given alice has made a pipe
      And alice has written "x" to descriptor 1
      When alice selects reading 0
      Then alice is told of reading 0
      When alice reads up to 10 octets from descriptor 0
      Then alice gets "x"

  @KRN-15 @must
  Rule: When none is ready it sleeps until one becomes so
    Source: POSIX.1-2001, select(); Linux 2.6.11, fs/select.c, do_select(), poll_wait(); 4.4BSD, kern/sys_generic.c, selwakeup()

    Background:
      Given alice has made a pipe
      And alice has made a pipe
      And alice has forked bob

    Scenario: Nothing happens
      When alice selects reading 0, 2
      Then alice sleeps

    Scenario: Something is written to the first
      Given alice sleeps in a select of reading 0, 2
      When bob writes "x" to descriptor 1
      Then alice is told of reading 0

    Scenario: Something is written to the second
      Given alice sleeps in a select of reading 0, 2
      When bob writes "x" to descriptor 3
      Then alice is told of reading 2

    Scenario: What happens elsewhere does not wake it
      Given alice sleeps in a select of reading 0
      When bob writes "x" to descriptor 3
      Then alice sleeps

    Scenario: The last writer closes
      Given alice has closed descriptor 3
      And alice sleeps in a select of reading 0, 2
      When bob closes descriptor 3
      Then alice is told of reading 2

    Scenario: A writer closes that is not the last
      Given alice sleeps in a select of reading 0, 2
      When bob closes descriptor 3
      Then alice sleeps

    Scenario: The last reader closes, and the writer's write would not sleep
      Given alice has set O_NONBLOCK of descriptor 1
      And alice has written 131072 octets of 78 to descriptor 1
      And alice has closed descriptor 0
      And alice sleeps in a select of writing 1
      When bob closes descriptor 0
      Then alice is told of writing 1

    Scenario: Two that select the same are both woken
      Given bob has forked carol
      And alice sleeps in a select of reading 0
      And bob sleeps in a select of reading 0, 2
      When carol writes "x" to descriptor 1
      Then alice is told of reading 0
      And bob is told of reading 0

    Scenario: Called again, it sleeps again
      Given alice sleeps in a select of reading 0
      And bob has written "x" to descriptor 1
      And alice has read 1 octet from descriptor 0
      When alice selects reading 0
      Then alice sleeps

    @cap:line-discipline
    Scenario: A line is typed
      Given a terminal
      And alice has opened /dev/tty-console with O_RDWR
      And alice sleeps in a select of reading 0, 4
      And the user has typed "ls"
      Then alice sleeps
      When the user types "^M"
      Then alice is told of reading 4

    @cap:character-device
    Scenario: A device interrupts
      Given a device /dev/gadget
      And alice has opened /dev/gadget with O_RDWR
      And alice sleeps in a select of reading 0, 4
      When "x" arrives at /dev/gadget
      Then alice is told of reading 4

    @cap:character-device @cap:line-discipline
    Scenario: A pipe, a terminal and a device at once, of which the pipe comes first
      Given a terminal
      And a device /dev/gadget
      And alice has opened /dev/gadget with O_RDWR
      And alice has opened /dev/tty-console with O_RDWR
      And alice sleeps in a select of reading 0, 4, 5
      When bob writes "x" to descriptor 1
      Then alice is told of reading 0

    Scenario: It holds what it looks at open no longer than it sleeps
      Given alice sleeps in a select of reading 0
      And bob has written "x" to descriptor 1
      And alice has closed descriptor 1
      And bob has closed descriptor 1
      When alice reads up to 1 octet from descriptor 0
      Then alice gets "x"
      When alice reads up to 1 octet from descriptor 0
      Then alice gets end of file

    Scenario: Nor does it hold an end that it has looked at for writing
      When alice selects writing 1
      Then alice is told of writing 1
      Given alice has closed descriptor 1
      And bob has closed descriptor 1
      When alice reads up to 1 octet from descriptor 0
      Then alice gets end of file

  @KRN-15 @must
  Rule: To read is ready what would not sleep, the end of file too
    Source: POSIX.1-2001, select(); Linux 2.6.11, fs/select.c, POLLIN_SET; 4.4BSD, kern/uipc_socket.c, soreadable()

    Scenario: An empty pipe is not, one without a writer is
      Given alice has made a pipe
      When alice selects reading 0 for 0 ms
      Then alice is told of nothing
      Given alice has closed descriptor 1
      When alice selects reading 0 for 0 ms
      Then alice is told of reading 0

    @cap:line-discipline
    Scenario: A terminal has a line, not a part of one
      Given a terminal
      And alice has opened /dev/tty-console with O_RDWR
      And the user has typed "ls"
      When alice selects reading 0 for 0 ms
      Then alice is told of nothing
      Given the user has typed "^M"
      When alice selects reading 0 for 0 ms
      Then alice is told of reading 0

    @cap:line-discipline
    Scenario: An end of file that was typed
      Given a terminal
      And alice has opened /dev/tty-console with O_RDWR
      And the user has typed "^D"
      When alice selects reading 0 for 0 ms
      Then alice is told of reading 0

    @cap:character-device
    Scenario: A device is when something has arrived, until it is read
      Given a device /dev/gadget
      And alice has opened /dev/gadget with O_RDWR
      And "x" has arrived at /dev/gadget
      When alice selects reading 0 for 0 ms
      Then alice is told of reading 0
      Given alice has read 1 octet from descriptor 0
      When alice selects reading 0 for 0 ms
      Then alice is told of nothing

  @KRN-15 @must
  Rule: To write is ready what has room, or would fail at once
    Source: POSIX.1-2001, select(); Linux 2.6.11, fs/select.c, POLLOUT_SET; 4.4BSD, sys/socketvar.h, sowriteable()

    Background:
      Given alice has made a pipe

    Scenario: An empty pipe
      When alice selects writing 1 for 0 ms
      Then alice is told of writing 1

    Scenario: A full one is not, until it was read
      Given alice has set O_NONBLOCK of descriptor 1
      And alice has written 131072 octets of 78 to descriptor 1
      When alice selects writing 1 for 0 ms
      Then alice is told of nothing
      Given alice has read 131072 octets from descriptor 0
      When alice selects writing 1 for 0 ms
      Then alice is told of writing 1

    Scenario: Reading a full pipe empty wakes who waits for room
      Given alice has forked bob
      And alice has set O_NONBLOCK of descriptor 1
      And alice has written 131072 octets of 78 to descriptor 1
      And alice sleeps in a select of writing 1
      And bob has read 131072 octets from descriptor 0
      Then alice is told of writing 1

    Scenario: One without a reader
      Given alice has closed descriptor 0
      When alice selects writing 1 for 0 ms
      Then alice is told of writing 1

    @cap:character-device
    Scenario: A device whose hardware has not taken what waits
      Given a device /dev/gadget with room for 4 octets
      And alice has opened /dev/gadget with O_RDWR
      And alice has written "four" to descriptor 2
      When alice selects writing 2 for 0 ms
      Then alice is told of nothing

    @cap:character-device
    Scenario: What has arrived at it is no room
      Given a device /dev/gadget with room for 4 octets
      And alice has opened /dev/gadget with O_RDWR
      And alice has written "four" to descriptor 2
      And "x" has arrived at /dev/gadget
      When alice selects reading 2; writing 2 for 0 ms
      Then alice is told of reading 2

    @cap:character-device
    Scenario: The hardware takes it
      Given a device /dev/gadget with room for 4 octets
      And alice has opened /dev/gadget with O_RDWR
      And alice has written "four" to descriptor 2
      And alice sleeps in a select of writing 2
      When /dev/gadget takes what waits
      Then alice is told of writing 2

    @cap:line-discipline @cap:terminal-line
    Scenario: A terminal has room when its line has sent enough
      Given a terminal in raw mode
      And alice has opened /dev/tty-console with O_RDWR
      And alice has written 4000 octets of 78 to descriptor 2
      And alice sleeps in a select of writing 2
      When 2000 ms elapse
      Then alice is told of writing 2

  @KRN-15 @must
  Rule: What cannot be polled is always ready to read and to write
    Source: Linux 2.6.11, fs/select.c, DEFAULT_POLLMASK; 4.4BSD, kern/sys_generic.c, seltrue()

    Scenario: The null device
      Given alice has opened /dev/null with O_RDWR
      When alice selects reading 0; writing 0
      Then alice is told of reading 0; writing 0

    @cap:file-system
    Scenario: A file, at its end too
      Given file /notes holds 61
      And alice has opened /notes with O_RDWR
      And alice has read 10 octets from descriptor 0
      When alice selects reading 0; writing 0
      Then alice is told of reading 0; writing 0

    @cap:character-device
    Scenario: A device without that routine
      Given a device /dev/gadget without poll
      And alice has opened /dev/gadget with O_RDWR
      When alice selects reading 0; writing 0
      Then alice is told of reading 0; writing 0

    Scenario: Beside a pipe that is not
      Given alice has opened /dev/null with O_RDWR
      And alice has made a pipe
      When alice selects reading 0, 1
      Then alice is told of reading 0

  @KRN-15 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: Nothing exceptional is told of what cannot be polled
    Source: Linux 2.6.11, fs/select.c, POLLEX_SET, and DEFAULT_POLLMASK, which has not POLLPRI

    Scenario: The null device
      Given alice has opened /dev/null with O_RDWR
      When alice selects reading 0; except 0
      Then alice is told of reading 0
      When alice selects except 0
      Then alice sleeps

  @KRN-15 @profile:bsd-4.4 @must
  Rule: What cannot be polled is exceptional as well, since it is true whatever is asked
    Source: 4.4BSD, kern/sys_generic.c, seltrue(); ufs/ufs/ufs_vnops.c, ufs_select()

    Scenario: The null device
      Given alice has opened /dev/null with O_RDWR
      When alice selects reading 0; except 0
      Then alice is told of reading 0; except 0

  @KRN-15 @must
  Rule: With a timeout it tells of nothing when the time has come, and never before
    Source: POSIX.1-2001, select(); Linux 2.6.11, fs/select.c, sys_select(); 4.4BSD, kern/sys_generic.c, select()

    Background:
      Given alice has made a pipe

    Scenario Outline: <passed> of 100 ms
      Given alice sleeps in a select of reading 0 for 100 ms
      When <passed> ms elapse
      Then alice <ends>

      Examples:
        | passed | ends               |
        | 0      | sleeps             |
        | 99     | sleeps             |
        | 100    | is told of nothing |
        | 5000   | is told of nothing |

    Scenario: 99 ms and then the last
      Given alice sleeps in a select of reading 0 for 100 ms
      And 99 ms have elapsed
      Then alice sleeps
      When 1 ms elapse
      Then alice is told of nothing

    Scenario: 0 ms is a look, and no sleep
      When alice selects reading 0 for 0 ms
      Then alice is told of nothing
      Given alice has written "x" to descriptor 1
      When alice selects reading 0 for 0 ms
      Then alice is told of reading 0

    Scenario: What is ready does not wait for it
      Given alice has written "x" to descriptor 1
      When alice selects reading 0 for 100 ms
      Then alice is told of reading 0

    Scenario: What becomes ready meanwhile is told at once
      Given alice has forked bob
      And alice sleeps in a select of reading 0 for 100 ms
      And 50 ms have elapsed
      When bob writes "x" to descriptor 1
      Then alice is told of reading 0

    Scenario: What becomes ready later is not told
      Given alice has forked bob
      And alice sleeps in a select of reading 0 for 100 ms
      And 100 ms have elapsed
      When bob writes "x" to descriptor 1
      Then alice is told of nothing

    Scenario: Without a timeout it sleeps for ever
      Given alice has forked bob
      And alice sleeps in a select of reading 0
      And 3600000 ms have elapsed
      Then alice sleeps
      When bob writes "x" to descriptor 1
      Then alice is told of reading 0

    Scenario: Of no descriptor it is a sleep
      Given alice sleeps in a select of nothing for 100 ms
      And 99 ms have elapsed
      Then alice sleeps
      When 1 ms elapse
      Then alice is told of nothing

    @cap:line-discipline
    Scenario: What wakes it and makes nothing ready does not give it more time
      Given a terminal in raw mode with VMIN 3 and VTIME 0
      And alice has opened /dev/tty-console with O_RDWR
      And alice sleeps in a select of reading 2 for 100 ms
      And 40 ms have elapsed
      And the user has typed "x"
      And 59 ms have elapsed
      Then alice sleeps
      When 1 ms elapse
      Then alice is told of nothing

    Scenario: Each of two sleepers has a time of its own
      Given alice has forked bob
      And alice sleeps in a select of reading 0 for 100 ms
      And bob sleeps in a select of reading 0 for 50 ms
      When 50 ms elapse
      Then bob is told of nothing
      And alice sleeps

  @KRN-15 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: The timeout of the caller is afterwards what was left of it
    Source: Linux 2.6.11, fs/select.c, sys_select(); POSIX.1-2001 allows it

    Background:
      Given alice has made a pipe
      And alice has forked bob
      And alice sleeps in a select of reading 0 for 100 ms

    Scenario: Ready after 30 ms
      Given 30 ms have elapsed
      When bob writes "x" to descriptor 1
      Then alice is told of reading 0
      And 70 ms are left of the timeout of alice

    Scenario: Not ready in time
      When 100 ms elapse
      Then alice is told of nothing
      And 0 ms are left of the timeout of alice

  @KRN-15 @profile:bsd-4.4 @must
  Rule: The timeout of the caller stays as it was
    Source: 4.4BSD, kern/sys_generic.c, select(), which copies it in and never out

    Background:
      Given alice has made a pipe
      And alice has forked bob
      And alice sleeps in a select of reading 0 for 100 ms

    Scenario: Ready after 30 ms
      Given 30 ms have elapsed
      When bob writes "x" to descriptor 1
      Then alice is told of reading 0
      And 100 ms are left of the timeout of alice

    Scenario: Not ready in time
      When 100 ms elapse
      Then alice is told of nothing
      And 100 ms are left of the timeout of alice

  @KRN-15 @must
  Rule: A descriptor that is not open fails the call with EBADF, whatever else is ready
    Source: POSIX.1-2001, select(); Linux 2.6.11, fs/select.c, max_select_fd(); 4.4BSD, kern/sys_generic.c, selscan()

    Background:
      Given alice has opened /dev/null 3 times
      And alice has closed descriptor 1

    Scenario Outline: <selection>
      When alice selects <selection> for 0 ms
      Then the call fails with EBADF

      Examples:
        | selection            |
        | reading 1            |
        | writing 1            |
        | except 1             |
        | reading 0, 1, 2      |
        | reading 0; writing 1 |
        | reading 3            |

    Scenario: Those that are open
      When alice selects reading 0, 2 for 0 ms
      Then alice is told of reading 0, 2

  @KRN-15 @must
  Rule: Descriptors from the bound on are not looked at
    Source: POSIX.1-2001, select(), nfds: descriptors from 0 to nfds - 1 are examined

    Background:
      Given alice has opened /dev/null 4 times
      And alice has closed descriptor 3

    Scenario Outline: Below <bound>
      When alice selects reading 0, 1, 2 below <bound> for 0 ms
      Then alice is told of <told>

      Examples:
        | bound | told            |
        | 3     | reading 0, 1, 2 |
        | 2     | reading 0, 1    |
        | 1     | reading 0       |
        | 0     | nothing         |

    Scenario: One that is not open, just below
      When alice selects reading 0, 3 below 4 for 0 ms
      Then the call fails with EBADF

    Scenario: And at it
      When alice selects reading 0, 3 below 3 for 0 ms
      Then alice is told of reading 0

  @KRN-15 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A bound below zero is refused with EINVAL
    Source: Linux 2.6.11, fs/select.c, sys_select()

    Scenario: -1, and 0
      Given alice has opened /dev/null with O_RDWR
      When alice selects reading 0 below -1 for 0 ms
      Then the call fails with EINVAL
      When alice selects reading 0 below 0 for 0 ms
      Then alice is told of nothing

  @KRN-15 @profile:bsd-4.4 @must
  Rule: A bound below zero bounds nothing, since it is taken for a large one
    Source: 4.4BSD, kern/sys_generic.c, select_args, u_int nd, cut to the size of the table

    Scenario: -1, and 0
      Given alice has opened /dev/null with O_RDWR
      When alice selects reading 0 below -1 for 0 ms
      Then alice is told of reading 0
      When alice selects reading 0 below 0 for 0 ms
      Then alice is told of nothing

  @KRN-15 @must
  Rule: A signal ends the sleep with EINTR, whether its handler has SA_RESTART or not
    Source: Linux 2.6.11, fs/select.c, -ERESTARTNOHAND; 4.4BSD, kern/sys_generic.c, select() is not restarted after signals

    Background:
      Given alice has made a pipe

    Scenario Outline: The handler <restarts>
      Given alice sleeps in a select of reading 0 for 100 ms
      When a signal comes to alice, whose handler <restarts>
      Then the call of alice fails with EINTR
      And the signals of alice were SIGUSR1

      Examples:
        | restarts           |
        | has SA_RESTART     |
        | has not SA_RESTART |

    Scenario: Somebody else's signal
      Given alice sleeps in a select of reading 0
      When a signal comes to bob, whose handler has not SA_RESTART
      Then alice sleeps

    Scenario: Afterwards it can be called again
      Given alice has forked bob
      And alice sleeps in a select of reading 0
      And a signal has come to alice, whose handler has not SA_RESTART
      And bob has written "x" to descriptor 1
      When alice selects reading 0
      Then alice is told of reading 0

  @KRN-15 @property
  Rule: It tells exactly those that are ready, and sleeps exactly while none is
    Source: POSIX.1-2001, select()

    Scenario: Random pipes, random sets
      Then the property "select tells exactly those that are ready" holds
