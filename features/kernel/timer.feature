@cap:timer-wheel
Feature: Kernel timers
  A kernel timer has its function called when jiffies has reached a value. It is how the kernel waits without a process:
  TCP starts one for each segment that may have to be sent again. These rules hold for any wheel, exact or coarse.

  @CLK-08 @must
  Rule: A timer never fires before its time, and fires once
    Source: Linux 2.6.11, kernel/timer.c, __run_timers()

    Scenario Outline: Due in <delay> ticks from jiffy <jiffy>
      Given a timer wheel at jiffy <jiffy>
      And timer "a" was added to expire in <delay> ticks
      When <before> ticks pass
      Then nothing fires
      When <more> ticks pass
      Then "a" fires once
      When <delay> ticks pass
      Then nothing fires

      Examples: Near and far
        | jiffy | delay    | before   | more     |
        | 0     | 1        | 0        | 10       |
        | 0     | 2        | 1        | 10       |
        | 0     | 62       | 61       | 10       |
        | 0     | 63       | 62       | 10       |
        | 0     | 256      | 255      | 256      |
        | 0     | 257      | 256      | 257      |
        | 0     | 16384    | 16383    | 16384    |
        | 0     | 1048577  | 1048576  | 1048577  |
        | 0     | 67108865 | 67108864 | 67108865 |

      Examples: Across the wrap of jiffies
        | jiffy      | delay  | before | more   |
        | 4294967295 | 1      | 0      | 10     |
        | 4294967290 | 10     | 9      | 10     |
        | 4294967000 | 1000   | 999    | 1000   |
        | 4294667296 | 300000 | 299999 | 300000 |

    Scenario: Several timers fire each at its time
      Given a timer wheel at jiffy 0
      And timer "late" was added to expire in 40 ticks
      And timer "early" was added to expire in 10 ticks
      When 20 ticks pass
      Then "early" fires once
      When 30 ticks pass
      Then "late" fires once

  @CLK-08 @must
  Rule: A deleted timer never fires
    Source: Linux 2.6.11, kernel/timer.c, del_timer()

    Scenario Outline: Due in <delay> ticks and deleted after <waited>
      Given a timer wheel at jiffy 0
      And timer "a" was added to expire in <delay> ticks
      And <waited> ticks have passed
      When timer "a" is deleted
      Then the call returns 1
      And timer "a" is not pending
      When <delay> ticks pass
      Then nothing fires

      Examples:
        | delay   | waited  |
        | 10      | 0       |
        | 10      | 9       |
        | 300     | 0       |
        | 300     | 280     |
        | 20000   | 17000   |
        | 2000000 | 1999999 |

    Scenario: Only a pending timer can be deleted
      Given a timer wheel at jiffy 0
      And timer "a" was added to expire in 5 ticks
      And timer "a" was deleted
      When timer "a" is deleted
      Then the call returns 0

    Scenario: A timer that has fired is not pending
      Given a timer wheel at jiffy 0
      And timer "a" was added to expire in 5 ticks
      And 10 ticks have passed
      When timer "a" is deleted
      Then the call returns 0

    Scenario: The others of the same tick fire
      Given a timer wheel at jiffy 0
      And timer "a" was added to expire in 5 ticks
      And timer "b" was added to expire in 5 ticks
      And timer "c" was added to expire in 5 ticks
      And timer "b" was deleted
      When 10 ticks pass
      Then a, c fire, in any order

    Scenario: A deleted timer can be added again
      Given a timer wheel at jiffy 0
      And timer "a" was added to expire in 5 ticks
      And timer "a" was deleted
      And timer "a" was added to expire in 50 ticks
      When 49 ticks pass
      Then nothing fires
      When 10 ticks pass
      Then "a" fires once

  @CLK-08 @must
  Rule: A modified timer fires once, at its new time
    Source: Linux 2.6.11, kernel/timer.c, mod_timer()

    Scenario Outline: From <old> ticks to <new>
      Given a timer wheel at jiffy 0
      And timer "a" was added to expire in <old> ticks
      When timer "a" is modified to expire in <new> ticks
      Then the call returns 1
      When <before> ticks pass
      Then nothing fires
      When <more> ticks pass
      Then "a" fires once
      When 100000 ticks pass
      Then nothing fires

      Examples:
        | old   | new   | before | more |
        | 10    | 50    | 49     | 5    |
        | 50    | 10    | 9      | 5    |
        | 10    | 10    | 9      | 5    |
        | 20    | 300   | 299    | 50   |
        | 300   | 20    | 19     | 5    |
        | 300   | 310   | 309    | 50   |
        | 100   | 70000 | 69999  | 9000 |
        | 70000 | 100   | 99     | 20   |

    Scenario: A timer that is not pending is started
      Given a timer wheel at jiffy 0
      When timer "a" is modified to expire in 5 ticks
      Then the call returns 0
      And timer "a" is pending
      When 10 ticks pass
      Then "a" fires once

    Scenario: The delay counts from the modification
      Given a timer wheel at jiffy 0
      And timer "a" was added to expire in 20 ticks
      And 15 ticks have passed
      And timer "a" was modified to expire in 20 ticks
      When 19 ticks pass
      Then nothing fires
      When 5 ticks pass
      Then "a" fires once

  @CLK-08 @must
  Rule: A function finds its timer not pending, and may start it again
    Source: Linux 2.6.11, kernel/timer.c, __run_timers(), detach_timer() before the call

    Scenario: It adds itself
      Given a timer wheel at jiffy 0
      And these timers were added in this order:
        | timer | expires in | function does               |
        | a     | 10         | add_timer(a, jiffies + 100) |
      When 15 ticks pass
      Then "a" fires once
      And each function found its timer not pending
      And timer "a" is pending
      When 150 ticks pass
      Then "a" fires once

    Scenario Outline: For <call> in its own function
      Given a timer wheel at jiffy 0
      And these timers were added in this order:
        | timer | expires in | function does |
        | a     | 10         | <call>        |
      When 15 ticks pass
      Then the timers fire:
        | timer | its calls returned |
        | a     | 0                  |
      And timer "a" is <state>

      Examples: It is not pending, so they return 0
        | call                       | state       |
        | mod_timer(a, jiffies + 10) | pending     |
        | del_timer(a)               | not pending |

  @CLK-08 @must
  Rule: A timer that a function deletes or moves does not fire any more at that tick
    Source: Linux 2.6.11, kernel/timer.c, __run_timers(), which takes timers one by one off the tick's list

    Scenario Outline: Two timers of one tick that <what> each other
      Given a timer wheel at jiffy 0
      And these timers were added in this order:
        | timer | expires in | function does |
        | a     | 10         | <of a>        |
        | b     | 10         | <of b>        |
      When 15 ticks pass
      Then one of a, b fires

      Examples:
        | what   | of a                         | of b                         |
        | delete | del_timer(b)                 | del_timer(a)                 |
        | move   | mod_timer(b, jiffies + 1000) | mod_timer(a, jiffies + 1000) |

  @CLK-08 @must
  Rule: A timer that is due already when it is started fires at the next tick, not in the same
    Source: Linux 2.6.11, kernel/timer.c, internal_add_timer()

    Scenario Outline: Started for jiffies <expiry>
      Given a timer wheel at jiffy <jiffy>
      And timer "a" was added to expire in <expiry> ticks
      When 1 ticks pass
      Then the timers fire:
        | timer | at tick |
        | a     | 1       |

      Examples:
        | jiffy      | expiry      |
        | 1000       | 0           |
        | 1000       | -1          |
        | 1000       | -256        |
        | 1000       | -2147483647 |
        | 4294967295 | 0           |
        | 0          | -1          |

    Scenario Outline: A function that starts its timer for jiffies <expiry> is called once a tick
      Given a timer wheel at jiffy 1000
      And these timers were added in this order:
        | timer | expires in | function does                  |
        | a     | 0          | mod_timer(a, jiffies <expiry>) |
      When 4 ticks pass
      Then the timers fire:
        | timer | at tick | its calls returned |
        | a     | 1       | 0                  |
        | a     | 2       | 0                  |
        | a     | 3       | 0                  |
        | a     | 4       | 0                  |

      Examples:
        | expiry |
        | + 0    |
        | - 1    |
        | - 1000 |

  @CLK-08 @must
  Rule: Timers whose ticks were missed are caught up in the order of their times
    Source: Linux 2.6.11, kernel/timer.c, __run_timers(), while (time_after_eq(jiffies, base->timer_jiffies))

    Scenario Outline: 100 ticks from jiffy <jiffy>, and no softirq until the last
      Given a timer wheel at jiffy <jiffy>
      And timer "last" was added to expire in 50 ticks
      And timer "first" was added to expire in 10 ticks
      And timer "middle" was added to expire in 30 ticks
      When 100 ticks pass while softirqs are held off
      Then the timers fire:
        | timer  | at tick |
        | first  | 100     |
        | middle | 100     |
        | last   | 100     |

      Examples:
        | jiffy      |
        | 0          |
        | 230        |
        | 4294967270 |

    Scenario: What is not yet due is not caught up
      Given a timer wheel at jiffy 0
      And timer "a" was added to expire in 50 ticks
      When 49 ticks pass while softirqs are held off
      Then nothing fires

  @CLK-08 @profile:notes @profile:bsd-4.4 @profile:linux-6 @must
  Rule: Adding a timer that is pending is caught as a bug
    Source: Linux 2.6.24, include/linux/timer.h, add_timer(), BUG_ON(timer_pending(timer)); 6.18 warns
    Variation: Linux 2.6.11 does not look, see the next rule.

    Scenario: Added twice
      Given a timer wheel at jiffy 0
      And timer "a" was added to expire in 5 ticks
      When timer "a" is added to expire in 9 ticks
      Then the call is caught as a bug

    Scenario: Added by a function while it is pending
      Given a timer wheel at jiffy 0
      And these timers were added in this order:
        | timer | expires in | function does              |
        | a     | 5          | add_timer(b, jiffies + 10) |
        | b     | 500        |                            |
      When 10 ticks pass
      Then the call is caught as a bug

  @CLK-08 @profile:linux-2.6.11 @must
  Rule: Adding a timer that is pending moves it, as mod_timer does
    Source: Linux 2.6.11, include/linux/timer.h, add_timer() is __mod_timer()
    Variation: later kernels catch it as a bug.

    Scenario: Added twice
      Given a timer wheel at jiffy 0
      And timer "a" was added to expire in 5 ticks
      When timer "a" is added to expire in 9 ticks
      And 20 ticks pass
      Then the timers fire:
        | timer | at tick |
        | a     | 9       |

  @CLK-08 @property
  Rule: Whatever is done to timers, each fires once, at its time or as late as the wheel is coarse
    Source: Linux 2.6.11, kernel/timer.c; Linux 6.18, kernel/time/timer.c

    Scenario: Generated timers
      Then the property "timers fire in time, whatever is added, modified and deleted" holds
      And the property "the trace does not depend on how ticks are divided into calls" holds
