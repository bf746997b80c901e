@cap:line-discipline
Feature: Line discipline, raw
  Programs that draw the screen themselves switch the line discipline off: each octet is theirs at once and unchanged. VMIN
  says how many a read waits for.

  @KRN-08 @must
  Rule: In raw mode each octet is read at once, and none is interpreted
    Source: POSIX.1-2001, 11.1.7; Linux 2.6.11, drivers/char/n_tty.c, tty->real_raw; 4.4BSD, kern/tty.c, ttyinput()

    Background:
      Given a terminal in raw mode

    Scenario: One key
      Given alice sleeps in a read of the terminal
      When the user types "l"
      Then alice gets "l"

    Scenario: Several keys, read by one call
      Given the user has typed "abc"
      When alice reads from the terminal
      Then alice gets "abc"

    Scenario: Keys that mean something in cooked mode
      Given the user has typed "a^?b^Uc^Cd^\e^Zf^Sg^Qh^Di^Mj^J"
      When alice reads from the terminal
      Then alice gets "a^?b^Uc^Cd^\e^Zf^Sg^Qh^Di^Mj^J"
      And the foreground group was sent no signal

    Scenario: Nothing is echoed
      When the user types "abc^M"
      Then the terminal shows ""

    Scenario: With ECHO it is, as it is
      Given a terminal with ECHO alone
      When the user types "a^?^M"
      Then the terminal shows "a^?^M"

    Scenario: Output is not interpreted either
      When alice writes "a^Jb^S" to the terminal
      Then the terminal shows "a^Jb^S"

    Scenario: Signals have a flag of their own
      Given a terminal with ISIG alone
      And the user has typed "a^Cb"
      When alice reads from the terminal
      Then alice gets "b"
      And the foreground group was sent SIGINT

  @KRN-08 @must
  Rule: With VTIME 0 a raw read waits until there are VMIN octets
    Source: POSIX.1-2001, 11.1.7, case B and case D; Linux 2.6.11, drivers/char/n_tty.c, read_chan()

    Scenario Outline: VMIN <vmin>, and <typed> was typed
      Given a terminal in raw mode with VMIN <vmin> and VTIME 0
      And the user has typed <typed>
      When alice reads from the terminal
      Then alice gets <typed>

      Examples: Enough
        | vmin | typed     |
        | 0    | ""        |
        | 0    | "a"       |
        | 1    | "a"       |
        | 1    | "abc"     |
        | 3    | "abc"     |
        | 3    | "abcd"    |

    Scenario Outline: VMIN <vmin>, and only <typed> was typed
      Given a terminal in raw mode with VMIN <vmin> and VTIME 0
      And the user has typed <typed>
      When alice reads from the terminal
      Then alice sleeps

      Examples: One less, and none
        | vmin | typed     |
        | 1    | ""        |
        | 3    | ""        |
        | 3    | "ab"      |
        | 255  | 254 octets of 61 |

    Scenario: The last that is missing wakes the reader
      Given a terminal in raw mode with VMIN 3 and VTIME 0
      And alice sleeps in a read of the terminal
      And the user has typed "ab"
      When the user types "c"
      Then alice gets "abc"

    Scenario: No more than were asked for are taken
      Given a terminal in raw mode with VMIN 2 and VTIME 0
      And the user has typed "abcde"
      When alice reads up to 3 octets from the terminal
      Then alice gets "abc"
      When alice reads from the terminal
      Then alice gets "de"

    Scenario: Without blocking, when there is nothing
      Given a terminal in raw mode with VMIN 1 and VTIME 0
      When alice reads from the terminal without blocking
      Then the call fails with EAGAIN

    Scenario: Without blocking, and VMIN 0
      Given a terminal in raw mode with VMIN 0 and VTIME 0
      When alice reads from the terminal without blocking
      Then alice gets ""

  @KRN-08 @must
  Rule: poll tells of raw input when a read would not sleep
    Source: Linux 2.6.11, drivers/char/n_tty.c, normal_poll(), minimum_to_wake

    Scenario Outline: VMIN <vmin>, and <typed> was typed
      Given a terminal in raw mode with VMIN <vmin> and VTIME 0
      And the user has typed <typed>
      Then the terminal is ready for <events>
      And the terminal holds <held> octets to be read

      Examples:
        | vmin | typed | held | events  |
        | 1    | ""    | 0    | OUT     |
        | 1    | "a"   | 1    | IN, OUT |
        | 2    | "a"   | 1    | OUT     |
        | 2    | "ab"  | 2    | IN, OUT |

  @KRN-08 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: With VTIME set poll tells of the first octet, since a read then waits for a limited time
    Source: Linux 2.6.11, drivers/char/n_tty.c, normal_poll(), TIME_CHAR

    Scenario Outline: VMIN <vmin>, VTIME <vtime>
      Given a terminal in raw mode with VMIN <vmin> and VTIME <vtime>
      And the user has typed "a"
      Then the terminal is ready for <events>

      Examples:
        | vmin | vtime | events  |
        | 3    | 5     | IN, OUT |
        | 3    | 0     | OUT     |

  @KRN-08 @must
  Rule: When cooked mode is switched off, all that was typed can be read at once
    Source: Linux 2.6.11, drivers/char/n_tty.c, n_tty_set_termios(); 4.4BSD, kern/tty.c, ttioctl(), TIOCSETA

    Background:
      Given a terminal

    Scenario: A part of a line
      Given the user has typed "ab"
      And bob has switched the terminal to raw mode at once
      When alice reads from the terminal
      Then alice gets "ab"

    Scenario: Lines, and a part of one
      Given the user has typed "one^Mtwo^Mth"
      And bob has switched the terminal to raw mode at once
      When alice reads from the terminal
      Then alice gets "one^Jtwo^Jth"

    Scenario: A line that was read in part
      Given the user has typed "one^Mtwo"
      And alice has read up to 2 octets from the terminal
      And bob has switched the terminal to raw mode at once
      When alice reads from the terminal
      Then alice gets "e^Jtwo"

    Scenario: With TCSAFLUSH it is discarded
      Given a terminal without ECHO
      And the user has typed "one^Mtwo"
      And bob has switched the terminal to raw mode when its output has left, and discards its input
      And the user has typed "x"
      When alice reads from the terminal
      Then alice gets "x"

    Scenario: With TCSADRAIN it is kept
      Given a terminal without ECHO
      And the user has typed "one^Mtwo"
      And bob has switched the terminal to raw mode when its output has left
      When alice reads from the terminal
      Then alice gets "one^Jtwo"

  @KRN-08 @profile:notes @profile:linux-2.6.11 @must
  Rule: When cooked mode is switched on, what was typed begins the line that is being typed
    Source: Linux 2.6.11, drivers/char/n_tty.c, n_tty_set_termios()
    Variation: Linux 6 makes a line of it, 4.4BSD has it typed again.

    Background:
      Given a terminal in raw mode
      And the user has typed "ab^Jc"
      And bob has switched the terminal to cooked mode at once

    Scenario: There is no line yet
      When alice reads from the terminal
      Then alice sleeps

    Scenario: The next newline ends it
      Given the user has typed "d^M"
      When alice reads from the terminal
      Then alice gets "ab^Jcd^J"

    Scenario: It can be edited
      Given the user has typed "^?^M"
      When alice reads from the terminal
      Then alice gets "ab^J^J"

  @KRN-08 @profile:linux-6 @must
  Rule: When cooked mode is switched on, what was typed is a line
    Source: Linux 6.18, drivers/tty/n_tty.c, n_tty_set_termios()

    Background:
      Given a terminal in raw mode
      And the user has typed "ab^Jc"
      And bob has switched the terminal to cooked mode at once

    Scenario: It can be read
      When alice reads from the terminal
      Then alice gets "ab^Jc"

    Scenario: What comes then is another line
      Given the user has typed "^?d^M"
      And alice has read from the terminal
      When alice reads from the terminal
      Then alice gets "d^J"

  @KRN-08 @profile:bsd-4.4 @must
  Rule: When cooked mode is switched on, what was typed counts as typed again
    Source: 4.4BSD, kern/tty.c, ttioctl(), PENDIN; ttypend()

    Scenario: Lines, and a part of one
      Given a terminal in raw mode
      And the user has typed "ab^Jxy^?"
      And bob has switched the terminal to cooked mode at once
      And the user has typed "z^M"
      When alice reads from the terminal
      Then alice gets "ab^J"
      When alice reads from the terminal
      Then alice gets "xz^J"

  @KRN-08 @SCL-05 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A raw read that a signal interrupts gets what it had so far
    Source: Linux 2.6.11, drivers/char/n_tty.c, read_chan(), which copies as octets come

    Scenario Outline: Two of three octets had come, and the handler <restarts>
      Given a terminal in raw mode with VMIN 3 and VTIME 0
      And alice sleeps in a read of the terminal
      And the user has typed "ab"
      When a signal comes to alice, whose handler <restarts>
      Then alice gets "ab"

      Examples:
        | restarts           |
        | has not SA_RESTART |
        | has SA_RESTART     |

  @KRN-08 @SCL-05 @profile:bsd-4.4 @must
  Rule: A raw read that a signal interrupts leaves to the next what there was
    Source: 4.4BSD, kern/tty.c, ttread(), which takes nothing before it has enough

    Scenario: Two of three octets had come
      Given a terminal in raw mode with VMIN 3 and VTIME 0
      And alice sleeps in a read of the terminal
      And the user has typed "ab"
      And a signal has come to alice, whose handler has not SA_RESTART
      And the call of alice fails with EINTR
      And the user has typed "c"
      When alice reads from the terminal
      Then alice gets "abc"

  @KRN-08 @property
  Rule: Raw mode changes no octet, and a read gets no fewer than it waits for
    Source: POSIX.1-2001, 11.1.7

    Scenario: Every octet, and random ones
      Then the property "raw mode leaves every octet as it is" holds
      And the property "a raw read waits for VMIN octets" holds
