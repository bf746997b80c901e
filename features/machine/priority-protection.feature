@cap:machine
Feature: Keeping the bottom half out
  Data that a system call shares with an interrupt handler must not be touched by the handler while the call is in the
  middle of a change. On one processor it is enough to hold the interrupt off for that while.

  @TOP-09 @must @profile:notes @profile:bsd-4.4
  Rule: An interrupt that comes while the priority is raised is held until it is restored, and is then served once
    Source: 4.4BSD, hp300/include/psl.h, splbio(), splx(), and dev/rd.c, rdstrategy()

    Scenario Outline: A line is raised after <steps> steps, beside a protected change
      Given these programs:
        | shell    | call put       | handler of disk |
        | call put | splbio         | mark disk       |
        |          | enqueue a on work | enqueue b on work |
        |          | mark inside    |                 |
        |          | splx           |                 |
        |          | mark outside   |                 |
      And line disk is raised after <steps> steps
      When the machine runs
      Then the marks are <marks>
      And <left> are left in queue work

      Examples:
        | steps | marks                 | left |
        | 0     | disk, inside, outside | b, a |
        | 1     | disk, inside, outside | b, a |
        | 2     | inside, disk, outside | a, b |
        | 3     | inside, disk, outside | a, b |
        | 4     | inside, disk, outside | a, b |
        | 5     | inside, disk, outside | a, b |
        | 6     | inside, disk, outside | a, b |
        | 7     | inside, outside, disk | a, b |

    Scenario: Raised three times while it is held, it is served once
      Given these programs:
        | shell    | call put    | handler of disk |
        | call put | splbio      | mark disk       |
        |          | compute 4   |                 |
        |          | mark inside |                 |
        |          | splx        |                 |
        |          | compute 4   |                 |
      And line disk is raised after 3 steps
      And line disk is raised after 4 steps
      And line disk is raised after 5 steps
      When the machine runs
      Then the marks are inside, disk

    Scenario Outline: <raised>, and a line of level <level>
      Given these programs:
        | shell    | call put    | handler of disk |
        | call put | <raised>    | mark disk       |
        |          | mark inside |                 |
        |          | splx        |                 |
      And line disk has level <level>
      And line disk is raised after 2 steps
      When the machine runs
      Then the marks are <marks>

      Examples: Below, equal, above
        | raised       | level        | marks        |
        | splbio       | splnet       | inside, disk |
        | splbio       | splbio       | inside, disk |
        | splbio       | splimp       | disk, inside |
        | splnet       | splbio       | disk, inside |
        | splsoftclock | splsoftclock | inside, disk |
        | splsoftclock | splnet       | disk, inside |
        | splclock     | spltty       | inside, disk |
        | spltty       | splclock     | disk, inside |
        | splhigh      | splclock     | inside, disk |
        | splhigh      | splhigh      | inside, disk |

    Scenario: What is restored is the priority of before, not the lowest
      Given these programs:
        | shell    | call put     | handler of disk |
        | call put | splbio       | mark disk       |
        |          | splclock     |                 |
        |          | look         |                 |
        |          | splx         |                 |
        |          | look         |                 |
        |          | mark inside  |                 |
        |          | splx         |                 |
        |          | look         |                 |
      And line disk is raised after 3 steps
      When the machine runs
      Then shell sees:
        | level    |
        | splclock |
        | splbio   |
        | spl0     |
      And the marks are inside, disk

    Scenario: Raising to a lower level keeps the higher one
      Given these programs:
        | shell    | call put | handler of disk |
        | call put | splclock | mark disk       |
        |          | splnet   |                 |
        |          | look     |                 |
        |          | mark inside |              |
        |          | splx     |                 |
        |          | look     |                 |
        |          | splx     |                 |
      And line disk is raised after 2 steps
      When the machine runs
      Then shell sees:
        | level    |
        | splclock |
        | splclock |
      And the marks are inside, disk

    Scenario: The lines that are held are served highest first
      Given these programs:
        | shell    | call put    | handler of disk | handler of tty |
        | call put | splhigh     | mark disk       | mark tty       |
        |          | compute 4   |                 |                |
        |          | mark inside |                 |                |
        |          | splx        |                 |                |
      And line disk has level splbio
      And line tty has level spltty
      And line disk is raised after 3 steps
      And line tty is raised after 4 steps
      When the machine runs
      Then the marks are inside, tty, disk

    Scenario: A process that sleeps at a raised priority does not hold the interrupt that will wake it
      Given these programs:
        | shell     | call read       | handler of disk |
        | call read | splbio          | wake buffer     |
        |           | sleep on buffer |                 |
        |           | look            |                 |
        |           | splx            |                 |
        |           | look            |                 |
      And line disk is raised after 5 steps
      When the machine runs
      Then the machine does:
        | who   | does             |
        | shell | sleeps on buffer |
        | disk  | wakes shell      |
      And shell sees:
        | level  |
        | splbio |
        | spl0   |

  @TOP-09 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: An interrupt that comes while local interrupts are off is held until they are restored, and is then served once
    Source: Linux 2.6.11, include/asm-i386/system.h, local_irq_save(), local_irq_restore()

    Scenario Outline: A line is raised after <steps> steps, beside a protected change
      Given these programs:
        | shell    | call put           | handler of disk   |
        | call put | save interrupts    | mark disk         |
        |          | enqueue a on work  | enqueue b on work |
        |          | mark inside        |                   |
        |          | restore interrupts |                   |
        |          | mark outside       |                   |
      And line disk is raised after <steps> steps
      When the machine runs
      Then the marks are <marks>
      And <left> are left in queue work

      Examples:
        | steps | marks                 | left |
        | 0     | disk, inside, outside | b, a |
        | 1     | disk, inside, outside | b, a |
        | 2     | inside, disk, outside | a, b |
        | 3     | inside, disk, outside | a, b |
        | 4     | inside, disk, outside | a, b |
        | 5     | inside, disk, outside | a, b |
        | 6     | inside, disk, outside | a, b |
        | 7     | inside, outside, disk | a, b |

    Scenario: Raised three times while it is held, it is served once
      Given these programs:
        | shell    | call put           | handler of disk |
        | call put | save interrupts    | mark disk       |
        |          | compute 4          |                 |
        |          | mark inside        |                 |
        |          | restore interrupts |                 |
        |          | compute 4          |                 |
      And line disk is raised after 3 steps
      And line disk is raised after 4 steps
      And line disk is raised after 5 steps
      When the machine runs
      Then the marks are inside, disk

  @TOP-09 @must
  Rule: Without protection a change that takes two steps corrupts the queue
    Source: 4.4BSD, hp300/include/psl.h; Linux 2.6.11, Documentation/spinlocks.txt

    Scenario Outline: A line is raised after <steps> steps, beside an unprotected change
      Given these programs:
        | shell    | call put          | handler of disk   |
        | call put | enqueue a on work | enqueue b on work |
        |          | mark outside      |                   |
      And line disk is raised after <steps> steps
      When the machine runs
      Then <left> are left in queue work

      Examples: Before, in the middle, behind
        | steps | left |
        | 0     | b, a |
        | 1     | b, a |
        | 2     | a    |
        | 3     | a, b |
        | 4     | a, b |

    Scenario: In the middle, three items of the handler are lost together
      Given these programs:
        | shell    | call put          | handler of disk   |
        | call put | enqueue a on work | enqueue b on work |
        |          |                   | enqueue c on work |
        |          |                   | enqueue d on work |
      And line disk is raised after 2 steps
      When the machine runs
      Then a is left in queue work

  @TOP-12 @must
  Rule: A counter that a call and a handler both change loses an update, unless the handler is kept out
    Source: 4.4BSD, hp300/include/psl.h; Linux 2.6.11, Documentation/cli-sti-removal.txt

    Scenario Outline: Unprotected, with an interrupt after <steps> steps
      Given these programs:
        | shell      | call count          | handler of disk     |
        | call count | load r0 from total  | load r0 from total  |
        |            | add 1 to r0         | add 1 to r0         |
        |            | store r0 in total   | store r0 in total   |
      And line disk is raised after <steps> steps
      When the machine runs
      Then the variable total ends as <total>

      Examples:
        | steps | total |
        | 0     | 2     |
        | 1     | 2     |
        | 2     | 1     |
        | 3     | 1     |
        | 4     | 2     |

    @profile:notes @profile:bsd-4.4
    Scenario Outline: With the priority raised, and an interrupt after <steps> steps
      Given these programs:
        | shell      | call count          | handler of disk     |
        | call count | splbio              | load r0 from total  |
        |            | load r0 from total  | add 1 to r0         |
        |            | add 1 to r0         | store r0 in total   |
        |            | store r0 in total   |                     |
        |            | splx                |                     |
      And line disk is raised after <steps> steps
      When the machine runs
      Then the variable total ends as 2

      Examples:
        | steps |
        | 1     |
        | 2     |
        | 3     |
        | 4     |
        | 5     |
        | 6     |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: With interrupts off, and an interrupt after <steps> steps
      Given these programs:
        | shell      | call count          | handler of disk     |
        | call count | save interrupts     | load r0 from total  |
        |            | load r0 from total  | add 1 to r0         |
        |            | add 1 to r0         | store r0 in total   |
        |            | store r0 in total   |                     |
        |            | restore interrupts  |                     |
      And line disk is raised after <steps> steps
      When the machine runs
      Then the variable total ends as 2

      Examples:
        | steps |
        | 1     |
        | 2     |
        | 3     |
        | 4     |
        | 5     |
        | 6     |

  @TOP-12 @UNX-07 @must
  Rule: Two words that must agree are seen to differ by a handler, unless it is kept out
    Source: 4.4BSD, hp300/include/psl.h; Linux 2.6.11, include/asm-i386/system.h

    Scenario Outline: Both ends of a list are moved, and an interrupt comes after <steps> steps
      Given these programs:
        | shell     | call move        | handler of disk   |
        | call move | set r0 to 8      | load r1 from head |
        |           | store r0 in head | load r2 from tail |
        |           | store r0 in tail | look              |
      And line disk is raised after <steps> steps
      When the machine runs
      Then disk sees:
        | r1     | r2     |
        | <head> | <tail> |

      Examples: Unprotected: old, half done, new
        | steps | head | tail |
        | 2     | 0    | 0    |
        | 3     | 8    | 0    |
        | 4     | 8    | 8    |

    @profile:notes @profile:bsd-4.4
    Scenario Outline: The same with the priority raised
      Given these programs:
        | shell     | call move        | handler of disk   |
        | call move | set r0 to 8      | load r1 from head |
        |           | splbio           | load r2 from tail |
        |           | store r0 in head | look              |
        |           | store r0 in tail |                   |
        |           | splx             |                   |
      And line disk is raised after <steps> steps
      When the machine runs
      Then disk sees:
        | r1     | r2     |
        | <head> | <tail> |

      Examples:
        | steps | head | tail |
        | 2     | 0    | 0    |
        | 3     | 8    | 8    |
        | 4     | 8    | 8    |
        | 5     | 8    | 8    |
        | 6     | 8    | 8    |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: The same with interrupts off
      Given these programs:
        | shell     | call move          | handler of disk   |
        | call move | set r0 to 8        | load r1 from head |
        |           | save interrupts    | load r2 from tail |
        |           | store r0 in head   | look              |
        |           | store r0 in tail   |                   |
        |           | restore interrupts |                   |
      And line disk is raised after <steps> steps
      When the machine runs
      Then disk sees:
        | r1     | r2     |
        | <head> | <tail> |

      Examples:
        | steps | head | tail |
        | 2     | 0    | 0    |
        | 3     | 8    | 8    |
        | 4     | 8    | 8    |
        | 5     | 8    | 8    |
        | 6     | 8    | 8    |

  @TOP-09 @TOP-12 @UNX-07 @property @must
  Rule: Whenever the interrupt comes, a protected change is whole, and an unprotected one at some step is not
    Source: 4.4BSD, hp300/include/psl.h; Linux 2.6.11, Documentation/spinlocks.txt

    Scenario: Every step at which the interrupt may come
      Then the property "a protected change is whole at every arrival of the interrupt" holds

    Scenario: Random programs with protected changes
      Then the property "protected changes are whole whatever interrupts come" holds
