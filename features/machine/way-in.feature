@cap:machine
Feature: Ways into the kernel
  A processor enters the kernel because a device interrupts it, because an instruction cannot be executed, or because a
  process asks for it; and the kernel interrupts itself to put off what need not be done at once.

  @SYS-01 @must
  Rule: There are four ways in: hardware interrupt, software interrupt, system call and exception
    Source: 4.4BSD, hp300/hp300/trap.c, locore.s; Linux 2.6.11, arch/i386/kernel/entry.S

    Scenario: One after the other
      Given these programs:
        | shell          | call get  | handler of disk      | softirq NET_RX | SIGFPE in shell | call leave |
        | set r0 to 7    | compute 1 | raise softirq NET_RX | set r0 to 98   | set r0 to 97    | exit 3     |
        | compute 3      | return 5  | set r0 to 99         |                | call leave      |            |
        | call get       |           |                      |                |                 |            |
        | look           |           |                      |                |                 |            |
        | divide by zero |           |                      |                |                 |            |
      And line disk is raised after 2 steps
      When the machine runs
      Then shell sees:
        | mode | r0 | result |
        | user | 7  | 5      |
      And the machine does:
        | who    | does               |
        | disk   | interrupts         |
        | disk   | ends               |
        | NET_RX | starts             |
        | NET_RX | ends               |
        | shell  | calls get          |
        | shell  | returns 5          |
        | shell  | traps divide-error |
        | shell  | handles SIGFPE     |
        | shell  | calls leave        |
        | shell  | exits 3            |

    Scenario: One on top of the other
      Given these programs:
        | shell    | call get  | handler of disk      | softirq NET_RX |
        | call get | compute 2 | raise softirq NET_RX | mark soft      |
        | mark out | mark in   | mark hard            |                |
      And line disk is raised after 2 steps
      When the machine runs
      Then the machine does:
        | who    | does       |
        | shell  | calls get  |
        | disk   | interrupts |
        | disk   | marks hard |
        | disk   | ends       |
        | NET_RX | starts     |
        | NET_RX | marks soft |
        | NET_RX | ends       |
        | shell  | marks in   |
        | shell  | returns 0  |
        | shell  | marks out  |

  @SYS-01 @must
  Rule: Each way in saves where the processor was, and ends there again
    Source: 4.4BSD, hp300/hp300/locore.s; Linux 2.6.11, arch/i386/kernel/entry.S, SAVE_ALL, RESTORE_ALL

    Scenario: Hardware interrupt
      Given these programs:
        | shell       | handler of disk |
        | set r0 to 7 | look            |
        | set r1 to 8 | set r0 to 99    |
        | look        | set r1 to 99    |
      And line disk is raised after 2 steps
      When the machine runs
      Then disk sees:
        | mode   | current | depth | preemptCount |
        | kernel | shell   | 1     | 65536        |
      And shell sees:
        | mode | current | depth | preemptCount | level | interrupts | r0 | r1 |
        | user | shell   | 0     | 0            | spl0  | true       | 7  | 8  |

    Scenario: Software interrupt
      Given these programs:
        | shell       | handler of card      | softirq NET_RX |
        | set r0 to 7 | raise softirq NET_RX | look           |
        | set r1 to 8 |                      | set r0 to 99   |
        | look        |                      | set r1 to 99   |
      And line card is raised after 2 steps
      When the machine runs
      Then NET_RX sees:
        | mode   | current | depth | preemptCount |
        | kernel | shell   | 1     | 256          |
      And shell sees:
        | mode | current | depth | preemptCount | level | interrupts | r0 | r1 |
        | user | shell   | 0     | 0            | spl0  | true       | 7  | 8  |

    Scenario: System call
      Given these programs:
        | shell              | call get     |
        | set r0 to 7        | look         |
        | set r1 to 8        | set r0 to 99 |
        | call get with 5, 6 | set r1 to 99 |
        | look               | return 3     |
      When the machine runs
      Then shell sees:
        | mode   | current | depth | preemptCount | level | interrupts | r0 | r1 | args | result |
        | kernel | shell   | 1     | 0            | spl0  | true       | 7  | 8  | 5,6  | null   |
        | user   | shell   | 0     | 0            | spl0  | true       | 7  | 8  |      | 3      |

    Scenario: Exception
      Given these programs:
        | shell                          | SIGFPE in shell |
        | set r0 to 7                    | look            |
        | float divide, reported after 1 | set r0 to 99    |
        | set r1 to 8                    | set r1 to 99    |
        | look                           |                 |
      When the machine runs
      Then the machine does:
        | who   | does                    |
        | shell | traps coprocessor-error |
        | shell | handles SIGFPE          |
        | shell | resumes                 |
      And shell sees:
        | mode | current | depth | preemptCount | level | interrupts | r0 | r1 |
        | user | shell   | 0     | 0            | spl0  | true       | 7  | 8  |
        | user | shell   | 0     | 0            | spl0  | true       | 7  | 8  |
