@cap:machine
Feature: Accounting of processor time
  Each tick of the clock is charged to whoever it finds running, to user or kernel mode as it finds it. That is coarse,
  and costs next to nothing.

  @KRN-11 @must
  Rule: A tick is charged to the process that it finds running, in the mode that it finds
    Source: 4.4BSD, kern/kern_clock.c, hardclock(), statclock(); Linux 2.6.11, kernel/timer.c, update_process_times()

    Scenario: A process that computes in user mode, and then in a call
      Given these programs:
        | shell      | call work  |
        | compute 25 | compute 35 |
        | call work  |            |
      And the clock ticks every 10 steps
      When the machine runs
      Then shell is charged 2 ticks in user mode and 4 in kernel mode
      And 0 ticks found the processor idle
      And the machine has ticked 6 times

    Scenario Outline: A call of <length> steps that begins at step 8
      Given these programs:
        | shell     | call work        |
        | compute 7 | compute <length> |
        | call work |                  |
        | compute 4 |                  |
      And the clock ticks every 10 steps
      When the machine runs
      Then shell is charged <user> ticks in user mode and <kernel> in kernel mode

      Examples: Ticks come after 10 and 20 steps, and their handler takes one
        | length | user | kernel |
        | 1      | 1    | 0      |
        | 2      | 1    | 0      |
        | 3      | 0    | 1      |
        | 11     | 1    | 1      |
        | 12     | 0    | 2      |

    Scenario: Two processes that take turns by quantum
      Given these programs:
        | alice      | bob        |
        | compute 36 | compute 20 |
      And the clock ticks every 10 steps, with a quantum of 1 tick
      When the machine runs
      Then alice is charged 4 ticks in user mode and 0 in kernel mode
      And bob is charged 2 ticks in user mode and 0 in kernel mode

  @KRN-11 @must
  Rule: Nothing is charged to a process that sleeps
    Source: 4.4BSD, kern/kern_clock.c, hardclock(); Linux 2.6.11, kernel/timer.c, update_process_times()

    Scenario: The processor idles meanwhile
      Given these programs:
        | shell     | call read       | handler of disk |
        | call read | sleep on buffer | wake buffer     |
        |           | compute 10      |                 |
      And the clock ticks every 10 steps
      And line disk is raised after 35 steps
      When the machine runs
      Then shell is charged 0 ticks in user mode and 1 in kernel mode
      And 3 ticks found the processor idle

    Scenario: Another process runs meanwhile, and is charged
      Given these programs:
        | shell     | editor     | call read       | handler of disk |
        | call read | compute 25 | sleep on buffer | wake buffer     |
      And the clock ticks every 10 steps
      And line disk is raised after 35 steps
      When the machine runs
      Then shell is charged 0 ticks in user mode and 0 in kernel mode
      And editor is charged 2 ticks in user mode and 0 in kernel mode
      And 1 tick found the processor idle

    Scenario: A process that has the processor only between ticks gets away with it
      Given these programs:
        | alice     | bob        | call rest    | handler of disk |
        | call rest | compute 40 | sleep on key | wake key        |
        | compute 6 |            |              |                 |
      And alice has priority 1
      And the clock ticks every 10 steps
      And line disk is raised after 11 steps
      When the machine runs
      Then alice is charged 0 ticks in user mode and 0 in kernel mode
      And bob is charged 5 ticks in user mode and 0 in kernel mode

  @KRN-11 @must @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4
  Rule: A tick that falls into a handler is charged to whoever was interrupted, in kernel mode
    Source: Linux 2.6.11, kernel/timer.c, update_process_times(); arch/i386/kernel/time.c, user_mode(regs)

    Scenario: A long handler
      Given these programs:
        | shell      | handler of disk |
        | compute 15 | compute 30      |
      And the clock ticks every 10 steps
      And line disk is raised after 5 steps
      When the machine runs
      Then shell is charged 1 tick in user mode and 3 in kernel mode

  @KRN-11 @must @profile:linux-6
  Rule: Ticks that fall into a handler wait for its end and are charged as one, to whom they find then
    Source: Linux 6.18, kernel/irq/handle.c, handlers run with interrupts off; kernel/sched/cputime.c, account_process_tick()

    Scenario: A long handler
      Given these programs:
        | shell      | handler of disk |
        | compute 15 | compute 30      |
      And the clock ticks every 10 steps
      And line disk is raised after 5 steps
      When the machine runs
      Then shell is charged 2 ticks in user mode and 0 in kernel mode

  @KRN-11 @property @must
  Rule: What is charged to processes and to idling adds up to the ticks
    Source: 4.4BSD, kern/kern_clock.c, hardclock(); Linux 2.6.11, kernel/timer.c, update_process_times()

    Scenario: Random scenes
      Then the property "every tick is charged once, to whoever it finds" holds
