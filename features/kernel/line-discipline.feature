@cap:line-discipline
Feature: Line discipline, cooked
  Between the line of a terminal and the tasks that read from it and write to it stands the line discipline. In cooked
  mode, which POSIX calls canonical, it collects what is typed until a line is ended and lets the user correct it.

  @KRN-08 @must
  Rule: In cooked mode a read gets one line, and only when the line was ended
    Source: POSIX.1-2001, 11.1.6; Linux 2.6.11, drivers/char/n_tty.c, read_chan(); 4.4BSD, kern/tty.c, ttread()

    Background:
      Given a terminal

    Scenario: A line that is not ended
      Given the user has typed "ls"
      When alice reads from the terminal
      Then alice sleeps

    Scenario: The return key ends it
      Given the user has typed "ls^M"
      When alice reads from the terminal
      Then alice gets "ls^J"

    Scenario: A newline ends it too
      Given the user has typed "ls^J"
      When alice reads from the terminal
      Then alice gets "ls^J"

    Scenario: A reader that sleeps is woken by the end of the line
      Given alice sleeps in a read of the terminal
      And the user has typed "ls"
      When the user types "^M"
      Then alice gets "ls^J"

    Scenario: A reader that sleeps is not served by half a line
      Given alice sleeps in a read of the terminal
      When the user types "ls"
      Then alice sleeps

    Scenario: Two lines are two reads
      Given the user has typed "one^Mtwo^M"
      When alice reads from the terminal
      Then alice gets "one^J"
      When alice reads from the terminal
      Then alice gets "two^J"

    Scenario: One line for each of two readers
      Given alice sleeps in a read of the terminal
      And bob sleeps in a read of the terminal
      When the user types "one^Mone^M"
      Then alice gets "one^J"
      And bob gets "one^J"

    Scenario: An empty line is a line
      Given the user has typed "^M"
      When alice reads from the terminal
      Then alice gets "^J"

    Scenario Outline: A read of <count> octets of the line "ls"
      Given the user has typed "ls^Mnext^M"
      When alice reads up to <count> octets from the terminal
      Then alice gets <got>
      When alice reads from the terminal
      Then alice gets <then>

      Examples: What is left of a line is read next
        | count | got    | then     |
        | 1     | "l"    | "s^J"    |
        | 2     | "ls"   | "^J"     |
        | 3     | "ls^J" | "next^J" |
        | 4     | "ls^J" | "next^J" |

    Scenario: Without blocking, while the line is not ended
      Given the user has typed "ls"
      When alice reads from the terminal without blocking
      Then the call fails with EAGAIN

    Scenario: Without blocking, when it is
      Given the user has typed "ls^M"
      When alice reads from the terminal without blocking
      Then alice gets "ls^J"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: A read of nothing does not wait
      When alice reads up to 0 octets from the terminal
      Then alice gets ""

    Scenario: What was typed stays typed when something else is set
      Given the user has typed "l"
      And bob has set the speed to 9600 baud
      And the user has typed "x^?s^M"
      When alice reads from the terminal
      Then alice gets "ls^J"

  @KRN-08 @must
  Rule: VEOL ends a line as a newline does, and is part of it
    Source: POSIX.1-2001, 11.1.9, EOL; Linux 2.6.11, drivers/char/n_tty.c, n_tty_receive_char()

    Scenario: A semicolon
      Given a terminal
      And the VEOL is ";"
      And the user has typed "a;b^M"
      When alice reads from the terminal
      Then alice gets "a;"
      When alice reads from the terminal
      Then alice gets "b^J"

    Scenario: None is set
      Given a terminal
      And the user has typed "a;b^M"
      When alice reads from the terminal
      Then alice gets "a;b^J"

  @KRN-08 @must
  Rule: VERASE takes back the last character of the line that is being typed, and nothing of a line that was ended
    Source: POSIX.1-2001, 11.1.9, ERASE; Linux 2.6.11, drivers/char/n_tty.c, eraser(); 4.4BSD, kern/tty.c, ttyinput()

    Scenario Outline: <typed> makes <line>
      Given a terminal
      And the user has typed <typed>
      When alice reads from the terminal
      Then alice gets <line>

      Examples:
        | typed            | line      |
        | "helo^?lo^M"     | "hello^J" |
        | "ab^?^?c^M"      | "c^J"     |
        | "^?a^M"          | "a^J"     |
        | "a^?^?^?b^M"     | "b^J"     |
        | "a^?^M"          | "^J"      |

    Scenario: The line before stays as it was
      Given a terminal
      And the user has typed "one^M^?^?two^M"
      When alice reads from the terminal
      Then alice gets "one^J"
      When alice reads from the terminal
      Then alice gets "two^J"

    Scenario: So does one that an end of file has ended
      Given a terminal
      And the user has typed "one^D^?two^M"
      When alice reads from the terminal
      Then alice gets "one"
      When alice reads from the terminal
      Then alice gets "two^J"

    Scenario: Another key can be VERASE, and DEL is then a character
      Given a terminal
      And the VERASE is "^H"
      And the user has typed "ab^Hc^?^M"
      When alice reads from the terminal
      Then alice gets "ac^?^J"

    Scenario: No key need be
      Given a terminal
      And no character is VERASE
      And the user has typed "ab^?^M"
      When alice reads from the terminal
      Then alice gets "ab^?^J"

  @KRN-08 @must
  Rule: VKILL takes back the whole line that is being typed, and nothing of a line that was ended
    Source: POSIX.1-2001, 11.1.9, KILL; Linux 2.6.11, drivers/char/n_tty.c, eraser(); 4.4BSD, kern/tty.c, ttyinput()

    Scenario Outline: <typed> makes <line>
      Given a terminal
      And the user has typed <typed>
      When alice reads from the terminal
      Then alice gets <line>

      Examples:
        | typed             | line    |
        | "rm *^Uls^M"      | "ls^J"  |
        | "^Uls^M"          | "ls^J"  |
        | "a^Ub^U^M"        | "^J"    |
        | "ab^U^?c^M"       | "c^J"   |

    Scenario: The line before stays as it was
      Given a terminal
      And the user has typed "one^Mtw^Utwo^M"
      When alice reads from the terminal
      Then alice gets "one^J"
      When alice reads from the terminal
      Then alice gets "two^J"

    Scenario: Another key can be VKILL
      Given a terminal
      And the VKILL is "@"
      And the user has typed "a^Ub@c^M"
      When alice reads from the terminal
      Then alice gets "c^J"

  @KRN-08 @must
  Rule: VEOF ends the line that is being typed without being part of it; of nothing typed it makes an end of file
    Source: POSIX.1-2001, 11.1.9, EOF; Linux 2.6.11, drivers/char/n_tty.c; 4.4BSD, kern/tty.c, ttread()

    Background:
      Given a terminal

    Scenario: At the start of a line
      Given the user has typed "^D"
      When alice reads from the terminal
      Then alice gets end of file

    Scenario: A reader that sleeps
      Given alice sleeps in a read of the terminal
      When the user types "^D"
      Then alice gets end of file

    Scenario: In the middle of a line
      Given the user has typed "abc^D"
      When alice reads from the terminal
      Then alice gets "abc"

    Scenario: What is read after it was the middle of a line
      Given the user has typed "abc^D"
      And alice has read from the terminal
      When alice reads from the terminal
      Then alice sleeps

    Scenario: Twice: first the line, then end of file
      Given the user has typed "abc^D^D"
      When alice reads from the terminal
      Then alice gets "abc"
      When alice reads from the terminal
      Then alice gets end of file

    Scenario: End of file lasts for one read
      Given the user has typed "^Dls^M"
      When alice reads from the terminal
      Then alice gets end of file
      When alice reads from the terminal
      Then alice gets "ls^J"

    Scenario: After a line
      Given the user has typed "ls^M^D"
      When alice reads from the terminal
      Then alice gets "ls^J"
      When alice reads from the terminal
      Then alice gets end of file

    Scenario: It ends no line in raw mode
      Given alice has switched the terminal to raw mode at once
      And the user has typed "^D"
      When alice reads from the terminal
      Then alice gets "^D"

  @KRN-08 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A read that gets all octets before VEOF has read the VEOF too
    Source: Linux 2.6.11, drivers/char/n_tty.c, TTY_PUSH
    Variation: 4.4BSD leaves it to the next read, see the next rule.

    Scenario: Exactly as many as were typed
      Given a terminal
      And the user has typed "abc^D"
      When alice reads up to 3 octets from the terminal
      Then alice gets "abc"
      When alice reads from the terminal
      Then alice sleeps

  @KRN-08 @profile:bsd-4.4 @must
  Rule: A read that gets exactly the octets before VEOF leaves an end of file to the next
    Source: 4.4BSD, kern/tty.c, ttread(), which stops at the count before it looks at the next character

    Scenario: Exactly as many as were typed
      Given a terminal
      And the user has typed "abc^D"
      When alice reads up to 3 octets from the terminal
      Then alice gets "abc"
      When alice reads from the terminal
      Then alice gets end of file

  @KRN-08 @must
  Rule: With ICRNL, INLCR and IGNCR a carriage return or a newline arrives as something else
    Source: POSIX.1-2001, 11.2.2; Linux 2.6.11, drivers/char/n_tty.c, n_tty_receive_char(); 4.4BSD, kern/tty.c

    Scenario Outline: "a^Mb^J" with <flags>
      Given a terminal with <flags> alone
      And the user has typed "a^Mb^J"
      When alice reads from the terminal
      Then alice gets <input>

      Examples: None of them is a line, since ICANON is off
        | flags           | input     |
        | no flags        | "a^Mb^J"  |
        | ICRNL           | "a^Jb^J"  |
        | INLCR           | "a^Mb^M"  |
        | ICRNL and INLCR | "a^Jb^M"  |
        | IGNCR           | "ab^J"    |
        | IGNCR and ICRNL | "ab^J"    |

    Scenario: Without ICRNL the return key ends no line
      Given a terminal without ICRNL
      And the user has typed "ls^M"
      When alice reads from the terminal
      Then alice sleeps

  @KRN-08 @must
  Rule: With ECHO the terminal shows what is typed, and how it is corrected
    Source: POSIX.1-2001, 11.2.5; Linux 2.6.11, drivers/char/n_tty.c, echo_char(), eraser(); 4.4BSD, kern/tty.c, ttyecho()

    Scenario Outline: <typed> is shown as <shown>
      Given a terminal
      When the user types <typed>
      Then the terminal shows <shown>

      Examples: A newline goes to the line as carriage return and newline
        | typed       | shown               |
        | "ls"        | "ls"                |
        | "ls^M"      | "ls^M^J"            |
        | "ab^?"      | "ab^H ^H"           |
        | "ab^?^?"    | "ab^H ^H^H ^H"      |
        | "^?"        | ""                  |
        | "a^M^?"     | "a^M^J"             |
        | "ab^U"      | "ab^U^M^J"          |

    Scenario: It is shown at once, whether anybody reads or not
      Given a terminal
      And alice sleeps in a read of the terminal
      When the user types "l"
      Then the terminal shows "l"

    Scenario Outline: A tab that is erased takes the cursor back <columns>
      Given a terminal
      When the user types <typed>
      Then the terminal shows <shown>

      Examples:
        | typed       | shown                     | columns |
        | "^I^?"      | "^I^H^H^H^H^H^H^H^H"      | 8       |
        | "abc^I^?"   | "abc^I^H^H^H^H^H"         | 5       |
        | "abcdefg^I^?" | "abcdefg^I^H"           | 1       |

    Scenario: A newline alone leaves the cursor in its column
      Given a terminal with ICANON, ECHO, ECHOE and OPOST alone
      When the user types "abc^J^I^?"
      Then the terminal shows "abc^J^I^H^H^H^H^H"

    Scenario: With a return it does
      Given a terminal with ONLCR as well
      When the user types "abc^J^I^?"
      Then the terminal shows "abc^M^J^I^H^H^H^H^H^H^H^H"

    Scenario: Without ECHOE the erase character itself is shown
      Given a terminal without ECHOE
      When the user types "ab^?"
      Then the terminal shows "ab^?"

    Scenario: Without ECHOK the kill character alone
      Given a terminal without ECHOK
      When the user types "ab^U"
      Then the terminal shows "ab^U"

    Scenario: Without ECHO nothing
      Given a terminal without ECHO
      When the user types "secret^?^U^M"
      Then the terminal shows ""

    Scenario: Without ECHO, but with ECHONL, the newline alone
      Given a terminal with ICANON, ECHONL, ICRNL, OPOST and ONLCR alone
      When the user types "secret^M"
      Then the terminal shows "^M^J"

    Scenario: What is not shown is read all the same
      Given a terminal without ECHO
      And the user has typed "secret^M"
      When alice reads from the terminal
      Then alice gets "secret^J"

  @KRN-08 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: VEOF is not echoed
    Source: Linux 2.6.11, drivers/char/n_tty.c, n_tty_receive_char()

    Scenario: In the middle of a line
      Given a terminal
      When the user types "ab^D"
      Then the terminal shows "ab"

  @KRN-08 @must
  Rule: With OPOST and ONLCR a newline is written as carriage return and newline, and nothing else is changed
    Source: POSIX.1-2001, 11.2.3; Linux 2.6.11, drivers/char/n_tty.c, opost(); 4.4BSD, kern/tty.c, ttyoutput()

    Scenario Outline: <written> with <flags>
      Given a terminal with <flags> alone
      When alice writes <written> to the terminal
      Then the terminal shows <shown>

      Examples:
        | flags           | written   | shown       |
        | OPOST and ONLCR | "a^Jb^J"  | "a^M^Jb^M^J" |
        | OPOST and ONLCR | "a^M^Jb"  | "a^M^M^Jb"  |
        | OPOST and ONLCR | "^C^D^?"  | "^C^D^?"    |
        | OPOST           | "a^Jb^J"  | "a^Jb^J"    |
        | ONLCR           | "a^Jb^J"  | "a^Jb^J"    |
        | no flags        | "a^Jb^J"  | "a^Jb^J"    |

    Scenario: What counts is what the task wrote
      Given a terminal
      When alice writes "a^J" to the terminal
      Then alice has put 2 octets in

  @KRN-08 @must
  Rule: With ISIG the characters VINTR, VQUIT and VSUSP send a signal to the foreground group and are no input
    Source: POSIX.1-2001, 11.1.9; Linux 2.6.11, drivers/char/n_tty.c, isig(); 4.4BSD, kern/tty.c, pgsignal()

    Scenario Outline: <key> sends <signal>
      Given a terminal
      When the user types <key>
      Then the foreground group was sent <signal>
      And the terminal holds 0 octets to be read

      Examples:
        | key   | signal  |
        | "^C"  | SIGINT  |
        | "^\"  | SIGQUIT |
        | "^Z"  | SIGTSTP |

    Scenario: One signal for each
      Given a terminal
      When the user types "^C^Z^C"
      Then the foreground group was sent SIGINT, SIGTSTP, SIGINT

    Scenario: Other keys send none
      Given a terminal
      When the user types "abc^D^U^?^M"
      Then the foreground group was sent no signal

    Scenario: Another key can be VINTR
      Given a terminal
      And the VINTR is "^?"
      When the user types "^C^?"
      Then the foreground group was sent SIGINT

    Scenario: Without ISIG they are input
      Given a terminal without ISIG
      And the user has typed "a^C^\^Zb^M"
      When alice reads from the terminal
      Then alice gets "a^C^\^Zb^J"
      And the foreground group was sent no signal

    Scenario: A reader goes on waiting
      Given a terminal
      And alice sleeps in a read of the terminal
      And the user has typed "^C"
      When the user types "ls^M"
      Then alice gets "ls^J"

  @KRN-08 @must
  Rule: A signal from the keyboard discards the input that nobody has read, but not with NOFLSH
    Source: POSIX.1-2001, 11.1.9, 11.2.5; Linux 2.6.11, drivers/char/n_tty.c, isig(); 4.4BSD, kern/tty.c, ttyflush()

    Scenario Outline: What was typed before <key>
      Given a terminal
      And the user has typed <before>
      And the user has typed <key>
      And the user has typed "ls^M"
      When alice reads from the terminal
      Then alice gets "ls^J"

      Examples: A part of a line, and whole lines
        | before       | key  |
        | "rm *"       | "^C" |
        | "rm *^M"     | "^C" |
        | "rm *^M"     | "^\" |
        | "rm *^Mab"   | "^Z" |
        | "^D"         | "^C" |

    Scenario: With NOFLSH it is kept
      Given a terminal with NOFLSH as well
      And the user has typed "l^Cs^M"
      When alice reads from the terminal
      Then alice gets "ls^J"
      And the foreground group was sent SIGINT

  @KRN-08 @profile:notes @profile:linux-2.6.11 @must
  Rule: The character that sent a signal is not echoed
    Source: Linux 2.6.11, drivers/char/n_tty.c, n_tty_receive_char(), send_signal
    Variation: 4.4BSD and Linux 6 echo it.

    Scenario: After a part of a line
      Given a terminal with NOFLSH as well
      When the user types "ab^C"
      Then the terminal shows "ab"

  @KRN-08 @profile:bsd-4.4 @profile:linux-6 @must
  Rule: The character that sent a signal is echoed
    Source: 4.4BSD, kern/tty.c, ttyinput(); Linux 6.18, drivers/tty/n_tty.c, n_tty_receive_signal_char()

    Scenario: After a part of a line
      Given a terminal with NOFLSH as well
      When the user types "ab^C"
      Then the terminal shows "ab^C"

    Scenario: Without ECHO it is not
      Given a terminal without ECHO
      When the user types "ab^C"
      Then the terminal shows ""

  @KRN-08 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A line holds 4096 octets with its newline; what is typed beyond is lost, and the line can still be ended
    Source: Linux 2.6.11, drivers/char/n_tty.c, N_TTY_BUF_SIZE; Linux man-pages, termios(3), canonical mode

    Scenario Outline: <length> octets and a newline
      Given a terminal without ECHO
      And the user has typed <length> octets of 61
      And the user has typed "^M"
      When alice reads up to <kept> octets from the terminal
      Then alice gets <kept> octets of 61
      When alice reads from the terminal
      Then alice gets "^J"

      Examples:
        | length | kept |
        | 4094   | 4094 |
        | 4095   | 4095 |
        | 4096   | 4095 |
        | 5000   | 4095 |

    Scenario: Erasing makes room
      Given a terminal without ECHO
      And the user has typed 5000 octets of 61
      And the user has typed "^?b^M"
      When alice reads up to 4094 octets from the terminal
      Then alice gets 4094 octets of 61
      When alice reads from the terminal
      Then alice gets "b^J"

  @KRN-08 @profile:bsd-4.4 @must
  Rule: A terminal keeps 1024 octets of input, newlines among them; what is typed beyond is lost
    Source: 4.4BSD, kern/tty.c, ttyinput(), TTYHOG

    Scenario: A line that fills it
      Given a terminal without ECHO
      And the user has typed 1023 octets of 61
      And the user has typed "^M"
      When alice reads up to 1023 octets from the terminal
      Then alice gets 1023 octets of 61
      When alice reads from the terminal
      Then alice gets "^J"

    Scenario: Lines that wait to be read take their room
      Given a terminal without ECHO
      And the user has typed 500 octets of 61
      And the user has typed "^M"
      And the user has typed 522 octets of 62
      And the user has typed "^Mc^M"
      When alice reads from the terminal
      Then alice gets 500 octets of 61 and 1 octets of 0A
      When alice reads from the terminal
      Then alice gets 522 octets of 62 and 1 octets of 0A
      When alice reads from the terminal
      Then alice sleeps

    Scenario: So does an end of file
      Given a terminal without ECHO
      And the user has typed 500 octets of 61
      And the user has typed "^D"
      And the user has typed 523 octets of 62
      And the user has typed "^M"
      When alice reads from the terminal
      Then alice gets 500 octets of 61
      When alice reads from the terminal
      Then alice sleeps

    Scenario: One octet more, and there is no room for the newline
      Given a terminal without ECHO
      And the user has typed 1024 octets of 61
      And the user has typed "^M"
      When alice reads from the terminal
      Then alice sleeps

    Scenario: Erasing makes room
      Given a terminal without ECHO
      And the user has typed 2000 octets of 61
      And the user has typed "^?^M"
      When alice reads up to 1023 octets from the terminal
      Then alice gets 1023 octets of 61
      When alice reads from the terminal
      Then alice gets "^J"

  @KRN-08 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A new terminal is cooked, echoes, and runs at 38400 baud
    Source: Linux 2.6.11, drivers/char/tty_io.c, tty_std_termios

    Scenario: Nobody has set it
      Given a terminal that nobody has set
      Then the terminal is set to 38400 baud with ICRNL, IXON, OPOST, ONLCR, ISIG, ICANON, ECHO, ECHOE, ECHOK

    Scenario: It works so
      Given a terminal that nobody has set
      And the user has typed "helo^?lo^M"
      When alice reads from the terminal
      Then alice gets "hello^J"

  @KRN-08 @must
  Rule: A terminal tells the settings that it was given
    Source: POSIX.1-2001, tcgetattr(), tcsetattr()

    Scenario: Flags, characters, VMIN, VTIME and speed
      Given a terminal in raw mode with VMIN 5 and VTIME 7
      And the VKILL is "@"
      And alice has set the speed to 1200 baud
      Then the terminal is set as it was asked for

  @KRN-08 @SCL-05 @SCL-06 @must
  Rule: A signal interrupts a read that sleeps: EINTR, or with SA_RESTART it sleeps on
    Source: Linux 2.6.11, drivers/char/n_tty.c, read_chan(), -ERESTARTSYS; 4.4BSD, kern/tty.c, ttysleep()

    Background:
      Given a terminal
      And alice sleeps in a read of the terminal

    Scenario: Without SA_RESTART
      When a signal comes to alice, whose handler has not SA_RESTART
      Then the call of alice fails with EINTR

    Scenario: With SA_RESTART
      Given a signal has come to alice, whose handler has SA_RESTART
      When the user types "ls^M"
      Then alice gets "ls^J"

    Scenario: What is being typed is not lost by it
      Given the user has typed "l"
      And a signal has come to alice, whose handler has not SA_RESTART
      And the user has typed "s^M"
      When alice reads from the terminal
      Then alice gets "ls^J"

  @KRN-08 @must
  Rule: poll tells of input when a read would get some
    Source: POSIX.1-2001, poll(); Linux 2.6.11, drivers/char/n_tty.c, normal_poll()

    Background:
      Given a terminal

    Scenario: Nothing was typed
      Then the terminal is ready for OUT
      And the terminal holds 0 octets to be read

    Scenario: A part of a line
      Given the user has typed "ls"
      Then the terminal is ready for OUT
      And the terminal holds 0 octets to be read

    Scenario: A line
      Given the user has typed "ls^M"
      Then the terminal is ready for IN, OUT
      And the terminal holds 3 octets to be read

    Scenario: A line and a part of the next
      Given the user has typed "ls^Mab"
      Then the terminal holds 3 octets to be read

    Scenario: An end of file
      Given the user has typed "^D"
      Then the terminal is ready for IN, OUT
      And the terminal holds 0 octets to be read

  @KRN-08 @property
  Rule: Whatever keys are pressed, the lines are those that an editor of lines would make of them
    Source: POSIX.1-2001, 11.1.6, 11.1.9

    Scenario: Random keys
      Then the property "lines are what the keys make of them" holds
      And the property "a cooked terminal shows what the keys make of the screen" holds
