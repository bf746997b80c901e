@cap:machine-smp
Feature: Several processors in the kernel
  What holds off the interrupts of one processor holds off nobody on another. Two processes may be in the kernel at once
  and both run; so what was consistent by itself on one processor now needs a lock, and a lock makes the others wait.

  @TOP-10 @must @profile:notes @profile:bsd-4.4
  Rule: A raised priority does not keep out the handler that runs on another processor
    Source: 4.4BSD, hp300/include/psl.h, splhigh(), a register of one processor

    Scenario: Inside the protected section
      Given these programs:
        | shell    | call put    | handler of disk |
        | call put | splhigh     | mark disk       |
        |          | mark begins |                 |
        |          | compute 5   |                 |
        |          | mark ends   |                 |
        |          | splx        |                 |
      And 2 processors
      And shell runs on processor 0
      And line disk is raised after 4 steps on processor 1
      When the machine runs
      Then the marks are begins, disk, ends

    Scenario: On the processor of the section it is held
      Given these programs:
        | shell    | call put    | handler of disk |
        | call put | splhigh     | mark disk       |
        |          | mark begins |                 |
        |          | compute 5   |                 |
        |          | mark ends   |                 |
        |          | splx        |                 |
      And 2 processors
      And shell runs on processor 0
      And line disk is raised after 4 steps on processor 0
      When the machine runs
      Then the marks are begins, ends, disk

    Scenario: The queue is corrupted
      Given these programs:
        | shell    | call put          | handler of disk   |
        | call put | splhigh           | enqueue b on work |
        |          | enqueue a on work |                   |
        |          | splx              |                   |
      And 2 processors
      And shell runs on processor 0
      And line disk is raised after 2 steps on processor 1
      When the machine runs
      Then b is left in queue work

  @TOP-10 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Interrupts that are off on one processor do not keep out the handler that runs on another
    Source: Linux 2.6.11, Documentation/cli-sti-removal.txt; include/asm-i386/system.h, local_irq_disable()

    Scenario: Inside the protected section
      Given these programs:
        | shell    | call put           | handler of disk |
        | call put | save interrupts    | mark disk       |
        |          | mark begins        |                 |
        |          | compute 5          |                 |
        |          | mark ends          |                 |
        |          | restore interrupts |                 |
      And 2 processors
      And shell runs on processor 0
      And line disk is raised after 4 steps on processor 1
      When the machine runs
      Then the marks are begins, disk, ends

    Scenario: The queue is corrupted
      Given these programs:
        | shell    | call put           | handler of disk   |
        | call put | save interrupts    | enqueue b on work |
        |          | enqueue a on work  |                   |
        |          | restore interrupts |                   |
      And 2 processors
      And shell runs on processor 0
      And line disk is raised after 2 steps on processor 1
      When the machine runs
      Then b is left in queue work

  @SYN-06 @must
  Rule: While interrupts are disabled on one processor another still takes its own
    Source: Linux 2.6.11, include/asm-i386/system.h, local_irq_disable()

    Scenario: A line is raised on both
      Given these programs:
        | shell     | call work          | handler of disk | handler of tty |
        | call work | disable interrupts | mark disk       | mark tty       |
        |           | mark begins        |                 |                |
        |           | compute 5          |                 |                |
        |           | mark ends          |                 |                |
        |           | enable interrupts  |                 |                |
      And 2 processors
      And shell runs on processor 0
      And line disk is raised after 4 steps on processor 0
      And line tty is raised after 5 steps on processor 1
      When the machine runs
      Then the marks are begins, tty, ends, disk

    Scenario: Each processor has its own state
      Given these programs:
        | alice     | bob       | call work          |
        | call work | compute 4 | disable interrupts |
        |           | look      | compute 4          |
        |           |           | look               |
      And 2 processors
      And alice runs on processor 0
      And bob runs on processor 1
      When the machine runs
      Then alice sees:
        | interrupts |
        | false      |
      And bob sees:
        | interrupts |
        | true       |

  @SYN-07 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: While bottom halves are disabled on one processor another still runs its own
    Source: Linux 2.6.11, kernel/softirq.c, local_softirq_pending(), one word for each processor

    Scenario: The same software interrupt on both
      Given these programs:
        | shell     | call work             | handler of disk      | handler of tty      | softirq NET_RX | softirq NET_TX |
        | call work | disable bottom halves | raise softirq NET_RX | raise softirq NET_TX | mark receives  | mark transmits |
        |           | mark begins           |                      |                     |                |                |
        |           | compute 9             |                      |                     |                |                |
        |           | mark ends             |                      |                     |                |                |
        |           | enable bottom halves  |                      |                     |                |                |
      And 2 processors
      And shell runs on processor 0
      And line disk is raised after 4 steps on processor 0
      And line tty is raised after 5 steps on processor 1
      When the machine runs
      Then the marks are begins, transmits, ends, receives

  @TOP-11 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A spin lock keeps the handler on another processor out of the section
    Source: Linux 2.6.11, include/linux/spinlock.h; Documentation/spinlocks.txt, lesson 3

    Scenario Outline: The handler comes after <steps> steps of the other processor
      Given these programs:
        | shell    | call put          | handler of disk   |
        | call put | lock irq table    | lock irq table    |
        |          | enqueue a on work | enqueue b on work |
        |          | unlock irq table  | unlock irq table  |
      And 2 processors
      And shell runs on processor 0
      And line disk is raised after <steps> steps on processor 1
      When the machine runs
      Then <left> is left in queue work
      And the run ends with nothing left to do

      Examples: Each step
        | steps | left |
        | 0     | b, a |
        | 1     | a, b |
        | 2     | a, b |
        | 3     | a, b |
        | 4     | a, b |
        | 5     | a, b |

    Scenario: A handler that comes while the section lasts waits for its end
      Given these programs:
        | shell    | call put         | handler of disk  |
        | call put | lock irq table   | lock irq table   |
        |          | mark begins      | mark disk        |
        |          | compute 5        | unlock irq table |
        |          | mark ends        |                  |
        |          | unlock irq table |                  |
      And 2 processors
      And shell runs on processor 0
      And line disk is raised after 4 steps on processor 1
      When the machine runs
      Then the machine does:
        | who   | does            |
        | shell | locks table     |
        | shell | marks begins    |
        | disk  | spins on table  |
        | shell | marks ends      |
        | shell | unlocks table   |
        | disk  | locks table     |
        | disk  | marks disk      |
        | disk  | unlocks table   |

  @UNX-08 @must
  Rule: Two processes may be in the kernel and run at once, and then they lose updates of what they share
    Source: Linux 2.6.11, Documentation/spinlocks.txt; 4.4BSD, sys/lock.h, simple_lock()

    Background:
      Given these programs:
        | alice      | bob        | call count         |
        | call count | call count | load r0 from total |
        |            |            | add 1 to r0        |
        |            |            | store r0 in total  |
      And 2 processors
      And alice runs on processor 0
      And bob runs on processor 1

    Scenario: Both run
      When the machine runs
      Then as many as 2 processes are in the kernel at once, and 2 of them run

    Scenario Outline: The processors take their steps in the order <schedule>
      When the machine runs by the schedule <schedule>
      Then the variable total ends as <total>

      Examples: One behind the other
        | schedule        | total |
        | 0 0 0 0 1 1 1 1 | 2     |
        | 1 1 1 1 0 0 0 0 | 2     |
        | 0 1 0 0 0 1 1 1 | 2     |

      Examples: The second reads before the first has written
        | schedule        | total |
        | 0 1 0 1 0 1 0 1 | 1     |
        | 0 0 0 1 1 0 1 1 | 1     |
        | 0 0 1 1 1 1 0 0 | 1     |

  @UNX-09 @SYN-04 @must
  Rule: With a lock around the change none is lost, in whatever order the processors take their steps
    Source: Linux 2.6.11, include/linux/spinlock.h, spin_lock(); 4.4BSD, sys/lock.h, simple_lock()

    Background:
      Given these programs:
        | alice      | bob        | call count         |
        | call count | call count | lock table         |
        |            |            | load r0 from total |
        |            |            | add 1 to r0        |
        |            |            | store r0 in total  |
        |            |            | unlock table       |
      And 2 processors
      And alice runs on processor 0
      And bob runs on processor 1

    Scenario: By turns
      When the machine runs
      Then the variable total ends as 2
      And the machine does:
        | who   | does           |
        | alice | locks table    |
        | bob   | spins on table |
        | alice | unlocks table  |
        | bob   | locks table    |
        | bob   | unlocks table  |

    Scenario Outline: The processors take their steps in the order <schedule>
      When the machine runs by the schedule <schedule>
      Then the variable total ends as 2

      Examples:
        | schedule            |
        | 0 0 0 1 1 1 1 1 0 0 |
        | 0 0 0 0 1 1 0 0 1 1 |
        | 1 1 1 0 0 0 0 0 0 0 |

  @UNX-08 @UNX-09 @TOP-11 @property @must
  Rule: Over all interleavings, an update is lost in some without a lock, and in none with one
    Source: Linux 2.6.11, Documentation/spinlocks.txt

    Scenario: Without a lock
      Then the property "without a lock those interleavings lose an update in which both are in the change" holds

    Scenario: With a lock
      Then the property "with a lock no interleaving loses an update" holds

    Scenario: A process and a handler on another processor
      Then the property "a lock keeps a handler on another processor out at every arrival" holds

    Scenario: With a semaphore
      Then the property "with a semaphore no interleaving loses an update" holds

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: A process and a software interrupt on another processor
      Then the property "a lock keeps a software interrupt on another processor out at every arrival" holds

  @SYN-04 @must
  Rule: A processor that waits for a spin lock does nothing else, and its process does not sleep
    Source: Linux 2.6.11, kernel/spinlock.c, _spin_lock(); 4.4BSD, sys/lock.h, simple_lock()

    Background:
      Given these programs:
        | alice     | bob       | carol      | call work    |
        | call work | call work | mark carol | lock table   |
        |           | mark bob  |            | compute 10   |
        |           |           |            | unlock table |
      And 2 processors
      And alice runs on processor 0
      And bob runs on processor 1
      And carol runs on processor 1

    Scenario: Who else wants the processor has to wait, too
      When the machine runs
      Then the machine does:
        | who   | does           |
        | alice | locks table    |
        | bob   | spins on table |
        | alice | unlocks table  |
        | bob   | locks table    |
        | bob   | unlocks table  |
        | bob   | marks bob      |
        | carol | marks carol    |

    Scenario: The steps of the wait are spent
      When the machine runs
      Then bob spins for 11 steps

    Scenario: While it waits its interrupts are served
      Given these programs:
        | handler of disk |
        | mark disk       |
      And line disk is raised after 5 steps on processor 1
      When the machine runs
      Then the machine does:
        | who   | does           |
        | alice | locks table    |
        | bob   | spins on table |
        | disk  | interrupts     |
        | alice | unlocks table  |
        | bob   | locks table    |
        | bob   | unlocks table  |

  @SYN-04 @must
  Rule: Of those that wait for a spin lock one gets it at a time
    Source: Linux 2.6.11, kernel/spinlock.c, _spin_lock(); 4.4BSD, sys/lock.h, simple_lock()

    Scenario: Three processors
      Given these programs:
        | alice     | bob       | carol     | call work    |
        | call work | call work | call work | lock table   |
        |           |           |           | compute 4    |
        |           |           |           | unlock table |
      And 3 processors
      When the machine runs
      Then one holds table at a time, 3 times in all

    Scenario: Whose holder never comes back
      Given these programs:
        | alice     | bob       | call work  | call wait    |
        | call work | call wait | lock table | lock index   |
        |           |           | compute 3  | compute 3    |
        |           |           | lock index | lock table   |
      And 2 processors
      When the machine runs
      Then the run ends in a deadlock
      And "alice" waits for index, which "bob" holds
      And "bob" waits for table, which "alice" holds

  @UNX-02 @must
  Rule: As many processes run as there are processors, and the others that are in the kernel sleep
    Source: Linux 2.6.11, kernel/sched.c, struct runqueue

    Scenario Outline: <processes> processes on <processors> processors
      Given these programs:
        | call get       | handler of disk |
        | sleep on input | wake input      |
        | compute 20     |                 |
      And <processes> processes that call get
      And <processors> processors
      And line disk is raised after 30 steps
      When the machine runs
      Then as many as <processes> processes are in the kernel at once, and <running> of them run

      Examples:
        | processes | processors | running |
        | 5         | 2          | 2       |
        | 5         | 4          | 4       |
        | 2         | 3          | 2       |

    Scenario: A process that had to give way goes on where a processor idles
      Given these programs:
        | low        | high      | call rest    | handler of tty |
        | compute 10 | call rest | sleep on key | wake key       |
        | mark low   | compute 30 |             |                |
        |            | mark high |              |                |
      And high has priority 9
      And high runs on processor 0
      And 2 processors
      And line tty is raised after 5 steps
      When the machine runs
      Then the marks are low, high

  @UNX-02 @property @must
  Rule: At each step of every interleaving no more processes run than there are processors
    Source: Linux 2.6.11, kernel/sched.c, schedule()

    Scenario: Three processes that sleep and are woken on two processors
      Then the property "no more processes run than processors, in every interleaving" holds

  @UNX-08 @must
  Rule: Under one lock the throughput stops growing with the number of processors
    Source: Linux 2.6.11, lib/kernel_lock.c, lock_kernel(), the one lock around most of the kernel

    Scenario: Case study: calls under one lock, and under a lock for each processor
      A call takes 20 steps, and holds the lock for 8 of them: under one lock there cannot be more than 125.

      Given these programs on each processor p, with some lock L:
        | worker-p    | call work-p |
        | call work-p | compute 10  |
        | call work-p | lock L      |
        | call work-p | compute 7   |
        | call work-p | unlock L    |
        | call work-p |             |
        | call work-p |             |
        | call work-p |             |
        | call work-p |             |
      When the machine runs on 1 to 8 processors, where L is table-p, and where it is table
      Then there are so many calls in 1000 steps:
        | processors | a lock each | one lock, at least | at most |
        | 1          | 50          | 50                 | 50      |
        | 2          | 100         | 90                 | 100     |
        | 3          | 150         | 110                | 125     |
        | 4          | 200         | 110                | 125     |
        | 5          | 250         | 110                | 125     |
        | 6          | 300         | 110                | 125     |
        | 7          | 350         | 110                | 125     |
        | 8          | 400         | 110                | 125     |
