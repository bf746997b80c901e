@cap:line-discipline @cap:terminal-line
Feature: Terminal line
  Octets leave a serial line one after the other, each a start bit, eight bits of data and a stop bit. Time passes only when
  the scenario says so.

  @KRN-08 @must
  Rule: At a baud rate of n an octet takes ten n-ths of a second to leave
    Source: POSIX.1-2001, 11.2.4, CS8 without PARENB and CSTOPB; Linux 2.6.11, drivers/serial/serial_core.c

    Scenario Outline: <ms> ms at <speed> baud
      Given a terminal at <speed> baud
      And alice has written 2000 octets of 61 to the terminal
      When <ms> ms of the line pass
      Then the line has sent <sent> octets

      Examples: A second
        | speed | ms   | sent |
        | 50    | 1000 | 5    |
        | 110   | 1000 | 11   |
        | 300   | 1000 | 30   |
        | 1200  | 1000 | 120  |
        | 9600  | 1000 | 960  |

      Examples: Either side of an octet's end
        | speed | ms  | sent |
        | 50    | 199 | 0    |
        | 50    | 200 | 1    |
        | 50    | 399 | 1    |
        | 300   | 33  | 0    |
        | 300   | 34  | 1    |
        | 300   | 99  | 2    |
        | 300   | 100 | 3    |
        | 9600  | 1   | 0    |
        | 9600  | 2   | 1    |
        | 38400 | 1   | 3    |

      Examples: 134 stands for 134.5 baud: 400 octets in 29.74 seconds, at 134 it would be 398
        | speed | ms    | sent |
        | 134   | 29739 | 399  |
        | 134   | 29740 | 400  |

    Scenario: Nothing has left when no time has passed
      Given a terminal
      When alice writes "hello" to the terminal
      Then the line has sent ""

    Scenario: A write does not wait for its octets to leave
      Given a terminal at 50 baud
      When alice writes "hello" to the terminal
      Then alice has put 5 octets in

    Scenario: They leave in order, what is echoed among them
      Given a terminal at 1200 baud
      And alice has written "ab" to the terminal
      And the user has typed "x"
      And alice has written "c" to the terminal
      When 1000 ms of the line pass
      Then the line has sent "abxc"

    Scenario: A carriage return that was put in takes its time too
      Given a terminal at 50 baud
      And alice has written "^J^J" to the terminal
      When 700 ms of the line pass
      Then the line has sent "^M^J^M"

    Scenario Outline: After a pause it begins anew: <ms> ms later
      Given a terminal at 50 baud
      And alice has written "a" to the terminal
      And 300 ms of the line have passed
      And alice has written "b" to the terminal
      When <ms> ms of the line pass
      Then the line has sent <sent>

      Examples:
        | ms  | sent |
        | 199 | "a"  |
        | 200 | "ab" |

    Scenario: Without a pause the next follows at once
      Given a terminal at 50 baud
      And alice has written "a" to the terminal
      And 199 ms of the line have passed
      And alice has written "b" to the terminal
      When 201 ms of the line pass
      Then the line has sent "ab"

    Scenario: At another speed
      Given a terminal at 50 baud
      And alice has written 100 octets of 61 to the terminal
      And 200 ms of the line have passed
      And alice has set the speed to 300 baud
      When 100 ms of the line pass
      Then the line has sent 4 octets

  @KRN-08 @must
  Rule: Only the rates of the table can be set; at any other the call fails and changes nothing
    Source: POSIX.1-2001, tcsetattr(), EINVAL; Linux 2.6.11, drivers/char/tty_ioctl.c, baud_table; 4.4BSD, kern/tty.c, ttspeedtab()

    Scenario Outline: <speed> baud
      Given a terminal at 1200 baud
      When alice sets the speed to <speed> baud
      Then alice sleeps no more

      Examples:
        | speed |
        | 50    |
        | 75    |
        | 110   |
        | 134   |
        | 150   |
        | 200   |
        | 300   |
        | 600   |
        | 1200  |
        | 1800  |
        | 2400  |
        | 4800  |
        | 9600  |
        | 19200 |
        | 38400 |

    Scenario Outline: <speed> baud is refused
      Given a terminal at 50 baud
      And alice has written "a" to the terminal
      And alice sets the speed to <speed> baud
      And the call of alice fails with EINVAL
      When 199 ms of the line pass
      Then the line has sent ""

      Examples:
        | speed      |
        | 1          |
        | 49         |
        | 51         |
        | 9601       |
        | 12345      |
        | 4294967295 |

  @KRN-08 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: The table goes up to 4000000
    Source: Linux 2.6.11, include/asm-i386/termbits.h, B57600 to B4000000

    Scenario Outline: <speed> baud
      Given a terminal at <speed> baud
      And alice has written 4000 octets of 61 to the terminal
      When 1 ms of the line pass
      Then the line has sent <sent> octets

      Examples:
        | speed   | sent |
        | 57600   | 5    |
        | 115200  | 11   |
        | 230400  | 23   |
        | 460800  | 46   |
        | 500000  | 50   |
        | 576000  | 57   |
        | 921600  | 92   |
        | 1000000 | 100  |
        | 1152000 | 115  |
        | 1500000 | 150  |
        | 2000000 | 200  |
        | 2500000 | 250  |
        | 3000000 | 300  |
        | 3500000 | 350  |
        | 4000000 | 400  |

  @KRN-08 @must
  Rule: A rate of 0 hangs up: readers get end of file, writers EIO, and SIGHUP is sent
    Source: POSIX.1-2001, 11.1.10, 11.2.4, B0; Linux 2.6.11, drivers/char/tty_io.c, do_tty_hangup()

    Background:
      Given a terminal

    Scenario: A reader
      Given bob has set the speed to 0 baud
      When alice reads from the terminal
      Then alice gets end of file

    Scenario: A reader that sleeps
      Given alice sleeps in a read of the terminal
      When bob sets the speed to 0 baud
      Then alice gets end of file

    Scenario: A writer
      Given bob has set the speed to 0 baud
      When alice writes "lost" to the terminal
      Then the call of alice fails with EIO

    Scenario: The signal
      When bob sets the speed to 0 baud
      Then the foreground group was sent SIGHUP

    Scenario: What waited to leave is lost
      Given alice has written "lost" to the terminal
      And bob has set the speed to 0 baud
      When 1000 ms of the line pass
      Then the line has sent ""

  @KRN-08 @must
  Rule: With IXON the character VSTOP stops the output and VSTART starts it again; neither is input
    Source: POSIX.1-2001, 11.1.9, 11.2.2; Linux 2.6.11, drivers/char/n_tty.c, stop_tty(), start_tty(); 4.4BSD, kern/tty.c

    Scenario: Stopped
      Given a terminal
      And the user has typed "^S"
      And alice has written "hello" to the terminal
      When 1000 ms of the line pass
      Then the line has sent ""

    Scenario: Started again
      Given a terminal
      And the user has typed "^S"
      And alice has written "hello" to the terminal
      And 1000 ms of the line have passed
      And the user has typed "^Q"
      When 1000 ms of the line pass
      Then the line has sent "hello"

    Scenario: An octet that is on its way still leaves
      Given a terminal at 50 baud
      And alice has written "ab" to the terminal
      And 100 ms of the line have passed
      And the user has typed "^S"
      When 1000 ms of the line pass
      Then the line has sent "a"

    Scenario: Stopped twice, started once
      Given a terminal
      And the user has typed "^S^S"
      And alice has written "hello" to the terminal
      And the user has typed "^Q"
      When 1000 ms of the line pass
      Then the line has sent "hello"

    Scenario: What is typed meanwhile is shown afterwards
      Given a terminal
      And the user has typed "^Sab"
      And 1000 ms of the line have passed
      And the user has typed "c^Q"
      When 1000 ms of the line pass
      Then the line has sent "abc"

    Scenario: Neither is input
      Given a terminal
      And the user has typed "a^Sb^Qc^M"
      When alice reads from the terminal
      Then alice gets "abc^J"

    Scenario: Without IXON both are
      Given a terminal without IXON
      And the user has typed "a^Sb^Qc^M"
      When alice reads from the terminal
      Then alice gets "a^Sb^Qc^J"

    Scenario: Without IXON nothing is stopped
      Given a terminal without IXON and ECHO
      And the user has typed "^S"
      And alice has written "hello" to the terminal
      When 1000 ms of the line pass
      Then the line has sent "hello"

    Scenario: Another key can be VSTOP
      Given a terminal
      And the VSTOP is "^P"
      And the user has typed "^P"
      And alice has written "hello" to the terminal
      When 1000 ms of the line pass
      Then the line has sent ""

  @KRN-08 @should
  Rule: Who writes more to a stopped terminal than it can hold sleeps until there is room
    Source: Linux 2.6.11, drivers/char/n_tty.c, write_chan(); 4.4BSD, kern/tty.c, ttycheckoutq(), t_hiwat

    Background:
      Given a terminal
      And the user has typed "^S"

    Scenario: It sleeps
      When alice writes 20000 octets of 61 to the terminal
      Then alice sleeps

    Scenario: It goes on when the output is started, and all of it leaves
      Given alice sleeps in a write of 20000 octets of 61 to the terminal
      And the user has typed "^Q"
      When 10000 ms of the line pass
      Then alice has put 20000 octets in
      And the line has sent 20000 octets of 61

    Scenario: The line does not fall idle meanwhile
      Given alice sleeps in a write of 20000 octets of 61 to the terminal
      And the user has typed "^Q"
      When 5000 ms of the line pass
      Then the line has sent 19200 octets

    Scenario: Without blocking it writes a part, and then nothing
      Given alice writes 20000 octets of 61 to the terminal without blocking
      And alice has put less than 20000 octets in, and more than none
      When alice writes 20000 octets of 61 to the terminal without blocking
      Then the call of alice fails with EAGAIN

    Scenario: A signal ends it with the part that was written
      Given alice sleeps in a write of 20000 octets of 61 to the terminal
      When a signal comes to alice, whose handler has SA_RESTART
      Then alice has put less than 20000 octets in, and more than none

  @KRN-08 @must
  Rule: A drain waits until all output has left, and TCSADRAIN and TCSAFLUSH do before they set
    Source: POSIX.1-2001, tcdrain(), tcsetattr(); Linux 2.6.11, drivers/char/tty_ioctl.c, tty_wait_until_sent()

    Background:
      Given a terminal at 50 baud
      And alice has written "ab" to the terminal

    Scenario Outline: A drain, <ms> ms after a write that takes 400
      Given bob drains the terminal
      When <ms> ms of the line pass
      Then bob <ends>

      Examples:
        | ms  | ends           |
        | 0   | sleeps         |
        | 200 | sleeps         |
        | 399 | sleeps         |
        | 400 | sleeps no more |

    Scenario: A drain of what has left
      Given 400 ms of the line have passed
      When bob drains the terminal
      Then bob sleeps no more

    Scenario: TCSANOW does not wait
      When bob switches the terminal to raw mode at once
      Then bob sleeps no more

    Scenario Outline: Settings <when>, <ms> ms after a write that takes 400
      Given bob switches the terminal to raw mode <when>
      When <ms> ms of the line pass
      Then bob <ends>

      Examples:
        | when                                             | ms  | ends           |
        | when its output has left                         | 399 | sleeps         |
        | when its output has left                         | 400 | sleeps no more |
        | when its output has left, and discards its input | 399 | sleeps         |
        | when its output has left, and discards its input | 400 | sleeps no more |

    Scenario: Until then the old settings hold
      Given bob switches the terminal to raw mode when its output has left
      And the user has typed "^C"
      Then the foreground group was sent SIGINT

    Scenario: What was typed meanwhile is discarded too
      Given bob switches the terminal to raw mode when its output has left, and discards its input
      And the user has typed "old^M"
      And 2000 ms of the line have passed
      And the user has typed "new"
      When alice reads from the terminal
      Then alice gets "new"

    Scenario: The line goes down meanwhile
      Given bob drains the terminal
      When carol sets the speed to 0 baud
      Then the call of bob fails with EIO

  @KRN-08 @must
  Rule: A signal from the keyboard discards the output that waits: SIGINT and SIGQUIT, and not with NOFLSH
    Source: POSIX.1-2001, 11.2.5, NOFLSH; Linux 2.6.11, drivers/char/n_tty.c, isig(); 4.4BSD, kern/tty.c, ttyflush()

    Scenario Outline: <key>
      Given a terminal without ECHO
      And the user has typed "^S"
      And alice has written "long list" to the terminal
      And the user has typed <key>
      And the user has typed "^Q"
      When 1000 ms of the line pass
      Then the line has sent ""

      Examples:
        | key  |
        | "^C" |
        | "^\" |

    Scenario: With NOFLSH it is kept
      Given a terminal with ISIG, NOFLSH, IXON alone
      And the user has typed "^S"
      And alice has written "long list" to the terminal
      And the user has typed "^C^Q"
      When 1000 ms of the line pass
      Then the line has sent "long list"

    Scenario: The octet that is on its way leaves all the same
      Given a terminal without ECHO
      And alice has set the speed to 50 baud
      And alice has written "abc" to the terminal
      And 100 ms of the line have passed
      And the user has typed "^C"
      When 2000 ms of the line pass
      Then the line has sent "a"

  @KRN-08 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: SIGTSTP discards the output that waits as well
    Source: Linux 2.6.11, drivers/char/n_tty.c, n_tty_receive_char(), isig()
    Variation: 4.4BSD keeps it.

    Scenario: ^Z
      Given a terminal without ECHO
      And the user has typed "^S"
      And alice has written "lost" to the terminal
      And the user has typed "^Z^Q"
      When 1000 ms of the line pass
      Then the line has sent ""

  @KRN-08 @profile:bsd-4.4 @must
  Rule: SIGTSTP leaves the output alone
    Source: 4.4BSD, kern/tty.c, ttyinput(), ttyflush(tp, FREAD); POSIX.1-2001, 11.2.5, NOFLSH
    Variation: Linux discards it, as for the other two.

    Scenario: ^Z
      Given a terminal without ECHO
      And the user has typed "^S"
      And alice has written "kept" to the terminal
      And the user has typed "^Z^Q"
      When 1000 ms of the line pass
      Then the line has sent "kept"

  @KRN-08 @profile:notes @profile:linux-2.6.11 @must
  Rule: What is typed beyond a full line is answered with a bell
    Source: Linux 2.6.11, drivers/char/n_tty.c, n_tty_receive_char(), put_char('\a')

    Scenario: The first two that do not fit
      Given a terminal
      And the user has typed 4000 octets of 61
      And 2000 ms of the line have passed
      When the user types 97 octets of 62
      Then the terminal shows 4000 octets of 61 and 95 octets of 62 and 2 octets of 07

  @KRN-08 @must
  Rule: VTIME bounds a raw read, in tenths of a second: with VMIN 0 from the call on, else from the last octet on
    Source: POSIX.1-2001, 11.1.7, case A and case C; Linux 2.6.11, drivers/char/n_tty.c, read_chan(); 4.4BSD, kern/tty.c, ttread()

    Scenario Outline: VMIN 0: <ms> ms after the call
      Given a terminal in raw mode with VMIN 0 and VTIME 5
      And alice sleeps in a read of the terminal
      When <ms> ms of the line pass
      Then alice <ends>

      Examples:
        | ms  | ends           |
        | 499 | sleeps         |
        | 500 | sleeps no more |

    Scenario: VMIN 0: time is up, and nothing was typed
      Given a terminal in raw mode with VMIN 0 and VTIME 5
      And alice sleeps in a read of the terminal
      When 500 ms of the line pass
      Then alice gets ""

    Scenario: VMIN 0: the first octet ends the wait
      Given a terminal in raw mode with VMIN 0 and VTIME 5
      And alice sleeps in a read of the terminal
      And 499 ms of the line have passed
      When the user types "a"
      Then alice gets "a"

    Scenario: VMIN 0: what is there is read at once
      Given a terminal in raw mode with VMIN 0 and VTIME 5
      And the user has typed "ab"
      When alice reads from the terminal
      Then alice gets "ab"

    Scenario: VMIN 3: before the first octet no time runs
      Given a terminal in raw mode with VMIN 3 and VTIME 5
      And alice sleeps in a read of the terminal
      When 60000 ms of the line pass
      Then alice sleeps

    Scenario Outline: VMIN 3: <ms> ms after the first octet
      Given a terminal in raw mode with VMIN 3 and VTIME 5
      And alice sleeps in a read of the terminal
      And 1000 ms of the line have passed
      And the user has typed "a"
      When <ms> ms of the line pass
      Then alice <ends>

      Examples:
        | ms  | ends           |
        | 499 | sleeps         |
        | 500 | sleeps no more |

    Scenario: VMIN 3: each octet starts the time anew
      Given a terminal in raw mode with VMIN 3 and VTIME 5
      And alice sleeps in a read of the terminal
      And the user has typed "a"
      And 499 ms of the line have passed
      And the user has typed "b"
      When 499 ms of the line pass
      Then alice sleeps

    Scenario: VMIN 3: time is up, and what has come is read
      Given a terminal in raw mode with VMIN 3 and VTIME 5
      And alice sleeps in a read of the terminal
      And the user has typed "a"
      And 499 ms of the line have passed
      And the user has typed "b"
      When 500 ms of the line pass
      Then alice gets "ab"

    Scenario: VMIN 3: the third octet ends the wait
      Given a terminal in raw mode with VMIN 3 and VTIME 5
      And alice sleeps in a read of the terminal
      And the user has typed "ab"
      When the user types "c"
      Then alice gets "abc"

    Scenario: VMIN 3: for an octet that was there before, the time runs from the call on
      Given a terminal in raw mode with VMIN 3 and VTIME 5
      And the user has typed "a"
      And 1000 ms of the line have passed
      And alice sleeps in a read of the terminal
      When 499 ms of the line pass
      Then alice sleeps

    Scenario: In cooked mode there is no such bound
      Given a terminal in raw mode with VMIN 3 and VTIME 5
      And bob has switched the terminal to cooked mode at once
      And the user has typed "a"
      And alice sleeps in a read of the terminal
      When 60000 ms of the line pass
      Then alice sleeps

  @KRN-08 @property
  Rule: However time passes, what has left is as many octets as ten bit times went by
    Source: POSIX.1-2001, 11.2.4

    Scenario: Random rates, lengths and steps of time
      Then the property "octets leave by the bit" holds
