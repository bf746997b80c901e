@cap:machine
Feature: The top half
  The part of the kernel that serves system calls is a library that all processes share. A process that calls it goes on
  in kernel mode, on a stack of its own, until the call returns or has to wait.

  @TOP-01 @must
  Rule: Processes that are in the same routine have registers and arguments of their own
    Source: 4.4BSD, hp300/hp300/trap.c, syscall(); Linux 2.6.11, arch/i386/kernel/entry.S, system_call

    Scenario: The second enters while the first sleeps there
      Given these programs:
        | alice           | bob             | call get       | handler of disk |
        | set r0 to 1     | set r0 to 2     | add 10 to r0   | wake input      |
        | call get with 5 | call get with 7 | sleep on input |                 |
        |                 |                 | add 100 to r0  |                 |
        |                 |                 | look           |                 |
      And line disk is raised after 8 steps
      When the machine runs
      Then the machine does:
        | who   | does            |
        | alice | calls get       |
        | alice | sleeps on input |
        | bob   | calls get       |
        | bob   | sleeps on input |
      And alice sees:
        | mode   | r0  | args |
        | kernel | 111 | 5    |
      And bob sees:
        | mode   | r0  | args |
        | kernel | 112 | 7    |

    Scenario: Each is told its own result, and finds it after the other was told
      Given these programs:
        | alice     | bob       | call get       | call put       | handler of disk |
        | call get  | call put  | sleep on input | sleep on input | wake input      |
        | compute 9 | compute 9 | return 5       | fail with EIO  |                 |
        | look      | look      |                |                |                 |
      And line disk is raised after 9 steps
      And the clock ticks every 3 steps, with a quantum of 1 tick
      When the machine runs
      Then alice sees:
        | mode | result | errno |
        | user | 5      | null  |
      And bob sees:
        | mode | result | errno |
        | user | -1     | EIO   |

    Scenario: What a call does with registers does not reach its caller
      Given these programs:
        | shell       | call get     |
        | set r0 to 7 | set r0 to 99 |
        | set r3 to 8 | set r3 to 99 |
        | call get    |              |
        | look        |              |
      When the machine runs
      Then shell sees:
        | mode | r0 | r3 |
        | user | 7  | 8  |

  @TOP-02 @must
  Rule: A process is in kernel mode from the entry of a call to its return, and in user mode before and after
    Source: 4.4BSD, hp300/hp300/locore.s, trap0; Linux 2.6.11, arch/i386/kernel/entry.S, system_call

    Scenario: Before, in and after a call
      Given these programs:
        | shell    | call get |
        | look     | look     |
        | call get |          |
        | look     |          |
      When the machine runs
      Then shell sees:
        | mode   | current |
        | user   | shell   |
        | kernel | shell   |
        | user   | shell   |

    Scenario: A call that sleeps in between
      Given these programs:
        | shell    | call get       | handler of disk |
        | call get | sleep on input | wake input      |
        | look     | look           |                 |
      And line disk is raised after 3 steps
      When the machine runs
      Then shell sees:
        | mode   |
        | kernel |
        | user   |

  @TOP-02 @must
  Rule: A privileged operation is trapped in user mode, and does nothing
    Source: Intel 80386 Programmer's Reference Manual, 6.3.4, privileged instructions; Linux 2.6.11, arch/i386/kernel/traps.c, do_general_protection(); 4.4BSD, hp300/hp300/trap.c, T_PRIVINST

    Scenario Outline: A process tries to <operation>
      Given these programs:
        | shell       | call put    | editor      |
        | set r0 to 9 | <operation> | mark editor |
        | <operation> |             |             |
        | mark after  |             |             |
      And shell has priority 1
      And the variable total is 5
      When the machine runs
      Then the machine does:
        | who    | does                   |
        | shell  | traps protection-fault |
        | shell  | is killed SIGSEGV      |
        | editor | marks editor           |
      And the variable total ends as 5
      And nobody is left in queue work

      Examples:
        | operation             |
        | store r0 in total     |
        | atomic add 1 to total |
        | load r1 from total    |
        | disable interrupts    |
        | enable interrupts     |
        | raise softirq HI      |
        | raise line disk       |
        | enqueue job on work   |
        | lock table            |
        | sleep on input        |

    Scenario: The same operation in a call
      Given these programs:
        | shell       | call put          |
        | set r0 to 9 | store r0 in total |
        | call put    |                   |
        | mark after  |                   |
      And the variable total is 5
      When the machine runs
      Then the variable total ends as 9
      And the marks are after

    Scenario: A process that disables interrupts is interrupted all the same
      Given these programs:
        | shell              | handler of disk | SIGSEGV in shell | call leave |
        | disable interrupts | mark disk       | look             | exit 1     |
        |                    |                 | call leave       |            |
      And line disk is raised after 2 steps
      When the machine runs
      Then shell sees:
        | mode | interrupts |
        | user | true       |
      And the marks are disk

  @TOP-03 @must
  Rule: Each process has a kernel stack of its own, which is empty while it is in user mode
    Source: 4.4BSD, hp300/include/pcb.h and vmparam.h, UPAGES; Linux 2.6.11, include/asm-i386/thread_info.h

    Scenario: The stack is empty again behind each call
      Given these programs:
        | shell    | call get |
        | look     | look     |
        | call get |          |
        | look     |          |
        | call get |          |
        | look     |          |
      When the machine runs
      Then shell sees:
        | mode   | stack | depth |
        | user   | null  | 0     |
        | kernel | shell | 1     |
        | user   | null  | 0     |
        | kernel | shell | 1     |
        | user   | null  | 0     |

    Scenario: A process enters while another sleeps in the kernel
      Given these programs:
        | alice    | bob      | call get       | call put | handler of disk |
        | call get | call put | sleep on input | look     | wake input      |
        | look     | look     | look           |          |                 |
      And line disk is raised after 5 steps
      When the machine runs
      Then bob sees:
        | mode   | stack | depth |
        | kernel | bob   | 1     |
        | user   | null  | 0     |
      And alice sees:
        | mode   | stack | depth |
        | kernel | alice | 1     |
        | user   | null  | 0     |

    Scenario: Behind a call that has failed, and one that was interrupted
      Given these programs:
        | shell     | call fault             | call get  | handler of disk |
        | call fault | copy in r0 from 0x9000 | compute 2 | look            |
        | look      |                        | look      |                 |
        | call get  |                        |           |                 |
        | look      |                        |           |                 |
      And handlers run on the stack of whoever is interrupted
      And line disk is raised after 4 steps
      When the machine runs
      Then disk sees:
        | stack | depth |
        | shell | 2     |
      And shell sees:
        | mode   | stack | depth |
        | user   | null  | 0     |
        | kernel | shell | 1     |
        | user   | null  | 0     |

  @TOP-04 @must
  Rule: A call reaches the memory of the process that has made it
    Source: 4.4BSD, hp300/hp300/locore.s, copyin, copyout; Linux 2.6.11, arch/i386/lib/usercopy.c

    Scenario: One address in two processes
      Given these programs:
        | alice             | bob               | call write             |
        | poke 65 at 0x1000 | poke 66 at 0x1000 | sleep on input         |
        | call write        | call write        | copy in r0 from 0x1000 |
        |                   |                   | look                   |
      And these programs:
        | handler of disk |
        | wake input      |
      And line disk is raised after 6 steps
      When the machine runs
      Then alice sees:
        | mode   | r0 |
        | kernel | 65 |
      And bob sees:
        | mode   | r0 |
        | kernel | 66 |

    Scenario: From a process to the kernel, and from there to another
      Given these programs:
        | alice             | bob               | call write             | call read             |
        | poke 65 at 0x1000 | poke 66 at 0x1000 | copy in r0 from 0x1000 | load r0 from letter   |
        | call write        | call read         | store r0 in letter     | copy out r0 to 0x1FFF |
        | peek r1 at 0x1FFF | peek r1 at 0x1FFF |                        |                       |
        | look              | peek r2 at 0x1000 |                        |                       |
        |                   | look              |                        |                       |
      When the machine runs
      Then alice sees:
        | result | r1 |
        | 0      | 0  |
      And bob sees:
        | result | r1 | r2 |
        | 0      | 65 | 66 |

  @TOP-04 @must
  Rule: A call that is given a bad address fails with EFAULT and leaves the kernel as it was
    Source: 4.4BSD, hp300/hp300/locore.s, copyin, nofault; Linux 2.6.11, arch/i386/mm/fault.c, fixup_exception()

    Scenario Outline: The kernel copies in from <address>
      Given these programs:
        | shell      | call write                |
        | call write | copy in r0 from <address> |
        | look       | atomic add 1 to copies    |
      When the machine runs
      Then shell sees:
        | mode | stack | depth | result   | errno   |
        | user | null  | 0     | <result> | <errno> |
      And the variable copies ends as <copies>

      Examples: Both sides of what is mapped
        | address    | result | errno  | copies |
        | 0x0        | -1     | EFAULT | 0      |
        | 0xFFF      | -1     | EFAULT | 0      |
        | 0x1000     | 0      | null   | 1      |
        | 0x1FFF     | 0      | null   | 1      |
        | 0x2000     | -1     | EFAULT | 0      |
        | 0xFFFFFFFF | -1     | EFAULT | 0      |

    Scenario Outline: The kernel copies out to <address>
      Given these programs:
        | shell     | call read                |
        | call read | copy out r0 to <address> |
        | look      | atomic add 1 to copies   |
      When the machine runs
      Then shell sees:
        | mode | result   | errno   |
        | user | <result> | <errno> |
      And the variable copies ends as <copies>

      Examples: Both sides of what is mapped
        | address    | result | errno  | copies |
        | 0x0        | -1     | EFAULT | 0      |
        | 0xFFF      | -1     | EFAULT | 0      |
        | 0x1000     | 0      | null   | 1      |
        | 0x1FFF     | 0      | null   | 1      |
        | 0x2000     | -1     | EFAULT | 0      |
        | 0xFFFFFFFF | -1     | EFAULT | 0      |

    Scenario: The second address is bad: nothing of the first reaches the variables of the kernel
      Given these programs:
        | shell             | call write             | call read          |
        | poke 65 at 0x1000 | copy in r0 from 0x1000 | load r0 from first |
        | call write        | copy in r1 from 0x2000 | look               |
        | call read         | store r0 in first      |                    |
        |                   | store r1 in second     |                    |
      And the variable first is 3
      And the variable second is 4
      When the machine runs
      Then shell sees:
        | mode   | r0 | errno  |
        | kernel | 3  | EFAULT |
      And the variable second ends as 4

    Scenario: No signal is sent for it, and others are served
      Given these programs:
        | shell      | editor    | call write             | call read             |
        | call write | call read | copy in r0 from 0x2000 | copy out r0 to 0x1000 |
        | mark shell | look      |                        |                       |
      When the machine runs
      Then the machine does:
        | who    | does           |
        | shell  | calls write    |
        | shell  | returns EFAULT |
        | shell  | marks shell    |
        | shell  | exits 0        |
        | editor | calls read     |
        | editor | returns 0      |
        | editor | exits 0        |
      And editor sees:
        | mode | result |
        | user | 0      |

  @TOP-05 @must
  Rule: A process that is woken does not run before the call under way returns or blocks, whatever its priority
    Source: 4.4BSD, kern/kern_synch.c, setrunnable(), need_resched(); Linux 2.6.11, kernel/sched.c, try_to_wake_up(), without CONFIG_PREEMPT

    Background:
      Given these programs:
        | editor      | call rest    | handler of tty |
        | call rest   | sleep on key | wake key       |
        | mark editor |              |                |
      And editor has priority 9
      And line tty is raised after 4 steps

    Scenario: The call returns
      Given these programs:
        | shell     | call work   |
        | call work | compute 3   |
        | mark user | mark kernel |
      When the machine runs
      Then the machine does:
        | who    | does         |
        | editor | runs         |
        | shell  | runs         |
        | tty    | wakes editor |
        | shell  | marks kernel |
        | editor | runs         |
        | editor | marks editor |
        | shell  | runs         |
        | shell  | marks user   |
        | idle   | runs         |

    Scenario: The call blocks
      Given these programs:
        | shell     | call work     | handler of disk |
        | call work | compute 3     | wake buffer     |
        | mark user | mark kernel   |                 |
        |           | sleep on buffer |               |
      And line disk is raised after 20 steps
      When the machine runs
      Then the marks are kernel, editor, user

    Scenario: Contrast: a process in user mode gives way before its next step
      Given these programs:
        | shell      |
        | compute 3  |
        | mark shell |
      When the machine runs
      Then the marks are editor, shell

  @TOP-05 @UNX-03 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A kernel that may be preempted lets it run before the next step of the call
    Source: Linux 2.6.11, kernel/sched.c, preempt_schedule_irq(), with CONFIG_PREEMPT

    Background:
      Given these programs:
        | editor      | call rest    | handler of tty |
        | call rest   | sleep on key | wake key       |
        | mark editor |              |                |
      And editor has priority 9
      And a kernel that may be preempted

    Scenario: In the middle of a call
      Given these programs:
        | shell     | call work   |
        | call work | compute 3   |
        | mark user | mark kernel |
      And line tty is raised after 4 steps
      When the machine runs
      Then the machine does:
        | who    | does         |
        | editor | runs         |
        | shell  | runs         |
        | tty    | wakes editor |
        | editor | runs         |
        | editor | marks editor |
        | shell  | runs         |
        | shell  | marks kernel |
        | shell  | marks user   |
        | idle   | runs         |

    Scenario: Who wakes it gives way itself
      Given these programs:
        | shell     | call work   |
        | call work | wake key    |
        |           | mark kernel |
      When the machine runs
      Then the marks are editor, kernel

    Scenario Outline: But not while the call has <off>
      Given these programs:
        | shell     | call work   |
        | call work | <off>       |
        |           | wake key    |
        |           | mark inside |
        |           | <on>        |
        |           | mark kernel |
      When the machine runs
      Then the marks are inside, editor, kernel

      Examples:
        | off                   | on                   |
        | disable preemption    | enable preemption    |
        | disable bottom halves | enable bottom halves |
        | lock table            | unlock table         |

    Scenario: Nor in an interrupt handler, or in a software interrupt that it has raised
      Given these programs:
        | shell     | call work   | handler of disk      | softirq NET_RX |
        | call work | compute 3   | wake key             | mark soft      |
        |           | mark kernel | raise softirq NET_RX |                |
        |           |             | mark hard            |                |
      And line disk is raised after 4 steps
      When the machine runs
      Then the marks are hard, soft, editor, kernel

  @TOP-06 @must
  Rule: A call that has to wait gives up the processor, and goes on where it slept once it is woken
    Source: 4.4BSD, kern/kern_synch.c, tsleep(), wakeup(); Linux 2.6.11, kernel/sched.c, sleep_on(), schedule()

    Scenario: Another process runs meanwhile
      Given these programs:
        | shell     | editor      | call read       | handler of disk |
        | call read | mark editor | set r0 to 7     | wake buffer     |
        |           | compute 4   | sleep on buffer |                 |
        |           |             | look            |                 |
        |           |             | return 3        |                 |
      And line disk is raised after 5 steps
      When the machine runs
      Then the machine does:
        | who    | does             |
        | shell  | runs             |
        | shell  | sleeps on buffer |
        | editor | runs             |
        | editor | marks editor     |
        | disk   | wakes shell      |
        | shell  | runs             |
        | shell  | returns 3        |
        | idle   | runs             |
      And shell sees:
        | mode   | stack | depth | r0 |
        | kernel | shell | 1     | 7  |

    Scenario: Nobody wakes it
      Given these programs:
        | shell      | call read       |
        | call read  | sleep on buffer |
        | mark shell |                 |
      When the machine runs
      Then the run ends with everybody asleep
      And shell waits for buffer
      And the marks are nobody

    Scenario: Another event is told of
      Given these programs:
        | shell     | call read       | handler of tty |
        | call read | sleep on buffer | wake key       |
      And line tty is raised after 4 steps
      When the machine runs
      Then the run ends with everybody asleep

    Scenario: The processor idles when nobody else can run
      Given these programs:
        | shell     | call read       | handler of disk |
        | call read | sleep on buffer | look            |
        |           |                 | wake buffer     |
      And line disk is raised after 6 steps
      When the machine runs
      Then the machine does:
        | who   | does  |
        | shell | runs  |
        | idle  | runs  |
        | shell | runs  |
        | idle  | runs  |
      And disk sees:
        | current |
        | null    |

    Scenario: It looks again whether the event has come, since others may have used it up
      Given these programs:
        | shell     | call read                              | handler of disk |
        | call read | sleep on buffer until ready is 1       | wake buffer     |
        |           | mark ready                             |                 |
      And these programs:
        | handler of tape      |
        | atomic add 1 to ready |
        | wake buffer          |
      And line disk is raised after 4 steps
      And line tape is raised after 10 steps
      When the machine runs
      Then the machine does:
        | who   | does             |
        | shell | sleeps on buffer |
        | disk  | wakes shell      |
        | shell | sleeps on buffer |
        | tape  | wakes shell      |
        | shell | marks ready      |

    Scenario: It may give up the processor without waiting for anything
      Given these programs:
        | shell     | editor      | call rest   |
        | call rest | mark editor | yield       |
        |           |             | mark kernel |
      When the machine runs
      Then the marks are editor, kernel

  @TOP-07 @UNX-01 @must
  Rule: Several processes may be in the kernel at once: one of them runs, the others sleep
    Source: 4.4BSD, kern/kern_synch.c; Linux 2.6.11, kernel/sched.c

    Scenario Outline: <count> processes in a call that waits
      Given these programs:
        | call get       | handler of disk |
        | sleep on input | wake input      |
        | compute 3      |                 |
      And <count> processes that call get
      And line disk is raised after 20 steps
      When the machine runs
      Then as many as <count> processes are in the kernel at once, and 1 of them runs
      And the run ends with nothing left to do

      Examples:
        | count |
        | 1     |
        | 2     |
        | 3     |
        | 8     |

  @TOP-08 @must
  Rule: The bottom half may interrupt a call anywhere, and the call goes on as if nothing had been
    Source: 4.4BSD, hp300/hp300/locore.s, the interrupt vectors, rei; Linux 2.6.11, arch/i386/kernel/entry.S, common_interrupt, ret_from_intr

    Scenario Outline: An interrupt comes after <steps> steps
      Given these programs:
        | shell           | call work   | handler of disk |
        | call work with 4 | set r0 to 7 | set r0 to 99    |
        | mark user       | mark first  | mark disk       |
        |                 | mark second |                 |
        |                 | look        |                 |
        |                 | return 5    |                 |
      And line disk is raised after <steps> steps
      When the machine runs
      Then the marks are <marks>
      And shell sees:
        | mode   | current | stack | depth | r0 | args |
        | kernel | shell   | shell | 1     | 7  | 4    |
      And the machine does:
        | who   | does       |
        | shell | calls work |
        | shell | returns 5  |

      Examples:
        | steps | marks                     |
        | 0     | disk, first, second, user |
        | 1     | disk, first, second, user |
        | 2     | disk, first, second, user |
        | 3     | first, disk, second, user |
        | 4     | first, second, disk, user |
        | 5     | first, second, disk, user |
        | 6     | first, second, disk, user |
        | 7     | first, second, user, disk |

    Scenario: The handler runs for the process that it has interrupted, which has nothing to do with it
      Given these programs:
        | shell     | call work | handler of disk |
        | call work | compute 3 | look            |
      And line disk is raised after 2 steps
      When the machine runs
      Then disk sees:
        | mode   | current | args |
        | kernel | shell   |      |
