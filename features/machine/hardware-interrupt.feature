@cap:machine
Feature: Hardware interrupt
  A device that needs attention raises its line, and the processor leaves whatever it does to serve it. Where it was
  is saved on the stack, so whoever was interrupted goes on as if nothing had been.

  @IRQ-01 @must
  Rule: An interrupt is served between two steps of whoever runs
    Source: 4.4BSD, hp300/hp300/locore.s; Linux 2.6.11, kernel/irq/handle.c, __do_IRQ()

    Scenario Outline: A line is raised after <steps> steps
      Given these programs:
        | shell  | handler of disk |
        | mark a | mark disk       |
        | mark b |                 |
        | mark c |                 |
      And line disk is raised after <steps> steps
      When the machine runs
      Then the marks are <marks>

      Examples:
        | steps | marks         |
        | 0     | disk, a, b, c |
        | 1     | a, disk, b, c |
        | 2     | a, b, disk, c |
        | 3     | a, b, c, disk |

    Scenario Outline: A line is raised after <steps> steps, in the kernel or out of it
      Given these programs:
        | shell    | call get | handler of disk |
        | mark a   | mark b   | mark disk       |
        | call get | mark c   |                 |
        | mark d   |          |                 |
      And line disk is raised after <steps> steps
      When the machine runs
      Then the marks are <marks>

      Examples:
        | steps | marks            |
        | 1     | a, disk, b, c, d |
        | 2     | a, disk, b, c, d |
        | 3     | a, b, disk, c, d |
        | 4     | a, b, c, disk, d |

  @IRQ-01 @must
  Rule: It comes to whichever process runs, and to none
    Source: 4.4BSD, hp300/hp300/locore.s; Linux 2.6.11, kernel/irq/handle.c, __do_IRQ()

    Scenario Outline: Two processes of two steps each, interrupted after <steps>
      Given these programs:
        | shell     | cc        | handler of disk |
        | compute 2 | compute 2 | look            |
      And line disk is raised after <steps> steps
      When the machine runs
      Then disk sees:
        | mode   | current   |
        | kernel | <current> |

      Examples:
        | steps | current |
        | 0     | shell   |
        | 1     | shell   |
        | 2     | cc      |
        | 3     | cc      |
        | 4     | null    |
        | 9     | null    |

  @IRQ-01 @IRQ-03 @SYS-01 @property @must
  Rule: Wherever an interrupt comes, what a process computes is the same
    Source: 4.4BSD, hp300/hp300/locore.s; Linux 2.6.11, arch/i386/kernel/entry.S, SAVE_ALL, RESTORE_ALL

    Scenario: One interrupt
      Then the property "an interrupt at any step changes nothing for whom it interrupts" holds

    Scenario: Two lines
      Then the property "two interrupts at any steps change nothing for whom they interrupt" holds

  @IRQ-02 @must
  Rule: It may concern a process that does not run, and leaves alone the one that does
    Source: 4.4BSD, kern/kern_synch.c, wakeup(); Linux 2.6.11, kernel/sched.c, try_to_wake_up()

    Scenario: The disk has read for shell while cc computes
      Given these programs:
        | shell     | call read       | cc          | handler of disk |
        | call read | sleep on buffer | set r0 to 7 | set r0 to 99    |
        |           | return 512      | compute 3   | wake buffer     |
        |           |                 | look        | look            |
      And line disk is raised after 4 steps
      When the machine runs
      Then the machine does:
        | who   | does             |
        | shell | runs             |
        | shell | sleeps on buffer |
        | cc    | runs             |
        | disk  | interrupts       |
        | disk  | wakes shell      |
        | disk  | ends             |
        | cc    | exits 0          |
        | shell | runs             |
        | shell | returns 512      |
        | shell | exits 0          |
        | idle  | runs             |
      And disk sees:
        | current |
        | cc      |
      And cc sees:
        | mode | r0 |
        | user | 7  |

    Scenario: The process that is woken is the more important
      Given these programs:
        | shell     | call read       | cc          | handler of disk |
        | call read | sleep on buffer | set r0 to 7 | set r0 to 99    |
        |           | return 512      | compute 3   | wake buffer     |
        |           |                 | look        | mark disk       |
        |           |                 | mark cc     |                 |
      And shell has priority 1
      And line disk is raised after 4 steps
      When the machine runs
      Then the machine does:
        | who   | does             |
        | shell | runs             |
        | shell | sleeps on buffer |
        | cc    | runs             |
        | disk  | interrupts       |
        | disk  | wakes shell      |
        | disk  | marks disk       |
        | shell | runs             |
        | shell | returns 512      |
        | cc    | runs             |
        | cc    | marks cc         |
        | idle  | runs             |
      And cc sees:
        | mode | r0 |
        | user | 7  |

  @IRQ-03 @must
  Rule: What is interrupted finds its registers as they were
    Source: Linux 2.6.11, arch/i386/kernel/entry.S, SAVE_ALL, RESTORE_ALL

    Scenario: In user mode
      Given these programs:
        | shell       | handler of disk |
        | set r0 to 7 | set r0 to 99    |
        | compute 2   | set r1 to 99    |
        | look        |                 |
      And line disk is raised after 2 steps
      When the machine runs
      Then shell sees:
        | mode | r0 | r1 |
        | user | 7  | 0  |

    Scenario: In a system call
      Given these programs:
        | shell           | call get    | handler of disk |
        | set r0 to 7     | set r0 to 5 | set r0 to 99    |
        | call get with 3 | compute 2   | set r3 to 99    |
        | look            | look        |                 |
      And line disk is raised after 4 steps
      When the machine runs
      Then shell sees:
        | mode   | r0 | r3 | args | depth |
        | kernel | 5  | 0  | 3    | 1     |
        | user   | 7  | 0  |      | 0     |

  @IRQ-03 @must
  Rule: What a handler finds on entry is what it interrupts
    Source: Linux 2.6.11, arch/i386/kernel/entry.S, SAVE_ALL

    Scenario: A handler that looks before it does anything
      Given these programs:
        | shell        | handler of disk |
        | set r0 to 7  | look            |
        | set r3 to -1 | set r0 to 99    |
        | look         |                 |
      And line disk is raised after 2 steps
      When the machine runs
      Then disk sees:
        | mode   | r0 | r1 | r2 | r3 |
        | kernel | 7  | 0  | 0  | -1 |
      And shell sees:
        | mode | r0 | r1 | r2 | r3 |
        | user | 7  | 0  | 0  | -1 |

  @IRQ-03 @must
  Rule: To take an interrupt, no other process is given the processor
    Source: Linux 2.6.11, arch/i386/kernel/entry.S, ret_from_intr; 4.4BSD, hp300/hp300/locore.s

    Scenario: Somebody else is waiting for the processor
      Given these programs:
        | shell     | cc      | handler of disk |
        | compute 2 | mark cc | mark disk       |
        | mark done |         |                 |
      And line disk is raised after 1 step
      When the machine runs
      Then the machine does:
        | who   | does       |
        | shell | runs       |
        | disk  | marks disk |
        | shell | marks done |
        | cc    | runs       |
        | cc    | marks cc   |
        | idle  | runs       |

  @IRQ-03 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A handler that leaves interrupts off has them off for itself alone
    Source: Linux 2.6.11, arch/i386/kernel/entry.S, RESTORE_ALL, iret

    Scenario: Interrupts are on again in the process, and the next one is served
      Given these programs:
        | shell     | handler of disk    | handler of card |
        | compute 2 | disable interrupts | mark card       |
        | look      | compute 2          |                 |
        | mark done |                    |                 |
      And line disk is raised after 1 step
      And line card is raised after 3 steps
      When the machine runs
      Then shell sees:
        | mode | interrupts |
        | user | true       |
      And the marks are card, done

  @IRQ-03 @profile:bsd-4.4 @profile:notes @must
  Rule: A handler that leaves the priority raised has it raised for itself alone
    Source: 4.4BSD, hp300/hp300/locore.s, rte

    Scenario: The priority is back in the process, and the next interrupt is served
      Given these programs:
        | shell     | handler of disk | handler of card |
        | compute 2 | splhigh         | mark card       |
        | look      | compute 2       |                 |
        | mark done |                 |                 |
      And line disk is raised after 1 step
      And line card is raised after 3 steps
      When the machine runs
      Then shell sees:
        | mode | level |
        | user | spl0  |
      And the marks are card, done

  @IRQ-06 @must
  Rule: A handler runs to completion before whoever it has woken
    Source: 4.4BSD, kern/kern_synch.c, wakeup(); Linux 2.6.11, arch/i386/kernel/entry.S, ret_from_intr

    Scenario Outline: It wakes a process of priority <priority> and goes on
      Given these programs:
        | shell     | call read       | cc        | handler of disk |
        | call read | sleep on buffer | compute 4 | mark first      |
        | mark back |                 |           | wake buffer     |
        |           |                 |           | compute 3       |
        |           |                 |           | mark last       |
      And shell has priority <priority>
      And line disk is raised after 3 steps
      When the machine runs
      Then the marks are first, last, back

      Examples:
        | priority |
        | 0        |
        | 1        |
        | 99       |

  @IRQ-06 @must
  Rule: A handler that sleeps is caught as a bug, and nothing up to there is lost
    Source: 4.4BSD, kern/kern_synch.c, tsleep(); Linux 2.6.11, kernel/sched.c, "scheduling while atomic"

    Scenario: The process that was interrupted does not sleep in its place
      Given these programs:
        | shell     | call read       | cc        | handler of disk        |
        | call read | sleep on buffer | compute 4 | atomic add 1 to served |
        |           |                 | mark cc   | enqueue block on done  |
        |           |                 |           | sleep on buffer        |
        |           |                 |           | mark slept             |
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
      And block is left in queue done

  @IRQ-06 @profile:bsd-4.4 @must
  Rule: Handlers of the same level do not interleave
    Source: 4.4BSD, hp300/include/psl.h, splbio(), splimp(), spltty()

    Scenario Outline: A line of <level> is raised inside a handler of splbio
      Given these programs:
        | shell     | handler of disk | handler of other |
        | compute 2 | mark begin      | mark other       |
        | mark done | mark middle     |                  |
        |           | mark end        |                  |
      And line disk has level splbio
      And line other has level <level>
      And line disk is raised after 1 step
      And line other is raised after 2 steps
      When the machine runs
      Then the marks are begin, middle, end, other, done

      Examples: Not above it
        | level        |
        | splsoftclock |
        | splnet       |
        | splbio       |

  @IRQ-07 @must
  Rule: A frame that arrives enters through the line of its card, whoever runs
    Source: Linux 2.6.11, drivers/net/8139too.c, net/core/dev.c, netif_rx(); 4.4BSD, hp300/dev/if_le.c, leintr()

    Background:
      Given these programs:
        | httpd             | call receive          | cc          | handler of card        | softirq NET_RX     |
        | call receive      | sleep on frame        | set r0 to 7 | look                   | dequeue from input |
        | peek r2 at 0x1000 | load r1 from length   | compute 3   | set r0 to 64           | wake it            |
        | look              | copy out r1 to 0x1000 | look        | store r0 in length     |                    |
        |                   | return 64             |             | enqueue frame on input |                    |
        |                   |                       |             | raise softirq NET_RX   |                    |
      And line card has level splimp
      And line card is raised after 4 steps

    Scenario: A server waits for it while a compiler computes
      When the machine runs
      Then the machine does:
        | who    | does            |
        | httpd  | runs            |
        | httpd  | sleeps on frame |
        | cc     | runs            |
        | card   | interrupts      |
        | card   | ends            |
        | NET_RX | starts          |
        | NET_RX | takes frame     |
        | NET_RX | wakes httpd     |
        | NET_RX | ends            |
        | httpd  | runs            |
        | httpd  | returns 64      |
        | idle   | runs            |
      And card sees:
        | mode   | current |
        | kernel | cc      |
      And cc sees:
        | mode | r0 |
        | user | 7  |
      And httpd sees:
        | mode | r2 | result |
        | user | 64 | 64     |
