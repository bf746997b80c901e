@cap:machine
Feature: Interrupt control
  A processor can hold off its interrupts, all of them or the software interrupts only. What comes meanwhile is not lost,
  it waits. Spin locks come in variants that do this by the way, since a lock that a handler takes as well is no use
  otherwise.

  @SYN-06 @must
  Rule: Interrupts that come while they are disabled wait until they are enabled
    Source: Linux 2.6.11, include/asm-i386/system.h, local_irq_disable(), local_irq_enable(); 4.4BSD, hp300/include/psl.h, splhigh(), spl0()

    Scenario Outline: A line is raised after <steps> steps
      Given these programs:
        | shell     | call work          | handler of disk |
        | call work | disable interrupts | mark disk       |
        |           | mark inside        |                 |
        |           | enable interrupts  |                 |
        |           | mark outside       |                 |
      And line disk is raised after <steps> steps
      When the machine runs
      Then the marks are <marks>

      Examples:
        | steps | marks                 |
        | 1     | disk, inside, outside |
        | 2     | inside, disk, outside |
        | 3     | inside, disk, outside |
        | 4     | inside, disk, outside |
        | 5     | inside, outside, disk |

    Scenario: Each line that was raised is served, and each once
      Given these programs:
        | shell     | call work          | handler of disk | handler of tty | handler of net |
        | call work | disable interrupts | mark disk       | mark tty       | mark net       |
        |           | compute 5          |                 |                |                |
        |           | mark inside        |                 |                |                |
        |           | enable interrupts  |                 |                |                |
        |           | compute 5          |                 |                |                |
      And line net has level splnet
      And line disk has level splbio
      And line tty has level spltty
      And line net is raised after 3 steps
      And line disk is raised after 4 steps
      And line disk is raised after 5 steps
      And line tty is raised after 6 steps
      When the machine runs
      Then the marks are inside, tty, disk, net

    Scenario: The state can be seen
      Given these programs:
        | shell     | call work          |
        | call work | look               |
        |           | disable interrupts |
        |           | look               |
        |           | enable interrupts  |
        |           | look               |
      When the machine runs
      Then shell sees:
        | interrupts |
        | true       |
        | false      |
        | true       |

    Scenario: A call that returns with interrupts off finds them on in user mode
      Given these programs:
        | shell     | call work          | handler of disk |
        | call work | disable interrupts | mark disk       |
        | look      | mark inside        |                 |
        | mark user |                    |                 |
      And line disk is raised after 2 steps
      When the machine runs
      Then shell sees:
        | mode | interrupts |
        | user | true       |
      And the marks are inside, disk, user

    Scenario: Ticks of the clock that fall into it count as one
      Given these programs:
        | shell     | call work          |
        | call work | disable interrupts |
        |           | compute 40         |
        |           | enable interrupts  |
        |           | compute 2          |
      And the clock ticks every 10 steps
      When the machine runs
      Then the machine has ticked 1 time

    Scenario: A process that sleeps with interrupts off leaves them on for the next
      Given these programs:
        | shell     | editor    | call read          | handler of disk |
        | call read | compute 3 | disable interrupts | mark disk       |
        |           | look      | sleep on buffer    | wake buffer     |
        |           |           | look               |                 |
      And line disk is raised after 4 steps
      When the machine runs
      Then editor sees:
        | interrupts |
        | true       |
      And shell sees:
        | interrupts |
        | false      |

  @SYN-06 @must
  Rule: What was saved is restored, so that pairs of save and restore nest
    Source: Linux 2.6.11, include/asm-i386/system.h, local_irq_save(), local_irq_restore(); 4.4BSD, hp300/include/psl.h, splx()

    Scenario: The inner pair does not enable what the outer one has disabled
      Given these programs:
        | shell     | call work          | handler of disk |
        | call work | save interrupts    | mark disk       |
        |           | save interrupts    |                 |
        |           | restore interrupts |                 |
        |           | look               |                 |
        |           | mark inside        |                 |
        |           | restore interrupts |                 |
        |           | look               |                 |
      And line disk is raised after 3 steps
      When the machine runs
      Then shell sees:
        | interrupts |
        | false      |
        | true       |
      And the marks are inside, disk

    Scenario: A pair inside disable and enable
      Given these programs:
        | shell     | call work          |
        | call work | disable interrupts |
        |           | save interrupts    |
        |           | restore interrupts |
        |           | look               |
        |           | enable interrupts  |
      When the machine runs
      Then shell sees:
        | interrupts |
        | false      |

    Scenario: Enabling does not nest: one is enough
      Given these programs:
        | shell     | call work          |
        | call work | disable interrupts |
        |           | disable interrupts |
        |           | enable interrupts  |
        |           | look               |
      When the machine runs
      Then shell sees:
        | interrupts |
        | true       |

    Scenario: To restore what was not saved is a bug
      Given these programs:
        | shell     | call work          |
        | call work | restore interrupts |
      When the machine runs
      Then the run ends at a bug

  @SYN-07 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: While bottom halves are disabled hardware interrupts are served, and software interrupts wait
    Source: Linux 2.6.11, include/linux/interrupt.h, local_bh_disable(); kernel/softirq.c, local_bh_enable()

    Scenario Outline: A line whose handler raises a software interrupt is raised after <steps> steps
      Given these programs:
        | shell     | call work             | handler of disk      | softirq NET_RX |
        | call work | disable bottom halves | mark hard            | mark soft      |
        |           | mark inside           | raise softirq NET_RX |                |
        |           | enable bottom halves  |                      |                |
        |           | mark outside          |                      |                |
      And line disk is raised after <steps> steps
      When the machine runs
      Then the marks are <marks>

      Examples:
        | steps | marks                       |
        | 1     | hard, soft, inside, outside |
        | 2     | hard, inside, soft, outside |
        | 3     | inside, hard, soft, outside |
        | 4     | inside, hard, soft, outside |
        | 5     | inside, outside, hard, soft |

    Scenario: Raised by three interrupts, it runs once
      Given these programs:
        | shell     | call work             | handler of disk      | softirq NET_RX |
        | call work | disable bottom halves | mark hard            | mark soft      |
        |           | compute 20            | raise softirq NET_RX |                |
        |           | enable bottom halves  |                      |                |
        |           | mark outside          |                      |                |
      And line disk is raised after 3 steps
      And line disk is raised after 7 steps
      And line disk is raised after 11 steps
      When the machine runs
      Then the marks are hard, hard, hard, soft, outside

    Scenario: Raised by the call itself
      Given these programs:
        | shell     | call work             | softirq NET_RX |
        | call work | disable bottom halves | mark soft      |
        |           | raise softirq NET_RX  |                |
        |           | mark inside           |                |
        |           | enable bottom halves  |                |
        |           | mark outside          |                |
      When the machine runs
      Then the marks are inside, soft, outside

    Scenario: Nothing was raised meanwhile
      Given these programs:
        | shell     | call work             | softirq NET_RX |
        | call work | disable bottom halves | mark soft      |
        |           | enable bottom halves  |                |
        |           | mark outside          |                |
      When the machine runs
      Then the marks are outside

  @SYN-07 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Disabling bottom halves nests, and the outermost enable runs what was raised
    Source: Linux 2.6.11, include/linux/hardirq.h, preempt_count(); kernel/softirq.c, local_bh_enable()

    Scenario: Two deep
      Given these programs:
        | shell     | call work             | handler of disk      | softirq NET_RX |
        | call work | disable bottom halves | raise softirq NET_RX | mark soft      |
        |           | disable bottom halves |                      |                |
        |           | mark both             |                      |                |
        |           | enable bottom halves  |                      |                |
        |           | mark one              |                      |                |
        |           | enable bottom halves  |                      |                |
        |           | mark none             |                      |                |
      And line disk is raised after 3 steps
      When the machine runs
      Then the marks are both, one, soft, none

    Scenario: The count can be seen
      Given these programs:
        | shell     | call work             |
        | call work | look                  |
        |           | disable bottom halves |
        |           | disable bottom halves |
        |           | look                  |
        |           | enable bottom halves  |
        |           | look                  |
        |           | enable bottom halves  |
        |           | look                  |
      When the machine runs
      Then shell sees:
        | preemptCount | interrupts |
        | 0            | true       |
        | 512          | true       |
        | 256          | true       |
        | 0            | true       |

    Scenario: A software interrupt that disables and enables them is not entered again
      Given these programs:
        | shell     | handler of disk      | softirq NET_RX        | softirq HI |
        | compute 9 | raise softirq NET_RX | mark begins           | mark high  |
        |           |                      | raise softirq HI      |            |
        |           |                      | disable bottom halves |            |
        |           |                      | enable bottom halves  |            |
        |           |                      | mark ends             |            |
      And line disk is raised after 2 steps
      When the machine runs
      Then the marks are begins, ends, high

    Scenario: To enable what was not disabled is a bug
      Given these programs:
        | shell     | call work             |
        | call work | enable bottom halves  |
        |           | mark after            |
        |           | disable bottom halves |
      When the machine runs
      Then the run ends at a bug
      And the marks are nobody

    Scenario: To sleep meanwhile is a bug
      Given these programs:
        | shell     | call work             |
        | call work | disable bottom halves |
        |           | sleep on buffer       |
      When the machine runs
      Then the run ends at a bug

  @SYN-04 @must
  Rule: Whoever holds a spin lock must not sleep
    Source: Linux 2.6.11, kernel/sched.c, schedule(), "scheduling while atomic"; Documentation/spinlocks.txt

    Scenario Outline: A call does "<action>" with the lock held
      Given these programs:
        | shell     | call work    | child     |
        | call work | lock table   | compute 1 |
        |           | mark locked  |           |
        |           | <action>     |           |
        |           | mark after   |           |
        |           | unlock table |           |
      And child is a child of shell
      When the machine runs
      Then the run ends at a bug
      And the marks are locked

      Examples:
        | action           |
        | sleep on buffer  |
        | down mutex       |
        | yield            |
        | exit 0           |
        | return 0         |

    Scenario: It may once the lock is free
      Given these programs:
        | shell     | call work       | handler of disk |
        | call work | lock table      | wake buffer     |
        |           | unlock table    |                 |
        |           | sleep on buffer |                 |
        |           | mark after      |                 |
      And line disk is raised after 6 steps
      When the machine runs
      Then the marks are after
      And the run ends with nothing left to do

    Scenario: To unlock what is not locked is a bug
      Given these programs:
        | shell     | call work    |
        | call work | unlock table |
      When the machine runs
      Then the run ends at a bug

  @SYN-04 @must
  Rule: A plain spin lock that a handler takes too locks up the processor when the handler comes while it is held
    Source: Linux 2.6.11, Documentation/spinlocks.txt, lesson 3

    Scenario Outline: The handler comes after <steps> steps, while the lock is held
      Given these programs:
        | shell     | call work    | handler of disk |
        | call work | lock table   | lock table      |
        |           | compute 2    | mark disk       |
        |           | unlock table | unlock table    |
      And line disk is raised after <steps> steps
      When the machine runs
      Then the run ends in a deadlock
      And "disk" waits for table, which "shell" holds
      And the marks are nobody

      Examples:
        | steps |
        | 2     |
        | 3     |
        | 4     |

    Scenario Outline: The handler comes after <steps> steps, while it is free
      Given these programs:
        | shell     | call work    | handler of disk |
        | call work | lock table   | lock table      |
        |           | compute 2    | mark disk       |
        |           | unlock table | unlock table    |
      And line disk is raised after <steps> steps
      When the machine runs
      Then the run ends with nothing left to do
      And the marks are disk

      Examples:
        | steps |
        | 1     |
        | 5     |

    Scenario: Taken twice by one call
      Given these programs:
        | shell     | call work  |
        | call work | lock table |
        |           | lock table |
      When the machine runs
      Then the run ends in a deadlock
      And "shell" waits for table, which "shell" holds

  @SYN-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: The irq variant keeps the handler of the same processor out while the lock is held
    Source: Linux 2.6.11, include/linux/spinlock.h, spin_lock_irqsave(), spin_unlock_irqrestore()

    Scenario Outline: The handler comes after <steps> steps
      Given these programs:
        | shell     | call work        | handler of disk |
        | call work | lock irq table   | lock table      |
        |           | mark inside      | mark disk       |
        |           | compute 2        | unlock table    |
        |           | unlock irq table |                 |
        |           | mark outside     |                 |
      And line disk is raised after <steps> steps
      When the machine runs
      Then the marks are <marks>
      And the run ends with nothing left to do

      Examples:
        | steps | marks                 |
        | 1     | disk, inside, outside |
        | 2     | inside, disk, outside |
        | 3     | inside, disk, outside |
        | 4     | inside, disk, outside |
        | 5     | inside, disk, outside |
        | 6     | inside, disk, outside |
        | 7     | inside, outside, disk |

    Scenario: It restores interrupts as they were
      Given these programs:
        | shell     | call work          |
        | call work | save interrupts    |
        |           | lock irq table     |
        |           | unlock irq table   |
        |           | look               |
        |           | restore interrupts |
        |           | lock irq table     |
        |           | look               |
        |           | unlock irq table   |
        |           | look               |
      When the machine runs
      Then shell sees:
        | interrupts | preemptCount |
        | false      | 0            |
        | false      | 1            |
        | true       | 0            |

  @SYN-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: The bh variant keeps software interrupts out while the lock is held, and lets hardware interrupts in
    Source: Linux 2.6.11, include/linux/spinlock.h, spin_lock_bh(), spin_unlock_bh()

    Scenario: The software interrupt takes the lock too
      Given these programs:
        | shell     | call work       | handler of disk      | softirq NET_RX |
        | call work | lock bh table   | mark hard            | lock table     |
        |           | compute 4       | raise softirq NET_RX | mark soft      |
        |           | mark inside     |                      | unlock table   |
        |           | look            |                      |                |
        |           | unlock bh table |                      |                |
        |           | mark outside    |                      |                |
      And line disk is raised after 3 steps
      When the machine runs
      Then the marks are hard, inside, soft, outside
      And shell sees:
        | interrupts | preemptCount |
        | true       | 257          |

    Scenario: With the plain variant the processor locks up
      Given these programs:
        | shell     | call work    | handler of disk      | softirq NET_RX |
        | call work | lock table   | mark hard            | lock table     |
        |           | compute 4    | raise softirq NET_RX | mark soft      |
        |           | unlock table |                      | unlock table   |
      And line disk is raised after 3 steps
      When the machine runs
      Then the run ends in a deadlock
      And "NET_RX" waits for table, which "shell" holds
      And the marks are hard

    Scenario: A handler that takes it needs the irq variant
      Given these programs:
        | shell     | call work       | handler of disk |
        | call work | lock bh table   | lock table      |
        |           | compute 4       | mark disk       |
        |           | unlock bh table | unlock table    |
      And line disk is raised after 3 steps
      When the machine runs
      Then the run ends in a deadlock
      And "disk" waits for table, which "shell" holds

  @SYN-07 @SYN-04 @property @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Whenever the interrupt comes, a change with bottom halves disabled is whole
    Source: Linux 2.6.11, include/linux/interrupt.h, local_bh_disable(); include/linux/spinlock.h, spin_lock_bh()

    Scenario: Every step at which the interrupt may come
      Then the property "a change with bottom halves disabled is whole at every arrival of the interrupt" holds
