@cap:softirq
Feature: Software interrupts
  A hard interrupt does at once what cannot wait, and raises a software interrupt for the rest. That runs as soon as
  nothing more urgent is in the way, with interrupts on; when it does not end, it is left to a thread, ksoftirqd.

  @SIQ-02 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A hard handler leaves a queue of work, and the softirq takes it in order once the handler has ended
    Source: Linux 2.6.11, kernel/softirq.c, irq_exit()

    Scenario: One handler, two pieces of work
      Given the handler of eth0 does "queue first, queue second, raise NET_RX, mark acknowledged"
      And softirq NET_RX does "take"
      When the process does "mark before, interrupt eth0, mark after"
      Then this happens:
        | event             | in             |
        | mark before       | process        |
        | handler eth0      | interrupt      |
        | mark acknowledged | interrupt      |
        | NET_RX            | interrupt exit |
        | take first        | interrupt exit |
        | take second       | interrupt exit |
        | mark after        | process        |

    Scenario: Work that is queued while softirqs are held off is taken in the order of its arrival
      Given the handler of eth0 does "queue from-eth0, raise NET_RX"
      And the handler of eth1 does "queue from-eth1, raise NET_RX"
      And softirq NET_RX does "take"
      When the process does "disable bh, interrupt eth1, interrupt eth0, mark busy, enable bh"
      Then this happens:
        | event          | in        |
        | handler eth1   | interrupt |
        | handler eth0   | interrupt |
        | mark busy      | process   |
        | NET_RX         | bh enable |
        | take from-eth1 | bh enable |
        | take from-eth0 | bh enable |

    Scenario: A handler that interrupts the softirq adds to the end of the queue
      Given the handler of eth0 does "queue early, raise NET_RX"
      And the handler of eth1 does "queue late"
      And softirq NET_RX does "interrupt eth1, take"
      When the process does "interrupt eth0"
      Then this happens:
        | event        | in             |
        | handler eth0 | interrupt      |
        | NET_RX       | interrupt exit |
        | handler eth1 | interrupt      |
        | take early   | interrupt exit |
        | take late    | interrupt exit |

  @SIQ-07 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: Softirqs that are pending run in the order of their vectors, whatever the order in which they were raised
    Source: Linux 2.6.11, include/linux/interrupt.h and kernel/softirq.c, __do_softirq()

    Scenario Outline: Raised in the order <order>
      Given the handler of eth0 raises <order>
      When the process does "interrupt eth0"
      Then the softirqs run in the order HI, TIMER, NET_TX, NET_RX, TASKLET

      Examples: First to last, last to first, and in between
        | order                              |
        | HI, TIMER, NET_TX, NET_RX, TASKLET |
        | TASKLET, NET_RX, NET_TX, TIMER, HI |
        | NET_RX, HI, TASKLET, NET_TX, TIMER |

    Scenario: One that was raised twice before it ran runs once
      Given the handler of eth0 raises NET_RX, TIMER, NET_RX
      When the process does "interrupt eth0"
      Then the softirqs run in the order TIMER, NET_RX

  @SIQ-07 @profile:notes @profile:linux-2.6.11 @must
  Rule: Linux 2.6.11 has six vectors; disks have the one between the network and the tasklets
    Source: Linux 2.6.11, include/linux/interrupt.h

    Scenario: All of them
      Given the handler of eth0 raises TASKLET, SCSI, NET_RX, NET_TX, TIMER, HI
      When the process does "interrupt eth0"
      Then the softirqs run in the order HI, TIMER, NET_TX, NET_RX, SCSI, TASKLET

    Scenario Outline: <vector> came later
      Given the handler of eth0 raises <vector>
      When the process does "interrupt eth0"
      Then the call fails with EINVAL

      Examples:
        | vector   |
        | BLOCK    |
        | IRQ_POLL |
        | SCHED    |
        | HRTIMER  |
        | RCU      |

  @SIQ-07 @profile:linux-6 @must
  Rule: Linux 6.18 has ten vectors; those of the scheduler, the clocks and RCU come after the tasklets
    Source: Linux 6.18, include/linux/interrupt.h

    Scenario: All of them
      Given the handler of eth0 raises RCU, HRTIMER, SCHED, TASKLET, IRQ_POLL, BLOCK, NET_RX, NET_TX, TIMER, HI
      When the process does "interrupt eth0"
      Then the softirqs run in the order HI, TIMER, NET_TX, NET_RX, BLOCK, IRQ_POLL, TASKLET, SCHED, HRTIMER, RCU

    Scenario: SCSI is called BLOCK now
      Given the handler of eth0 raises SCSI
      When the process does "interrupt eth0"
      Then the call fails with EINVAL

  @SIQ-07 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A pass runs what was raised before it began; what is raised during a pass waits for the next, a lower vector too
    Source: Linux 2.6.11, kernel/softirq.c, __do_softirq()

    Scenario: A lower vector, a higher one and the running one itself
      Given the handler of eth0 raises TIMER, NET_RX
      And softirq TIMER does "raise TIMER once, raise HI once, raise NET_TX once"
      When the process does "interrupt eth0"
      Then this happens:
        | event        | in             | pass |
        | handler eth0 | interrupt      |      |
        | TIMER        | interrupt exit | 1    |
        | NET_RX       | interrupt exit | 1    |
        | HI           | interrupt exit | 2    |
        | TIMER        | interrupt exit | 2    |
        | NET_TX       | interrupt exit | 2    |

    Scenario: A higher vector that is pending already keeps its place and runs once more in the next pass
      Given the handler of eth0 raises TIMER, NET_RX
      And softirq TIMER does "raise NET_RX"
      When the process does "interrupt eth0"
      Then this happens:
        | event        | in             | pass |
        | handler eth0 | interrupt      |      |
        | TIMER        | interrupt exit | 1    |
        | NET_RX       | interrupt exit | 1    |
        | NET_RX       | interrupt exit | 2    |

  @SIQ-07 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: Softirqs do not nest: what an interrupt raises while one runs waits until that has ended
    Source: Linux 2.6.11, kernel/softirq.c, in_interrupt() in do_softirq()

    Scenario: An interrupt comes in the midst of a softirq
      Given the handler of eth0 does "raise NET_RX"
      And the handler of timer does "raise HI"
      And softirq NET_RX does "mark half, interrupt timer, mark whole"
      When the process does "interrupt eth0"
      Then this happens:
        | event         | in             | pass |
        | handler eth0  | interrupt      |      |
        | NET_RX        | interrupt exit | 1    |
        | mark half     | interrupt exit |      |
        | handler timer | interrupt      |      |
        | mark whole    | interrupt exit |      |
        | HI            | interrupt exit | 2    |

    Scenario: Bottom halves that a softirq enables are still those of a softirq
      Given the handler of eth0 does "raise NET_RX"
      And softirq NET_RX does "raise HI once, disable bh, enable bh, mark done"
      When the process does "interrupt eth0"
      Then this happens:
        | event        | in             |
        | handler eth0 | interrupt      |
        | NET_RX       | interrupt exit |
        | mark done    | interrupt exit |
        | HI           | interrupt exit |

  @SIQ-07 @profile:notes @profile:linux-2.6.11 @must
  Rule: When hard interrupts nest, softirqs run at the end of the outermost
    Source: Linux 2.6.11, kernel/irq/handle.c, handle_IRQ_event(), and kernel/softirq.c, irq_exit()
    Variation: later kernels run handlers with interrupts off, see the next rule.

    Scenario: The disk interrupts the network
      Given the handler of eth0 does "raise NET_RX, interrupt disk, mark rest"
      And the handler of disk does "raise HI"
      When the process does "interrupt eth0"
      Then this happens:
        | event        | in             |
        | handler eth0 | interrupt      |
        | handler disk | interrupt      |
        | mark rest    | interrupt      |
        | HI           | interrupt exit |
        | NET_RX       | interrupt exit |

  @SIQ-07 @profile:linux-6 @must
  Rule: Handlers run with interrupts off: another line is held until they are on, which the first pass does
    Source: Linux 6.18, kernel/softirq.c, handle_softirqs(), local_irq_enable() behind set_softirq_pending(0)

    Scenario: What the held handler raises comes too late for the first pass
      Given the handler of eth0 does "raise NET_RX, interrupt disk, mark rest"
      And the handler of disk does "raise HI"
      When the process does "interrupt eth0"
      Then this happens:
        | event        | in             | pass |
        | handler eth0 | interrupt      |      |
        | mark rest    | interrupt      |      |
        | handler disk | interrupt      |      |
        | NET_RX       | interrupt exit | 1    |
        | HI           | interrupt exit | 2    |

    Scenario: With no softirq pending it is taken when the interrupt returns
      Given the handler of eth0 does "interrupt disk, mark rest"
      And the handler of disk does "raise HI"
      When the process does "interrupt eth0, mark back"
      Then this happens:
        | event        | in             |
        | handler eth0 | interrupt      |
        | mark rest    | interrupt      |
        | handler disk | interrupt      |
        | HI           | interrupt exit |
        | mark back    | process        |

  @SIQ-07 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: While bottom halves are disabled softirqs wait, and the outermost enable runs them
    Source: Linux 2.6.11, include/linux/interrupt.h and kernel/softirq.c, local_bh_enable()

    Scenario: An interrupt comes while they are disabled twice
      Given the handler of eth0 does "raise NET_RX"
      When the process does "disable bh, disable bh, interrupt eth0, mark two, enable bh, mark one, enable bh, mark none"
      Then this happens:
        | event        | in        |
        | handler eth0 | interrupt |
        | mark two     | process   |
        | mark one     | process   |
        | NET_RX       | bh enable |
        | mark none    | process   |

    Scenario: A process that raises one while they are disabled needs no thread
      When the process does "disable bh, raise NET_TX, mark raised, enable bh"
      Then this happens:
        | event       | in        |
        | mark raised | process   |
        | NET_TX      | bh enable |
      And ksoftirqd is asleep

    Scenario: With nothing pending nothing runs
      When the process does "disable bh, mark held, enable bh"
      Then this happens:
        | event     | in      |
        | mark held | process |

  @SIQ-07 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A softirq that a process raises is left to ksoftirqd, which is woken; one that a handler raises is not
    Source: Linux 2.6.11, kernel/softirq.c, raise_softirq()
    Variation: from 4.9 to 6.3 an interrupt leaves ksoftirqd what it has been woken for.

    Scenario: ksoftirqd runs when the process sleeps
      When the process does "raise NET_TX, mark raised, sleep, mark back"
      Then this happens:
        | event          | in        |
        | wake ksoftirqd | process   |
        | mark raised    | process   |
        | NET_TX         | ksoftirqd |
        | mark back      | process   |
      And ksoftirqd is asleep

    Scenario: The process does not sleep
      When the process does "raise NET_TX, mark raised"
      Then this happens:
        | event          | in      |
        | wake ksoftirqd | process |
        | mark raised    | process |
      And NET_TX is still pending
      And ksoftirqd is awake

    Scenario: An interrupt may come first, and leaves ksoftirqd nothing to do
      Given the handler of eth0 does "mark short"
      When the process does "raise NET_TX, interrupt eth0, sleep"
      Then this happens:
        | event          | in             |
        | wake ksoftirqd | process        |
        | handler eth0   | interrupt      |
        | mark short     | interrupt      |
        | NET_TX         | interrupt exit |

    Scenario: It is woken once, however much is raised
      When the process does "raise NET_RX, raise HI, sleep"
      Then this happens:
        | event          | in        |
        | wake ksoftirqd | process   |
        | HI             | ksoftirqd |
        | NET_RX         | ksoftirqd |

    Scenario: A handler only sets the bit
      Given the handler of eth0 does "raise NET_RX"
      When the process does "interrupt eth0"
      Then this happens:
        | event        | in             |
        | handler eth0 | interrupt      |
        | NET_RX       | interrupt exit |
      And ksoftirqd is asleep

  @SIQ-07 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A softirq that is raised again and again gets ten passes; what is left then is left to ksoftirqd
    Source: Linux 2.6.11, kernel/softirq.c, MAX_SOFTIRQ_RESTART

    Scenario Outline: NET_RX raises itself <times> times
      Given the handler of eth0 does "raise NET_RX"
      And softirq NET_RX does "raise NET_RX <times> times"
      When the process does "interrupt eth0, mark back, sleep"
      Then NET_RX runs <passes> times on interrupt exit and <left> times in ksoftirqd

      Examples: Ten runs are within the limit
        | times | passes | left |
        | 1     | 2      | 0    |
        | 8     | 9      | 0    |
        | 9     | 10     | 0    |

      Examples: From the eleventh on, and ten at a time there too
        | times | passes | left |
        | 10    | 10     | 1    |
        | 11    | 10     | 2    |
        | 35    | 10     | 26   |

    Scenario: The process goes on, though the softirq would never have ended
      Given the handler of eth0 does "raise NET_RX"
      And softirq NET_RX does "raise NET_RX"
      When the process does "interrupt eth0, mark back"
      Then NET_RX runs 10 times on interrupt exit and 0 times in ksoftirqd
      And the last of it is:
        | event          | in             | pass |
        | NET_RX         | interrupt exit | 10   |
        | wake ksoftirqd | interrupt exit |      |
        | mark back      | process        |      |
      And NET_RX is still pending

    Scenario: The limit is of passes, whichever vectors run in them
      Given the handler of eth0 does "raise HI"
      And softirq HI does "raise NET_RX 6 times"
      And softirq NET_RX does "raise HI 6 times"
      When the process does "disable bh, interrupt eth0, enable bh, sleep"
      Then the last of it is:
        | event          | in        | pass |
        | HI             | bh enable | 9    |
        | NET_RX         | bh enable | 10   |
        | wake ksoftirqd | bh enable |      |
        | HI             | ksoftirqd | 1    |
        | NET_RX         | ksoftirqd | 2    |
        | HI             | ksoftirqd | 3    |

  @SIQ-07 @profile:linux-6 @must
  Rule: No further pass is begun after two milliseconds, rounded up to jiffies, or when another process should run
    Source: Linux 6.18, kernel/softirq.c, handle_softirqs(), MAX_SOFTIRQ_TIME
    Variation: Linux 2.6.11 counts passes only.

    Scenario Outline: Each pass takes <us> microseconds at HZ <hz>
      Given the clock ticks <hz> times a second
      And the handler of eth0 does "raise NET_RX"
      And softirq NET_RX does "spend <us> us, raise NET_RX 5 times"
      When the process does "interrupt eth0, sleep"
      Then NET_RX runs <passes> times on interrupt exit and <left> times in ksoftirqd

      Examples: Jiffies stands at 2 when 2000 microseconds are over
        | hz   | us   | passes | left |
        | 1000 | 333  | 6      | 0    |
        | 1000 | 999  | 3      | 3    |
        | 1000 | 1000 | 2      | 4    |
        | 1000 | 1999 | 2      | 4    |
        | 1000 | 2000 | 1      | 5    |

      Examples: One jiffy is more than two milliseconds
        | hz  | us   | passes | left |
        | 250 | 799  | 6      | 0    |
        | 250 | 800  | 5      | 1    |
        | 250 | 3999 | 2      | 4    |
        | 250 | 4000 | 1      | 5    |
        | 100 | 1999 | 6      | 0    |
        | 100 | 2000 | 5      | 1    |

    Scenario: A process becomes ready that should run instead
      Given the handler of eth0 does "raise NET_RX"
      And softirq NET_RX does "resched, raise NET_RX 3 times"
      When the process does "interrupt eth0, sleep"
      Then NET_RX runs 1 times on interrupt exit and 3 times in ksoftirqd

  @SIQ-07 @profile:notes @profile:linux-2.6.11 @must
  Rule: Passes are counted, not timed, and another process that should run does not end them
    Source: Linux 2.6.11, kernel/softirq.c, __do_softirq()

    Scenario: Each pass takes five jiffies and wakes a process
      Given the handler of eth0 does "raise NET_RX"
      And softirq NET_RX does "spend 5000 us, resched, raise NET_RX 5 times"
      When the process does "interrupt eth0, sleep"
      Then NET_RX runs 6 times on interrupt exit and 0 times in ksoftirqd

  @SIQ-07 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @should
  Rule: Misuse is caught as a bug
    Source: Linux 2.6.11, kernel/sched.c, sub_preempt_count() and schedule(); Linux 6.18, kernel/softirq.c, handle_softirqs()

    Scenario Outline: <misuse>
      Given the handler of eth0 does "<handler>"
      And softirq NET_RX does "<softirq>"
      When the process does "<process>"
      Then the call is caught as a bug

      Examples:
        | misuse                                           | handler        | softirq    | process                           |
        | Bottom halves that were not disabled are enabled | mark idle      | mark idle  | disable bh, enable bh, enable bh  |
        | A softirq enables what it did not disable        | raise NET_RX   | enable bh  | interrupt eth0                    |
        | A softirq ends with bottom halves disabled       | raise NET_RX   | disable bh | interrupt eth0                    |
        | The process sleeps with bottom halves disabled   | mark idle      | mark idle  | disable bh, sleep                 |
        | A line interrupts while its handler runs         | interrupt eth0 | mark idle  | interrupt eth0                    |
        | ksoftirqd never gets to the end of it            | raise NET_RX   | raise NET_RX | interrupt eth0, sleep           |

    Scenario: A vector is raised that has no handler
      Given the handler of eth0 raises NET_TX
      But NET_TX has no handler
      When the process does "interrupt eth0"
      Then the call is caught as a bug

    Scenario: A line that has no handler is no line
      When the process does "interrupt eth0"
      Then the call fails with EINVAL

  @SIQ-02 @SIQ-07 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @property
  Rule: In every scene each pass ascends, no softirq runs inside another, and what was raised runs or is still pending
    Source: Linux 2.6.11, kernel/softirq.c

    Scenario: Generated scenes
      Then the property "every order of raising five softirqs runs them in the order of their vectors" holds
      And the property "softirqs of any scene run in ascending passes and never nest" holds
      And the property "a softirq raised n times runs n times, ten passes at a time" holds
      And the property "work queued by any handlers is taken once and in order" holds
