@cap:machine
Feature: The machine-dependent part
  A fifth of the kernel knows what processor it runs on: how it starts, how traps and interrupts come in, how registers
  are saved, how devices are reached. The rest does not, and runs on another machine as it is.

  @KRN-04 @must
  Rule: The machine starts up in kernel order: the processor in its first state, then the processes that are there
    Source: 4.4BSD, hp300/hp300/locore.s, kern/init_main.c, main(); Linux 2.6.11, arch/i386/kernel/head.S, init/main.c, start_kernel()

    Scenario: The first process finds a processor on which nothing is disabled and no register set
      Given these programs:
        | init |
        | look |
      When the machine runs
      Then init sees:
        | mode | current | level | interrupts | preemptCount | r0 | r1 | r2 | r3 | result | errno |
        | user | init    | spl0  | true       | 0            | 0  | 0  | 0  | 0  | null   | null  |

    Scenario: What runs, in order
      Given these programs:
        | init        | getty       | call spawn |
        | call spawn  | mark getty  | fork getty |
        | mark init   |             |            |
      And getty is a child of init
      When the machine runs
      Then the machine does:
        | who   | does        |
        | init  | runs        |
        | init  | forks getty |
        | init  | marks init  |
        | getty | runs        |
        | getty | marks getty |
        | idle  | runs        |

    Scenario: An interrupt that waits at start-up is served before the first step of a process
      Given these programs:
        | init      | handler of disk |
        | mark init | mark disk       |
      And line disk is raised after 0 steps
      When the machine runs
      Then the marks are disk, init

    Scenario: A machine without processes idles, and serves its devices
      Given these programs:
        | handler of disk |
        | look            |
      And line disk is raised after 5 steps
      When the machine runs
      Then disk sees:
        | mode   | current | args |
        | kernel | null    |      |
      And the run ends with nothing left to do

  @KRN-04 @must
  Rule: A switch saves every register of the process that leaves, and restores every register of the one that comes
    Source: 4.4BSD, hp300/hp300/locore.s, cpu_switch(), struct pcb; Linux 2.6.11, include/asm-i386/system.h, switch_to()

    Scenario: Two processes that fill all registers and take turns
      Given these programs:
        | alice        | bob           |
        | set r0 to 1  | set r0 to -10 |
        | set r1 to 2  | set r1 to -20 |
        | set r2 to 3  | set r2 to -30 |
        | set r3 to 4  | set r3 to -40 |
        | look         | look          |
        | compute 2    | compute 2     |
        | look         | look          |
      And the clock ticks every 3 steps, with a quantum of 1 tick
      When the machine runs
      Then alice sees:
        | r0 | r1 | r2 | r3 |
        | 1  | 2  | 3  | 4  |
        | 1  | 2  | 3  | 4  |
      And bob sees:
        | r0  | r1  | r2  | r3  |
        | -10 | -20 | -30 | -40 |
        | -10 | -20 | -30 | -40 |

    Scenario: A switch in the middle of a call, where both have other registers in user mode
      Given these programs:
        | alice       | bob         | call read       | handler of disk |
        | set r0 to 1 | set r0 to 2 | add 100 to r0   | set r0 to 99    |
        | set r3 to 5 | set r3 to 6 | sleep on buffer | wake buffer     |
        | call read   | call read   | look            |                 |
        | look        | look        |                 |                 |
      And line disk is raised after 12 steps
      When the machine runs
      Then alice sees:
        | mode   | r0  | r3 |
        | kernel | 101 | 5  |
        | user   | 1   | 5  |
      And bob sees:
        | mode   | r0  | r3 |
        | kernel | 102 | 6  |
        | user   | 2   | 6  |

    Scenario: Priority and disabled interrupts belong to the process as well
      Given these programs:
        | alice     | bob  | call read          | handler of disk |
        | call read | look | disable interrupts | wake buffer     |
        |           |      | sleep on buffer    |                 |
        |           |      | look               |                 |
      And line disk is raised after 7 steps
      When the machine runs
      Then bob sees:
        | interrupts | preemptCount |
        | true       | 0            |
      And alice sees:
        | interrupts |
        | false      |

    Scenario: The place in the program is a register too
      Given these programs:
        | alice    | bob      |
        | mark a   | mark x   |
        | mark b   | mark y   |
        | mark c   | mark z   |
      And the clock ticks every 2 steps, with a quantum of 1 tick
      When the machine runs
      Then the marks are a, b, x, c, y, z

  @KRN-04 @must
  Rule: What the rest of the kernel does is the same on a machine that is built differently
    Source: 4.4BSD, hp300/hp300/locore.s and kern/; Linux 2.6.11, arch/ and kernel/, CONFIG_4KSTACKS

    Scenario Outline: Handlers on <stack>, software interrupts as <means>
      Given these programs:
        | shell     | editor      | call read       | handler of disk      | softirq NET_RX |
        | call read | set r0 to 7 | start disk for 6 | raise softirq NET_RX | wake buffer    |
        | look      | compute 9   | sleep on buffer |                      |                |
        |           | look        | return 5        |                      |                |
      And handlers run on <stack>
      And software interrupts are <means>
      When the machine runs
      Then the machine does:
        | who    | does             |
        | shell  | runs             |
        | shell  | sleeps on buffer |
        | editor | runs             |
        | NET_RX | wakes shell      |
        | shell  | runs             |
        | shell  | returns 5        |
        | idle   | runs             |
      And shell sees:
        | mode | result |
        | user | 5      |
      And editor sees:
        | mode | r0 |
        | user | 7  |

      Examples:
        | stack                               | means               |
        | the stack of whoever is interrupted | a flag              |
        | the stack of whoever is interrupted | a line of their own |
        | an interrupt stack                  | a flag              |
        | an interrupt stack                  | a line of their own |
