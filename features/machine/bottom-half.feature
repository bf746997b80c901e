@cap:machine
Feature: Bottom half
  The bottom half of the kernel is what devices call: handlers, and the software interrupts and timers that go on from
  there. Nobody has asked it to run, so it can count on nobody: no process, no user memory, and no sleep.

  @BOT-01 @must
  Rule: The handler that is registered for a line is called, and no other
    Source: Linux 2.6.11, kernel/irq/manage.c, request_irq(); 4.4BSD, hp300/hp300/intr.c, isrlink()

    Scenario Outline: Line <line>
      Given these programs:
        | shell     | handler of disk | handler of card | handler of console |
        | compute 3 | mark disk       | mark card       | mark console       |
        | mark done |                 |                 |                    |
      And line <line> is raised after 2 steps
      When the machine runs
      Then the marks are <line>, done

      Examples:
        | line    |
        | disk    |
        | card    |
        | console |

    Scenario: All of them at once are called in the order of their levels
      Given these programs:
        | shell     | handler of disk | handler of card | handler of console |
        | compute 3 | mark disk       | mark card       | mark console       |
        | mark done |                 |                 |                    |
      And line disk has level splbio
      And line card has level splnet
      And line console has level splclock
      And line card is raised after 2 steps
      And line disk is raised after 2 steps
      And line console is raised after 2 steps
      When the machine runs
      Then the marks are console, disk, card, done

    Scenario: Those of one level are called in the order in which they were raised
      Given these programs:
        | shell     | handler of disk | handler of tape |
        | compute 3 | mark disk       | mark tape       |
        | mark done |                 |                 |
      And line tape is raised after 2 steps
      And line disk is raised after 2 steps
      When the machine runs
      Then the marks are tape, disk, done

  @BOT-01 @must
  Rule: An interrupt that nobody claims is counted, and disturbs nobody
    Source: Linux 2.6.11, kernel/irq/spurious.c, note_interrupt(); 4.4BSD, hp300/hp300/intr.c, "stray interrupt"

    Scenario: A line without a handler is raised twice
      Given these programs:
        | shell       |
        | set r0 to 7 |
        | mark a      |
        | mark b      |
        | look        |
      And line ghost is raised after 1 step
      And line ghost is raised after 3 steps
      When the machine runs
      Then the machine does:
        | who   | does                 |
        | ghost | interrupts unclaimed |
        | shell | marks a              |
        | shell | marks b              |
        | ghost | interrupts unclaimed |
      And shell sees:
        | mode | r0 | preemptCount |
        | user | 7  | 0            |
      And 2 interrupts were spurious

    Scenario: A line that has a handler is served beside it
      Given these programs:
        | shell  | handler of disk |
        | mark a | mark disk       |
        | mark b |                 |
      And line ghost has level splclock
      And line ghost is raised after 1 step
      And line disk is raised after 1 step
      When the machine runs
      Then the marks are a, disk, b
      And 1 interrupt was spurious

    Scenario: A line that is claimed is not spurious
      Given these programs:
        | shell     | handler of disk |
        | compute 2 | mark disk       |
      And line disk is raised after 1 step
      When the machine runs
      Then the marks are disk
      And 0 interrupts were spurious

  @BOT-02 @must
  Rule: The bottom half runs in kernel mode, on a kernel stack
    Source: 4.4BSD, hp300/hp300/locore.s; Linux 2.6.11, arch/i386/kernel/irq.c, do_IRQ()

    Scenario: Handler, software interrupt and timer, over a process in user mode
      Given these programs:
        | shell     | call arm                | handler of disk      | softirq NET_RX | timer watchdog |
        | call arm  | set timer watchdog to 1 | look                 | look           | look           |
        | compute 9 |                         | raise softirq NET_RX |                |                |
        | look      |                         |                      |                |                |
      And the clock ticks every 8 steps
      And line disk is raised after 3 steps
      When the machine runs
      Then disk sees:
        | mode   | stack | current |
        | kernel | shell | shell   |
      And NET_RX sees:
        | mode   | stack | current |
        | kernel | shell | shell   |
      And watchdog sees:
        | mode   | stack | current |
        | kernel | shell | shell   |
      And shell sees:
        | mode | stack |
        | user | null  |

  @BOT-02 @must
  Rule: User memory cannot be reached from the bottom half
    Source: 4.4BSD, Design and Implementation, section 3.2; Linux 2.6.11, arch/i386/mm/fault.c, in_atomic()

    Scenario Outline: A handler does <action>
      Given these programs:
        | shell            | handler of disk |
        | poke 5 at 0x1000 | mark before     |
        | compute 3        | <action>        |
        |                  | mark behind     |
      And line disk is raised after 2 steps
      When the machine runs
      Then the run ends at a bug
      And the marks are before
      And nobody gets a signal

      Examples:
        | action                 |
        | copy in r0 from 0x1000 |
        | copy out r0 to 0x1000  |
        | touch 0x1000           |
        | peek r0 at 0x1000      |
        | poke 6 at 0x1000       |

    Scenario Outline: A software interrupt does <action>, over a system call
      Given these programs:
        | shell     | call get  | handler of card      | softirq NET_RX |
        | call get  | compute 3 | raise softirq NET_RX | mark before    |
        | mark back |           |                      | <action>       |
        |           |           |                      | mark behind    |
      And line card is raised after 2 steps
      When the machine runs
      Then the run ends at a bug
      And the marks are before
      And nobody gets a signal

      Examples:
        | action                 |
        | copy in r0 from 0x1000 |
        | copy out r0 to 0x1000  |
        | touch 0x1000           |

    Scenario Outline: A timer does <action>
      Given these programs:
        | shell     | call arm                | timer watchdog |
        | call arm  | set timer watchdog to 1 | mark before    |
        | compute 9 |                         | <action>       |
        | mark back |                         | mark behind    |
      And the clock ticks every 4 steps
      When the machine runs
      Then the run ends at a bug
      And the marks are before
      And nobody gets a signal

      Examples:
        | action                 |
        | copy in r0 from 0x1000 |
        | copy out r0 to 0x1000  |
        | touch 0x1000           |

    Scenario: The process that was interrupted may, once it runs again
      Given these programs:
        | shell             | call get               | handler of disk |
        | poke 5 at 0x1000  | compute 2              | compute 1       |
        | call get          | copy in r0 from 0x1000 |                 |
        | peek r2 at 0x1001 | add 1 to r0            |                 |
        | look              | copy out r0 to 0x1001  |                 |
      And line disk is raised after 3 steps
      When the machine runs
      Then shell sees:
        | mode | r2 |
        | user | 6  |

  @BOT-03 @must
  Rule: Nothing in the bottom half may block
    Source: 4.4BSD, kern/kern_synch.c, tsleep(); Linux 2.6.11, kernel/sched.c, "scheduling while atomic", might_sleep()

    Scenario Outline: A handler does <action>
      Given these programs:
        | shell     | call read       | cc        | handler of disk        |
        | call read | sleep on buffer | compute 5 | atomic add 1 to served |
        |           |                 | mark cc   | <action>               |
        |           |                 |           | mark behind            |
      And line disk is raised after 3 steps
      When the machine runs
      Then the run ends at a bug
      And the machine does:
        | who   | does             |
        | shell | runs             |
        | shell | sleeps on buffer |
        | cc    | runs             |
        | disk  | interrupts       |
      And the variable served ends as 1

      Examples:
        | action                        |
        | sleep on buffer               |
        | sleep interruptibly on buffer |
        | down mutex                    |
        | yield                         |
        | wait for a child              |

    Scenario Outline: A software interrupt does <action>
      Given these programs:
        | shell     | call read       | cc        | handler of card      | softirq NET_RX         |
        | call read | sleep on buffer | compute 5 | raise softirq NET_RX | atomic add 1 to served |
        |           |                 | mark cc   |                      | <action>               |
        |           |                 |           |                      | mark behind            |
      And line card is raised after 3 steps
      When the machine runs
      Then the run ends at a bug
      And the machine does:
        | who    | does             |
        | shell  | runs             |
        | shell  | sleeps on buffer |
        | cc     | runs             |
        | NET_RX | starts           |
      And the variable served ends as 1

      Examples:
        | action                        |
        | sleep on buffer               |
        | sleep interruptibly on buffer |
        | down mutex                    |
        | yield                         |
        | wait for a child              |

    Scenario Outline: A timer does <action>
      Given these programs:
        | shell     | call arm                | timer watchdog         |
        | call arm  | set timer watchdog to 1 | atomic add 1 to served |
        | compute 9 |                         | <action>               |
        | mark back |                         | mark behind            |
      And the clock ticks every 4 steps
      When the machine runs
      Then the run ends at a bug
      And the machine does:
        | who      | does   |
        | shell    | runs   |
        | TIMER    | starts |
        | watchdog | starts |
      And the variable served ends as 1

      Examples:
        | action                        |
        | sleep on buffer               |
        | sleep interruptibly on buffer |
        | down mutex                    |
        | yield                         |
        | wait for a child              |

    Scenario: With nobody running it may not either
      Given these programs:
        | shell     | handler of disk |
        | mark done | mark before     |
        |           | sleep on buffer |
        |           | mark behind     |
      And line disk is raised after 6 steps
      When the machine runs
      Then the run ends at a bug
      And the marks are done, before

  @BOT-03 @SYN-04 @SYN-07 @property @must
  Rule: Whatever may sleep is caught in every context in which nobody may, and in no other
    Source: Linux 2.6.11, kernel/sched.c, schedule(), __might_sleep(); Documentation/spinlocks.txt

    Scenario: Every such action in every context
      Then the property "whatever may sleep is caught as a bug wherever that is forbidden" holds
      And the property "whatever may sleep may do so in a system call that holds nothing" holds

  @BOT-03 @must
  Rule: What the bottom half does instead of blocking is allowed
    Source: 4.4BSD, kern/kern_synch.c, wakeup(); Linux 2.6.11, arch/i386/kernel/semaphore.c, __up()

    Scenario: It wakes, releases and signals
      Given these programs:
        | shell     | call read       | cron       | call enter |
        | call read | sleep on buffer | call enter | down mutex |
        | mark read |                 | mark in    |            |
      And these programs:
        | inetd      | call pause                  | SIGUSR1 in inetd | handler of disk       |
        | call pause | sleep interruptibly on news | mark handled     | wake buffer           |
        |            |                             |                  | up mutex              |
        |            |                             |                  | send SIGUSR1 to inetd |
      And semaphore mutex begins at 0
      And line disk is raised after 12 steps
      When the machine runs
      Then the marks are read, in, handled
      And the run ends with nothing left to do

  @BOT-04 @must
  Rule: The bottom half runs with no process there
    Source: 4.4BSD, kern/kern_synch.c, curproc; Linux 2.6.11, arch/i386/kernel/process.c, cpu_idle()

    Scenario Outline: Everybody has ended, or sleeps: raised after <steps> steps
      Given these programs:
        | shell     | call read       | handler of disk      | softirq NET_RX |
        | call read | sleep on buffer | look                 | look           |
        | mark done |                 | raise softirq NET_RX | wake buffer    |
      And line disk is raised after <steps> steps
      When the machine runs
      Then disk sees:
        | mode   | current | stack |
        | kernel | null    | idle  |
      And NET_RX sees:
        | mode   | current | stack |
        | kernel | null    | idle  |
      And the marks are done
      And the run ends with nothing left to do

      Examples:
        | steps |
        | 2     |
        | 3     |
        | 50    |

    Scenario: There never was a process
      Given these programs:
        | handler of disk      | softirq NET_RX |
        | look                 | mark soft      |
        | raise softirq NET_RX | look           |
      And line disk is raised after 3 steps
      And line disk is raised after 20 steps
      When the machine runs
      Then disk sees:
        | current | args | result | errno |
        | null    |      | null   | null  |
        | null    |      | null   | null  |
      And NET_RX sees:
        | current |
        | null    |
        | null    |
      And the run ends with nothing left to do

    Scenario: It comes back to the idle loop, which nobody has left
      Given these programs:
        | shell     | handler of disk |
        | mark done | compute 3       |
      And line disk is raised after 4 steps
      And line disk is raised after 12 steps
      When the machine runs
      Then the machine does:
        | who   | does       |
        | shell | runs       |
        | idle  | runs       |
        | disk  | interrupts |
        | disk  | ends       |
        | disk  | interrupts |
        | disk  | ends       |

  @BOT-05 @must
  Rule: With nobody to run the processor idles, until an interrupt wakes somebody
    Source: 4.4BSD, hp300/hp300/locore.s, Idle; Linux 2.6.11, arch/i386/kernel/process.c, cpu_idle()

    Scenario: A sleeper is woken by its device
      Given these programs:
        | shell     | call read       | handler of disk |
        | call read | sleep on buffer | wake buffer     |
        | mark back |                 | compute 2       |
        |           |                 | mark woken      |
      And line disk is raised after 10 steps
      When the machine runs
      Then the machine does:
        | who   | does             |
        | shell | runs             |
        | shell | sleeps on buffer |
        | idle  | runs             |
        | disk  | interrupts       |
        | disk  | wakes shell      |
        | disk  | marks woken      |
        | disk  | ends             |
        | shell | runs             |
        | shell | marks back       |
        | idle  | runs             |

    Scenario: An interrupt that wakes nobody does not end it
      Given these programs:
        | shell     | call read       | handler of disk | handler of console |
        | call read | sleep on buffer | wake buffer     | compute 1          |
        | mark back |                 |                 |                    |
      And line console is raised after 5 steps
      And line disk is raised after 10 steps
      When the machine runs
      Then the machine does:
        | who     | does        |
        | shell   | runs        |
        | idle    | runs        |
        | console | interrupts  |
        | disk    | interrupts  |
        | disk    | wakes shell |
        | shell   | runs        |
        | shell   | marks back  |
        | idle    | runs        |

  @BOT-05 @must
  Rule: A tick that finds the processor idle is charged to nobody
    Source: 4.4BSD, kern/kern_clock.c, statclock(), CP_IDLE; Linux 2.6.11, kernel/sched.c, account_system_time()

    Scenario Outline: The disk is done after <steps> steps, with a tick every 5
      Given these programs:
        | shell     | call read       | handler of disk |
        | compute 6 | sleep on buffer | wake buffer     |
        | call read |                 |                 |
      And the clock ticks every 5 steps
      And line disk is raised after <steps> steps
      When the machine runs
      Then <idle> ticks found the processor idle
      And shell is charged 1 tick in user mode and 0 in kernel mode
      And the machine has ticked <ticks> times

      Examples:
        | steps | idle | ticks |
        | 12    | 1    | 2     |
        | 17    | 2    | 3     |
        | 22    | 3    | 4     |
        | 52    | 9    | 10    |

    Scenario: There is always somebody to run
      Given these programs:
        | shell     | cc        |
        | compute 6 | compute 6 |
      And the clock ticks every 5 steps
      When the machine runs
      Then 0 ticks found the processor idle
      And shell is charged 1 tick in user mode and 0 in kernel mode
      And cc is charged 1 tick in user mode and 0 in kernel mode

  @BOT-05 @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4 @must
  Rule: A tick inside a handler does not find the processor idle
    Source: 4.4BSD, kern/kern_clock.c, statclock(), CLKF_INTR; Linux 2.6.11, kernel/sched.c, account_system_time()
    Variation: today's Linux takes the tick only when the handler has ended

    Scenario: A handler of eleven steps, with a tick every 5
      Given these programs:
        | shell     | handler of disk |
        | compute 1 | compute 11      |
      And the clock ticks every 5 steps
      And line disk is raised after 8 steps
      When the machine runs
      Then 1 tick found the processor idle
      And the machine has ticked 4 times

  @BOT-06 @must
  Rule: In a handler the current process is not the one that has begun the activity
    Source: 4.4BSD, Design and Implementation, section 3.2; Linux 2.6.11, include/asm-i386/current.h

    Scenario: shell has asked the disk, cc is interrupted by it
      Given these programs:
        | shell               | call read        | cc          | handler of disk |
        | set r0 to 7         | start disk for 4 | set r0 to 8 | look            |
        | call read with 5, 6 | sleep on buffer  | compute 5   | wake buffer     |
        | look                | return 512       |             |                 |
      When the machine runs
      Then disk sees:
        | current | stack | args | r0 | result |
        | cc      | cc    |      | 8  | null   |
      And shell sees:
        | r0 | result |
        | 7  | 512    |

    Scenario: A signal that a handler sends goes to whom it names, not to whom it interrupts
      Given these programs:
        | shell      | call pause                  | cc        | handler of console   | SIGINT in shell | SIGINT in cc |
        | call pause | sleep interruptibly on news | compute 4 | send SIGINT to shell | mark mine       | mark wrong   |
        |            |                             | mark done |                      |                 |              |
      And line console is raised after 3 steps
      When the machine runs
      Then the machine does:
        | who   | does               |
        | shell | gets signal SIGINT |
        | cc    | marks done         |
        | shell | marks mine         |

  @BOT-06 @must
  Rule: The descriptor of the request carries what the handler needs
    Source: 4.4BSD, sys/buf.h, kern/vfs_bio.c, biodone(); Linux 2.6.11, include/linux/blkdev.h, struct request

    Scenario Outline: <first> has asked first, and make is interrupted
      Given these programs:
        | shell           | call read-alpha           | cc              | call read-bravo           | make       |
        | call read-alpha | enqueue alpha on requests | call read-bravo | enqueue bravo on requests | compute 20 |
        | mark shell      | sleep on alpha            | mark cc         | sleep on bravo            |            |
      And these programs:
        | handler of disk       |
        | dequeue from requests |
        | look                  |
        | wake it               |
      And shell has priority <shell>
      And cc has priority <cc>
      And line disk is raised after 10 steps
      When the machine runs
      Then the machine does:
        | who     | does          |
        | disk    | takes <item>  |
        | disk    | wakes <first> |
        | <first> | marks <first> |
      And disk sees:
        | current |
        | make    |
      And <other> waits for <left>
      And <left> is left in queue requests

      Examples:
        | shell | cc | first | item  | other | left  |
        | 2     | 1  | shell | alpha | cc    | bravo |
        | 1     | 2  | cc    | bravo | shell | alpha |

    Scenario: A handler that uses a descriptor where there is none is an oops
      Given these programs:
        | shell     | handler of disk       |
        | compute 4 | dequeue from requests |
        |           | mark before           |
        |           | wake it               |
        |           | mark behind           |
      And line disk is raised after 2 steps
      When the machine runs
      Then the run ends at a bug
      And the marks are before
