@cap:fifo
Feature: FIFO
  A FIFO is a pipe that is found by a name. Tasks that have nothing to do with each other open it, and wait for each other
  in doing so.

  @KRN-10 @must
  Rule: Opening one end sleeps until the other is opened
    Source: POSIX.1-2001, open(); Linux 2.6.11, fs/fifo.c, fifo_open(); 4.4BSD, miscfs/fifofs/fifo_vnops.c, fifo_open()

    Background:
      Given a FIFO

    Scenario Outline: <one> alone
      When alice opens it <one>
      Then alice sleeps

      Examples:
        | one         |
        | for reading |
        | for writing |

    Scenario Outline: <one>, and then <other>
      Given alice sleeps opening it <one>
      When bob opens it <other>
      Then bob sleeps no more
      And alice sleeps no more

      Examples:
        | one         | other       |
        | for reading | for writing |
        | for writing | for reading |

    Scenario Outline: Twice <one>
      Given alice sleeps opening it <one>
      When bob opens it <one>
      Then alice sleeps
      And bob sleeps

      Examples:
        | one         |
        | for reading |
        | for writing |

    Scenario: One writer joins two readers
      Given alice sleeps opening it for reading
      And bob sleeps opening it for reading
      When carol opens it for writing
      Then alice sleeps no more
      And bob sleeps no more
      And carol sleeps no more

    Scenario: Who comes when both ends are open does not wait
      Given alice sleeps opening it for reading
      And bob has opened it for writing
      When carol opens it for writing
      Then carol sleeps no more

    Scenario: The other end was open once, and is no more
      Given alice has opened it for reading without blocking
      And alice has closed it
      When bob opens it for writing
      Then bob sleeps

    Scenario: A partner who left at once has joined all the same
      Given alice sleeps opening it for reading
      And bob has opened it for writing
      When bob closes it
      Then alice sleeps no more

    Scenario: Another FIFO
      Given alice sleeps opening it for reading
      And a FIFO of another name
      When bob opens it for writing
      Then bob sleeps
      And alice sleeps

  @KRN-10 @must
  Rule: With O_NONBLOCK an open for reading does not sleep, and one for writing fails with ENXIO while nobody reads
    Source: POSIX.1-2001, open(), O_NONBLOCK; Linux 2.6.11, fs/fifo.c, fifo_open()

    Background:
      Given a FIFO

    Scenario: For reading, with no writer
      When alice opens it for reading without blocking
      Then alice sleeps no more

    Scenario: For writing, with no reader
      When alice opens it for writing without blocking
      Then the call of alice fails with ENXIO

    Scenario: For writing, with a reader
      Given alice has opened it for reading without blocking
      When bob opens it for writing without blocking
      Then bob sleeps no more

    Scenario: For writing, while a reader sleeps in its open
      Given alice sleeps opening it for reading
      When bob opens it for writing without blocking
      Then bob sleeps no more
      And alice sleeps no more

    Scenario: For writing, when the reader has left
      Given alice has opened it for reading without blocking
      And alice has closed it
      When bob opens it for writing without blocking
      Then the call of bob fails with ENXIO

    Scenario: For writing, when the reader has left and a writer stays
      Given alice has opened it for reading without blocking
      And bob has opened it for writing
      And alice has closed it
      When carol opens it for writing without blocking
      Then the call of carol fails with ENXIO

    Scenario: An attempt that failed is no writer
      Given alice opens it for writing without blocking
      When bob opens it for reading
      Then bob sleeps

  @KRN-10 @should
  Rule: An open for reading and writing never sleeps
    Source: Linux 2.6.11, fs/fifo.c, fifo_open(); 4.4BSD, miscfs/fifofs/fifo_vnops.c; POSIX leaves it undefined

    Background:
      Given a FIFO

    Scenario: Nobody else has it open
      When alice opens it for reading and writing
      Then alice sleeps no more

    Scenario Outline: It is a partner for who sleeps opening <one>
      Given bob sleeps opening it <one>
      When alice opens it for reading and writing
      Then bob sleeps no more

      Examples:
        | one         |
        | for reading |
        | for writing |

    Scenario: What it writes it can read itself
      Given alice has opened it for reading and writing
      And alice has written "note"
      When alice reads up to 10 octets
      Then alice gets "note"

    Scenario: It is its own writer, so there is no end of file
      Given alice has opened it for reading and writing
      When alice reads up to 10 octets
      Then alice sleeps

  @KRN-10 @must
  Rule: Tasks that have nothing else in common exchange octets through it
    Source: POSIX.1-2001, mkfifo(); Linux 2.6.11, fs/fifo.c

    Background:
      Given a FIFO
      And alice sleeps opening it for reading
      And bob has opened it for writing

    Scenario: Written by the one, read by the other
      Given bob has written "hello"
      When alice reads up to 10 octets
      Then alice gets "hello"

    Scenario: The reader waits for the writer
      Given alice sleeps in a read
      When bob writes "hello"
      Then alice gets "hello"

    Scenario: A second writer writes into the same stream
      Given carol has opened it for writing
      And bob has written "one,"
      And carol has written "two"
      When alice reads up to 10 octets
      Then alice gets "one,two"

    Scenario: The last writer leaves: end of file
      Given bob has written "bye"
      And bob has closed it
      And alice has read 10 octets
      When alice reads up to 10 octets
      Then alice gets end of file

    Scenario: The reader leaves: EPIPE and SIGPIPE
      Given alice has closed it
      When bob writes "lost"
      Then the call of bob fails with EPIPE
      And bob was sent SIGPIPE

    Scenario Outline: Who has it open <opening> cannot <act>
      When <task> <acts>
      Then the call of <task> fails with EBADF

      Examples:
        | opening     | act   | task  | acts                  |
        | for reading | write | alice | writes "x"            |
        | for writing | read  | bob   | reads up to 10 octets |

  @KRN-10 @must
  Rule: After end of file a new writer goes on with the same reader
    Source: Linux 2.6.11, fs/fifo.c and fs/pipe.c, which count the writers anew at each call

    Background:
      Given a FIFO
      And alice sleeps opening it for reading
      And bob has opened it for writing
      And bob has closed it

    Scenario: Before the new writer comes there is end of file
      When alice reads up to 10 octets
      Then alice gets end of file

    Scenario: With a new writer the reader waits again
      Given carol has opened it for writing
      When alice reads up to 10 octets
      Then alice sleeps

    Scenario: It gets what the new writer writes
      Given alice has read 10 octets
      And carol has opened it for writing
      And carol has written "again"
      When alice reads up to 10 octets
      Then alice gets "again"

  @KRN-10 @must
  Rule: When both ends are closed, what nobody has read is gone
    Source: POSIX.1-2001, close(); Linux 2.6.11, fs/pipe.c, pipe_release(), free_pipe_info()

    Scenario: Opened again
      Given a FIFO
      And alice has opened it for reading without blocking
      And bob has opened it for writing
      And bob has written "old"
      And bob has closed it
      And alice has closed it
      When carol opens it for reading without blocking
      And carol reads up to 10 octets
      Then carol gets end of file

    Scenario: While one end is open it is kept
      Given a FIFO
      And alice has opened it for reading without blocking
      And bob has opened it for writing
      And bob has written "kept"
      And bob has closed it
      When carol opens it for reading without blocking
      And carol reads up to 10 octets
      Then carol gets "kept"

  @KRN-10 @must
  Rule: The name leads to the FIFO; removing it takes nothing from who has the FIFO open
    Source: POSIX.1-2001, unlink(), mkfifo()

    Background:
      Given a FIFO

    Scenario: No such name
      Given its name was removed
      When alice opens it for reading without blocking
      Then the call of alice fails with ENOENT

    Scenario: A name is made once
      When a FIFO of that name is made
      Then the call fails with EEXIST

    Scenario: A name is removed once
      Given its name was removed
      When its name is removed
      Then the call fails with ENOENT

    Scenario: Both ends are open
      Given alice sleeps opening it for reading
      And bob has opened it for writing
      And its name was removed
      And bob has written "still here"
      When alice reads up to 20 octets
      Then alice gets "still here"

    Scenario: A new FIFO of that name is another one
      Given alice has opened it for reading without blocking
      And its name was removed
      And a FIFO of that name was made
      When bob opens it for writing without blocking
      Then the call of bob fails with ENXIO

    Scenario: Who sleeps in its open waits for a partner that cannot come
      Given alice sleeps opening it for reading
      And its name was removed
      And a FIFO of that name was made
      When bob opens it for writing
      Then bob sleeps
      And alice sleeps

  @KRN-10 @SCL-05 @SCL-06 @must
  Rule: A signal interrupts an open that sleeps: EINTR, or with SA_RESTART it sleeps on
    Source: Linux 2.6.11, fs/fifo.c, wait_for_partner(), -ERESTARTSYS; 4.4BSD, miscfs/fifofs/fifo_vnops.c, PCATCH

    Background:
      Given a FIFO
      And alice sleeps opening it for writing

    Scenario: Without SA_RESTART
      When a signal comes to alice, whose handler has not SA_RESTART
      Then the call of alice fails with EINTR

    Scenario: With SA_RESTART
      Given a signal has come to alice, whose handler has SA_RESTART
      When bob opens it for reading
      Then alice sleeps no more
      And bob sleeps no more

    Scenario: Who was interrupted is no writer
      Given a signal has come to alice, whose handler has not SA_RESTART
      When bob opens it for reading
      Then bob sleeps

  @KRN-10 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: poll tells a reader of the last writer's leaving only if there has been a writer since it opened
    Source: Linux 2.6.11, fs/fifo.c, f_version; fs/pipe.c, pipe_poll()

    Background:
      Given a FIFO
      And alice has opened it for reading without blocking

    Scenario: There was none yet
      Then the end of alice is ready for nothing

    Scenario: One came
      Given bob has opened it for writing
      Then the end of alice is ready for nothing
      And the end of bob is ready for OUT

    Scenario: One came and left
      Given bob has opened it for writing
      And bob has closed it
      Then the end of alice is ready for HUP

    Scenario: One came, wrote and left
      Given bob has opened it for writing
      And bob has written "x"
      And bob has closed it
      Then the end of alice is ready for IN, HUP

  @KRN-10 @property
  Rule: Whoever opens, writes, reads and closes, an open sleeps only while nobody has the other end
    Source: POSIX.1-2001, open()

    Scenario: Random openings and closings of a FIFO
      Then the property "a FIFO joins its openers" holds
