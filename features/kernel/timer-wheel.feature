@cap:timer-wheel
Feature: Cascading timer wheel
  In Linux 2.6.11 timers wait in a wheel of five vectors: 256 slots of one tick, then 64 slots each of 2^8, 2^14, 2^20
  and 2^26 ticks. When a vector has turned, the next slot of the coarser one is emptied into the finer ones, so that
  every timer fires at its very tick, however far away it was.

  @CLK-08 @profile:notes @profile:linux-2.6.11 @must
  Rule: A timer fires at the tick of its expiry, however far away that is
    Source: Linux 2.6.11, kernel/timer.c, internal_add_timer(), cascade()

    Scenario Outline: Due in <delay> ticks from jiffy <jiffy>
      Given a timer wheel at jiffy <jiffy>
      And timer "a" was added to expire in <delay> ticks
      When <delay> ticks pass
      Then the timers fire:
        | timer | at tick |
        | a     | <delay> |

      Examples: Where one vector ends and the next begins
        | jiffy | delay      |
        | 0     | 1          |
        | 0     | 255        |
        | 0     | 256        |
        | 0     | 257        |
        | 0     | 16383      |
        | 0     | 16384      |
        | 0     | 16385      |
        | 0     | 1048575    |
        | 0     | 1048576    |
        | 0     | 1048577    |
        | 0     | 67108863   |
        | 0     | 67108864   |
        | 0     | 67108865   |
        | 0     | 2147483647 |

      Examples: From the middle of a slot
        | jiffy   | delay   |
        | 255     | 1       |
        | 255     | 257     |
        | 200     | 56      |
        | 200     | 313     |
        | 16300   | 84      |
        | 16300   | 16468   |
        | 1000000 | 48576   |
        | 1000000 | 1100000 |

      Examples: Across the wrap of jiffies
        | jiffy      | delay  |
        | 4294967295 | 1      |
        | 4294967295 | 257    |
        | 4294967000 | 296    |
        | 4294967000 | 17000  |
        | 4294667296 | 300000 |
        | 4294667296 | 300001 |

    Scenario: Neighbours in one slot of the second vector
      Given a timer wheel at jiffy 0
      And timer "a" was added to expire in 300 ticks
      And timer "b" was added to expire in 290 ticks
      And timer "c" was added to expire in 511 ticks
      And timer "d" was added to expire in 512 ticks
      When 600 ticks pass
      Then the timers fire:
        | timer | at tick |
        | b     | 290     |
        | a     | 300     |
        | c     | 511     |
        | d     | 512     |

    Scenario: A second turn of the first vector
      Given a timer wheel at jiffy 0
      And timer "near" was added to expire in 44 ticks
      And timer "far" was added to expire in 300 ticks
      When 600 ticks pass
      Then the timers fire:
        | timer | at tick |
        | near  | 44      |
        | far   | 300     |

  @CLK-08 @profile:notes @profile:linux-2.6.11 @must
  Rule: Timers of one tick fire in the order in which they were added
    Source: Linux 2.6.11, kernel/timer.c, internal_add_timer(), list_add_tail()
    Variation: BSD calls those of one tick in the opposite order, and so does Linux 6 those of one bucket.

    Scenario Outline: Three timers due in <delay> ticks
      Given a timer wheel at jiffy 0
      And timer "a" was added to expire in <delay> ticks
      And timer "b" was added to expire in <delay> ticks
      And timer "c" was added to expire in <delay> ticks
      When <delay> ticks pass
      Then the timers fire:
        | timer | at tick |
        | a     | <delay> |
        | b     | <delay> |
        | c     | <delay> |

      Examples:
        | delay     |
        | 1         |
        | 256       |
        | 257       |
        | 20000     |
        | 2000000   |
        | 100000000 |

    Scenario: Added in different ticks
      Given a timer wheel at jiffy 0
      And timer "a" was added to expire in 200 ticks
      And 50 ticks have passed
      And timer "b" was added to expire in 150 ticks
      And 50 ticks have passed
      And timer "c" was added to expire in 100 ticks
      When 100 ticks pass
      Then the timers fire:
        | timer | at tick |
        | a     | 200     |
        | b     | 200     |
        | c     | 200     |

    Scenario: One that was deleted and added again is the last
      Given a timer wheel at jiffy 0
      And timer "a" was added to expire in 5 ticks
      And timer "b" was added to expire in 5 ticks
      And timer "a" was deleted
      And timer "a" was added to expire in 5 ticks
      When 5 ticks pass
      Then the timers fire:
        | timer | at tick |
        | b     | 5       |
        | a     | 5       |

    Scenario: One that is modified to the time that it has keeps its place
      Given a timer wheel at jiffy 0
      And timer "a" was added to expire in 5 ticks
      And timer "b" was added to expire in 5 ticks
      When timer "a" is modified to expire in 5 ticks
      Then the call returns 1
      When 5 ticks pass
      Then the timers fire:
        | timer | at tick |
        | a     | 5       |
        | b     | 5       |

    Scenario: Those that are past line up behind those of the next tick
      Given a timer wheel at jiffy 1000
      And timer "next" was added to expire in 1 ticks
      And timer "past" was added to expire in -500 ticks
      And timer "now" was added to expire in 0 ticks
      When 1 ticks pass
      Then the timers fire:
        | timer | at tick |
        | next  | 1       |
        | past  | 1       |
        | now   | 1       |

  @CLK-08 @profile:linux-2.6.11 @should
  Rule: A timer that still has to cascade is overtaken by one that is added to its tick's slot before
    Source: Linux 2.6.11, kernel/timer.c: a cascaded timer is added at the tail of the slot where it arrives

    Scenario: Due at tick 300, added from afar, from near, and after the cascade at tick 256
      Given a timer wheel at jiffy 0
      And timer "far" was added to expire in 300 ticks
      And 100 ticks have passed
      And timer "near" was added to expire in 200 ticks
      And 160 ticks have passed
      And timer "latecomer" was added to expire in 40 ticks
      When 40 ticks pass
      Then the timers fire:
        | timer     | at tick |
        | near      | 300     |
        | far       | 300     |
        | latecomer | 300     |

  @CLK-08 @profile:notes @profile:linux-2.6.11 @must
  Rule: A function that starts its timer again is called regularly
    Source: Linux 2.6.11, kernel/timer.c, __run_timers()

    Scenario Outline: Every <period> ticks
      Given a timer wheel at jiffy 0
      And these timers were added in this order:
        | timer | expires in | function does                    |
        | a     | <period>   | mod_timer(a, jiffies + <period>) |
      When <ticks> ticks pass
      Then the timers fire:
        | timer | at tick  |
        | a     | <first>  |
        | a     | <second> |
        | a     | <third>  |
      And each function found its timer not pending

      Examples:
        | period | ticks | first | second | third |
        | 1      | 3     | 1     | 2      | 3     |
        | 10     | 39    | 10    | 20     | 30    |
        | 256    | 800   | 256   | 512    | 768   |
        | 257    | 800   | 257   | 514    | 771   |
        | 20000  | 60000 | 20000 | 40000  | 60000 |

    Scenario: Missed ticks are not made up for
      Given a timer wheel at jiffy 0
      And these timers were added in this order:
        | timer | expires in | function does              |
        | a     | 10         | mod_timer(a, jiffies + 10) |
      When 35 ticks pass while softirqs are held off
      Then the timers fire:
        | timer | at tick |
        | a     | 35      |
      When 10 ticks pass
      Then the timers fire:
        | timer | at tick |
        | a     | 45      |

  @CLK-08 @profile:notes @profile:linux-2.6.11 @must
  Rule: A function may start, move and delete other timers
    Source: Linux 2.6.11, kernel/timer.c, __run_timers(), which gives up the lock for the call

    Scenario: One of each
      Given a timer wheel at jiffy 0
      And these timers were added in this order:
        | timer | expires in | function does                                                               |
        | boss  | 10         | mod_timer(moved, jiffies + 3); del_timer(gone); add_timer(new, jiffies + 5) |
        | moved | 10         |                                                                             |
        | gone  | 12         |                                                                             |
      When 20 ticks pass
      Then the timers fire:
        | timer | at tick | its calls returned |
        | boss  | 10      | 1, 1               |
        | moved | 13      |                    |
        | new   | 15      |                    |

    Scenario: One that already fired at this tick is started again
      Given a timer wheel at jiffy 0
      And these timers were added in this order:
        | timer | expires in | function does             |
        | a     | 10         |                           |
        | b     | 10         | mod_timer(a, jiffies + 5) |
      When 20 ticks pass
      Then the timers fire:
        | timer | at tick | its calls returned |
        | a     | 10      |                    |
        | b     | 10      | 0                  |
        | a     | 15      |                    |

  @CLK-08 @profile:notes @profile:linux-2.6.11 @must
  Rule: Timers that become due while a function computes are called in the same run
    Source: Linux 2.6.11, kernel/timer.c, __run_timers(), which reads jiffies for each tick anew

    Scenario: Five ticks come while the first computes
      Given a timer wheel at jiffy 0
      And these timers were added in this order:
        | timer | expires in | function does   |
        | slow  | 10         | compute 5 ticks |
        | soon  | 12         |                 |
        | last  | 15         |                 |
        | later | 16         |                 |
      When 10 ticks pass
      Then the timers fire:
        | timer | at tick |
        | slow  | 10      |
        | soon  | 15      |
        | last  | 15      |
      When 1 ticks pass
      Then the timers fire:
        | timer | at tick |
        | later | 16      |

  @CLK-08 @profile:notes @profile:linux-2.6.11 @property
  Rule: Timers less than a turn of the first vector away fire in the order of their time, then of their arrival
    Source: Linux 2.6.11, kernel/timer.c

    Scenario: Generated timers
      Then the property "near timers fire like a sorted list" holds
