@cap:machine
Feature: Interrupts inside handlers
  A line may be raised while the handler of another runs. Whether it is served there and then differs: 4.4BSD goes by
  the level of the lines, Linux 2.6.11 serves any other line, and today's Linux none. A line never interrupts its own
  handler.

  @IRQ-05 @profile:notes @profile:linux-2.6.11 @must
  Rule: Another line is served inside a handler, which then resumes
    Source: Linux 2.6.11, kernel/irq/handle.c, handle_IRQ_event(), local_irq_enable()

    Scenario Outline: A line of <level> is raised inside a handler of splbio
      Given these programs:
        | shell     | handler of disk | handler of other |
        | compute 2 | set r0 to 7     | set r0 to 99     |
        |           | compute 3       | set r1 to 99     |
        |           | look            |                  |
      And line disk has level splbio
      And line other has level <level>
      And line disk is raised after 1 step
      And line other is raised after 3 steps
      When the machine runs
      Then the machine does:
        | who   | does       |
        | disk  | interrupts |
        | other | interrupts |
        | other | ends       |
        | disk  | ends       |
      And disk sees:
        | r0 | r1 | preemptCount |
        | 7  | 0  | 65536        |

      Examples: The level does not matter
        | level        |
        | splsoftclock |
        | splbio       |
        | splclock     |

    Scenario: Three deep
      Given these programs:
        | shell     | handler of disk | handler of card | handler of console |
        | compute 2 | compute 2       | compute 2       | look               |
        | mark done | mark disk       | mark card       | mark console       |
      And line disk is raised after 1 step
      And line card is raised after 2 steps
      And line console is raised after 3 steps
      When the machine runs
      Then the marks are console, card, disk, done
      And console sees:
        | preemptCount |
        | 196608       |

  @IRQ-05 @profile:notes @profile:linux-2.6.11 @must
  Rule: A handler that was registered to keep interrupts off is not interrupted
    Source: Linux 2.6.11, kernel/irq/handle.c, handle_IRQ_event(), SA_INTERRUPT

    Scenario: What comes meanwhile is served behind it
      Given these programs:
        | shell     | handler of disk | handler of card |
        | compute 2 | compute 3       | mark card       |
        | mark done | mark disk       | look            |
      And the handler of disk keeps interrupts off
      And line disk is raised after 1 step
      And line card is raised after 2 steps
      When the machine runs
      Then the marks are disk, card, done
      And card sees:
        | interrupts | preemptCount |
        | true       | 65536        |

  @IRQ-05 @profile:bsd-4.4 @must
  Rule: Only a line of a higher level is served inside a handler
    Source: 4.4BSD, hp300/include/psl.h; hp300/hp300/locore.s

    Scenario Outline: A line of <level> is raised inside a handler of splbio
      Given these programs:
        | shell     | handler of disk | handler of other |
        | compute 2 | set r0 to 7     | set r0 to 99     |
        | mark done | compute 3       | mark other       |
        |           | look            |                  |
        |           | mark disk       |                  |
      And line disk has level splbio
      And line other has level <level>
      And line disk is raised after 1 step
      And line other is raised after 3 steps
      When the machine runs
      Then the marks are <marks>
      And disk sees:
        | level  | r0 |
        | splbio | 7  |

      Examples: Below it, and its own
        | level        | marks             |
        | splsoftclock | disk, other, done |
        | splbio       | disk, other, done |

      Examples: Above it
        | level    | marks             |
        | splclock | other, disk, done |
        | splhigh  | other, disk, done |

  @IRQ-05 @profile:linux-6 @must
  Rule: No line is served inside a handler
    Source: Linux 6.18, kernel/irq/handle.c, __handle_irq_event_percpu(); arch/x86/entry/entry_64.S

    Scenario Outline: A line of <level> is raised inside a handler of splbio
      Given these programs:
        | shell     | handler of disk | handler of other |
        | compute 2 | compute 3       | look             |
        | mark done | look            | mark other       |
        |           | mark disk       |                  |
      And line disk has level splbio
      And line other has level <level>
      And line disk is raised after 1 step
      And line other is raised after 3 steps
      When the machine runs
      Then the marks are disk, other, done
      And disk sees:
        | interrupts | preemptCount |
        | false      | 65536        |
      And other sees:
        | interrupts | preemptCount |
        | false      | 65536        |

      Examples:
        | level        |
        | splsoftclock |
        | splbio       |
        | splhigh      |

  @IRQ-05 @must
  Rule: A line does not interrupt its own handler, and is served again behind it, once
    Source: Linux 2.6.11, kernel/irq/handle.c, __do_IRQ(), IRQ_INPROGRESS, IRQ_PENDING

    Scenario Outline: Raised <times> while its handler runs
      Given these programs:
        | shell     | handler of disk       |
        | compute 3 | atomic add 1 to count |
        | mark done | compute 4             |
        |           | mark served           |
      And line disk is raised after 1 step
      And line disk is raised after <first> steps
      And line disk is raised after <second> steps
      And line disk is raised after <third> steps
      When the machine runs
      Then the marks are served, served, done
      And the machine does:
        | who  | does       |
        | disk | interrupts |
        | disk | ends       |
        | disk | interrupts |
        | disk | ends       |
      And the variable count ends as 2

      Examples: All of these are before its end
        | times   | first | second | third |
        | once    | 3     | 3      | 3     |
        | twice   | 2     | 4      | 4     |
        | 3 times | 2     | 3      | 6     |

    Scenario: Its handler raises it
      Given these programs:
        | shell     | call poll       | handler of disk |
        | call poll | raise line disk | mark begin      |
        | mark done |                 | compute 2       |
        |           |                 | mark end        |
      And line disk is raised after 1 step
      When the machine runs
      Then the marks are begin, end, begin, end, done

  @IRQ-05 @must
  Rule: A line that is raised several times before it can be served is served once
    Source: Linux 2.6.11, kernel/irq/handle.c, IRQ_PENDING

    Scenario: A call holds interrupts off while the line is raised three times
      Given these programs:
        | shell     | call hold          | handler of disk |
        | call hold | disable interrupts | mark disk       |
        | mark done | compute 5          |                 |
        |           | enable interrupts  |                 |
        |           | mark on            |                 |
      And line disk is raised after 3 steps
      And line disk is raised after 4 steps
      And line disk is raised after 5 steps
      When the machine runs
      Then the marks are disk, on, done

  @IRQ-05 @cap:machine-smp @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: The handler of a line runs on one processor at a time
    Source: Linux 2.6.11, kernel/irq/handle.c, __do_IRQ(), IRQ_INPROGRESS

    Scenario: The line is raised on a second processor while the first serves it
      Given these programs:
        | shell     | cc        | handler of disk |
        | compute 6 | compute 9 | mark begin      |
        |           |           | compute 2       |
        |           |           | mark end        |
      And 2 processors
      And line disk is raised after 1 step on processor 0
      And line disk is raised after 2 steps on processor 1
      When the machine runs
      Then the marks are begin, end, begin, end

    Scenario: Different lines are served at the same time
      Given these programs:
        | shell     | cc        | handler of disk | handler of card |
        | compute 6 | compute 9 | mark disk       | mark card       |
        |           |           | compute 2       | compute 2       |
        |           |           | mark done       | mark out        |
      And 2 processors
      And line disk is raised after 1 step on processor 0
      And line card is raised after 1 step on processor 1
      When the machine runs
      Then the marks are disk, card, done, out

  @IRQ-05 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A line that is disabled is held until it is enabled as often, and other lines are not
    Source: Linux 2.6.11, kernel/irq/manage.c, disable_irq(), enable_irq(); kernel/irq/handle.c, IRQ_DISABLED

    Scenario Outline: The disk is raised after <disk> steps, the terminal after <tty>
      Given these programs:
        | shell     | call work         | handler of disk | handler of tty |
        | call work | disable line disk | mark disk       | mark tty       |
        |           | mark inside       |                 |                |
        |           | compute 4         |                 |                |
        |           | enable line disk  |                 |                |
        |           | mark outside      |                 |                |
      And line disk is raised after <disk> steps
      And line tty is raised after <tty> steps
      When the machine runs
      Then the marks are <marks>

      Examples: Before, inside, behind
        | disk | tty | marks                      |
        | 1    | 4   | disk, inside, tty, outside |
        | 2    | 4   | inside, tty, disk, outside |
        | 3    | 3   | inside, tty, disk, outside |
        | 10   | 3   | inside, tty, outside, disk |

    Scenario: Raised three times meanwhile, it is served once
      Given these programs:
        | shell     | call work         | handler of disk |
        | call work | disable line disk | mark disk       |
        |           | compute 9         |                 |
        |           | enable line disk  |                 |
        |           | compute 9         |                 |
      And line disk is raised after 4 steps
      And line disk is raised after 6 steps
      And line disk is raised after 8 steps
      When the machine runs
      Then the marks are disk

    Scenario: Disabled twice and enabled once
      Given these programs:
        | shell     | call work         | handler of disk |
        | call work | disable line disk | mark disk       |
        |           | disable line disk |                 |
        |           | compute 2         |                 |
        |           | enable line disk  |                 |
        |           | mark once         |                 |
        |           | enable line disk  |                 |
        |           | mark twice        |                 |
      And line disk is raised after 4 steps
      When the machine runs
      Then the marks are once, disk, twice

    Scenario: A process that sleeps meanwhile keeps it disabled for everybody
      Given these programs:
        | shell     | cc        | call work         | handler of disk | handler of tty |
        | call work | compute 9 | disable line disk | mark disk       | wake buffer    |
        |           | mark cc   | sleep on buffer   |                 |                |
        |           |           | enable line disk  |                 |                |
      And line disk is raised after 5 steps
      And line tty is raised after 20 steps
      When the machine runs
      Then the marks are cc, disk

    Scenario: To enable what was not disabled is a bug
      Given these programs:
        | shell     | call work        | handler of disk |
        | call work | enable line disk | mark disk       |
      When the machine runs
      Then the run ends at a bug

  @IRQ-05 @cap:machine-smp @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A line is disabled on all processors, and its handler runs on none when whoever has disabled it goes on
    Source: Linux 2.6.11, kernel/irq/manage.c, disable_irq(), synchronize_irq()

    Background:
      Given these programs:
        | shell     | call work         | handler of disk |
        | call work | disable line disk | mark begins     |
        |           | mark inside       | compute 6       |
        |           | compute 12        | mark ends       |
        |           | mark still        |                 |
        |           | enable line disk  |                 |
      And 2 processors
      And shell runs on processor 0

    Scenario: Raised on the other processor meanwhile
      Given line disk is raised after 6 steps on processor 1
      When the machine runs
      Then the marks are inside, still, begins, ends

    Scenario: Its handler runs there already
      Given line disk is raised after 0 steps on processor 1
      When the machine runs
      Then the marks are begins, ends, inside, still

  @IRQ-05 @cap:machine-smp @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: Whoever disables a line while he holds what its handler spins on waits for ever
    Source: Linux 2.6.11, kernel/irq/manage.c, disable_irq(), synchronize_irq()

    Scenario: A lock
      Given these programs:
        | shell     | call work         | handler of disk |
        | call work | lock table        | mark begins     |
        |           | compute 6         | lock table      |
        |           | disable line disk | mark inside     |
        |           | mark outside      | unlock table    |
        |           | unlock table      |                 |
      And 2 processors
      And shell runs on processor 0
      And line disk is raised after 0 steps on processor 1
      When the machine runs
      Then the run ends in a deadlock
      And "shell" waits for disk, which "disk" holds
      And "disk" waits for table, which "shell" holds
      And the marks are begins

  @IRQ-05 @IRQ-06 @BOT-01 @property @must
  Rule: Each line that is raised is served as soon as nothing holds it off, and handlers end in the opposite order
    Source: Linux 2.6.11, kernel/irq/handle.c, __do_IRQ(); 4.4BSD, hp300/hp300/locore.s

    Scenario: Any number of lines
      Then the property "every line that is raised is served by the nesting rule" holds
