@cap:machine
Feature: Ways into the kernel
  A processor enters the kernel because a device interrupts it, because an instruction cannot be executed, or because a
  process asks for it; and the kernel interrupts itself to put off what need not be done at once.

  @SYS-01 @must
  Rule: Each way in saves where the processor was, and ends there again
    Source: 4.4BSD, hp300/hp300/trap.c, locore.s; Linux 2.6.11, arch/i386/kernel/entry.S

    Scenario: Hardware interrupt, software interrupt, system call and exception
      Given these programs:
        | shell          | call get  | handler of disk      | softirq NET_RX | SIGFPE in shell |
        | set r0 to 7    | compute 1 | raise softirq NET_RX | set r0 to 98   | set r0 to 97    |
        | compute 3      | return 5  | set r0 to 99         |                | call leave      |
        | call get       |           |                      |                |                 |
        | look           |           |                      |                |                 |
        | divide by zero |           |                      |                |                 |
      And these programs:
        | call leave |
        | exit 3     |
      And line disk is raised after 2 steps
      When the machine runs
      Then shell sees:
        | mode | r0 | result |
        | user | 7  | 5      |
      And this happens:
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
