@cap:machine
Feature: Stack of interrupt handlers
  A handler needs a stack. It borrows the kernel stack of whoever happens to be interrupted, or the processor has one
  that is for handlers alone; which of the two is settled when the machine boots.

  @IRQ-04 @must
  Rule: Without an interrupt stack, a handler runs on the kernel stack of whoever is interrupted
    Source: Linux 2.6.11, arch/i386/kernel/irq.c, do_IRQ(), without CONFIG_4KSTACKS; 4.4BSD, hp300/hp300/locore.s

    Background:
      Given these programs:
        | shell     | call get  | handler of disk |
        | compute 2 | compute 2 | look            |
        | call get  | look      |                 |
        | look      |           |                 |
      And handlers run on the stack of whoever is interrupted

    Scenario Outline: <where>
      And line disk is raised after <steps> steps
      When the machine runs
      Then disk sees:
        | stack   | depth   |
        | <stack> | <depth> |

      Examples:
        | where                  | steps | stack | depth |
        | A process in user mode | 1     | shell | 1     |
        | The same in its call   | 4     | shell | 2     |
        | Nobody: the idle loop  | 9     | idle  | 2     |

    Scenario: Afterwards the frames of the handler are gone
      And line disk is raised after 3 steps
      And line disk is raised after 5 steps
      When the machine runs
      Then disk sees:
        | stack | depth |
        | shell | 2     |
        | shell | 2     |
      And shell sees:
        | mode   | stack | depth |
        | kernel | shell | 1     |
        | user   | null  | 0     |

  @IRQ-04 @must
  Rule: With an interrupt stack, a handler runs there, whoever is interrupted
    Source: Linux 2.6.11, arch/i386/kernel/irq.c, CONFIG_4KSTACKS; 4.4BSD, the VAX's interrupt stack

    Background:
      Given these programs:
        | shell     | call get  | handler of disk |
        | compute 2 | compute 2 | look            |
        | call get  | look      |                 |
        | look      |           |                 |
      And handlers run on an interrupt stack

    Scenario Outline: <where>
      And line disk is raised after <steps> steps
      When the machine runs
      Then disk sees:
        | stack     | depth | current   |
        | interrupt | 1     | <current> |

      Examples:
        | where                  | steps | current |
        | A process in user mode | 1     | shell   |
        | The same in its call   | 4     | shell   |
        | Nobody: the idle loop  | 9     | null    |

    Scenario: Afterwards the frames of the handler are gone
      And line disk is raised after 3 steps
      And line disk is raised after 5 steps
      When the machine runs
      Then disk sees:
        | stack     | depth |
        | interrupt | 1     |
        | interrupt | 1     |
      And shell sees:
        | mode   | stack | depth |
        | kernel | shell | 1     |
        | user   | null  | 0     |

  @IRQ-04 @must
  Rule: A software interrupt that a handler leaves behind has a frame of its own, on the same stack
    Source: Linux 2.6.11, arch/i386/kernel/irq.c, do_softirq()

    Scenario Outline: Handlers run on <arrangement>
      Given these programs:
        | shell     | handler of card      | softirq NET_RX |
        | compute 4 | look                 | look           |
        | look      | raise softirq NET_RX |                |
      And handlers run on <arrangement>
      And line card is raised after 2 steps
      When the machine runs
      Then card sees:
        | stack   | depth |
        | <stack> | 1     |
      And NET_RX sees:
        | stack   | depth |
        | <stack> | 1     |
      And shell sees:
        | mode | depth |
        | user | 0     |

      Examples:
        | arrangement                         | stack     |
        | the stack of whoever is interrupted | shell     |
        | an interrupt stack                  | interrupt |

  @IRQ-04 @IRQ-05 @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4 @must
  Rule: A handler that interrupts another lies above it on the same stack
    Source: Linux 2.6.11, arch/i386/kernel/irq.c, do_IRQ(), "curctx == irqctx"; 4.4BSD, hp300/hp300/locore.s
    Variation: today's Linux serves no interrupt inside a handler

    Scenario Outline: Two handlers in a system call, on <arrangement>
      Given these programs:
        | shell    | call get  | handler of disk | handler of console |
        | call get | compute 3 | compute 2       | look               |
        |          | look      | look            |                    |
      And handlers run on <arrangement>
      And line disk has level splbio
      And line console has level splclock
      And line disk is raised after 2 steps
      And line console is raised after 3 steps
      When the machine runs
      Then console sees:
        | stack   | depth   |
        | <stack> | <above> |
      And disk sees:
        | stack   | depth   |
        | <stack> | <below> |
      And shell sees:
        | stack | depth |
        | shell | 1     |

      Examples:
        | arrangement                         | stack     | below | above |
        | the stack of whoever is interrupted | shell     | 2     | 3     |
        | an interrupt stack                  | interrupt | 1     | 2     |
