@cap:callout
Feature: Callouts
  BSD keeps the functions that wait for their time in a list in the order of that time, each with the difference to the
  one before. The clock interrupt, hardclock, counts the first difference down; when it has run out, softclock calls the
  function: at once if the processor was at base priority, else as a software interrupt when the priority falls.

  @CLK-08 @must
  Rule: A function is called once, with its argument, so many ticks after timeout()
    Source: 4.4BSD, kern/kern_clock.c, timeout(), softclock()

    Scenario Outline: In <ticks> ticks
      Given a table of 4 callouts
      And timeout(poll, 7, <ticks>) was called
      When the clock interrupts <before> times at base priority
      Then no function is called
      When the clock interrupts 1 times at base priority
      Then these functions are called:
        | at tick | call    |
        | <due>   | poll(7) |
      When the clock interrupts 200 times at base priority
      Then no function is called

      Examples:
        | ticks | before | due |
        | 1     | 0      | 1   |
        | 2     | 1      | 2   |
        | 100   | 99     | 100 |

      Examples: Less than one tick is one tick
        | ticks       | before | due |
        | 0           | 0      | 1   |
        | -1          | 0      | 1   |
        | -2147483648 | 0      | 1   |

    Scenario: Whatever the order in which they were asked for
      Given a table of 8 callouts
      And these calls were made:
        | timeout(d, 0, 40) |
        | timeout(a, 0, 10) |
        | timeout(c, 0, 30) |
        | timeout(b, 0, 20) |
      When the clock interrupts 50 times at base priority
      Then these functions are called:
        | at tick | call |
        | 10      | a(0) |
        | 20      | b(0) |
        | 30      | c(0) |
        | 40      | d(0) |

    Scenario: The ticks count from the call of timeout()
      Given a table of 8 callouts
      And timeout(a, 0, 10) was called
      And the clock has interrupted 4 times at base priority
      And these calls were made:
        | timeout(b, 0, 3) |
        | timeout(c, 0, 9) |
      When the clock interrupts 20 times at base priority
      Then these functions are called:
        | at tick | call |
        | 7       | b(0) |
        | 10      | a(0) |
        | 13      | c(0) |

    Scenario: One function may wait with several arguments
      Given a table of 8 callouts
      And these calls were made:
        | timeout(poll, 1, 5)  |
        | timeout(poll, 2, 3)  |
        | timeout(poll, 1, 10) |
      When the clock interrupts 20 times at base priority
      Then these functions are called:
        | at tick | call    |
        | 3       | poll(2) |
        | 5       | poll(1) |
        | 10      | poll(1) |

  @CLK-08 @profile:bsd-4.4 @must
  Rule: Of the functions of one tick the last that was asked for is called first
    Source: 4.4BSD, kern/kern_clock.c, timeout(), whose walk ends at an entry of the same time
    Variation: Linux 2.6.11 calls the functions of timers of one tick in the order in which they were added.

    Scenario: Three for the same tick
      Given a table of 8 callouts
      And these calls were made:
        | timeout(a, 0, 5) |
        | timeout(b, 0, 5) |
        | timeout(c, 0, 5) |
      When the clock interrupts 5 times at base priority
      Then these functions are called:
        | at tick | call |
        | 5       | c(0) |
        | 5       | b(0) |
        | 5       | a(0) |

    Scenario: Asked for in different ticks
      Given a table of 8 callouts
      And timeout(early, 0, 3) was called
      And timeout(a, 0, 10) was called
      And the clock has interrupted 4 times at base priority
      And timeout(b, 0, 6) was called
      When the clock interrupts 10 times at base priority
      Then these functions are called:
        | at tick | call |
        | 10      | b(0) |
        | 10      | a(0) |

  @CLK-08 @must
  Rule: A call that was taken back is not made, and the others keep their time
    Source: 4.4BSD, kern/kern_clock.c, untimeout()

    Scenario Outline: The <place> of three
      Given a table of 8 callouts
      And these calls were made:
        | timeout(a, 0, 10) |
        | timeout(b, 0, 25) |
        | timeout(c, 0, 45) |
      When untimeout(<leaver>, 0) is called
      And the clock interrupts 50 times at base priority
      Then these functions are called:
        | at tick     | call     |
        | <earlier>   | <first>  |
        | <afterward> | <second> |

      Examples:
        | place  | leaver | earlier | first | afterward | second |
        | first  | a      | 25      | b(0)  | 45        | c(0)   |
        | middle | b      | 10      | a(0)  | 45        | c(0)   |
        | last   | c      | 10      | a(0)  | 25        | b(0)   |

    Scenario Outline: <call> finds nothing and changes nothing
      Given a table of 8 callouts
      And these calls were made:
        | timeout(a, 1, 10) |
        | timeout(b, 2, 20) |
      When <call> is called
      And the clock interrupts 50 times at base priority
      Then these functions are called:
        | at tick | call |
        | 10      | a(1) |
        | 20      | b(2) |

      Examples: The function, the argument, or neither matches
        | call            |
        | untimeout(a, 2) |
        | untimeout(b, 1) |
        | untimeout(c, 1) |

    Scenario: Of two that match the one that is due first is taken back
      Given a table of 8 callouts
      And these calls were made:
        | timeout(a, 1, 20) |
        | timeout(a, 1, 10) |
      When untimeout(a, 1) is called
      And the clock interrupts 50 times at base priority
      Then these functions are called:
        | at tick | call |
        | 20      | a(1) |

    Scenario: One that is overdue leaves the times of the others as they are
      Given a table of 8 callouts
      And these calls were made:
        | timeout(a, 0, 2) |
        | timeout(b, 0, 9) |
      And the clock has interrupted 5 times at raised priority
      When untimeout(a, 0) is called
      And the clock interrupts 10 times at base priority
      Then these functions are called:
        | at tick | call |
        | 9       | b(0) |

  @CLK-05 @must
  Rule: Softclock is asked for by a tick at which a function is due, and by no other
    Source: 4.4BSD, kern/kern_clock.c, hardclock(), needsoft

    Scenario: Nothing waits
      Given a table of 4 callouts
      And timeout(a, 0, 2) was called
      And untimeout(a, 0) was called
      When the clock interrupts 1000 times at raised priority
      Then the clock's trace is empty
      When timeout(a, 0, 1) is called
      And the clock interrupts 1 times at raised priority
      Then the clock's trace is:
        | at tick | what         |
        | 1001    | setsoftclock |

    Scenario Outline: A function is due in 3 ticks, and <ticks> come
      Given a table of 4 callouts
      And timeout(a, 0, 3) was called
      When the clock interrupts <ticks> times at raised priority
      Then softclock is asked for at <asked>

      Examples: Until softclock has run, each further tick asks again
        | ticks | asked            |
        | 1     | no tick          |
        | 2     | no tick          |
        | 3     | ticks 3          |
        | 4     | ticks 3, 4       |
        | 6     | ticks 3, 4, 5, 6 |

    Scenario: The ticks between two functions that are due
      Given a table of 4 callouts
      And these calls were made:
        | timeout(a, 0, 2) |
        | timeout(b, 0, 5) |
      When the clock interrupts 6 times at base priority
      Then the clock's trace is:
        | at tick | what      |
        | 2       | softclock |
        | 2       | a(0)      |
        | 5       | softclock |
        | 5       | b(0)      |

  @CLK-05 @must
  Rule: Softclock runs at once if the clock interrupted base priority, else when the priority falls
    Source: 4.4BSD, kern/kern_clock.c, hardclock(), CLKF_BASEPRI() and setsoftclock()

    Scenario: At base priority
      Given a table of 4 callouts
      And timeout(a, 0, 2) was called
      When the clock interrupts 2 times at base priority
      Then the clock's trace is:
        | at tick | what      |
        | 2       | softclock |
        | 2       | a(0)      |

    Scenario: At raised priority
      Given a table of 4 callouts
      And timeout(a, 0, 2) was called
      When the clock interrupts 2 times at raised priority
      Then the clock's trace is:
        | at tick | what         |
        | 2       | setsoftclock |
      When the priority falls to base
      Then the clock's trace is:
        | at tick | what      |
        | 2       | softclock |
        | 2       | a(0)      |

    Scenario: Asked for several times, it runs once
      Given a table of 4 callouts
      And timeout(a, 0, 2) was called
      And the clock has interrupted 5 times at raised priority
      When the priority falls to base
      Then the clock's trace is:
        | at tick | what      |
        | 5       | softclock |
        | 5       | a(0)      |
      When the priority falls to base
      Then the clock's trace is empty

    Scenario: The next tick that finds base priority finds it done
      Given a table of 4 callouts
      And timeout(a, 0, 2) was called
      And the clock has interrupted 3 times at raised priority
      When the clock interrupts 1 times at base priority
      Then the clock's trace is:
        | at tick | what      |
        | 3       | softclock |
        | 3       | a(0)      |

  @CLK-08 @must
  Rule: One softclock calls all that are due, and its being late makes none of the others late
    Source: 4.4BSD, kern/kern_clock.c, hardclock() and softclock()

    Scenario: Held off for six ticks
      Given a table of 8 callouts
      And these calls were made:
        | timeout(c, 0, 6)  |
        | timeout(a, 0, 2)  |
        | timeout(d, 0, 9)  |
        | timeout(b, 0, 4)  |
        | timeout(e, 0, 10) |
      And the clock has interrupted 6 times at raised priority
      When the priority falls to base
      Then these functions are called:
        | at tick | call |
        | 6       | a(0) |
        | 6       | b(0) |
        | 6       | c(0) |
      When the clock interrupts 5 times at base priority
      Then these functions are called:
        | at tick | call |
        | 9       | d(0) |
        | 10      | e(0) |

    Scenario: Asked for while others are overdue
      Given a table of 8 callouts
      And timeout(a, 0, 2) was called
      And timeout(b, 0, 8) was called
      And the clock has interrupted 5 times at raised priority
      And timeout(c, 0, 1) was called
      And timeout(d, 0, 4) was called
      When the clock interrupts 10 times at base priority
      Then these functions are called:
        | at tick | call |
        | 5       | a(0) |
        | 6       | c(0) |
        | 8       | b(0) |
        | 9       | d(0) |

    Scenario: Functions that become due while another computes
      Given a table of 8 callouts
      And function slow does: compute 5 ticks
      And these calls were made:
        | timeout(slow, 0, 2) |
        | timeout(soon, 0, 4) |
        | timeout(late, 0, 8) |
      When the clock interrupts 2 times at base priority
      Then the clock's trace is:
        | at tick | what         |
        | 2       | softclock    |
        | 2       | slow(0)      |
        | 4       | setsoftclock |
        | 5       | setsoftclock |
        | 6       | setsoftclock |
        | 7       | setsoftclock |
        | 7       | soon(0)      |

  @CLK-08 @must
  Rule: A function may have itself called again, also in a full table
    Source: 4.4BSD, kern/kern_clock.c, softclock(), which frees the callout before the call

    Scenario: A table of one
      Given a table of 1 callouts
      And function poll does: timeout(poll, 0, 10)
      And timeout(poll, 0, 10) was called
      When the clock interrupts 35 times at base priority
      Then these functions are called:
        | at tick | call    |
        | 10      | poll(0) |
        | 20      | poll(0) |
        | 30      | poll(0) |

    Scenario: For the next tick, not for the one that is run
      Given a table of 1 callouts
      And function poll does: timeout(poll, 0, 0)
      And timeout(poll, 0, 1) was called
      When the clock interrupts 3 times at base priority
      Then these functions are called:
        | at tick | call    |
        | 1       | poll(0) |
        | 2       | poll(0) |
        | 3       | poll(0) |

    Scenario: A function that takes back one that is due behind it
      Given a table of 8 callouts
      And function a does: untimeout(b, 0); timeout(c, 0, 1)
      And these calls were made:
        | timeout(a, 0, 2) |
        | timeout(b, 0, 3) |
        | timeout(d, 0, 4) |
      And the clock has interrupted 3 times at raised priority
      When the clock interrupts 3 times at base priority
      Then these functions are called, in any order within a tick:
        | at tick | call |
        | 3       | a(0) |
        | 4       | d(0) |
        | 4       | c(0) |

  @CLK-08 @must
  Rule: More callouts than the table holds are a panic
    Source: 4.4BSD, kern/kern_clock.c, timeout(), panic("timeout table full")

    Scenario: One too many
      Given a table of 2 callouts
      And these calls were made:
        | timeout(a, 0, 5) |
        | timeout(b, 0, 5) |
      When timeout(c, 0, 5) is called
      Then the call is caught as a bug

    Scenario: One that was taken back makes room
      Given a table of 2 callouts
      And these calls were made:
        | timeout(a, 0, 5) |
        | timeout(b, 0, 6) |
        | untimeout(a, 0)  |
      When timeout(c, 0, 7) is called
      And the clock interrupts 10 times at base priority
      Then these functions are called:
        | at tick | call |
        | 6       | b(0) |
        | 7       | c(0) |

    Scenario: One that was called makes room
      Given a table of 1 callouts
      And timeout(a, 0, 5) was called
      And the clock has interrupted 5 times at base priority
      When timeout(b, 0, 1) is called
      And timeout(c, 0, 1) is called
      Then the call is caught as a bug

    Scenario: A function that asks for two in a table of one
      Given a table of 1 callouts
      And function a does: timeout(a, 0, 5); timeout(b, 0, 5)
      And timeout(a, 0, 1) was called
      When the clock interrupts 1 times at base priority
      Then the call is caught as a bug

  @CLK-05 @CLK-08 @profile:bsd-4.4 @property
  Rule: Callouts are called like a list sorted by time, and softclock is asked for just while one is due
    Source: 4.4BSD, kern/kern_clock.c

    Scenario: Generated calls
      Then the property "callouts behave like a sorted list" holds
