@cap:machine
Feature: Signals and system calls
  A signal waits until its process is on the way back to user mode, and is looked for there. A call that sleeps may be
  ended by it; then the kernel either fails the call or makes it again.

  @SCL-07 @must
  Rule: A signal posted during a call is handled before the next instruction of the program
    Source: 4.4BSD, hp300/hp300/trap.c, userret(); Linux 2.6.11, arch/i386/kernel/entry.S, work_notifysig

    Scenario: The call posts it
      Given these programs:
        | shell      | call kill             | SIGUSR1 in shell |
        | call kill  | send SIGUSR1 to shell | mark handler     |
        | mark after | mark inside           |                  |
      When the machine runs
      Then the machine does:
        | who   | does             |
        | shell | calls kill       |
        | shell | marks inside     |
        | shell | handles SIGUSR1  |
        | shell | marks handler    |
        | shell | resumes          |
        | shell | returns 0        |
        | shell | marks after      |

    Scenario: A handler of a device posts it
      Given these programs:
        | shell      | handler of tty        | SIGINT in shell |
        | mark a     | send SIGINT to shell  | mark handler    |
        | mark b     | mark tty              |                 |
      And line tty is raised after 1 step
      When the machine runs
      Then the marks are a, tty, handler, b

    Scenario: It waits for the process to get the processor
      Given these programs:
        | shell      | cc        | call kill          | SIGUSR1 in cc |
        | call kill  | mark last | send SIGUSR1 to cc | mark handler  |
        | mark after |           |                    |               |
      When the machine runs
      Then the marks are after, handler, last

    Scenario: Nobody handles it
      Given these programs:
        | shell      | call kill             |
        | call kill  | send SIGUSR1 to shell |
        | mark after |                       |
      When the machine runs
      Then the machine does:
        | who   | does               |
        | shell | gets signal SIGUSR1 |
        | shell | is killed SIGUSR1  |
      And the run ends with nothing left to do

    Scenario: SIGCHLD, which nobody need handle
      Given these programs:
        | shell      | call kill             |
        | call kill  | send SIGCHLD to shell |
        | mark after |                       |
      When the machine runs
      Then the marks are after

    Scenario: SIGKILL, which nobody can handle
      Given these programs:
        | shell      | call kill             | SIGKILL in shell |
        | call kill  | send SIGKILL to shell | mark handler     |
        | mark after |                       |                  |
      When the machine runs
      Then the machine does:
        | who   | does                |
        | shell | gets signal SIGKILL |
        | shell | is killed SIGKILL   |

    Scenario: Again during its own handler, which it then follows
      Given these programs:
        | shell      | call kill             | SIGUSR1 in shell |
        | call kill  | send SIGUSR1 to shell | mark in          |
        | mark after |                       | compute 3        |
        |            |                       | mark out         |
      And line tty is raised after 4 steps
      And these programs:
        | handler of tty        |
        | send SIGUSR1 to shell |
      When the machine runs
      Then the marks are in, out, in, out, after

    Scenario: Posted twice before it is looked for, it is handled once
      Given these programs:
        | shell      | call kill             | SIGUSR1 in shell |
        | call kill  | send SIGUSR1 to shell | mark handler     |
        | mark after | send SIGUSR1 to shell |                  |
      When the machine runs
      Then the marks are handler, after

    Scenario: Of several that wait the one of the lowest number is taken first
      Given these programs:
        | shell      | call kill             | SIGINT in shell | SIGALRM in shell |
        | call kill  | send SIGALRM to shell | mark int        | mark alarm       |
        | mark after | send SIGINT to shell  |                 |                  |
      When the machine runs
      Then the machine does:
        | who   | does            |
        | shell | handles SIGINT  |
        | shell | handles SIGALRM |

    Scenario Outline: It reaches nobody who <is>
      Given these programs:
        | shell     | child      | call kill             | call spawn | SIGUSR1 in child |
        | call <first>  | mark child | send SIGUSR1 to child | fork child | mark handler     |
        | call <second> |            |                   |            |                  |
        | mark shell    |            |                   |            |                  |
      And child is a child of shell
      And child has priority 1
      When the machine runs
      Then the marks are child, shell

      Examples:
        | is               | first | second |
        | is not there yet | kill  | spawn  |
        | has ended        | spawn | kill   |

  @SCL-07 @must
  Rule: What a handler leaves in the registers is not what the program finds there
    Source: 4.4BSD, hp300/hp300/machdep.c, sigreturn(); Linux 2.6.11, arch/i386/kernel/signal.c, sys_sigreturn()

    Scenario: Both use r0
      Given these programs:
        | shell       | handler of tty       | SIGINT in shell |
        | set r0 to 7 | send SIGINT to shell | set r0 to 99    |
        | look        |                      |                 |
      And line tty is raised after 1 step
      When the machine runs
      Then shell sees:
        | mode | r0 |
        | user | 7  |

  @SCL-05 @must
  Rule: A signal aborts a blocked call with EINTR, after its handler has run
    Source: 4.4BSD, kern/kern_synch.c, tsleep() with PCATCH; Linux 2.6.11, arch/i386/kernel/signal.c, -ERESTARTSYS

    Scenario: The handler runs first
      Given these programs:
        | shell     | call read                     | SIGINT in shell | handler of tty       |
        | call read | mark in                       | mark handler    | send SIGINT to shell |
        | mark next | sleep interruptibly on buffer |                 |                      |
        |           | mark woken                    |                 |                      |
      And line tty is raised after 5 steps
      When the machine runs
      Then the machine does:
        | who   | does             |
        | shell | marks in         |
        | shell | sleeps on buffer |
        | shell | handles SIGINT   |
        | shell | marks handler    |
        | shell | returns EINTR    |
        | shell | marks next       |

    Scenario: It was posted before the call slept
      Given these programs:
        | shell     | call read                     | SIGINT in shell | handler of tty       |
        | call read | compute 3                     | mark handler    | send SIGINT to shell |
        |           | sleep interruptibly on buffer |                 |                      |
      And line tty is raised after 2 steps
      When the machine runs
      Then the machine does:
        | who   | does           |
        | shell | handles SIGINT |
        | shell | returns EINTR  |

    Scenario: A sleep that no signal ends
      Given these programs:
        | shell     | call read       | SIGINT in shell | handler of tty       | handler of disk |
        | call read | sleep on buffer | mark handler    | send SIGINT to shell | mark disk       |
        |           | mark got        |                 |                      | wake buffer     |
      And line tty is raised after 4 steps
      And line disk is raised after 8 steps
      When the machine runs
      Then the marks are disk, got, handler

    Scenario: What has been transferred is not lost
      Given these programs:
        | shell     | call read                     | SIGINT in shell | handler of tty       |
        | call read | transfer 300                  | mark handler    | send SIGINT to shell |
        |           | sleep interruptibly on buffer |                 |                      |
        |           | transfer 200                  |                 |                      |
      And line tty is raised after 5 steps
      When the machine runs
      Then the machine does:
        | who   | does           |
        | shell | handles SIGINT |
        | shell | returns 300    |

    Scenario: A wait for a child
      Given these programs:
        | shell      | child      | call wait        | call spawn | SIGINT in shell |
        | call spawn | compute 40 | wait for a child | fork child | mark handler    |
        | call wait  |            |                  |            |                 |
      And these programs:
        | handler of tty       |
        | send SIGINT to shell |
      And child is a child of shell
      And shell has priority 1
      And line tty is raised after 20 steps
      When the machine runs
      Then the machine does:
        | who   | does            |
        | shell | returns 0       |
        | shell | sleeps on child |
        | shell | handles SIGINT  |
        | shell | returns EINTR   |
        | shell | exits 0         |
        | child | exits 0         |

    Scenario: Not even a single octet is lost
      Given these programs:
        | shell     | call read                     | SIGINT in shell | handler of tty       |
        | call read | transfer 1                    | mark handler    | send SIGINT to shell |
        |           | sleep interruptibly on buffer |                 |                      |
      And line tty is raised after 5 steps
      When the machine runs
      Then the machine does:
        | who   | does      |
        | shell | returns 1 |

  @SCL-06 @must
  Rule: A call whose interruption was handled with SA_RESTART begins again
    Source: 4.4BSD, kern/kern_sig.c, ERESTART; Linux 2.6.11, arch/i386/kernel/signal.c, handle_signal()

    Scenario: It blocks again and completes
      Given these programs:
        | shell           | call read                     | SIGINT in shell, restarting | handler of tty       | handler of disk |
        | call read with 5 | look                         | mark handler                | send SIGINT to shell | wake buffer     |
        | mark next       | sleep interruptibly on buffer |                             |                      |                 |
        |                 | return 512                    |                             |                      |                 |
      And line tty is raised after 5 steps
      And line disk is raised after 15 steps
      When the machine runs
      Then the machine does:
        | who   | does             |
        | shell | calls read       |
        | shell | sleeps on buffer |
        | shell | restarts read    |
        | shell | handles SIGINT   |
        | shell | calls read       |
        | shell | sleeps on buffer |
        | shell | returns 512      |
      And shell sees:
        | args |
        | 5    |
        | 5    |

    Scenario: Interrupted twice
      Given these programs:
        | shell     | call read                     | SIGINT in shell, restarting | handler of tty       |
        | call read | sleep interruptibly on buffer | mark handler                | send SIGINT to shell |
      And line tty is raised after 4 steps
      And line tty is raised after 12 steps
      When the machine runs
      Then the marks are handler, handler
      And the run ends with everybody asleep
      And shell waits for buffer

    Scenario: A call that has transferred something returns that instead
      Given these programs:
        | shell     | call read                     | SIGINT in shell, restarting | handler of tty       |
        | call read | transfer 300                  | mark handler                | send SIGINT to shell |
        |           | sleep interruptibly on buffer |                             |                      |
      And line tty is raised after 5 steps
      When the machine runs
      Then the machine does:
        | who   | does           |
        | shell | calls read     |
        | shell | handles SIGINT |
        | shell | returns 300    |

    Scenario: A call that was woken and interrupted at once is not made again
      Given these programs:
        | shell     | call read                     | SIGINT in shell, restarting | handler of tty       |
        | call read | sleep on buffer               | mark handler                | wake buffer          |
        |           | return 512                    |                             | send SIGINT to shell |
      And line tty is raised after 5 steps
      When the machine runs
      Then the machine does:
        | who   | does           |
        | shell | calls read     |
        | shell | handles SIGINT |
        | shell | returns 512    |

  @SCL-08 @must
  Rule: A process of higher priority gets the processor when a call returns, and the caller goes on after it
    Source: 4.4BSD, hp300/hp300/trap.c, userret(); Linux 2.6.11, arch/i386/kernel/entry.S, work_resched

    Background:
      Given these programs:
        | shell      | editor    | call post   | call wait       |
        | compute 2  | call wait | wake keys   | sleep on keys   |
        | call post  | mark edit | mark inside |                 |
        | mark after |           |             |                 |

    Scenario: The one that is woken has a higher priority
      Given editor has priority 1
      When the machine runs
      Then the machine does:
        | who    | does           |
        | editor | runs           |
        | editor | sleeps on keys |
        | shell  | runs           |
        | shell  | wakes editor   |
        | shell  | marks inside   |
        | editor | runs           |
        | editor | marks edit     |
        | shell  | runs           |
        | shell  | marks after    |
        | idle   | runs           |

    Scenario: It has a lower one
      Given shell has priority 1
      And these programs:
        | shell      |
        | call nap   |
        | call post  |
        | mark after |
      And these programs:
        | call nap         | handler of clockwork |
        | sleep on tick    | wake tick            |
      And line clockwork is raised after 6 steps
      When the machine runs
      Then the marks are inside, after, edit

  @SCL-08 @profile:notes @profile:bsd-4.4 @must
  Rule: Signals are handled before a process of higher priority gets the processor
    Source: 4.4BSD, hp300/hp300/trap.c, userret()
    Variation: Linux gives way first

    Scenario: A call posts a signal to its caller and wakes somebody more important
      Given these programs:
        | shell      | editor    | call post             | call wait     | SIGUSR1 in shell |
        | call post  | call wait | wake keys             | sleep on keys | mark handler     |
        | mark after | mark edit | send SIGUSR1 to shell |               |                  |
      And editor has priority 1
      When the machine runs
      Then the machine does:
        | who    | does            |
        | editor | runs            |
        | shell  | runs            |
        | shell  | handles SIGUSR1 |
        | editor | runs            |
        | shell  | runs            |
        | idle   | runs            |
      And the marks are edit, handler, after

  @SCL-08 @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A process of higher priority gets the processor before signals are handled
    Source: Linux 2.6.11, arch/i386/kernel/entry.S, work_pending

    Scenario: A call posts a signal to its caller and wakes somebody more important
      Given these programs:
        | shell      | editor    | call post             | call wait     | SIGUSR1 in shell |
        | call post  | call wait | wake keys             | sleep on keys | mark handler     |
        | mark after | mark edit | send SIGUSR1 to shell |               |                  |
      And editor has priority 1
      When the machine runs
      Then the machine does:
        | who    | does            |
        | editor | runs            |
        | shell  | runs            |
        | editor | runs            |
        | shell  | runs            |
        | shell  | handles SIGUSR1 |
        | idle   | runs            |
      And the marks are edit, handler, after
