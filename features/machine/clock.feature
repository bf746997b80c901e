@cap:machine
Feature: Clock interrupt
  The clock interrupts at a level above all devices, counts, and is gone. Whatever takes longer is left to a software
  interrupt, which is asked for when a timer is due.

  @CLK-03 @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4 @must
  Rule: The clock interrupts the handlers of devices
    Source: 4.4BSD, hp300/hp300/locore.s, level 6; Linux 2.6.11, kernel/irq/handle.c, handle_IRQ_event()
    Variation: today's Linux serves no interrupt inside a handler

    Scenario: A handler that takes three ticks
      Given these programs:
        | shell     | handler of disk |
        | compute 2 | compute 12      |
        |           | mark late       |
      And the clock ticks every 4 steps
      And line disk is raised after 1 step
      When the machine runs
      Then the machine does:
        | who   | does       |
        | disk  | interrupts |
        | clock | interrupts |
        | clock | interrupts |
        | clock | interrupts |
        | clock | interrupts |
        | disk  | marks late |

  @CLK-03 @profile:notes @profile:bsd-4.4 @must
  Rule: A priority of clock level or above holds the clock off, a lower one does not
    Source: 4.4BSD, hp300/include/psl.h, splclock()

    Scenario Outline: <level>, which is lower
      Given these programs:
        | shell     | call poke   |
        | call poke | <level>     |
        |           | compute 4   |
        |           | mark inside |
        |           | splx        |
        |           | mark after  |
      And the clock ticks every 6 steps
      When the machine runs
      Then the machine does:
        | who   | does         |
        | clock | interrupts   |
        | shell | marks inside |
        | shell | marks after  |

      Examples:
        | level  |
        | spl0   |
        | splnet |
        | splbio |
        | spltty |

    Scenario Outline: <level>, which is not
      Given these programs:
        | shell     | call poke   |
        | call poke | <level>     |
        |           | compute 4   |
        |           | mark inside |
        |           | splx        |
        |           | mark after  |
      And the clock ticks every 6 steps
      When the machine runs
      Then the machine does:
        | who   | does         |
        | shell | marks inside |
        | clock | interrupts   |
        | shell | marks after  |

      Examples:
        | level    |
        | splclock |
        | splhigh  |

  @CLK-04 @must
  Rule: The clock interrupt counts the tick, charges it, and runs no timer itself
    Source: 4.4BSD, kern/kern_clock.c, hardclock(); Linux 2.6.11, kernel/timer.c, do_timer(), update_process_times()

    Scenario: A timer is due at the second tick
      Given these programs:
        | shell     | call arm                  | timer retransmit |
        | call arm  | set timer retransmit to 2 | mark fired       |
        | compute 9 |                           | look             |
      And the clock ticks every 4 steps
      When the machine runs
      Then the machine does:
        | who        | does        |
        | clock      | interrupts  |
        | clock      | interrupts  |
        | retransmit | marks fired |
        | clock      | interrupts  |
      And retransmit sees:
        | mode   | preemptCount |
        | kernel | 256          |
      And the machine has ticked 3 times
      And shell is charged 3 ticks in user mode and 0 in kernel mode

  @CLK-05 @profile:notes @profile:bsd-4.4 @profile:linux-6 @must
  Rule: Only a tick at which a timer is due asks for the software interrupt
    Source: 4.4BSD, kern/kern_clock.c, hardclock(), setsoftclock()
    Variation: Linux 2.6.11 asks at every tick

    Scenario: A timer for the third of four ticks
      Given these programs:
        | shell      | call arm                  | timer retransmit |
        | call arm   | set timer retransmit to 3 | mark fired       |
        | compute 11 |                           |                  |
      And the clock ticks every 4 steps
      When the machine runs
      Then the machine does:
        | who        | does        |
        | clock      | interrupts  |
        | clock      | interrupts  |
        | clock      | interrupts  |
        | TIMER      | starts      |
        | retransmit | starts      |
        | retransmit | marks fired |
        | clock      | interrupts  |

    Scenario: No timer
      Given these programs:
        | shell     |
        | compute 9 |
      And the clock ticks every 4 steps
      When the machine runs
      Then the machine does:
        | who   | does       |
        | shell | runs       |
        | clock | interrupts |
        | clock | interrupts |
        | idle  | runs       |
      And nothing starts

  @CLK-05 @profile:linux-2.6.11 @may
  Rule: Linux 2.6.11 asks for the software interrupt at every tick
    Source: Linux 2.6.11, kernel/timer.c, run_local_timers()

    Scenario: No timer
      Given these programs:
        | shell     |
        | compute 9 |
      And the clock ticks every 4 steps
      When the machine runs
      Then the machine does:
        | who   | does       |
        | clock | interrupts |
        | TIMER | starts     |
        | clock | interrupts |
        | TIMER | starts     |

  @CLK-06 @must
  Rule: The software interrupt comes after the clock interrupt, and devices may come between
    Source: 4.4BSD, kern/kern_clock.c, softclock(); Linux 2.6.11, kernel/softirq.c, irq_exit()

    Scenario: A device raises its line with the tick
      Given these programs:
        | shell     | call arm                  | timer retransmit | handler of disk |
        | call arm  | set timer retransmit to 1 | mark timer       | mark disk       |
        | compute 2 |                           |                  |                 |
        | mark user |                           |                  |                 |
      And the clock ticks every 4 steps
      And line disk is raised after 4 steps
      When the machine runs
      Then the machine does:
        | who        | does        |
        | clock      | interrupts  |
        | disk       | interrupts  |
        | disk       | marks disk  |
        | retransmit | marks timer |
        | shell      | marks user  |

    Scenario: A device interrupts the timer's function
      Given these programs:
        | shell     | call arm                  | timer retransmit | handler of disk |
        | call arm  | set timer retransmit to 1 | mark timer       | mark disk       |
        | compute 4 |                           | compute 2        |                 |
        |           |                           | mark late        |                 |
      And the clock ticks every 5 steps
      And line disk is raised after 7 steps
      When the machine runs
      Then the marks are timer, disk, late

  @CLK-06 @profile:notes @profile:bsd-4.4 @must
  Rule: The software interrupt waits while the priority is at its level or above
    Source: 4.4BSD, kern/kern_clock.c, setsoftclock(), hp300/include/psl.h

    Scenario: The clock interrupts a call at splnet
      Given these programs:
        | shell     | call arm                  | call poke   | timer retransmit |
        | call arm  | set timer retransmit to 1 | splnet      | mark timer       |
        | call poke |                           | compute 4   |                  |
        |           |                           | mark inside |                  |
        |           |                           | splx        |                  |
        |           |                           | mark after  |                  |
      And the clock ticks every 7 steps
      When the machine runs
      Then the machine does:
        | who        | does         |
        | clock      | interrupts   |
        | shell      | marks inside |
        | retransmit | marks timer  |
        | shell      | marks after  |

  @CLK-07 @must
  Rule: Ticks come and are counted while the software interrupt takes its time
    Source: 4.4BSD, kern/kern_clock.c, softclock(); Linux 2.6.11, kernel/timer.c, __run_timers()

    Scenario: A function of a timer that takes two ticks
      Given these programs:
        | shell     | call arm                  | timer retransmit |
        | call arm  | set timer retransmit to 1 | mark begin       |
        | compute 2 |                           | compute 6        |
        | mark user |                           | mark done        |
      And the clock ticks every 4 steps
      When the machine runs
      Then the machine does:
        | who        | does        |
        | clock      | interrupts  |
        | retransmit | marks begin |
        | clock      | interrupts  |
        | clock      | interrupts  |
        | retransmit | marks done  |
        | shell      | marks user  |
      And the machine has ticked 3 times

    Scenario: A timer comes due meanwhile and is not forgotten
      Given these programs:
        | shell     | call arm                   | timer slow | timer quick |
        | call arm  | set timer slow to 1        | compute 6  | mark quick  |
        | compute 3 | set timer quick to 2       | mark slow  |             |
        | mark user |                            |            |             |
      And the clock ticks every 4 steps
      When the machine runs
      Then the marks are slow, quick, user

  @CLK-08 @must
  Rule: An alarm reaches its process as SIGALRM, once, when its time has come
    Source: 4.4BSD, kern/kern_time.c, realitexpire(); Linux 2.6.11, kernel/timer.c, kernel/itimer.c

    Scenario: A process waits for it
      Given these programs:
        | shell      | call alarm | call pause                    | SIGALRM in shell |
        | call alarm | alarm in 2 | sleep interruptibly on signal | mark rang        |
        | call pause |            |                               |                  |
        | mark after |            |                               |                  |
      And the clock ticks every 10 steps
      When the machine runs
      Then the machine does:
        | who   | does            |
        | clock | interrupts      |
        | clock | interrupts      |
        | shell | handles SIGALRM |
        | shell | marks rang      |
        | shell | marks after     |
      And the machine has ticked 2 times

    Scenario: Another process runs when it rings
      Given these programs:
        | shell      | cc         | call alarm | call pause                    | SIGALRM in shell |
        | call alarm | compute 30 | alarm in 2 | sleep interruptibly on signal | mark rang        |
        | call pause | mark done  |            |                               |                  |
      And shell has priority 1
      And the clock ticks every 10 steps
      When the machine runs
      Then the marks are rang, done

    Scenario: A second alarm takes the place of the first
      Given these programs:
        | shell       | call first | call second | call pause                    | SIGALRM in shell |
        | call first  | alarm in 1 | alarm in 3  | sleep interruptibly on signal | mark rang        |
        | call second |            |             |                               |                  |
        | call pause  |            |             |                               |                  |
      And the clock ticks every 10 steps
      When the machine runs
      Then the marks are rang
      And the machine has ticked 3 times

    Scenario: It is taken back
      Given these programs:
        | shell      | call alarm | call never | SIGALRM in shell |
        | call alarm | alarm in 1 | alarm in 0 | mark rang        |
        | call never |            |            |                  |
        | compute 30 |            |            |                  |
        | mark after |            |            |                  |
      And the clock ticks every 10 steps
      When the machine runs
      Then the marks are after

  @CLK-08 @must
  Rule: Timers fire in the order of their times, in whatever order they were set
    Source: 4.4BSD, kern/kern_clock.c, timeout(); Linux 2.6.11, kernel/timer.c, internal_add_timer()

    Scenario Outline: First <one> is set to <ticks>, then <other> to <others>
      Given these programs:
        | shell        | call arm                    | timer quick | timer slow |
        | call arm     | set timer <one> to <ticks>  | mark quick  | mark slow  |
        | compute 15   | set timer <other> to <others> |           |            |
        | mark between |                             |             |            |
        | compute 20   |                             |             |            |
        | mark after   |                             |             |            |
      And the clock ticks every 10 steps
      When the machine runs
      Then the marks are quick, between, slow, after

      Examples:
        | one   | ticks | other | others |
        | quick | 1     | slow  | 3      |
        | slow  | 3     | quick | 1      |

    Scenario: Without a clock none ever does
      Given these programs:
        | shell    | call nap          | timer tea |
        | call nap | set timer tea to 1 | wake tick |
        |          | sleep on tick     |           |
      When the machine runs
      Then the run ends with everybody asleep
      And shell waits for tick

  @CLK-08 @profile:notes @profile:linux-2.6.11 @must
  Rule: Of timers for one tick the one that was set first fires first
    Source: Linux 2.6.11, kernel/timer.c, internal_add_timer(), list_add_tail()

    Scenario: Two for the second tick
      Given these programs:
        | shell      | call nap           | timer tea | timer egg |
        | call nap   | set timer tea to 2 | mark tea  | mark egg  |
        | compute 30 | set timer egg to 2 |           |           |
      And the clock ticks every 10 steps
      When the machine runs
      Then the marks are tea, egg

  @CLK-08 @profile:bsd-4.4 @profile:linux-6 @must
  Rule: Of timers for one tick the one that was set last fires first
    Source: 4.4BSD, kern/kern_clock.c, timeout(); Linux 6.18, kernel/time/timer.c, enqueue_timer(), hlist_add_head()

    Scenario: Two for the second tick
      Given these programs:
        | shell      | call nap           | timer tea | timer egg |
        | call nap   | set timer tea to 2 | mark tea  | mark egg  |
        | compute 30 | set timer egg to 2 |           |           |
      And the clock ticks every 10 steps
      When the machine runs
      Then the marks are egg, tea

  @CLK-04 @cap:machine-smp @must
  Rule: One processor counts the ticks, and each charges its own
    Source: Linux 2.6.11, arch/i386/kernel/time.c, do_timer_interrupt(); arch/i386/kernel/apic.c, smp_local_timer_interrupt()

    Scenario: Two processors compute
      Given these programs:
        | alice      | bob        |
        | compute 35 | compute 35 |
      And 2 processors
      And alice runs on processor 0
      And bob runs on processor 1
      And the clock ticks every 10 steps
      When the machine runs
      Then the machine has ticked 3 times
      And alice is charged 3 ticks in user mode and 0 in kernel mode
      And bob is charged 3 ticks in user mode and 0 in kernel mode

  @CLK-08 @must
  Rule: A timer that is set again fires once, at its new time
    Source: 4.4BSD, kern/kern_clock.c, untimeout(), timeout(); Linux 2.6.11, kernel/timer.c, mod_timer()

    Scenario Outline: Set to <ticks>, and again to <others>
      Given these programs:
        | shell      | call arm                        | call again                       | timer retransmit |
        | call arm   | set timer retransmit to <ticks> | set timer retransmit to <others> | mark fired       |
        | call again |                                 |                                  |                  |
        | compute 15 |                                 |                                  |                  |
        | mark early |                                 |                                  |                  |
        | compute 20 |                                 |                                  |                  |
        | mark late  |                                 |                                  |                  |
      And the clock ticks every 10 steps
      When the machine runs
      Then the marks are <marks>

      Examples: A tick is before the first mark, three are after it
        | ticks | others | marks              |
        | 1     | 3      | early, fired, late |
        | 3     | 1      | fired, early, late |

  @CLK-08 @must
  Rule: What the kernel has sent is sent again by a timer until it is acknowledged
    Source: 4.4BSD, netinet/tcp_timer.c; Linux 2.6.11, net/ipv4/tcp_timer.c, tcp_retransmit_timer()

    Background:
      Given these programs:
        | shell      | call send                 | timer retransmit          | handler of net          |
        | call send  | mark send                 | mark again                | delete timer retransmit |
        | compute 60 | set timer retransmit to 2 | set timer retransmit to 4 | mark ack                |
      And the clock ticks every 5 steps

    Scenario: The acknowledgement comes after the second time
      Given line net is raised after 33 steps
      When the machine runs
      Then the marks are send, again, again, ack

    Scenario: It comes at once
      Given line net is raised after 6 steps
      When the machine runs
      Then the marks are send, ack
