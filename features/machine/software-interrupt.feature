@cap:machine
Feature: Software interrupt
  A handler at high priority does what cannot wait and leaves the rest to be done at a low one: it asks for a software
  interrupt, which comes as soon as the processor is down at the lowest level.

  @SIQ-01 @profile:notes @profile:bsd-4.4 @must
  Rule: Asked for at high priority, it comes at the moment the priority is lowered
    Source: 4.4BSD, the splx() of ports that keep a software interrupt register, such as hp300/include/psl.h

    Scenario: A call raises the priority
      Given these programs:
        | shell     | call poke            | softirq NET_RX |
        | call poke | splimp               | mark soft      |
        |           | raise softirq NET_RX |                |
        |           | mark before          |                |
        |           | splx                 |                |
        |           | mark after           |                |
      When the machine runs
      Then the marks are before, soft, after

    Scenario: Raised twice
      Given these programs:
        | shell     | call poke        | softirq NET_RX |
        | call poke | splbio           | mark soft      |
        |           | splimp           |                |
        |           | raise softirq NET_RX |            |
        |           | splx             |                |
        |           | mark between     |                |
        |           | splx             |                |
        |           | mark after       |                |
      When the machine runs
      Then the marks are between, soft, after

  @SIQ-01 @must
  Rule: Asked for in a handler, it comes when the handler is over
    Source: 4.4BSD, netisr of net/netisr.h; Linux 2.6.11, kernel/softirq.c, irq_exit()

    Scenario: A process in user mode is interrupted
      Given these programs:
        | shell  | handler of net       | softirq NET_RX |
        | mark a | raise softirq NET_RX | mark soft      |
        | mark b | mark hard            |                |
      And line net is raised after 1 step
      When the machine runs
      Then the marks are a, hard, soft, b

    Scenario: Asked for again after it has run
      Given these programs:
        | shell  | handler of net       | softirq NET_RX |
        | mark a | raise softirq NET_RX | mark soft      |
        | mark b |                      |                |
        | mark c |                      |                |
      And line net is raised after 1 step
      And line net is raised after 4 steps
      When the machine runs
      Then the marks are a, soft, b, soft, c

    Scenario: Nobody has asked
      Given these programs:
        | shell  | handler of net | softirq NET_RX |
        | mark a | mark hard      | mark soft      |
        | mark b |                |                |
      And line net is raised after 1 step
      When the machine runs
      Then the marks are a, hard, b

  @SIQ-01 @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4 @must
  Rule: Asked for in a handler that has interrupted another, it comes when both are over
    Source: 4.4BSD, hp300/hp300/locore.s; Linux 2.6.11, kernel/softirq.c, irq_exit(), in_interrupt()

    Scenario: A handler inside another
      Given these programs:
        | shell  | handler of disk | handler of net       | softirq NET_RX |
        | mark a | mark disk       | raise softirq NET_RX | mark soft      |
        | mark b | compute 3       | mark net             |                |
        |        | mark late       |                      |                |
      And line net has level splimp
      And line disk is raised after 1 step
      And line net is raised after 2 steps
      When the machine runs
      Then the marks are a, disk, net, late, soft, b

  @SIQ-02 @must
  Rule: The handler leaves a queue of work, which the software interrupt takes in order
    Source: 4.4BSD, net/if_ethersubr.c, ether_input(), netinet/ip_input.c, ipintr(); Linux 2.6.11, net/core/dev.c

    Scenario: Two frames before the queue is looked at
      Given these programs:
        | shell     | handler of one       | handler of two       | softirq NET_RX  |
        | compute 9 | enqueue first on in  | enqueue second on in | dequeue from in |
        |           | raise softirq NET_RX | raise softirq NET_RX | dequeue from in |
        |           |                      |                      | dequeue from in |
      And the handler of one keeps interrupts off
      And line one is raised after 1 step
      And line two is raised after 1 step
      When the machine runs
      Then the machine does:
        | who    | does          |
        | one    | interrupts    |
        | two    | interrupts    |
        | NET_RX | starts        |
        | NET_RX | takes first   |
        | NET_RX | takes second  |
        | NET_RX | takes nothing |

    Scenario: A frame that comes meanwhile joins the queue, and asks again
      Given these programs:
        | shell     | handler of one       | handler of two       | softirq NET_RX  |
        | compute 9 | enqueue first on in  | enqueue second on in | dequeue from in |
        |           | raise softirq NET_RX | raise softirq NET_RX | compute 4       |
        |           |                      |                      | dequeue from in |
      And line one is raised after 1 step
      And line two is raised after 6 steps
      When the machine runs
      Then the machine does:
        | who    | does          |
        | one    | interrupts    |
        | NET_RX | starts        |
        | NET_RX | takes first   |
        | two    | interrupts    |
        | NET_RX | takes second  |
        | NET_RX | starts        |
        | NET_RX | takes nothing |
        | NET_RX | takes nothing |

  @SIQ-03 @profile:notes @profile:bsd-4.4 @must
  Rule: Lowering the priority to a level at or above its own does not bring it on
    Source: 4.4BSD, the spl levels of hp300/include/psl.h

    Scenario Outline: Lowered to <level>
      Given these programs:
        | shell     | call poke            | softirq NET_RX |
        | call poke | splhigh              | mark soft      |
        |           | raise softirq NET_RX |                |
        |           | lower to <level>     |                |
        |           | mark lowered         |                |
        |           | splx                 |                |
        |           | mark after           |                |
      When the machine runs
      Then the marks are <marks>

      Examples: Above, at, below
        | level        | marks                |
        | splbio       | lowered, soft, after |
        | splnet       | lowered, soft, after |
        | splsoftclock | lowered, soft, after |
        | spl0         | soft, lowered, after |

    Scenario: To lower it to what is higher changes nothing
      Given these programs:
        | shell     | call poke       |
        | call poke | splnet          |
        |           | lower to splbio |
        |           | look            |
      When the machine runs
      Then shell sees:
        | level  |
        | splnet |

  @SIQ-04 @must
  Rule: A flag that is looked at and a line of the lowest level give the same order
    Source: 4.4BSD, hp300 (a flag, ssir) beside vax (a processor register, SIRR)

    Scenario Outline: Software interrupts are <means>
      Given these programs:
        | shell  | handler of net       | handler of disk | softirq NET_RX | softirq HI |
        | mark a | raise softirq NET_RX | mark disk       | mark rx        | mark hi    |
        | mark b | raise softirq HI     |                 | mark rx        |            |
        | mark c | mark net             |                 |                |            |
      And software interrupts are <means>
      And line net is raised after 1 step
      And line disk is raised after 5 steps
      When the machine runs
      Then the marks are a, net, hi, disk, rx, rx, b, c

      Examples:
        | means             |
        | a flag            |
        | a line of their own |

  @SIQ-04 @profile:notes @profile:bsd-4.4 @must
  Rule: Either way it comes when the priority drops
    Source: 4.4BSD, hp300 beside vax

    Scenario Outline: Software interrupts are <means>
      Given these programs:
        | shell     | call poke            | softirq NET_RX |
        | call poke | splimp               | mark soft      |
        |           | raise softirq NET_RX |                |
        |           | mark before          |                |
        |           | splx                 |                |
        |           | mark after           |                |
      And software interrupts are <means>
      When the machine runs
      Then the marks are before, soft, after

      Examples:
        | means             |
        | a flag            |
        | a line of their own |

  @SIQ-01 @profile:bsd-4.4 @must
  Rule: Asked for at the lowest priority, it comes at once
    Source: 4.4BSD, hp300/include/mtpr.h, setsoftnet(), on machines whose software interrupt is a line
    Variation: Linux 2.6.11 leaves it to ksoftirqd or to the next interrupt

    Scenario: In a system call
      Given these programs:
        | shell     | call poke            | softirq NET_RX |
        | call poke | raise softirq NET_RX | mark soft      |
        |           | mark after           |                |
      When the machine runs
      Then the marks are soft, after

  @SIQ-07 @profile:notes @profile:linux-2.6.11 @must
  Rule: What asks again in each of ten passes is left to a thread, and the process goes on
    Source: Linux 2.6.11, kernel/softirq.c, __do_softirq(), MAX_SOFTIRQ_RESTART, ksoftirqd()

    Scenario: A software interrupt that never ends
      Given these programs:
        | shell      | handler of net       | softirq NET_RX       |
        | compute 4  | raise softirq NET_RX | mark rx              |
        | mark shell |                      | raise softirq NET_RX |
      And line net is raised after 1 step
      When the machine runs
      Then the first marks are rx, rx, rx, rx, rx, rx, rx, rx, rx, rx, shell, rx, rx
      And the run ends at the limit
