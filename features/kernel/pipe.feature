@cap:pipe
Feature: Pipe
  A pipe is a stream of octets between tasks that have its two ends. It holds little: who reads from an empty one or
  writes to a full one sleeps until the other side has done something.

  @KRN-09 @must
  Rule: What is written is read, once and in the order of writing, whatever the sizes
    Source: POSIX.1-2001, read() and write(); Linux 2.6.11, fs/pipe.c, pipe_readv(), pipe_writev()

    Background:
      Given a pipe

    Scenario: One write, read whole
      Given alice has written "hello"
      When bob reads up to 10 octets
      Then bob gets "hello"

    Scenario: Two writes in one read
      Given alice has written "hello"
      And alice has written " world"
      When bob reads up to 100 octets
      Then bob gets "hello world"

    Scenario: One write in two reads
      Given alice has written "hello"
      And bob has read 2 octets
      When bob reads up to 10 octets
      Then bob gets "llo"

    Scenario Outline: A read of <count> octets of "hello" gets at most as many
      Given alice has written "hello"
      When bob reads up to <count> octets
      Then bob gets <got>
      And the pipe holds <left> octets

      Examples:
        | count | got     | left |
        | 0     | ""      | 5    |
        | 1     | "h"     | 4    |
        | 4     | "hell"  | 1    |
        | 5     | "hello" | 0    |
        | 6     | "hello" | 0    |

    Scenario: Two writers and two readers
      Given alice has written "one,"
      And carol has written "two,"
      And bob has read 6 octets
      When dave reads up to 6 octets
      Then bob gets "one,tw"
      And dave gets "o,"

    Scenario: Two pipes know nothing of each other
      Given alice has written "hello"
      And a pipe
      When bob reads up to 10 octets without blocking
      Then the call fails with EAGAIN

    Scenario: A write of nothing puts nothing in
      When alice writes ""
      Then alice has put 0 octets in
      And the pipe holds 0 octets

  @KRN-09 @must
  Rule: Who reads from an empty pipe sleeps until something is written
    Source: POSIX.1-2001, read(); Linux 2.6.11, fs/pipe.c, pipe_wait(); 4.4BSD, kern/uipc_socket.c, soreceive()

    Background:
      Given a pipe

    Scenario: Nothing is written
      When bob reads up to 10 octets
      Then bob sleeps

    Scenario: A write wakes the reader, who gets what there is
      Given bob sleeps in a read
      When alice writes "hi"
      Then bob gets "hi"
      And alice has put 2 octets in

    Scenario: A read of nothing does not wait
      When bob reads up to 0 octets
      Then bob gets ""

    Scenario: Of two readers one gets what is written, and the other sleeps on
      Given bob sleeps in a read
      And carol sleeps in a read
      When alice writes "hi"
      Then one of bob, carol gets "hi", and the other sleeps

    Scenario: Without blocking the read fails
      When bob reads up to 10 octets without blocking
      Then the call fails with EAGAIN

    Scenario: Without blocking it gets what there is
      Given alice has written "hi"
      When bob reads up to 10 octets without blocking
      Then bob gets "hi"

  @KRN-09 @must
  Rule: Who writes to a full pipe sleeps until something was read
    Source: POSIX.1-2001, write(); Linux 2.6.11, fs/pipe.c, pipe_writev(); 4.4BSD, kern/uipc_socket.c, sosend()

    Background:
      Given a pipe
      And the pipe is full

    Scenario: Nothing is read
      When alice writes "y"
      Then alice sleeps

    Scenario: Reading makes room, and the writer goes on
      Given alice sleeps in a write of "y"
      When bob reads up to 100000 octets
      Then alice has put 1 octet in

    Scenario: A write of far more than fits is done when all of it was read
      Given alice sleeps in a write of 200000 octets of 79
      When bob reads the pipe empty, up to 1000 octets at a time
      Then alice has put 200000 octets in
      And behind the filling bob got 200000 octets of 79

    Scenario: Without blocking the write fails, and nothing of it is in the pipe
      When alice writes "y" without blocking
      Then the call fails with EAGAIN

    Scenario: A read without blocking gets what there is, though a writer sleeps that has more
      Given alice sleeps in a write of 79 octets of 7A
      When bob reads up to 100000 octets without blocking
      Then bob sleeps no more
      And alice has put 79 octets in

  @KRN-09 @must
  Rule: A write of more than fits takes, without blocking, what fits
    Source: POSIX.1-2001, write(), O_NONBLOCK, more than PIPE_BUF octets

    Scenario: The rest is the writer's to write again
      Given a pipe
      When alice writes 200000 octets of 61 without blocking
      Then alice has put less than 200000 octets in, and more than none
      And the pipe holds what alice has put in

  @KRN-09 @must
  Rule: A read is told end of file when the last writing end is closed and all was read
    Source: POSIX.1-2001, read(); Linux 2.6.11, fs/pipe.c, pipe_readv(), PIPE_WRITERS

    Background:
      Given a pipe

    Scenario: Nothing was ever written
      Given the writing end was closed
      When bob reads up to 10 octets
      Then bob gets end of file

    Scenario: What was written before is read first
      Given alice has written "last"
      And the writing end was closed
      When bob reads up to 10 octets
      Then bob gets "last"
      When bob reads up to 10 octets
      Then bob gets end of file

    Scenario: And again end of file, as often as it is asked for
      Given the writing end was closed
      And bob has read 10 octets
      When bob reads up to 10 octets
      Then bob gets end of file

    Scenario: The last writer wakes the reader by leaving
      Given bob sleeps in a read
      When the writing end is closed
      Then bob gets end of file

    Scenario: One of two descriptors is closed
      Given the writing end was duplicated
      And bob sleeps in a read
      When the writing end is closed
      Then bob sleeps

    Scenario: Both are closed
      Given the writing end was duplicated
      And bob sleeps in a read
      And the writing end was closed
      When the second writing end is closed
      Then bob gets end of file

    Scenario: Without blocking too it is end of file and not EAGAIN
      Given the writing end was closed
      When bob reads up to 10 octets without blocking
      Then bob gets end of file

  @KRN-09 @must
  Rule: A write fails with EPIPE and SIGPIPE when the last reading end is closed
    Source: POSIX.1-2001, write(); Linux 2.6.11, fs/pipe.c, pipe_writev(); 4.4BSD, kern/sys_generic.c, write()

    Background:
      Given a pipe

    Scenario: Nobody reads
      Given the reading end was closed
      When alice writes "lost"
      Then the call of alice fails with EPIPE
      And alice was sent SIGPIPE

    Scenario: Without blocking
      Given the reading end was closed
      When alice writes "lost" without blocking
      Then the call of alice fails with EPIPE
      And alice was sent SIGPIPE

    Scenario: Somebody reads, and a write sends no signal
      When alice writes "fine"
      Then alice has put 4 octets in
      And alice was sent no signal

    Scenario: One of two descriptors is closed
      Given the reading end was duplicated
      And the reading end was closed
      When alice writes "fine"
      Then alice has put 4 octets in
      And alice was sent no signal

    Scenario: Both are closed
      Given the reading end was duplicated
      And the reading end was closed
      And the second reading end was closed
      When alice writes "lost"
      Then the call of alice fails with EPIPE
      And alice was sent SIGPIPE

    Scenario: The last reader leaves while a writer sleeps
      Given the pipe is full
      And alice sleeps in a write of "lost"
      When the reading end is closed
      Then the call of alice fails with EPIPE
      And alice was sent SIGPIPE

    Scenario: The signal is the writer's alone
      Given the reading end was closed
      When alice writes "lost"
      Then the call of alice fails with EPIPE
      And bob was sent no signal

  @KRN-09 @must
  Rule: Writes of at most PIPE_BUF octets are never split
    Source: POSIX.1-2001, write(); PIPE_BUF is 512 in 4.4BSD, sys/syslimits.h, and 4096 in Linux, linux/limits.h

    Background:
      Given a pipe

    Scenario: Three writers that slept come out one behind the other
      Given the pipe is full
      And alice sleeps in a write of 512 octets of 61
      And bob sleeps in a write of 512 octets of 62
      And carol sleeps in a write of 512 octets of 63
      When dave reads the pipe empty, up to 100 octets at a time
      Then behind the filling dave got, in any order, 512 octets of 61, 512 octets of 62, 512 octets of 63

    Scenario Outline: Of <length> octets all go in, or none
      Given the pipe is full
      And bob has read 1 octet
      When alice writes <length> octets of 61 without blocking
      Then the call of alice fails with EAGAIN
      And the pipe holds 1 octet less than when it was full

      Examples: 512 is the least PIPE_BUF that POSIX allows
        | length |
        | 2      |
        | 511    |
        | 512    |

    Scenario: One that does not fit sleeps, though a part of it would
      Given the pipe is full
      And bob has read 1 octet
      When alice writes 512 octets of 61
      Then alice sleeps
      And the pipe holds 1 octet less than when it was full

  @KRN-09 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: PIPE_BUF is 4096
    Source: Linux 2.6.11, include/linux/limits.h; fs/pipe.c: such a write needs one new page at most

    Scenario: Three writers of about 4096 octets
      Given a pipe
      And the pipe is full
      And alice sleeps in a write of 4096 octets of 61
      And bob sleeps in a write of 4096 octets of 62
      And carol sleeps in a write of 4095 octets of 63
      When dave reads the pipe empty, up to 1000 octets at a time
      Then behind the filling dave got, in any order, 4096 octets of 61, 4096 octets of 62, 4095 octets of 63

    Scenario Outline: A write of 4096 octets <ends> when <count> octets were read from a full pipe
      Given a pipe
      And the pipe holds 16 writes of 4096 octets of 78
      And alice sleeps in a write of 4096 octets of 61
      When bob reads up to <count> octets
      Then alice <ends>

      Examples: A page is free when all of it was read
        | count | ends          |
        | 1     | sleeps        |
        | 4095  | sleeps        |
        | 4096  | sleeps no more |
        | 4097  | sleeps no more |

  @KRN-09 @must
  Rule: A pipe has two ends, one to read from and one to write to, and no place to seek to
    Source: POSIX.1-2001, read(), write(), lseek(); Linux 2.6.11, fs/pipe.c, bad_pipe_r(), bad_pipe_w(), no_llseek()

    Background:
      Given a pipe

    Scenario: Reading from the writing end
      When alice reads from the writing end
      Then the call of alice fails with EBADF

    Scenario: Writing to the reading end
      When alice writes to the reading end
      Then the call of alice fails with EBADF

    Scenario Outline: <end> cannot seek
      When <end> is moved to octet 0
      Then the call fails with ESPIPE

      Examples:
        | end             |
        | the reading end |
        | the writing end |

    Scenario: Reading from an end that was closed
      Given the reading end was closed
      When alice reads up to 1 octet
      Then the call of alice fails with EBADF

    Scenario: Writing to an end that was closed
      Given the writing end was closed
      When alice writes "x"
      Then the call of alice fails with EBADF

    Scenario: An end is closed once
      Given the writing end was closed
      When the writing end is closed
      Then the call fails with EBADF

  @KRN-09 @SCL-05 @SCL-06 @must
  Rule: A signal interrupts a call that sleeps: EINTR, or with SA_RESTART it sleeps on, and a part that was done counts
    Source: Linux 2.6.11, fs/pipe.c, -ERESTARTSYS; 4.4BSD, kern/kern_synch.c, tsleep(); POSIX.1-2001, sigaction()

    Background:
      Given a pipe

    Scenario: A read without SA_RESTART
      Given bob sleeps in a read
      When a signal comes to bob, whose handler has not SA_RESTART
      Then the call of bob fails with EINTR
      And bob was sent SIGUSR1

    Scenario: A read with SA_RESTART
      Given bob sleeps in a read
      When a signal comes to bob, whose handler has SA_RESTART
      Then bob sleeps

    Scenario: A read that was restarted gets what comes then
      Given bob sleeps in a read
      And a signal has come to bob, whose handler has SA_RESTART
      When alice writes "hi"
      Then bob gets "hi"

    Scenario: A read that was interrupted has taken nothing
      Given bob sleeps in a read
      And a signal has come to bob, whose handler has not SA_RESTART
      And alice has written "hi"
      When bob reads up to 10 octets
      Then bob gets "hi"

    Scenario: Somebody else's signal
      Given bob sleeps in a read
      When a signal comes to carol, whose handler has not SA_RESTART
      Then bob sleeps

    Scenario: A signal that was handled before the call
      Given a signal has come to bob, whose handler has not SA_RESTART
      When bob reads up to 10 octets
      Then bob sleeps

    Scenario: A write of which nothing is in the pipe, without SA_RESTART
      Given the pipe is full
      And alice sleeps in a write of "y"
      When a signal comes to alice, whose handler has not SA_RESTART
      Then the call of alice fails with EINTR

    Scenario: A write of which nothing is in the pipe, with SA_RESTART
      Given the pipe is full
      And alice sleeps in a write of "y"
      And a signal has come to alice, whose handler has SA_RESTART
      When bob reads up to 100000 octets
      Then alice has put 1 octet in

    Scenario Outline: A write of which a part is in the pipe ends with that part, when the handler <restarts>
      Given alice sleeps in a write of 200000 octets of 61
      When a signal comes to alice, whose handler <restarts>
      Then alice has put less than 200000 octets in, and more than none
      And the pipe holds what alice has put in

      Examples:
        | restarts           |
        | has not SA_RESTART |
        | has SA_RESTART     |

  @KRN-09 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: poll tells a reader of octets and of the last writer's leaving, a writer of room and of the last reader's leaving
    Source: Linux 2.6.11, fs/pipe.c, pipe_poll(): a writer has room when one of the 16 pages is free

    Background:
      Given a pipe

    Scenario: An empty pipe
      Then the reading end is ready for nothing
      And the writing end is ready for OUT

    Scenario: A pipe that holds something
      Given alice has written "x"
      Then the reading end is ready for IN
      And the writing end is ready for OUT

    Scenario: A full pipe
      Given the pipe is full
      Then the reading end is ready for IN
      And the writing end is ready for nothing

    Scenario: No writer any more
      Given the writing end was closed
      Then the reading end is ready for HUP

    Scenario: No writer any more, and something left to read
      Given alice has written "x"
      And the writing end was closed
      Then the reading end is ready for IN, HUP

    Scenario: No reader any more
      Given the reading end was closed
      Then the writing end is ready for OUT, ERR

    Scenario: No reader of a full pipe any more
      Given the pipe is full
      And the reading end was closed
      Then the writing end is ready for ERR

    Scenario: A free page is room, a free octet is none
      Given the pipe holds 16 writes of 4096 octets of 78
      And bob has read 4095 octets
      Then the writing end is ready for nothing
      When bob reads up to 1 octet
      Then the writing end is ready for OUT

  @KRN-09 @property
  Rule: Whatever tasks write and read, no octet is lost, doubled or overtaken, and no small write is split
    Source: POSIX.1-2001, read() and write()

    Scenario: Random writes and reads by several tasks
      Then the property "a pipe is a queue of octets" holds
