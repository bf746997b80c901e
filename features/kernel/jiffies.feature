@cap:jiffies
Feature: Clock ticks and jiffies
  The clock interrupts HZ times a second. Each interrupt is a tick, and jiffies counts the ticks in 32 bits, so that it
  starts again at 0 every 2^32 ticks: every 497 days at HZ 100, every 50 days at HZ 1000.

  @CLK-01 @must
  Rule: The clock ticks HZ times a second
    Source: Linux 2.6.11, include/asm-i386/param.h, HZ; 4.4BSD, kern/kern_clock.c, hardclock()

    Scenario Outline: <time> at HZ <hz>
      Given a clock of HZ <hz>
      When <time> pass
      Then the clock has ticked <ticks> times

      Examples: Whole seconds
        | hz   | time  | ticks  |
        | 100  | 1 s   | 100    |
        | 1000 | 1 s   | 1000   |
        | 100  | 60 s  | 6000   |
        | 1000 | 60 s  | 60000  |
        | 1000 | 300 s | 300000 |
        | 250  | 1 s   | 250    |
        | 250  | 300 s | 75000  |

      Examples: A tick and what is just short of it
        | hz   | time        | ticks |
        | 100  | 9999999 ns  | 0     |
        | 100  | 10 ms       | 1     |
        | 100  | 19999999 ns | 1     |
        | 100  | 20 ms       | 2     |
        | 1000 | 999999 ns   | 0     |
        | 1000 | 1 ms        | 1     |
        | 1000 | 1999999 ns  | 1     |
        | 1000 | 2 ms        | 2     |
        | 250  | 3999999 ns  | 0     |
        | 250  | 4 ms        | 1     |
        | 250  | 7999999 ns  | 1     |
        | 250  | 8 ms        | 2     |
        | 100  | 0 ns        | 0     |
        | 250  | 0 ns        | 0     |

    Scenario Outline: What is over of a tick at HZ <hz> is not forgotten
      Given a clock of HZ <hz>
      When <first> ms pass
      Then the clock has ticked 0 times
      When <first> ms pass
      Then the clock has ticked 1 times
      When <rest> ms pass
      Then the clock has ticked 2 times

      Examples:
        | hz  | first | rest |
        | 100 | 6     | 8    |
        | 250 | 3     | 2    |

  @CLK-01 @should
  Rule: Where a tick is no whole number of nanoseconds, no tick is early and the error does not add up
    Source: Linux 2.6.11, include/linux/jiffies.h, which keeps HZ and its inverse apart (ACTHZ, TICK_NSEC)

    Scenario Outline: <time> at HZ 300, whose tick is 3333333 1/3 ns
      Given a clock of HZ 300
      When <time> pass
      Then the clock has ticked <ticks> times

      Examples:
        | time       | ticks  |
        | 3333333 ns | 0      |
        | 3333334 ns | 1      |
        | 6666666 ns | 1      |
        | 6666667 ns | 2      |
        | 9999999 ns | 2      |
        | 10 ms      | 3      |
        | 1000 s     | 300000 |

  @CLK-01 @profile:notes @profile:linux-2.6.11 @should
  Rule: A kernel that is told nothing ticks 1000 times a second
    Source: Linux 2.6.11, include/asm-i386/param.h
    Variation: 100 in Linux 2.4 and 4.4BSD, a choice at build time later.

    Scenario: One second
      Given a clock as the kernel has it
      When 1 s pass
      Then the clock has ticked 1000 times

  @CLK-01 @profile:bsd-4.4 @should
  Rule: A kernel that is told nothing ticks 100 times a second
    Source: 4.4BSD, conf/param.c, hz

    Scenario: One second
      Given a clock as the kernel has it
      When 1 s pass
      Then the clock has ticked 100 times

  @CLK-02 @must
  Rule: Jiffies rises by one with each tick: t seconds after boot it is t x HZ beyond its first value
    Source: Linux 2.6.11, kernel/timer.c, do_timer()

    Scenario Outline: <time> at HZ <hz>, from <first>
      Given a clock of HZ <hz> whose jiffies begins at <first>
      When <time> pass
      Then jiffies is <jiffies>

      Examples:
        | hz   | first   | time       | jiffies |
        | 100  | 0       | 1 s        | 100     |
        | 1000 | 0       | 1 s        | 1000    |
        | 100  | 0       | 90 s       | 9000    |
        | 1000 | 0       | 90 s       | 90000   |
        | 100  | 5       | 90 s       | 9005    |
        | 1000 | 5       | 999999 ns  | 5       |
        | 1000 | 5       | 1 ms       | 6       |
        | 250  | 0       | 90 s       | 22500   |
        | 250  | 5       | 90 s       | 22505   |
        | 250  | 5       | 3999999 ns | 5       |
        | 250  | 5       | 4 ms       | 6       |
        | 1000 | 1000000 | 86400 ms   | 1086400 |

  @CLK-02 @must
  Rule: Jiffies has 32 bits and goes on from 0
    Source: Linux 2.6.11, include/linux/jiffies.h, unsigned long volatile jiffies, on a machine of 32 bits

    Scenario Outline: <time> from <first>
      Given a clock of HZ <hz> whose jiffies begins at <first>
      When <time> pass
      Then jiffies is <jiffies>

      Examples:
        | hz  | first      | time  | jiffies    |
        | 100 | 2147483647 | 10 ms | 2147483648 |
        | 100 | 4294967294 | 10 ms | 4294967295 |
        | 100 | 4294967295 | 10 ms | 0          |
        | 100 | 4294967295 | 1 s   | 99         |
        | 100 | 4294967196 | 1 s   | 0          |
        | 250 | 2147483647 | 4 ms  | 2147483648 |
        | 250 | 4294967294 | 4 ms  | 4294967295 |
        | 250 | 4294967295 | 4 ms  | 0          |
        | 250 | 4294967046 | 1 s   | 0          |

  @CLK-02 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: Jiffies begins five minutes before its wrap
    Source: Linux 2.6.11, include/linux/jiffies.h, INITIAL_JIFFIES
    Variation: the counter of 4.4BSD begins at 0, see the next rule.

    Scenario Outline: At HZ <hz> it begins at <first> and reaches <later> after <time>
      Given a clock of HZ <hz> whose jiffies begins as the kernel has it
      Then jiffies is <first>
      When <time> pass
      Then jiffies is <later>

      Examples:
        | hz   | first      | time      | later      |
        | 100  | 4294937296 | 299990 ms | 4294967295 |
        | 100  | 4294937296 | 300 s     | 0          |
        | 250  | 4294892296 | 299996 ms | 4294967295 |
        | 250  | 4294892296 | 300 s     | 0          |
        | 1000 | 4294667296 | 299999 ms | 4294967295 |
        | 1000 | 4294667296 | 300 s     | 0          |

  @CLK-02 @profile:bsd-4.4 @should
  Rule: The count of ticks begins at 0
    Source: 4.4BSD, kern/kern_clock.c, ticks

    Scenario: One second at HZ 100
      Given a clock of HZ 100 whose jiffies begins as the kernel has it
      Then jiffies is 0
      When 1 s pass
      Then jiffies is 100

  @CLK-02 @must
  Rule: Of two values of jiffies the later is the one less than half the range ahead, across the wrap too
    Source: Linux 2.6.11, include/linux/jiffies.h, time_after() and the others

    Scenario Outline: <a> and <b>
      When jiffies <a> and <b> are compared
      Then just <holds> hold

      Examples: The same
        | a          | b          | holds                         |
        | 0          | 0          | time_after_eq, time_before_eq |
        | 2147483648 | 2147483648 | time_after_eq, time_before_eq |
        | 4294967295 | 4294967295 | time_after_eq, time_before_eq |

      Examples: The first is later
        | a          | b          | holds                     |
        | 6          | 5          | time_after, time_after_eq |
        | 0          | 4294967295 | time_after, time_after_eq |
        | 100        | 4294967196 | time_after, time_after_eq |
        | 2147483648 | 2147483647 | time_after, time_after_eq |
        | 2147483647 | 0          | time_after, time_after_eq |
        | 2147483646 | 4294967295 | time_after, time_after_eq |

      Examples: The first is earlier
        | a          | b          | holds                       |
        | 5          | 6          | time_before, time_before_eq |
        | 4294967295 | 0          | time_before, time_before_eq |
        | 4294967196 | 100        | time_before, time_before_eq |
        | 2147483649 | 0          | time_before, time_before_eq |
        | 0          | 2147483647 | time_before, time_before_eq |

  @CLK-02 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @should
  Rule: Of two values half the range apart each is after the other
    Source: Linux 2.6.11, include/linux/jiffies.h: the difference is negative both ways

    Scenario Outline: <a> and <b>
      When jiffies <a> and <b> are compared
      Then just time_after, time_before hold

      Examples:
        | a          | b          |
        | 0          | 2147483648 |
        | 2147483648 | 0          |
        | 4294967295 | 2147483647 |

  @CLK-01 @CLK-02 @property
  Rule: Ticks and comparisons are exact whatever the numbers
    Source: Linux 2.6.11, kernel/timer.c and include/linux/jiffies.h

    Scenario: Generated times and values
      Then the property "the n-th tick comes when n/HZ seconds are over" holds
      And the property "jiffies compare as signed differences of 32 bits" holds
