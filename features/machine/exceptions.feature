@cap:machine
Feature: Exceptions
  An instruction that cannot be executed makes the processor enter the kernel. If it was an instruction of a process,
  that process is sent a signal; if it was one of the kernel, the kernel is broken.

  @EXC-01 @must
  Rule: An exception of a process becomes a signal, and its default ends the process
    Source: Linux 2.6.11, arch/i386/kernel/traps.c, do_trap(), arch/i386/mm/fault.c; 4.4BSD, hp300/hp300/trap.c, trap()

    Scenario Outline: <instruction>
      Given these programs:
        | shell         |
        | mark before   |
        | <instruction> |
        | mark behind   |
      When the machine runs
      Then the machine does:
        | who   | does                 |
        | shell | marks before         |
        | shell | traps <exception>    |
        | shell | gets signal <signal> |
        | shell | is killed <signal>   |

      Examples: Arithmetic
        | instruction    | exception    | signal |
        | divide by zero | divide-error | SIGFPE |

      Examples: Addresses; 0x1000 to 0x1FFF are there
        | instruction      | exception  | signal  |
        | touch 0x0        | page-fault | SIGSEGV |
        | touch 0xFFF      | page-fault | SIGSEGV |
        | touch 0x2000     | page-fault | SIGSEGV |
        | touch 0xFFFFFFFF | page-fault | SIGSEGV |
        | poke 1 at 0x2000 | page-fault | SIGSEGV |
        | peek r0 at 0xFFF | page-fault | SIGSEGV |

      Examples: Instructions
        | instruction         | exception      | signal |
        | illegal instruction | invalid-opcode | SIGILL |

    Scenario Outline: <instruction>, which is no exception
      Given these programs:
        | shell         |
        | <instruction> |
        | mark behind   |
      When the machine runs
      Then the machine does:
        | who   | does         |
        | shell | runs         |
        | shell | marks behind |
        | shell | exits 0      |
        | idle  | runs         |
      And nobody gets a signal

      Examples: The first and the last address that are there
        | instruction       |
        | touch 0x1000      |
        | touch 0x1FFF      |
        | poke 1 at 0x1FFF  |
        | peek r0 at 0x1000 |

    Scenario: The parent learns that its child has not exited
      Given these programs:
        | shell      | cc                  | call spawn | call wait        |
        | call spawn | illegal instruction | fork cc    | wait for a child |
        | call wait  |                     |            |                  |
      And cc is a child of shell
      When the machine runs
      Then the machine does:
        | who   | does             |
        | shell | returns 0        |
        | cc    | is killed SIGILL |
        | shell | returns -1       |

  @EXC-01 @must
  Rule: A process that handles the signal is not ended by it
    Source: 4.4BSD, kern/kern_sig.c, trapsignal(), postsig(); Linux 2.6.11, kernel/signal.c, force_sig_info()

    Scenario Outline: <instruction>
      Given these programs:
        | shell         | <signal> in shell | call leave |
        | set r0 to 7   | look              | exit 3     |
        | <instruction> | call leave        |            |
        | mark behind   |                   |            |
      When the machine runs
      Then the machine does:
        | who   | does                 |
        | shell | traps <exception>    |
        | shell | gets signal <signal> |
        | shell | handles <signal>     |
        | shell | exits 3              |
      And shell sees:
        | mode | current | r0 |
        | user | shell   | 7  |

      Examples:
        | instruction         | exception      | signal  |
        | divide by zero      | divide-error   | SIGFPE  |
        | touch 0x2000        | page-fault     | SIGSEGV |
        | illegal instruction | invalid-opcode | SIGILL  |

    Scenario: The handler of another signal is of no use
      Given these programs:
        | shell          | SIGSEGV in shell |
        | divide by zero | mark handled     |
        | mark behind    |                  |
      When the machine runs
      Then the machine does:
        | who   | does               |
        | shell | traps divide-error |
        | shell | is killed SIGFPE   |

  @EXC-01 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: An exception inside the handler of its own signal ends the process
    Source: Linux 2.6.11, kernel/signal.c, force_sig_info()
    Variation: 4.4BSD holds the signal back, and the instruction fails for ever

    Scenario: A handler that fails as the program did
      Given these programs:
        | shell        | SIGSEGV in shell |
        | touch 0x2000 | mark handler     |
        | mark behind  | touch 0x0        |
        |              | mark survived    |
      When the machine runs
      Then the machine does:
        | who   | does              |
        | shell | traps page-fault  |
        | shell | handles SIGSEGV   |
        | shell | marks handler     |
        | shell | traps page-fault  |
        | shell | is killed SIGSEGV |

  @EXC-01 @profile:bsd-4.4 @must
  Rule: In 4.4BSD an exception inside the handler of its own signal is held back, and its instruction fails for ever
    Source: 4.4BSD, kern/kern_sig.c, trapsignal(), psignal() of a signal that is masked

    Scenario: A handler that divides by zero, as the program did
      Given these programs:
        | shell          | SIGFPE in shell |
        | divide by zero | mark in         |
        | mark behind    | divide by zero  |
        |                | mark out        |
      When the machine runs
      Then the run ends at the limit
      And the marks are in

  @EXC-01 @must
  Rule: An exception inside the handler of another signal is handled there
    Source: 4.4BSD, kern/kern_sig.c, postsig(); Linux 2.6.11, kernel/signal.c, force_sig_info()

    Scenario: A handler that divides by zero
      Given these programs:
        | shell        | SIGSEGV in shell | SIGFPE in shell | call leave |
        | touch 0x2000 | divide by zero   | mark fpe        | exit 3     |
        | mark behind  | mark survived    | call leave      |            |
      When the machine runs
      Then the machine does:
        | who   | does               |
        | shell | traps page-fault   |
        | shell | handles SIGSEGV    |
        | shell | traps divide-error |
        | shell | handles SIGFPE     |
        | shell | marks fpe          |
        | shell | exits 3            |

  @EXC-02 @must
  Rule: A synchronous exception comes at its instruction, which is executed again when the handler returns
    Source: Linux 2.6.11, arch/i386/kernel/entry.S, divide_error, page_fault; 4.4BSD, hp300/hp300/trap.c

    Scenario Outline: <instruction>, until a device has the process killed
      Given these programs:
        | shell         | <signal> in shell | handler of disk       |
        | mark before   | mark handler      | send SIGKILL to shell |
        | <instruction> |                   |                       |
        | mark behind   |                   |                       |
      And line disk is raised after 5 steps
      When the machine runs
      Then the machine does:
        | who   | does              |
        | shell | marks before      |
        | shell | traps <exception> |
        | shell | handles <signal>  |
        | shell | marks handler     |
        | shell | resumes           |
        | shell | traps <exception> |
        | shell | handles <signal>  |
        | shell | marks handler     |
        | shell | resumes           |
        | shell | is killed SIGKILL |

      Examples:
        | instruction         | exception      | signal  |
        | divide by zero      | divide-error   | SIGFPE  |
        | touch 0x2000        | page-fault     | SIGSEGV |
        | illegal instruction | invalid-opcode | SIGILL  |

  @EXC-02 @must
  Rule: An imprecise exception comes later, and the process goes on where it then was
    Source: Linux 2.6.11, arch/i386/kernel/traps.c, do_coprocessor_error(), math_error()

    Scenario Outline: A division that is reported <reported>
      Given these programs:
        | shell                            | SIGFPE in shell |
        | mark a                           | mark fpe        |
        | float divide, reported after <n> |                 |
        | mark b                           |                 |
        | mark c                           |                 |
        | mark d                           |                 |
      When the machine runs
      Then the marks are <marks>

      Examples:
        | reported      | n | marks           |
        | at once       | 0 | a, fpe, b, c, d |
        | a step later  | 1 | a, b, fpe, c, d |
        | 2 steps later | 2 | a, b, c, fpe, d |

      Examples: By then the process is no more
        | reported      | n | marks      |
        | 3 steps later | 3 | a, b, c, d |
        | 9 steps later | 9 | a, b, c, d |

    Scenario: No handler
      Given these programs:
        | shell                          |
        | float divide, reported after 1 |
        | mark b                         |
        | mark c                         |
      When the machine runs
      Then the machine does:
        | who   | does                    |
        | shell | marks b                 |
        | shell | traps coprocessor-error |
        | shell | gets signal SIGFPE      |
        | shell | is killed SIGFPE        |

    Scenario: In a system call it waits for the way back to user mode
      Given these programs:
        | shell                          | call get  | SIGFPE in shell |
        | float divide, reported after 1 | compute 2 | mark fpe        |
        | call get                       | mark in   |                 |
        | mark back                      |           |                 |
      When the machine runs
      Then the machine does:
        | who   | does                    |
        | shell | calls get               |
        | shell | marks in                |
        | shell | traps coprocessor-error |
        | shell | handles SIGFPE          |
        | shell | marks fpe               |
        | shell | marks back              |

    Scenario: The next division reports the last one, and is then executed
      Given these programs:
        | shell                          | SIGFPE in shell |
        | float divide, reported after 9 | mark fpe        |
        | mark a                         |                 |
        | float divide, reported after 1 |                 |
        | mark b                         |                 |
        | mark c                         |                 |
      When the machine runs
      Then the machine does:
        | who   | does                    |
        | shell | marks a                 |
        | shell | traps coprocessor-error |
        | shell | marks fpe               |
        | shell | marks b                 |
        | shell | traps coprocessor-error |
        | shell | marks fpe               |
        | shell | marks c                 |

  @EXC-02 @EXC-03 @must
  Rule: An imprecise exception reaches the process that has executed the instruction, even when others ran meanwhile
    Source: Linux 2.6.11, arch/i386/kernel/i387.c, __save_init_fpu(), traps.c, math_error(); 4.4BSD, hp300/hp300/trap.c

    Scenario: A more important process is woken in between
      Given these programs:
        | cron       | call pause     | shell                          | handler of disk |
        | call pause | sleep on alarm | mark a                         | wake alarm      |
        | mark x     |                | float divide, reported after 2 |                 |
        | mark y     |                | mark b                         |                 |
        | mark z     |                | mark c                         |                 |
        |            |                | mark d                         |                 |
      And these programs:
        | SIGFPE in shell | SIGFPE in cron |
        | mark mine       | mark wrong     |
      And cron has priority 1
      And line disk is raised after 5 steps
      When the machine runs
      Then the machine does:
        | who   | does                    |
        | shell | marks a                 |
        | shell | marks b                 |
        | cron  | marks x                 |
        | cron  | marks y                 |
        | cron  | marks z                 |
        | shell | marks c                 |
        | shell | traps coprocessor-error |
        | shell | gets signal SIGFPE      |
        | shell | marks mine              |
        | shell | marks d                 |

  @EXC-02 @EXC-03 @property @must
  Rule: However late it is reported and whenever the process is switched, an imprecise exception is that of its process
    Source: Linux 2.6.11, arch/i386/kernel/traps.c, math_error()

    Scenario: Every delay and every moment of the switch
      Then the property "an imprecise exception reaches its own process after its own steps" holds

  @EXC-03 @must
  Rule: The signal goes to the process that was executed, and to no other
    Source: Linux 2.6.11, arch/i386/kernel/traps.c, do_trap(); 4.4BSD, hp300/hp300/trap.c, trap()

    Scenario: Two processes that both handle it
      Given these programs:
        | shell       | cc             | SIGFPE in shell | SIGFPE in cc |
        | set r0 to 7 | set r0 to 8    | mark wrong      | look         |
        | compute 2   | divide by zero |                 | call leave   |
        | look        | mark behind    |                 |              |
      And these programs:
        | call leave |
        | exit 3     |
      When the machine runs
      Then the machine does:
        | who   | does               |
        | shell | exits 0            |
        | cc    | traps divide-error |
        | cc    | gets signal SIGFPE |
        | cc    | handles SIGFPE     |
        | cc    | exits 3            |
      And shell sees:
        | r0 |
        | 7  |
      And cc sees:
        | current | r0 |
        | cc      | 8  |

    Scenario: The others go on when it is killed
      Given these programs:
        | shell      | call pause     | cc           | handler of disk |
        | call pause | sleep on alarm | touch 0x2000 | wake alarm      |
        | mark alive |                | mark behind  |                 |
      And line disk is raised after 9 steps
      When the machine runs
      Then the machine does:
        | who   | does                |
        | cc    | gets signal SIGSEGV |
        | cc    | is killed SIGSEGV   |
        | shell | marks alive         |

  @EXC-03 @must
  Rule: An exception in kernel mode is an oops, and nobody gets a signal
    Source: Linux 2.6.11, arch/i386/kernel/traps.c, die(), arch/i386/mm/fault.c; 4.4BSD, hp300/hp300/trap.c, trap()

    Scenario Outline: <instruction> in a system call
      Given these programs:
        | shell    | call get      | SIGFPE in shell | SIGSEGV in shell | SIGILL in shell |
        | call get | mark before   | mark wrong      | mark wrong       | mark wrong      |
        |          | <instruction> |                 |                  |                 |
        |          | mark behind   |                 |                  |                 |
      When the machine runs
      Then the run ends at a bug
      And the marks are before
      And nobody gets a signal

      Examples:
        | instruction         |
        | divide by zero      |
        | illegal instruction |
        | touch 0x0           |
        | touch 0x2000        |

    Scenario Outline: <instruction> in a handler
      Given these programs:
        | shell     | handler of disk | SIGFPE in shell | SIGSEGV in shell | SIGILL in shell |
        | compute 3 | mark before     | mark wrong      | mark wrong       | mark wrong      |
        |           | <instruction>   |                 |                  |                 |
        |           | mark behind     |                 |                  |                 |
      And line disk is raised after 2 steps
      When the machine runs
      Then the run ends at a bug
      And the marks are before
      And nobody gets a signal

      Examples:
        | instruction         |
        | divide by zero      |
        | illegal instruction |
        | touch 0x0           |

  @EXC-03 @must
  Rule: A bad address that a process hands to the kernel fails its call with EFAULT, and nobody gets a signal
    Source: Linux 2.6.11, arch/i386/mm/fault.c, fixup_exception(); 4.4BSD, hp300/hp300/locore.s, copyin(), copyout()

    Scenario Outline: <copy>
      Given these programs:
        | shell    | call get |
        | call get | <copy>   |
        | look     | return 4 |
      When the machine runs
      Then the machine does:
        | who   | does             |
        | shell | returns <result> |
        | shell | exits 0          |
      And shell sees:
        | mode | errno   |
        | user | <errno> |
      And nobody gets a signal

      Examples: 0x1000 to 0x1FFF are there
        | copy                      | result | errno  |
        | copy in r0 from 0x0       | EFAULT | EFAULT |
        | copy in r0 from 0xFFF     | EFAULT | EFAULT |
        | copy in r0 from 0x1000    | 4      | null   |
        | copy in r0 from 0x1FFF    | 4      | null   |
        | copy in r0 from 0x2000    | EFAULT | EFAULT |
        | copy out r0 to 0xFFF      | EFAULT | EFAULT |
        | copy out r0 to 0x1000     | 4      | null   |
        | copy out r0 to 0x1FFF     | 4      | null   |
        | copy out r0 to 0x2000     | EFAULT | EFAULT |
        | copy out r0 to 0xFFFFFFFF | EFAULT | EFAULT |
