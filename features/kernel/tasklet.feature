@cap:tasklet
Feature: Tasklets
  A tasklet is a function that an interrupt handler asks for. It is run by a softirq, once however often it was asked
  for, and never inside itself.

  @SIQ-07 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A tasklet that is scheduled twice before it runs, runs once
    Source: Linux 2.6.11, include/linux/interrupt.h, tasklet_schedule(), TASKLET_STATE_SCHED

    Scenario: Two interrupts before bottom halves are enabled
      Given a tasklet "poll" that does "mark polled"
      And the handler of eth0 does "schedule poll"
      When the process does "disable bh, interrupt eth0, interrupt eth0, enable bh"
      Then this happens:
        | event        | in        |
        | handler eth0 | interrupt |
        | handler eth0 | interrupt |
        | tasklet poll | bh enable |
        | mark polled  | bh enable |

    Scenario: It can be scheduled anew when it has run
      Given a tasklet "poll" that does "mark polled"
      And the handler of eth0 does "schedule poll"
      When the process does "interrupt eth0, interrupt eth0"
      Then this happens:
        | event        | in             |
        | handler eth0 | interrupt      |
        | tasklet poll | interrupt exit |
        | mark polled  | interrupt exit |
        | handler eth0 | interrupt      |
        | tasklet poll | interrupt exit |
        | mark polled  | interrupt exit |

  @SIQ-07 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A tasklet that is scheduled while it runs, runs once more in a later pass
    Source: Linux 2.6.11, kernel/softirq.c, tasklet_action(), which clears TASKLET_STATE_SCHED before the call

    Scenario: It schedules itself, twice in one run
      Given a tasklet "poll" that does "schedule poll once, schedule poll once, mark polled"
      And the handler of eth0 does "schedule poll"
      When the process does "interrupt eth0"
      Then this happens:
        | event        | in             |
        | handler eth0 | interrupt      |
        | tasklet poll | interrupt exit |
        | mark polled  | interrupt exit |
        | tasklet poll | interrupt exit |
        | mark polled  | interrupt exit |

    Scenario: The interrupt comes again while it runs
      Given a tasklet "poll" that does "mark start, interrupt eth1, mark end"
      And the handler of eth0 does "schedule poll"
      And the handler of eth1 does "schedule poll once"
      When the process does "interrupt eth0"
      Then this happens:
        | event        | in             |
        | handler eth0 | interrupt      |
        | tasklet poll | interrupt exit |
        | mark start   | interrupt exit |
        | handler eth1 | interrupt      |
        | mark end     | interrupt exit |
        | tasklet poll | interrupt exit |
        | mark start   | interrupt exit |
        | handler eth1 | interrupt      |
        | mark end     | interrupt exit |

    Scenario Outline: It schedules itself <times> times and falls under the limit of passes
      Given a tasklet "poll" that does "schedule poll <times> times"
      And the handler of eth0 does "schedule poll"
      When the process does "interrupt eth0, sleep"
      Then tasklet poll runs <passes> times on interrupt exit and <left> times in ksoftirqd

      Examples:
        | times | passes | left |
        | 9     | 10     | 0    |
        | 10    | 10     | 1    |

  @SIQ-07 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A disabled tasklet stays scheduled, and runs when it has been enabled as often as it was disabled
    Source: Linux 2.6.11, kernel/softirq.c, tasklet_action(); include/linux/interrupt.h, tasklet_disable() and tasklet_enable()

    Scenario: Scheduled while it is disabled
      Given a tasklet "poll" that does "mark polled"
      And the handler of eth0 does "schedule poll"
      When the process does "disable poll, interrupt eth0, mark waiting, enable poll, sleep"
      Then this happens:
        | event          | in             |
        | handler eth0   | interrupt      |
        | wake ksoftirqd | interrupt exit |
        | mark waiting   | process        |
        | tasklet poll   | ksoftirqd      |
        | mark polled    | ksoftirqd      |

    Scenario: Disabled twice and enabled once
      Given a tasklet "poll" that does "mark polled"
      And the handler of eth0 does "schedule poll"
      When the process does "disable poll, disable poll, interrupt eth0, enable poll"
      Then tasklet poll does not run
      And TASKLET is still pending

    Scenario: Its softirq looks after it again and again, so nobody who waits for an idle processor gets one
      Given a tasklet "poll" that does "mark polled"
      And the handler of eth0 does "schedule poll"
      When the process does "disable poll, interrupt eth0, sleep"
      Then the call is caught as a bug

    Scenario: Another on the list is not held up
      Given a tasklet "poll" that does "mark polled"
      And a tasklet "clean" that does "mark cleaned"
      And the handler of eth0 does "schedule poll, schedule clean"
      When the process does "disable poll, interrupt eth0, enable poll, sleep"
      Then the tasklets run in the order clean, poll

    Scenario: Enabled before anybody schedules it
      Given a tasklet "poll" that does "mark polled"
      And the handler of eth0 does "schedule poll"
      When the process does "disable poll, enable poll, interrupt eth0"
      Then the tasklets run in the order poll

  @SIQ-07 @profile:notes @profile:linux-2.6.11 @must
  Rule: Tasklets run last come, first served
    Source: Linux 2.6.11, kernel/softirq.c, __tasklet_schedule(), which puts the newcomer at the head of the list

    Scenario: Three of them
      Given tasklets alpha, bravo and charlie
      And the handler of eth0 does "schedule alpha, schedule bravo, schedule charlie"
      When the process does "interrupt eth0"
      Then the tasklets run in the order charlie, bravo, alpha

  @SIQ-07 @profile:linux-6 @must
  Rule: Tasklets run first come, first served
    Source: Linux 6.18, kernel/softirq.c, __tasklet_schedule_common(), which appends to the list

    Scenario: Three of them
      Given tasklets alpha, bravo and charlie
      And the handler of eth0 does "schedule alpha, schedule bravo, schedule charlie"
      When the process does "interrupt eth0"
      Then the tasklets run in the order alpha, bravo, charlie

  @SIQ-07 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: High-priority tasklets run before the network's softirqs, the others after them
    Source: Linux 2.6.11, kernel/softirq.c, tasklet_hi_action() and tasklet_action()

    Scenario: One of each
      Given a tasklet "low" that does "mark low"
      And a high-priority tasklet "high" that does "mark high"
      And the handler of eth0 does "schedule low, raise NET_RX, schedule high"
      When the process does "interrupt eth0"
      Then this happens:
        | event        | in             |
        | handler eth0 | interrupt      |
        | tasklet high | interrupt exit |
        | mark high    | interrupt exit |
        | NET_RX       | interrupt exit |
        | tasklet low  | interrupt exit |
        | mark low     | interrupt exit |

  @SIQ-07 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A tasklet that a process schedules is left to ksoftirqd
    Source: Linux 2.6.11, kernel/softirq.c, __tasklet_schedule(), raise_softirq_irqoff()

    Scenario: The process sleeps
      Given a tasklet "poll" that does "mark polled"
      When the process does "schedule poll, schedule poll, mark scheduled, sleep"
      Then this happens:
        | event          | in        |
        | wake ksoftirqd | process   |
        | mark scheduled | process   |
        | tasklet poll   | ksoftirqd |
        | mark polled    | ksoftirqd |

  @SIQ-07 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @should
  Rule: Whoever interrupted a tasklet must not wait for its end
    Source: Linux 2.6.11, include/linux/interrupt.h, tasklet_disable(), tasklet_unlock_wait()

    Scenario Outline: <who> disables it
      Given a tasklet "poll" that does "<tasklet>"
      And the handler of eth0 does "schedule poll"
      And the handler of eth1 does "disable poll"
      When the process does "interrupt eth0"
      Then the call is caught as a bug

      Examples:
        | who                               | tasklet        |
        | The tasklet itself                | disable poll   |
        | An interrupt that came in between | interrupt eth1 |

    Scenario: A tasklet that is not there
      Given a tasklet "poll" that does "mark polled"
      When the process does "schedule other"
      Then the call fails with EINVAL

  @SIQ-07 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @property
  Rule: However tasklets are scheduled, disabled and enabled, each runs once for all that asked for it since it last ran
    Source: Linux 2.6.11, kernel/softirq.c

    Scenario: Generated scenes
      Then the property "tasklets behave like a model list" holds
