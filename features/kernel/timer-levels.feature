@cap:timer-wheel @profile:linux-6
Feature: Timer wheel without cascading
  Since Linux 4.8 a timer stays where it was put. The wheel has nine levels of 64 buckets, each level eight times
  coarser than the one below: 1, 8, 64, 512 ticks and so on. A timer is rounded up to the next bucket of its level, so
  it is never early, and late by at most one bucket, about an eighth of its delay.

  @CLK-08 @must
  Rule: A timer fires at the first tick of the bucket behind its expiry, in the finest level that reaches that far
    Source: Linux 6.18, kernel/time/timer.c, calc_wheel_index(), calc_index()

    Scenario Outline: Due in <delay> ticks from jiffy <jiffy>
      Given a timer wheel at jiffy <jiffy>
      And timer "a" was added to expire in <delay> ticks
      When 2000000000 ticks pass
      Then the timers fire:
        | timer | at tick |
        | a     | <tick>  |

      Examples: Level 0, buckets of 1 tick, up to 62 ticks away
        | jiffy | delay | tick |
        | 0     | 0     | 1    |
        | 0     | 1     | 2    |
        | 0     | 62    | 63   |
        | 5     | 58    | 59   |

      Examples: Level 1, buckets of 8 ticks, up to 503 ticks away
        | jiffy | delay | tick |
        | 0     | 63    | 64   |
        | 0     | 64    | 72   |
        | 0     | 71    | 72   |
        | 0     | 72    | 80   |
        | 0     | 503   | 504  |
        | 5     | 63    | 67   |
        | 5     | 66    | 67   |
        | 5     | 67    | 75   |

      Examples: Level 2, buckets of 64 ticks, up to 4031 ticks away
        | jiffy | delay | tick |
        | 0     | 504   | 512  |
        | 0     | 511   | 512  |
        | 0     | 512   | 576  |
        | 0     | 4031  | 4032 |

      Examples: The first and the second bucket of the levels above
        | jiffy | delay     | tick      |
        | 0     | 4032      | 4096      |
        | 0     | 4096      | 4608      |
        | 0     | 32256     | 32768     |
        | 0     | 32768     | 36864     |
        | 0     | 258048    | 262144    |
        | 0     | 262144    | 294912    |
        | 0     | 2064384   | 2097152   |
        | 0     | 2097152   | 2359296   |
        | 0     | 16515072  | 16777216  |
        | 0     | 16777216  | 18874368  |
        | 0     | 132120576 | 134217728 |
        | 0     | 134217728 | 150994944 |

      Examples: Across the wrap of jiffies
        | jiffy      | delay | tick |
        | 4294967295 | 1     | 2    |
        | 4294967288 | 8     | 9    |
        | 4294967288 | 71    | 72   |
        | 4294967288 | 72    | 80   |

  @CLK-08 @must
  Rule: A timer beyond the last level fires when the wheel has turned once
    Source: Linux 6.18, kernel/time/timer.c, WHEEL_TIMEOUT_CUTOFF and WHEEL_TIMEOUT_MAX at HZ 1000

    Scenario Outline: Due in <delay> ticks
      Given a timer wheel at jiffy 0
      And timer "a" was added to expire in <delay> ticks
      When 2000000000 ticks pass
      Then the timers fire:
        | timer | at tick    |
        | a     | 1056964608 |

      Examples:
        | delay      |
        | 1056964607 |
        | 1056964608 |
        | 2000000000 |
        | 2147483647 |

  @CLK-08 @must
  Rule: The distance is counted from the present jiffy, however long the wheel had nothing to do
    Source: Linux 6.18, kernel/time/timer.c, forward_timer_base()

    Scenario Outline: After <idle> idle ticks
      Given a timer wheel at jiffy 0
      And <idle> ticks have passed
      And timer "a" was added to expire in 10 ticks
      When 5000 ticks pass
      Then the timers fire:
        | timer | at tick |
        | a     | <tick>  |

      Examples:
        | idle       | tick       |
        | 1          | 12         |
        | 10000      | 10011      |
        | 2000000000 | 2000000011 |

  @CLK-08 @should
  Rule: Of timers of one tick those of coarser levels are called first, in one bucket the last that was added
    Source: Linux 6.18, kernel/time/timer.c, hlist_add_head() in enqueue_timer(); while (levels--) in __run_timers()
    Variation: Linux 2.6.11 calls them in the order in which they were added.

    Scenario: One bucket of level 1
      Given a timer wheel at jiffy 0
      And timer "a" was added to expire in 65 ticks
      And timer "b" was added to expire in 71 ticks
      And timer "c" was added to expire in 68 ticks
      When 100 ticks pass
      Then the timers fire:
        | timer | at tick |
        | c     | 72      |
        | b     | 72      |
        | a     | 72      |

    Scenario: One bucket of level 1 and one of level 0
      Given a timer wheel at jiffy 0
      And timer "coarse" was added to expire in 65 ticks
      And 70 ticks have passed
      And timer "fine" was added to expire in 1 ticks
      When 10 ticks pass
      Then the timers fire:
        | timer  | at tick |
        | coarse | 72      |
        | fine   | 72      |

    Scenario: One that is modified within its bucket keeps its place
      Given a timer wheel at jiffy 0
      And timer "a" was added to expire in 65 ticks
      And timer "b" was added to expire in 66 ticks
      When timer "a" is modified to expire in 70 ticks
      Then the call returns 1
      When 100 ticks pass
      Then the timers fire:
        | timer | at tick |
        | b     | 72      |
        | a     | 72      |
