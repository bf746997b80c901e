@cap:rcu
Feature: Read-copy update
  Readers take no lock: they only keep their processor from switching to another task. A writer copies the structure, changes the
  copy and switches the pointer, and frees the old copy when no reader can hold it any more. A table has a column for each task,
  with the processor that it runs on; read line by line, it is the order of the steps. What the table leaves undone is done
  afterwards, in turns, with the clock ticking.

  @RCU-01 @must
  Rule: The pointer that was read inside a read-side section stays valid through the section
    Source: Linux 2.6.11, include/linux/rcupdate.h, rcu_dereference(); Documentation/RCU/whatisRCU.txt

    Scenario: The structure is replaced and is to be freed, and the clock ticks on both processors
      Given gp points to a = 1 and b = 1
      When the tasks take these steps, with a tick on every processor after each line:
        | reader on 0             | writer on 1                 |
        | rcu_read_lock()         |                             |
        | p = rcu_dereference(gp) |                             |
        |                         | old = rcu_dereference(gp)   |
        |                         | *new = *old                 |
        |                         | new->a = 2                  |
        |                         | rcu_assign_pointer(gp, new) |
        |                         | call_rcu(old)               |
        | compute                 |                             |
        | compute                 |                             |
        | compute                 |                             |
        | read p->a               |                             |
        | read p->b               |                             |
        | rcu_read_unlock()       |                             |
      Then reader reads 1, 1
      And in the end gp points to a = 2 and b = 1

    Scenario: Behind the section it is valid no longer
      Given gp points to a = 1
      When the tasks take these steps, with a tick on every processor after each line:
        | reader on 0             | writer on 1                 |
        | rcu_read_lock()         |                             |
        | p = rcu_dereference(gp) |                             |
        |                         | old = rcu_dereference(gp)   |
        |                         | *new = *old                 |
        |                         | rcu_assign_pointer(gp, new) |
        |                         | call_rcu(old)               |
        | rcu_read_unlock()       |                             |
        | to user mode            |                             |
        | 9 ticks                 | 9 ticks                     |
        | to kernel mode          |                             |
        | read p->a               |                             |
      Then reader reads poison

  @RCU-02 @must
  Rule: rcu_read_lock turns preemption off and rcu_read_unlock turns it on, and they nest
    Source: Linux 2.6.11, include/linux/rcupdate.h, where they are preempt_disable() and preempt_enable()
    Variation: with CONFIG_PREEMPT_RCU of later kernels, a count of the task's own takes its place.

    Scenario: The preemption count before, in and behind nested sections
      When the tasks take these steps, line by line:
        | reader on 0       |
        | compute           |
        | rcu_read_lock()   |
        | compute           |
        | rcu_read_lock()   |
        | rcu_read_lock()   |
        | rcu_read_unlock() |
        | rcu_read_unlock() |
        | compute           |
        | rcu_read_unlock() |
        | compute           |
      Then the preemption counts of reader are 0, 1, 1, 2, 3, 2, 1, 1, 0, 0

    Scenario: Preemption on another processor is not its concern
      When the tasks take these steps, line by line:
        | reader on 0       | other on 1 |
        | rcu_read_lock()   |            |
        |                   | compute    |
        | rcu_read_unlock() |            |
        |                   | compute    |
      Then the preemption counts of reader are 1, 0
      And the preemption counts of other are 0, 0

    Scenario: More unlocked than locked
      When the tasks take these steps, line by line:
        | reader on 0       |
        | rcu_read_lock()   |
        | rcu_read_unlock() |
        | rcu_read_unlock() |
      Then the call is caught as a bug

  @RCU-02 @must
  Rule: A quantum that expires in a read-side section switches to nobody before rcu_read_unlock
    Source: Linux 2.6.11, include/linux/preempt.h, preempt_enable(), preempt_check_resched()

    Scenario Outline: A quantum of <quantum> ticks expires <where>
      Given a quantum of <quantum> ticks
      When the tasks take these steps, line by line:
        | reader on 0     | other on 0 |
        | rcu_read_lock() |            |
        | <first>         |            |
        | compute         |            |
        | <second>        |            |
        | rcu_read_unlock() |          |
        | compute         |            |
        |                 | compute    |
      Then no switch falls in a read-side section
      And these happen in this order:
        | reader | rcu_read_unlock() |
        | other  | runs              |
        | reader | compute           |

      Examples:
        | quantum | where                        | first   | second  |
        | 1       | once                         | tick    |         |
        | 2       | at the second tick           | tick    | tick    |
        | 1       | twice                        | tick    | tick    |
        | 3       | long before the section ends | 3 ticks | 9 ticks |

    Scenario: The outer section is what counts
      Given a quantum of 1 tick
      When the tasks take these steps, line by line:
        | reader on 0       | other on 0 |
        | rcu_read_lock()   |            |
        | rcu_read_lock()   |            |
        | tick              |            |
        | rcu_read_unlock() |            |
        | compute           |            |
        | rcu_read_unlock() |            |
        |                   | compute    |
      Then no switch falls in a read-side section
      And these happen in this order:
        | reader | compute           |
        | reader | rcu_read_unlock() |
        | other  | runs              |

    Scenario: Whoever is switched to has a whole quantum
      Given a quantum of 3 ticks
      When the tasks take these steps, line by line:
        | reader on 0 | other on 0 |
        | 3 ticks     |            |
        |             | tick       |
        |             | compute    |
        |             | tick       |
        |             | compute    |
        |             | tick       |
        | compute     |            |
      Then these happen in this order:
        | other  | runs    |
        | other  | compute |
        | other  | compute |
        | reader | runs    |
        | reader | compute |

    Scenario: Outside a section the switch comes at once
      Given a quantum of 1 tick
      When the tasks take these steps, line by line:
        | reader on 0       | other on 0 |
        | rcu_read_lock()   |            |
        | rcu_read_unlock() |            |
        | compute           |            |
        | tick              |            |
        |                   | compute    |
        | rcu_read_lock()   |            |
        | rcu_read_unlock() |            |
      Then these happen in this order:
        | reader | compute         |
        | other  | runs            |
        | reader | rcu_read_lock() |

  @RCU-03 @must
  Rule: A reader takes no lock and never waits, whatever a writer is in the middle of
    Source: Linux 2.6.11, include/linux/rcupdate.h; Documentation/RCU/whatisRCU.txt

    Scenario: The writer is stopped in its critical section
      Given gp points to a = 1 and b = 1
      When the tasks take these steps, line by line:
        | reader on 0             | writer on 1                 |
        |                         | spin_lock(lock)             |
        |                         | old = rcu_dereference(gp)   |
        |                         | *new = *old                 |
        |                         | new->a = 2                  |
        | rcu_read_lock()         |                             |
        | p = rcu_dereference(gp) |                             |
        | read p->a               |                             |
        | read p->b               |                             |
        | rcu_read_unlock()       |                             |
        |                         | new->b = 2                  |
        |                         | rcu_assign_pointer(gp, new) |
        |                         | spin_unlock(lock)           |
      Then reader never waits
      And reader reads 1, 1

    Scenario: Readers do not wait for each other
      When the tasks take these steps, line by line:
        | reader on 0       | rival on 1        |
        | rcu_read_lock()   |                   |
        |                   | rcu_read_lock()   |
        | rcu_read_lock()   |                   |
        |                   | rcu_read_unlock() |
        | rcu_read_unlock() |                   |
        | rcu_read_unlock() |                   |
      Then reader never waits
      And rival never waits

    Scenario: Another writer has to wait, the reader has not
      When the tasks take these steps, line by line:
        | reader on 0       | writer on 1       | rival on 2        |
        |                   | spin_lock(lock)   |                   |
        |                   |                   | spin_lock(lock)   |
        | rcu_read_lock()   |                   |                   |
        | rcu_read_unlock() |                   |                   |
        |                   | spin_unlock(lock) |                   |
        |                   |                   | spin_unlock(lock) |
      Then reader never waits
      And these happen in this order:
        | rival  | spins             |
        | reader | rcu_read_unlock() |
        | writer | spin_unlock(lock) |
        | rival  | spin_lock(lock)   |

    Scenario: A writer that waits for a grace period waits for the reader, not the reader for it
      When the tasks take these steps, line by line:
        | reader on 0       | writer on 1       |
        | rcu_read_lock()   |                   |
        |                   | synchronize_rcu() |
        | rcu_read_lock()   |                   |
        | rcu_read_unlock() |                   |
        | rcu_read_unlock() |                   |
      Then reader never waits
      And these happen in this order:
        | writer | sleeps            |
        | reader | rcu_read_unlock() |
        | writer | synchronize_rcu() |

  @RCU-04 @must
  Rule: A writer changes a copy and then switches the pointer, so a reader sees all of the old or all of the new
    Source: Linux 2.6.11, include/linux/rcupdate.h, rcu_assign_pointer(), rcu_dereference()

    Scenario: Who began before sees the old, who begins behind sees the new
      Given gp points to a = 1 and b = 1
      When the tasks take these steps, line by line:
        | early on 0              | writer on 1                 | late on 2               |
        | rcu_read_lock()         |                             |                         |
        | p = rcu_dereference(gp) |                             |                         |
        | read p->a               |                             |                         |
        |                         | old = rcu_dereference(gp)   |                         |
        |                         | *new = *old                 |                         |
        |                         | new->a = 2                  |                         |
        |                         | new->b = 2                  |                         |
        |                         | rcu_assign_pointer(gp, new) |                         |
        |                         |                             | rcu_read_lock()         |
        |                         |                             | p = rcu_dereference(gp) |
        |                         |                             | read p->a               |
        | read p->b               |                             |                         |
        |                         |                             | read p->b               |
        | rcu_read_unlock()       |                             |                         |
        |                         |                             | rcu_read_unlock()       |
        |                         | call_rcu(old)               |                         |
      Then early reads 1, 1
      And late reads 2, 2
      And in the end gp points to a = 2 and b = 2

    Scenario: Before the pointer is switched nobody sees the change
      Given gp points to a = 1 and b = 1
      When the tasks take these steps, line by line:
        | reader on 0             | writer on 1                 |
        |                         | old = rcu_dereference(gp)   |
        |                         | *new = *old                 |
        |                         | new->a = 2                  |
        | rcu_read_lock()         |                             |
        | p = rcu_dereference(gp) |                             |
        | read p->a               |                             |
        |                         | new->b = 2                  |
        |                         | rcu_assign_pointer(gp, new) |
        | read p->b               |                             |
        | rcu_read_unlock()       |                             |
      Then reader reads 1, 1

    Scenario: One section may see both, one after the other, if it fetches the pointer twice
      Given gp points to a = 1
      When the tasks take these steps, line by line:
        | reader on 0             | writer on 1                 |
        | rcu_read_lock()         |                             |
        | p = rcu_dereference(gp) |                             |
        | read p->a               |                             |
        |                         | old = rcu_dereference(gp)   |
        |                         | *new = *old                 |
        |                         | new->a = 2                  |
        |                         | rcu_assign_pointer(gp, new) |
        |                         | call_rcu(old)               |
        | q = rcu_dereference(gp) |                             |
        | read q->a               |                             |
        | read p->a               |                             |
        | rcu_read_unlock()       |                             |
      Then reader reads 1, 2, 1

    Scenario: The copy has what the writer does not change
      Given gp points to a = 1 and b = -7
      When the tasks take these steps, line by line:
        | writer on 0                 | reader on 1             |
        | old = rcu_dereference(gp)   |                         |
        | *new = *old                 |                         |
        | new->a += 41                |                         |
        | rcu_assign_pointer(gp, new) |                         |
        | call_rcu(old)               |                         |
        |                             | rcu_read_lock()         |
        |                             | p = rcu_dereference(gp) |
        |                             | read p->a               |
        |                             | read p->b               |
        |                             | rcu_read_unlock()       |
      Then reader reads 42, -7

    Scenario: A writer that changes the structure in place lets a reader see a mixture
      Given gp points to a = 1 and b = 1
      When the tasks take these steps, line by line:
        | reader on 0             | writer on 1               |
        | rcu_read_lock()         |                           |
        | p = rcu_dereference(gp) |                           |
        | read p->a               |                           |
        |                         | old = rcu_dereference(gp) |
        |                         | old->a = 2                |
        |                         | old->b = 2                |
        | read p->b               |                           |
        | rcu_read_unlock()       |                           |
      Then reader reads 1, 2

  @RCU-05 @must
  Rule: Sleeping in a read-side section is caught as a bug
    Source: Linux 2.6.11, kernel/sched.c, schedule(), "scheduling while atomic"

    Scenario Outline: <sleep> <where>
      When the tasks take these steps, line by line:
        | reader on 0 | other on 0 |
        | <first>     |            |
        | <second>    |            |
        | <third>     |            |
        | <sleep>     |            |
        |             | compute    |
        | <fourth>    |            |
        | <fifth>     |            |
      Then the call is caught as a bug

      Examples:
        | sleep             | where                   | first           | second            | third             | fourth            | fifth             |
        | schedule()        | in a section            | rcu_read_lock() |                   |                   | rcu_read_unlock() |                   |
        | synchronize_rcu() | in a section            | rcu_read_lock() |                   |                   | rcu_read_unlock() |                   |
        | schedule()        | in a nested section     | rcu_read_lock() | rcu_read_lock()   |                   | rcu_read_unlock() | rcu_read_unlock() |
        | schedule()        | behind the inner of two | rcu_read_lock() | rcu_read_lock()   | rcu_read_unlock() | rcu_read_unlock() |                   |
        | synchronize_rcu() | behind the inner of two | rcu_read_lock() | rcu_read_lock()   | rcu_read_unlock() | rcu_read_unlock() |                   |

    Scenario: The end of the task is a sleep that never ends
      When the tasks take these steps, line by line:
        | reader on 0     |
        | rcu_read_lock() |
      Then the call is caught as a bug

    Scenario: Behind rcu_read_unlock it may sleep
      When the tasks take these steps, line by line:
        | reader on 0       | other on 0 |
        | rcu_read_lock()   |            |
        | rcu_read_unlock() |            |
        | schedule()        |            |
        |                   | compute    |
      Then these happen in this order:
        | reader | schedule() |
        | other  | compute    |

  @RCU-06 @must
  Rule: The old copy is freed when every reader that was inside has left, and not before
    Source: Linux 2.6.11, kernel/rcupdate.c, call_rcu()

    Scenario: One reader
      Given gp points to a = 1
      When the tasks take these steps, with a tick on every processor after each line:
        | reader on 0             | writer on 1                 |
        | rcu_read_lock()         |                             |
        | p = rcu_dereference(gp) |                             |
        |                         | old = rcu_dereference(gp)   |
        |                         | *new = *old                 |
        |                         | rcu_assign_pointer(gp, new) |
        |                         | call_rcu(old)               |
        | 9 ticks                 | 9 ticks                     |
        | rcu_read_unlock()       |                             |
      Then these happen in this order:
        | reader | rcu_read_unlock() |
        | writer | callback for old  |

    Scenario: The writer's own processor reads
      When the tasks take these steps, with a tick on every processor after each line:
        | writer on 0     | reader on 1       |
        |                 | rcu_read_lock()   |
        | call_rcu(old)   |                   |
        | rcu_read_lock() |                   |
        | 9 ticks         | 9 ticks           |
        |                 | rcu_read_unlock() |
        | rcu_read_unlock() |                   |
      Then these happen in this order:
        | reader | rcu_read_unlock() |
        | writer | callback for old  |

    Scenario: A reader that stays stalls everybody's callbacks
      When the tasks take these steps, with a tick on every processor after each line:
        | reader on 0       | first on 1    | second on 2   |
        | rcu_read_lock()   |               |               |
        |                   | call_rcu(old) |               |
        |                   |               | call_rcu(old) |
        | 30 ticks          | 30 ticks      | 30 ticks      |
        | rcu_read_unlock() |               |               |
      Then these happen in this order:
        | reader | rcu_read_unlock() |
        | first  | callback for old  |
      And these happen in this order:
        | reader | rcu_read_unlock() |
        | second | callback for old  |

    Scenario: The inner of two sections is not the end
      When the tasks take these steps, with a tick on every processor after each line:
        | reader on 0       | writer on 1   |
        | rcu_read_lock()   |               |
        | rcu_read_lock()   |               |
        |                   | call_rcu(old) |
        | rcu_read_unlock() |               |
        | 9 ticks           | 9 ticks       |
        | rcu_read_unlock() |               |
      Then these happen in this order:
        | reader | rcu_read_unlock() |
        | reader | rcu_read_unlock() |
        | writer | callback for old  |

    Scenario: Whoever leaves first does not matter, the last one does
      When the tasks take these steps, with a tick on every processor after each line:
        | early on 0        | late on 1         | writer on 2   |
        | rcu_read_lock()   |                   |               |
        |                   | rcu_read_lock()   |               |
        |                   |                   | call_rcu(old) |
        | rcu_read_unlock() |                   |               |
        | to user mode      |                   |               |
        | 9 ticks           | 9 ticks           | 9 ticks       |
        |                   | rcu_read_unlock() |               |
      Then these happen in this order:
        | early  | rcu_read_unlock() |
        | late   | rcu_read_unlock() |
        | writer | callback for old  |

    Scenario: A quiescent state from before call_rcu does not count
      When the tasks take these steps, line by line:
        | reader on 0       | writer on 1   |
        | schedule()        |               |
        | rcu_read_lock()   |               |
        |                   | call_rcu(old) |
        | 9 ticks           | 9 ticks       |
        | 9 ticks           | 9 ticks       |
        | rcu_read_unlock() |               |
      Then these happen in this order:
        | reader | rcu_read_unlock() |
        | writer | callback for old  |

    Scenario: Nor does one from before the grace period began, when another was under way
      When the tasks take these steps, line by line:
        | reader on 0       | first on 1    | second on 2   |
        |                   | call_rcu(old) |               |
        |                   | tick          |               |
        | tick              |               |               |
        | schedule()        |               |               |
        | rcu_read_lock()   |               |               |
        |                   |               | call_rcu(old) |
        | 3 ticks           | 3 ticks       | 3 ticks       |
        | 3 ticks           | 3 ticks       | 3 ticks       |
        | 3 ticks           | 3 ticks       | 3 ticks       |
        | rcu_read_unlock() |               |               |
      Then these happen in this order:
        | reader | rcu_read_unlock() |
        | second | callback for old  |

    Scenario: Without a grace period the reader finds the memory gone
      Given gp points to a = 1
      When the tasks take these steps, line by line:
        | reader on 0             | writer on 1                 |
        | rcu_read_lock()         |                             |
        | p = rcu_dereference(gp) |                             |
        | read p->a               |                             |
        |                         | old = rcu_dereference(gp)   |
        |                         | *new = *old                 |
        |                         | rcu_assign_pointer(gp, new) |
        |                         | kfree(old)                  |
        | read p->a               |                             |
        | rcu_read_unlock()       |                             |
      Then reader reads 1, poison

  @RCU-06 @must
  Rule: Callbacks run in the end, when every processor has switched tasks or was seen outside the kernel
    Source: Linux 2.6.11, kernel/rcupdate.c, rcu_check_callbacks(); include/linux/rcupdate.h, rcu_qsctr_inc()

    Scenario: Nobody reads
      Given gp points to a = 1
      When the tasks take these steps, with a tick on every processor after each line:
        | writer on 0                 |
        | old = rcu_dereference(gp)   |
        | *new = *old                 |
        | rcu_assign_pointer(gp, new) |
        | call_rcu(old)               |
      Then these happen in this order:
        | writer | call_rcu(old)    |
        | writer | callback for old |

    Scenario Outline: The task on the other processor <what> and then goes on
      When the tasks take these steps, with a tick on every processor after each line:
        | other on 0              | writer on 1   |
        | compute                 |               |
        |                         | call_rcu(old) |
        | <first>                 |               |
        | <again>                 |               |
        | <again>                 |               |
        | <again>                 |               |
        | <again>                 |               |
        | <back>                  |               |
        | p = rcu_dereference(gp) |               |
      Then these happen in this order:
        | writer | callback for old        |
        | other  | p = rcu_dereference(gp) |

      Examples:
        | what                       | first        | again      | back           |
        | gives way to others        | schedule()   | schedule() | schedule()     |
        | leaves the kernel          | to user mode | tick       | to kernel mode |

  @RCU-06 @must
  Rule: synchronize_rcu returns when the readers that began before it have left
    Source: Linux 2.6.11, kernel/rcupdate.c, synchronize_kernel(); named synchronize_rcu() from 2.6.12 on

    Scenario: It sleeps until the reader has left, then frees
      Given gp points to a = 1
      When the tasks take these steps, with a tick on every processor after each line:
        | reader on 0             | writer on 1                 |
        | rcu_read_lock()         |                             |
        | p = rcu_dereference(gp) |                             |
        |                         | old = rcu_dereference(gp)   |
        |                         | *new = *old                 |
        |                         | rcu_assign_pointer(gp, new) |
        |                         | synchronize_rcu()           |
        | 9 ticks                 | 9 ticks                     |
        | read p->a               |                             |
        | rcu_read_unlock()       |                             |
        |                         | kfree(old)                  |
      Then reader reads 1
      And these happen in this order:
        | writer | sleeps            |
        | reader | rcu_read_unlock() |
        | writer | synchronize_rcu() |
        | writer | kfree(old)        |

    Scenario: While it sleeps, its processor runs another task
      When the tasks take these steps, line by line:
        | writer on 0       | other on 0 | reader on 1       |
        |                   |            | rcu_read_lock()   |
        | synchronize_rcu() |            |                   |
        |                   | compute    |                   |
        |                   |            | rcu_read_unlock() |
      Then these happen in this order:
        | writer | sleeps            |
        | other  | runs              |
        | other  | compute           |
        | reader | rcu_read_unlock() |
        | writer | synchronize_rcu() |

    Scenario: Readers that begin later, one always inside, do not hold it up
      When the tasks take these steps, with a tick on every processor after each line:
        | reader on 0       | rival on 1        | writer on 2       |
        | rcu_read_lock()   |                   |                   |
        |                   |                   | synchronize_rcu() |
        |                   | rcu_read_lock()   |                   |
        | rcu_read_unlock() |                   |                   |
        | schedule()        |                   |                   |
        | rcu_read_lock()   |                   |                   |
        |                   | rcu_read_unlock() |                   |
        |                   | schedule()        |                   |
        |                   | rcu_read_lock()   |                   |
        | rcu_read_unlock() |                   |                   |
        | schedule()        |                   |                   |
        | rcu_read_lock()   |                   |                   |
        |                   | rcu_read_unlock() |                   |
        |                   | schedule()        |                   |
        |                   | rcu_read_lock()   |                   |
        |                   |                   | compute           |
        | compute           |                   |                   |
        | rcu_read_unlock() |                   |                   |
        |                   | rcu_read_unlock() |                   |
      Then these happen in this order:
        | writer | synchronize_rcu() |
        | reader | compute           |

  @RCU-06 @must
  Rule: The callbacks of one processor run in the order of their call_rcu
    Source: Linux 2.6.11, kernel/rcupdate.c, call_rcu(), rcu_do_batch()

    Scenario Outline: <count> callbacks
      When a task on processor 0 calls call_rcu <count> times, and the clock ticks
      Then its callbacks run in order, <count> of them

      Examples:
        | count |
        | 1     |
        | 2     |
        | 10    |
        | 11    |
        | 60    |

    Scenario: Some are queued while others wait for their grace period
      When the tasks take these steps, with a tick on every processor after each line:
        | writer on 0      | reader on 1       |
        |                  | rcu_read_lock()   |
        | call_rcu(first)  |                   |
        | compute          |                   |
        | call_rcu(second) |                   |
        | call_rcu(third)  |                   |
        |                  | rcu_read_unlock() |
        | call_rcu(fourth) |                   |
      Then these happen in this order:
        | writer | callback for first  |
        | writer | callback for second |
        | writer | callback for third  |
        | writer | callback for fourth |

  @RCU-06 @profile:linux-2.6.11 @must
  Rule: One pass runs at most 10 callbacks
    Source: Linux 2.6.11, kernel/rcupdate.c, maxbatch, rcu_do_batch()

    Scenario Outline: <count> callbacks
      When a task on processor 0 calls call_rcu <count> times, and the clock ticks
      Then its callbacks run in order, <count> of them
      And they run in passes of <passes>

      Examples:
        | count | passes     |
        | 1     | 1          |
        | 9     | 9          |
        | 10    | 10         |
        | 11    | 10, 1      |
        | 25    | 10, 10, 5  |

    Scenario: A pass that leaves some has the next one follow in the same tick
      When the tasks take these steps, line by line:
        | writer on 0   |
        | call_rcu(a)   |
        | call_rcu(b)   |
        | call_rcu(c)   |
        | call_rcu(d)   |
        | call_rcu(e)   |
        | call_rcu(f)   |
        | call_rcu(g)   |
        | call_rcu(h)   |
        | call_rcu(i)   |
        | call_rcu(j)   |
        | call_rcu(k)   |
        | to user mode  |
        | 3 ticks       |
        | to kernel mode |
      Then the callback for a runs in tick 3 of processor 0
      And the callback for k runs in tick 3 of processor 0

  @RCU-06 @profile:linux-2.6.11 @must
  Rule: A grace period takes a tick to begin, a tick that finds each processor outside the kernel, and a tick to end
    Source: Linux 2.6.11, kernel/rcupdate.c, rcu_check_callbacks(), __rcu_process_callbacks()
    Variation: other kernels begin and end grace periods elsewhere than in the clock tick.

    Scenario Outline: One processor, <where>
      When the tasks take these steps, line by line:
        | writer on 0     |
        | compute         |
        | call_rcu(old)   |
        | <where to>      |
        | 2 ticks         |
        | <back>          |
        | tick            |
        | compute         |
      Then the callback for old runs in tick <tick> of processor 0

      Examples:
        | where                          | where to     | back           | tick |
        | in user mode                   | to user mode | to kernel mode | 3    |
        | in the kernel all the time     | compute      | compute        | 5    |
        | in the kernel, giving way once | compute      | schedule()     | 4    |

    Scenario: A task switch counts only behind the tick that began the grace period
      When the tasks take these steps, line by line:
        | writer on 0   |
        | call_rcu(old) |
        | schedule()    |
        | 5 ticks       |
        | schedule()    |
        | tick          |
        | compute       |
        | tick          |
        | compute       |
      Then the callback for old runs in tick 7 of processor 0

  @RCU-06 @must
  Rule: Writers are serialised by a lock of their own, since RCU does not keep them apart
    Source: Linux 2.6.11, Documentation/RCU/whatisRCU.txt; the notes leave it out

    Scenario: With a lock no update is lost
      Given gp points to a = 0
      When the tasks take these steps, line by line:
        | writer on 0                 | rival on 1                  |
        | spin_lock(lock)             |                             |
        | old = rcu_dereference(gp)   |                             |
        |                             | spin_lock(lock)             |
        | *new = *old                 |                             |
        | new->a += 1                 |                             |
        | rcu_assign_pointer(gp, new) |                             |
        | spin_unlock(lock)           |                             |
        |                             | old = rcu_dereference(gp)   |
        |                             | *new = *old                 |
        |                             | new->a += 1                 |
        |                             | rcu_assign_pointer(gp, new) |
        |                             | spin_unlock(lock)           |
      Then in the end gp points to a = 2

    Scenario: Without one, both copy the same and one update is lost
      Given gp points to a = 0
      When the tasks take these steps, line by line:
        | writer on 0                 | rival on 1                  |
        | old = rcu_dereference(gp)   |                             |
        |                             | old = rcu_dereference(gp)   |
        | *new = *old                 |                             |
        | new->a += 1                 |                             |
        | rcu_assign_pointer(gp, new) |                             |
        |                             | *new = *old                 |
        |                             | new->a += 1                 |
        |                             | rcu_assign_pointer(gp, new) |
      Then in the end gp points to a = 1

    Scenario: Nor is anything freed once only
      Given gp points to a = 0
      When the tasks take these steps, line by line:
        | writer on 0               | rival on 1                |
        | old = rcu_dereference(gp) |                           |
        |                           | old = rcu_dereference(gp) |
        | kfree(old)                |                           |
        |                           | kfree(old)                |
      Then the call is caught as a bug

  @RCU-01 @RCU-03 @RCU-04 @RCU-06 @property
  Rule: In every order of steps a reader sees one copy, whole and in memory, and no update is lost
    Source: Linux 2.6.11, kernel/rcupdate.c

    Scenario: Every interleaving of one reader and one writer
      Then the property "every interleaving of a reader and a writer with call_rcu keeps the copy whole and in memory" holds
      And the property "every interleaving of a reader and a writer with synchronize_rcu keeps the copy whole and in memory" holds

    Scenario: Every interleaving of two writers
      Then the property "every interleaving of two writers under a lock keeps both updates" holds

    Scenario: Random tasks, clock ticks and quanta
      Then the property "random readers and writers in random orders never see a copy that is mixed or freed" holds
      And the property "readers that begin later, one always inside, do not hold up synchronize_rcu" holds
