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

  @IRQ-03 @must
  Rule: What is interrupted finds its registers as they were
    Source: Linux 2.6.11, arch/i386/kernel/entry.S, SAVE_ALL, RESTORE_ALL

    Scenario: The handler uses the same registers
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
