@cap:machine
Feature: System calls
  A process asks the kernel for a service by number. The kernel looks the number up, runs the routine on the caller's
  behalf, and the caller goes on behind its call with a result.

  @SCL-01 @must
  Rule: The number of a call chooses the routine
    Source: Linux 2.6.11, arch/i386/kernel/entry.S, sys_call_table; 4.4BSD, kern/init_sysent.c, sysent

    Scenario: Two calls with numbers of their own
      Given these programs:
        | shell   | call getpid = 20 | call getuid = 24 |
        | call 24 | return 7         | return 1000      |
        | call 20 |                  |                  |
      When the machine runs
      Then the machine does:
        | who   | does         |
        | shell | calls getuid |
        | shell | returns 1000 |
        | shell | calls getpid |
        | shell | returns 7    |

    Scenario Outline: There is no call <number>
      Given these programs:
        | shell         | call getpid = 20 |
        | call <number> | mark got         |
        | mark after    |                  |
      When the machine runs
      Then the machine does:
        | who   | does           |
        | shell | calls <number> |
        | shell | returns ENOSYS |
        | shell | marks after    |

      Examples: Beside the number, zero, the end of the table
        | number |
        | 19     |
        | 21     |
        | 0      |
        | 1000   |

  @SCL-01 @must
  Rule: The arguments of a call arrive unchanged and in order
    Source: Linux 2.6.11, arch/i386/kernel/entry.S; 4.4BSD, hp300/hp300/trap.c, syscall()

    Scenario Outline: <args>
      Given these programs:
        | shell                   | call lseek |
        | call lseek with <args>  | look       |
      When the machine runs
      Then shell sees:
        | mode   | args   |
        | kernel | <seen> |

      Examples:
        | args                         | seen                      |
        | 3                            | 3                         |
        | 3, -1, 0                     | 3,-1,0                    |
        | 2147483647, -2147483648      | 2147483647,-2147483648    |
        | 6, 5, 4, 3, 2, 1             | 6,5,4,3,2,1               |

    Scenario: The next call has arguments of its own
      Given these programs:
        | shell                | call lseek |
        | call lseek with 1, 2 | look       |
        | call lseek           |            |
      When the machine runs
      Then shell sees:
        | args |
        | 1,2  |
        |      |

  @SCL-02 @must
  Rule: read, write and ioctl have numbers of their own, the same ones on both systems; what is asked of ioctl is an argument
    Source: Linux 2.6.11, include/asm-i386/unistd.h, __NR_read, __NR_write, __NR_ioctl; 4.4BSD, kern/syscalls.master

    Scenario Outline: Number <number>
      Given these programs:
        | shell                      | call read = 3 | call write = 4 | call ioctl = 54 |
        | call <number> with 5, 1024 | return 512    | return 100     | return 0        |
      When the machine runs
      Then the machine does:
        | who   | does         |
        | shell | calls <call> |
        | shell | returns <value> |

      Examples:
        | number | call  | value |
        | 3      | read  | 512   |
        | 4      | write | 100   |
        | 54     | ioctl | 0     |

    Scenario: Two requests are one call with two arguments
      Given these programs:
        | shell                   | call ioctl = 54 |
        | call 54 with 0, 21531   | look            |
        | call 54 with 0, 21521   |                 |
      When the machine runs
      Then the machine does:
        | who   | does        |
        | shell | calls ioctl |
        | shell | calls ioctl |
      And shell sees:
        | args    |
        | 0,21531 |
        | 0,21521 |

  @SCL-03 @must
  Rule: A call that fails returns -1 and sets errno; one that succeeds leaves errno alone
    Source: Linux 2.6.11, include/asm-i386/unistd.h, __syscall_return; intro(2) of 4.4BSD

    Scenario: Failure, then success, then another failure
      Given these programs:
        | shell      | call open       | call getpid | call close      |
        | look       | fail with ENOENT | return 7    | fail with EBADF |
        | call open  |                 |             |                 |
        | look       |                 |             |                 |
        | call getpid |                |             |                 |
        | look       |                 |             |                 |
        | call close |                 |             |                 |
        | look       |                 |             |                 |
      When the machine runs
      Then shell sees:
        | result | errno  |
        | null   | null   |
        | -1     | ENOENT |
        | 7      | ENOENT |
        | -1     | EBADF  |

    Scenario: A call that returns zero
      Given these programs:
        | shell     | call close |
        | call close | return 0  |
        | look      |            |
      When the machine runs
      Then shell sees:
        | result | errno |
        | 0      | null  |

  @SCL-03 @must
  Rule: Each process has an errno of its own
    Source: intro(2) of 4.4BSD; the C library keeps errno in the memory of the process

    Scenario: Another process fails between a failure and the look at it
      Given these programs:
        | shell     | cc          | call open        | call nap        | call unlink     |
        | call open | call unlink | fail with ENOENT | sleep on buffer | wake buffer     |
        | call nap  | look        |                  |                 | fail with EBUSY |
        | look      |             |                  |                 |                 |
      When the machine runs
      Then the machine does:
        | who   | does           |
        | shell | returns ENOENT |
        | cc    | returns EBUSY  |
        | shell | returns 0      |
      And shell sees:
        | result | errno  |
        | 0      | ENOENT |
      And cc sees:
        | result | errno |
        | -1     | EBUSY |

  @SCL-04 @must
  Rule: A call that waits for an event leaves the processor to another process until the event
    Source: 4.4BSD, kern/kern_synch.c, tsleep(); Linux 2.6.11, kernel/sched.c, schedule()

    Scenario: The disk takes its time
      Given these programs:
        | shell     | cc        | call read        | handler of disk |
        | call read | compute 9 | start disk for 4 | wake buffer     |
        | mark got  | mark done | sleep on buffer  |                 |
        |           |           | return 512       |                 |
      And shell has priority 1
      When the machine runs
      Then the machine does:
        | who   | does             |
        | shell | runs             |
        | shell | calls read       |
        | shell | sleeps on buffer |
        | cc    | runs             |
        | disk  | interrupts       |
        | shell | runs             |
        | shell | returns 512      |
        | shell | marks got        |
        | cc    | runs             |
        | cc    | marks done       |
        | idle  | runs             |

    Scenario: The event does not come
      Given these programs:
        | shell     | call read       |
        | call read | sleep on buffer |
        | mark got  |                 |
      When the machine runs
      Then the run ends with everybody asleep
      And shell waits for buffer

    Scenario: The event came before
      Given these programs:
        | shell     | call read                       | handler of disk |
        | call read | start disk for 0                | set r0 to 1     |
        |           | compute 2                       | store r0 in ready |
        |           | sleep on buffer until ready is 1 | wake buffer    |
        |           | return 512                      |                 |
      When the machine runs
      Then the machine does:
        | who   | does        |
        | disk  | interrupts  |
        | shell | returns 512 |

  @SCL-04 @property
  Rule: Whenever the event comes, the call that waits for it returns
    Source: 4.4BSD, kern/kern_synch.c; Linux 2.6.11, include/linux/wait.h

    Scenario: The interrupt at every step of the call
      Then the property "a call that looks before it sleeps never misses its event" holds
