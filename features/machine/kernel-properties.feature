@cap:machine
Feature: Properties of the kernel
  A UNIX kernel is re-entrant, since many processes may be inside it, and non-preemptive, since one that is inside leaves
  the processor only of its own accord. That keeps data consistent without locks, as long as nobody sleeps in the middle
  of a change; and it makes whoever is in a hurry wait for the end of a call.

  @UNX-01 @must
  Rule: A process may enter the kernel while others are inside
    Source: Bach, The Design of the UNIX Operating System, 2.2.2; 4.4BSD, kern/kern_synch.c; Linux 2.6.11, kernel/sched.c

    Scenario: Three processes, each in another call
      Given these programs:
        | alice     | bob        | carol     | call read       | call write      | call rest    |
        | call read | call write | call rest | sleep on buffer | sleep on buffer | sleep on key |
      And these programs:
        | handler of disk |
        | wake buffer     |
        | wake key        |
      And line disk is raised after 10 steps
      When the machine runs
      Then as many as 3 processes are in the kernel at once, and 1 of them runs
      And the run ends with nothing left to do

    Scenario: One that sleeps inside for ever keeps nobody out
      Given these programs:
        | alice     | bob      | call read       | call get |
        | call read | call get | sleep on buffer | return 5 |
        |           | look     |                 |          |
      When the machine runs
      Then bob sees:
        | mode | result |
        | user | 5      |
      And alice waits for buffer

  @UNX-02 @must
  Rule: One process at a time has the processor; others that are inside the kernel are blocked
    Source: 4.4BSD, kern/kern_synch.c, mi_switch(); Linux 2.6.11, kernel/sched.c, schedule()

    Scenario: Three processes take turns in a call that sleeps
      Given these programs:
        | alice    | bob      | carol    | call get       | handler of disk |
        | call get | call get | call get | mark first     | wake input      |
        |          |          |          | sleep on input |                 |
        |          |          |          | mark second    |                 |
        |          |          |          | mark third     |                 |
      And line disk is raised after 12 steps
      When the machine runs
      Then the marks are first, first, first, second, third, second, third, second, third
      And as many as 3 processes are in the kernel at once, and 1 of them runs

  @UNX-02 @property @must
  Rule: No process has two processors, and no processor has two processes
    Source: 4.4BSD, kern/kern_synch.c, mi_switch(); Linux 2.6.11, kernel/sched.c, schedule()

    Scenario: Random processes that sleep, are woken and are interrupted
      Then the property "a processor runs one process at a time" holds

  @UNX-03 @must
  Rule: A call runs to its end or to where it blocks, however many ticks and wake-ups fall into it
    Source: 4.4BSD, kern/kern_clock.c, hardclock(), roundrobin(); Linux 2.6.11, kernel/sched.c, scheduler_tick(), without CONFIG_PREEMPT

    Scenario: Its quantum ends many times
      Given these programs:
        | alice     | bob       | call work   |
        | call work | call work | mark begins |
        |           |           | compute 20  |
        |           |           | mark ends   |
      And the clock ticks every 3 steps, with a quantum of 1 tick
      When the machine runs
      Then the marks are begins, ends, begins, ends

    Scenario: A process of higher priority is woken twice
      Given these programs:
        | editor    | shell     | call rest    | call work   | handler of tty |
        | call rest | call work | sleep on key | compute 12  | wake key       |
        | call rest | mark user |              | mark kernel |                |
        | mark editor |         |              |             |                |
      And editor has priority 9
      And line tty is raised after 5 steps
      And line tty is raised after 9 steps
      When the machine runs
      Then the machine does:
        | who    | does          |
        | editor | runs          |
        | editor | sleeps on key |
        | shell  | runs          |
        | tty    | wakes editor  |
        | editor | runs          |
        | editor | sleeps on key |
        | shell  | runs          |
        | idle   | runs          |

    Scenario: It blocks, and then the others have their turn
      Given these programs:
        | alice     | bob      | call work       | handler of disk |
        | call work | mark bob | mark begins     | wake buffer     |
        |           |          | compute 5       |                 |
        |           |          | mark blocks     |                 |
        |           |          | sleep on buffer |                 |
        |           |          | mark ends       |                 |
      And the clock ticks every 3 steps, with a quantum of 1 tick
      And line disk is raised after 20 steps
      When the machine runs
      Then the marks are begins, blocks, bob, ends

    Scenario: In user mode a quantum ends at its tick
      Given these programs:
        | alice     | bob       |
        | mark a    | mark x    |
        | compute 4 | compute 4 |
        | mark b    | mark y    |
      And the clock ticks every 3 steps, with a quantum of 1 tick
      When the machine runs
      Then the marks are a, x, b, y

  @UNX-03 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A kernel that may be preempted takes the processor from a call whose quantum has ended
    Source: Linux 2.6.11, kernel/sched.c, scheduler_tick(), preempt_schedule_irq(), with CONFIG_PREEMPT

    Scenario: Two processes in the same call
      Given these programs:
        | alice     | bob       | call work   |
        | call work | call work | mark begins |
        |           |           | compute 20  |
        |           |           | mark ends   |
      And the clock ticks every 3 steps, with a quantum of 1 tick
      And a kernel that may be preempted
      When the machine runs
      Then the marks are begins, begins, ends, ends
      And as many as 2 processes are in the kernel at once, and 1 of them runs

    Scenario: To enable preemption that was not disabled is a bug
      Given these programs:
        | shell     | call work          |
        | call work | enable preemption  |
        |           | mark after         |
        |           | disable preemption |
      When the machine runs
      Then the run ends at a bug
      And the marks are nobody

  @UNX-03 @property @must
  Rule: Between the entry and the exit of a call no other process runs unless a sleep is traced
    Source: 4.4BSD, kern/kern_synch.c, mi_switch(); Linux 2.6.11, kernel/sched.c, schedule(), without CONFIG_PREEMPT

    Scenario: Random calls, wake-ups, ticks and priorities
      Then the property "no switch falls into a call that does not sleep" holds

  @UNX-04 @must
  Rule: A change of two steps with no blocking point between them is never seen half done by another process
    Source: Bach, The Design of the UNIX Operating System, 2.2.2.2; 4.4BSD, kern/kern_synch.c

    Background:
      Given these programs:
        | watcher    | call watch        | handler of tty |
        | call watch | sleep on key      | wake key       |
        |            | load r1 from head |                |
        |            | load r2 from tail |                |
        |            | look              |                |
      And watcher has priority 9

    Scenario Outline: The watcher is woken after <steps> steps
      Given these programs:
        | shell     | call move        |
        | call move | set r0 to 8      |
        |           | store r0 in head |
        |           | compute 3        |
        |           | store r0 in tail |
      And line tty is raised after <steps> steps
      When the machine runs
      Then watcher sees:
        | r1     | r2     |
        | <head> | <tail> |

      Examples: Before the call, at each step of it, behind it
        | steps | head | tail |
        | 2     | 0    | 0    |
        | 3     | 8    | 8    |
        | 4     | 8    | 8    |
        | 5     | 8    | 8    |
        | 6     | 8    | 8    |
        | 7     | 8    | 8    |
        | 8     | 8    | 8    |
        | 9     | 8    | 8    |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: Contrast: a kernel that may be preempted, woken after <steps> steps
      Given these programs:
        | shell     | call move        |
        | call move | set r0 to 8      |
        |           | store r0 in head |
        |           | compute 3        |
        |           | store r0 in tail |
      And line tty is raised after <steps> steps
      And a kernel that may be preempted
      When the machine runs
      Then watcher sees:
        | r1     | r2     |
        | <head> | <tail> |

      Examples: Old, half done, new
        | steps | head | tail |
        | 4     | 0    | 0    |
        | 5     | 8    | 0    |
        | 8     | 8    | 0    |
        | 9     | 8    | 8    |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: A kernel that may be preempted, where the change disables preemption
      Given these programs:
        | shell     | call move          |
        | call move | set r0 to 8        |
        |           | disable preemption |
        |           | store r0 in head   |
        |           | compute 3          |
        |           | store r0 in tail   |
        |           | enable preemption  |
      And line tty is raised after 7 steps
      And a kernel that may be preempted
      When the machine runs
      Then watcher sees:
        | r1 | r2 |
        | 8  | 8  |

    Scenario: With a blocking point between the steps it is seen half done
      Given these programs:
        | shell     | call move        | handler of disk |
        | call move | set r0 to 8      | wake buffer     |
        |           | store r0 in head |                 |
        |           | sleep on buffer  |                 |
        |           | store r0 in tail |                 |
      And line tty is raised after 8 steps
      And line disk is raised after 20 steps
      When the machine runs
      Then watcher sees:
        | r1 | r2 |
        | 8  | 0  |

  @UNX-05 @must
  Rule: A process that is woken in a call waits for what is left of the call
    Source: 4.4BSD, kern/kern_synch.c, need_resched(), hp300/hp300/trap.c, userret(); Linux 2.6.11, kernel/sched.c, without CONFIG_PREEMPT

    Scenario Outline: A call of <length> steps, and a process woken after <steps> of the run
      Given these programs:
        | pilot      | shell     | call rest    | call work        | handler of tty |
        | call rest  | call work | sleep on key | compute <length> | wake key       |
        | mark pilot |           |              |                  |                |
      And pilot has priority 99
      And line tty is raised after <steps> steps
      When the machine runs
      Then pilot gets the processor <left> steps after it was woken

      Examples: At its beginning, in the middle, before its last step
        | length | steps | left |
        | 1      | 3     | 1    |
        | 10     | 3     | 10   |
        | 10     | 8     | 5    |
        | 10     | 12    | 1    |
        | 1000   | 3     | 1000 |
        | 1000   | 503   | 500  |

      Examples: In user mode, before the call and behind it
        | length | steps | left |
        | 10     | 2     | 0    |
        | 10     | 13    | 0    |

    Scenario: A quantum that ends in a call is over only behind it
      Given these programs:
        | alice     | bob      | call work   |
        | call work | mark bob | compute 30  |
        |           |          | mark kernel |
        |           |          | look        |
      And the clock ticks every 10 steps, with a quantum of 1 tick
      When the machine runs
      Then the marks are kernel, bob
      And alice is charged 0 ticks in user mode and 3 in kernel mode

  @UNX-05 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: In a kernel that may be preempted it does not wait
    Source: Linux 2.6.11, kernel/sched.c, preempt_schedule_irq(), with CONFIG_PREEMPT

    Scenario Outline: A call of <length> steps, and a process woken after <steps> of the run
      Given these programs:
        | pilot      | shell     | call rest    | call work        | handler of tty |
        | call rest  | call work | sleep on key | compute <length> | wake key       |
        | mark pilot |           |              |                  |                |
      And pilot has priority 99
      And line tty is raised after <steps> steps
      And a kernel that may be preempted
      When the machine runs
      Then pilot gets the processor 0 steps after it was woken

      Examples:
        | length | steps |
        | 1      | 3     |
        | 10     | 8     |
        | 10     | 12    |
        | 1000   | 503   |

    Scenario: Except where preemption is disabled: it waits until it is enabled
      Given these programs:
        | pilot      | shell     | call rest    | call work          | handler of tty |
        | call rest  | call work | sleep on key | disable preemption | wake key       |
        | mark pilot |           |              | compute 20         |                |
        |            |           |              | enable preemption  |                |
        |            |           |              | compute 100        |                |
      And pilot has priority 99
      And line tty is raised after 10 steps
      And a kernel that may be preempted
      When the machine runs
      Then pilot gets the processor 15 steps after it was woken

    Scenario: Except where interrupts are off
      Given these programs:
        | pilot      | shell     | call rest    | call work          |
        | call rest  | call work | sleep on key | save interrupts    |
        | mark pilot |           |              | wake key           |
        |            |           |              | compute 5          |
        |            |           |              | mark inside        |
        |            |           |              | restore interrupts |
      And pilot has priority 99
      And a kernel that may be preempted
      When the machine runs
      Then the marks are inside, pilot

  @UNX-05 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: The longer the calls, the longer the delay, unless the kernel may be preempted
    Source: 4.4BSD, kern/kern_synch.c, need_resched(); Linux 2.6.11, kernel/sched.c, with and without CONFIG_PREEMPT

    Scenario: Case study: the delay of a real-time process that is woken as a call begins
      Given these programs, for some n:
        | pilot      | shell     | call rest    | call work | handler of tty |
        | call rest  | call work | sleep on key | compute n | wake key       |
        | mark pilot |           |              |           |                |
      And pilot has priority 99
      And line tty is raised after 3 steps
      When the machine runs with n = 1, 50, 100, 200, 400, 800, not preemptible and preemptible
      Then pilot waits so many steps:
        | n    | not preemptible | preemptible |
        | 1    | 1               | 0           |
        | 50   | 50              | 0           |
        | 100  | 100             | 0           |
        | 200  | 200             | 0           |
        | 400  | 400             | 0           |
        | 800  | 800             | 0           |

  @UNX-06 @must
  Rule: A change with a blocking operation in its middle is broken by a second process, unless a lock is held across it
    Source: Bach, The Design of the UNIX Operating System, 2.2.2.2; 4.4BSD, kern/vfs_bio.c, getblk(), B_BUSY; Linux 2.6.11, Documentation/spinlocks.txt

    Scenario: Without a lock an update is lost
      Given these programs:
        | alice      | bob        | call count         | handler of disk |
        | call count | call count | load r0 from total | wake buffer     |
        |            |            | sleep on buffer    |                 |
        |            |            | add 1 to r0        |                 |
        |            |            | store r0 in total  |                 |
      And line disk is raised after 10 steps
      When the machine runs
      Then the variable total ends as 1

    Scenario: With a semaphore the second waits for the first
      Given these programs:
        | alice      | bob        | call count         | handler of disk |
        | call count | call count | down mutex         | wake buffer     |
        |            |            | load r0 from total |                 |
        |            |            | sleep on buffer    |                 |
        |            |            | add 1 to r0        |                 |
        |            |            | store r0 in total  |                 |
        |            |            | up mutex           |                 |
      And line disk is raised after 10 steps
      And line disk is raised after 30 steps
      When the machine runs
      Then the machine does:
        | who   | does             |
        | alice | sleeps on buffer |
        | bob   | sleeps on mutex  |
        | disk  | wakes alice      |
        | alice | wakes bob        |
        | bob   | sleeps on buffer |
        | disk  | wakes bob        |
      And the variable total ends as 2

    Scenario: A wake-up on a channel of that name does not give the semaphore away
      Given these programs:
        | alice     | bob       | call work       | handler of tty | handler of disk |
        | call work | call work | down mutex      | wake mutex     | wake buffer     |
        |           |           | mark in         |                |                 |
        |           |           | sleep on buffer |                |                 |
        |           |           | mark out        |                |                 |
        |           |           | up mutex        |                |                 |
      And line tty is raised after 10 steps
      And line disk is raised after 15 steps
      And line disk is raised after 30 steps
      When the machine runs
      Then the marks are in, out, in, out
      And the machine does:
        | who   | does             |
        | alice | sleeps on buffer |
        | bob   | sleeps on mutex  |
        | bob   | sleeps on mutex  |
        | bob   | sleeps on buffer |

    Scenario: With a busy flag that is looked at again after each wake-up
      Given these programs:
        | alice      | bob        | call count              | handler of disk |
        | call count | call count | sleep on lock until busy is 0 | wake buffer |
        |            |            | set r1 to 1             |                 |
        |            |            | store r1 in busy        |                 |
        |            |            | load r0 from total      |                 |
        |            |            | sleep on buffer         |                 |
        |            |            | add 1 to r0             |                 |
        |            |            | store r0 in total       |                 |
        |            |            | set r1 to 0             |                 |
        |            |            | store r1 in busy        |                 |
        |            |            | wake lock               |                 |
      And line disk is raised after 15 steps
      And line disk is raised after 40 steps
      When the machine runs
      Then the machine does:
        | who   | does             |
        | alice | sleeps on buffer |
        | bob   | sleeps on lock   |
        | disk  | wakes alice      |
        | alice | wakes bob        |
        | bob   | sleeps on buffer |
        | disk  | wakes bob        |
      And the variable total ends as 2

    Scenario: A lock that is never given back
      Given these programs:
        | alice      | bob        | call take  |
        | call take  | call take  | down mutex |
      When the machine runs
      Then the run ends in a deadlock
      And "bob" waits for mutex, which "alice" holds

    Scenario: Two locks taken in opposite orders
      Given these programs:
        | alice      | bob         | call there      | call back       | handler of disk |
        | call there | call back   | down left       | down right      | wake buffer     |
        |            |             | sleep on buffer | sleep on buffer |                 |
        |            |             | down right      | down left       |                 |
      And line disk is raised after 12 steps
      When the machine runs
      Then the run ends in a deadlock
      And "alice" waits for right, which "bob" holds
      And "bob" waits for left, which "alice" holds

    Scenario: Of those that wait for a semaphore the one that came first gets it
      Given these programs:
        | alice     | bob        | carol      | call hold       | call enter | handler of disk |
        | call hold | call enter | call enter | down mutex      | down mutex | wake buffer     |
        |           |            |            | sleep on buffer | up mutex   |                 |
        |           |            |            | up mutex        |            |                 |
      And line disk is raised after 20 steps
      When the machine runs
      Then the machine does:
        | who   | does        |
        | disk  | wakes alice |
        | alice | wakes bob   |
        | bob   | wakes carol |
