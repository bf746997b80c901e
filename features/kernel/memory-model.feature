@cap:memory-model
Feature: Memory shared by processors
  Each processor runs a program of its own on memory that all of them share. A table has a column for each processor; read
  line by line, it is one order in which their steps are taken. Registers are the processor's own, and a variable that is not
  named beforehand begins at 0.

  @SYN-02 @must
  Rule: A plain read-modify-write loses an update when another processor comes in between
    Source: Linux 2.6.11, Documentation/atomic_ops.txt; a load, an addition and a store are three instructions

    Scenario: Both read before either writes
      Given x = 5 in shared memory
      When these steps are taken, line by line:
        | processor 0 | processor 1 |
        | r0 = x      |             |
        |             | r1 = x      |
        | x = r0 + 1  |             |
        |             | x = r1 + 1  |
      Then it ends with r0 = 5 and r1 = 5 and x = 6

    Scenario: In some orders it goes well, in some an update is lost
      Given processors that run:
        | processor 0 | processor 1 |
        | r0 = x      | r1 = x      |
        | x = r0 + 1  | x = r1 + 1  |
      When every order of their steps is tried
      Then some end with x = 2
      And some end with x = 1
      And none ends with x = 0

  @SYN-02 @must
  Rule: An atomic operation is indivisible, so no update is lost in any order
    Source: Linux 2.6.11, include/asm-i386/atomic.h, the lock prefix

    Scenario Outline: <operation> twice on each of two processors, from <before>
      Given x = <before> in shared memory
      And processors that run:
        | processor 0   | processor 1   |
        | <operation> | <operation> |
        | <operation> | <operation> |
      When every order of their steps is tried
      Then each of them ends with x = <after>

      Examples:
        | operation        | before      | after       |
        | atomic_inc(x)    | 0           | 4           |
        | atomic_dec(x)    | 4           | 0           |
        | atomic_dec(x)    | 0           | -4          |
        | atomic_add(7, x) | -14         | 14          |
        | atomic_inc(x)    | 2147483646  | -2147483646 |
        | atomic_dec(x)    | -2147483647 | 2147483645  |

    Scenario: Three processors
      Given processors that run:
        | processor 0   | processor 1   | processor 2   |
        | atomic_inc(x) | atomic_inc(x) | atomic_inc(x) |
        |               | atomic_dec(x) | atomic_inc(x) |
      When every order of their steps is tried
      Then each of them ends with x = 3

  @SYN-02 @must
  Rule: atomic_dec_and_test answers 1 when the variable has become 0, to exactly one of those who count down
    Source: Linux 2.6.11, include/asm-i386/atomic.h, atomic_dec_and_test()

    Scenario Outline: From <before>
      Given x = <before> in shared memory
      When these steps are taken, line by line:
        | processor 0                 |
        | r0 = atomic_dec_and_test(x) |
      Then it ends with r0 = <answer> and x = <after>

      Examples:
        | before      | answer | after      |
        | 2           | 0      | 1          |
        | 1           | 1      | 0          |
        | 0           | 0      | -1         |
        | -1          | 0      | -2         |
        | -2147483648 | 0      | 2147483647 |

    Scenario: The last of two users frees
      Given x = 2 in shared memory
      And processors that run:
        | processor 0                 | processor 1                 |
        | r0 = atomic_dec_and_test(x) | r1 = atomic_dec_and_test(x) |
      When every order of their steps is tried
      Then some end with r0 = 1 and r1 = 0
      And some end with r0 = 0 and r1 = 1
      And none ends with r0 = 0 and r1 = 0
      And none ends with r0 = 1 and r1 = 1

  @SYN-02 @must
  Rule: xchg hands the value before to exactly one
    Source: Linux 2.6.11, include/asm-i386/system.h, xchg()

    Scenario: Two processors take one flag
      Given processors that run:
        | processor 0     | processor 1     |
        | r0 = xchg(x, 1) | r1 = xchg(x, 1) |
      When every order of their steps is tried
      Then some end with r0 = 0 and r1 = 1
      And some end with r0 = 1 and r1 = 0
      And none ends with r0 = 0 and r1 = 0
      And each of them ends with x = 1

  @SYN-03 @must
  Rule: A processor sees its own accesses in the order of its program
    Source: Linux 2.6.11, Documentation/atomic_ops.txt

    Scenario: A store is read back at once
      Given processors that run:
        | processor 0 | processor 1 |
        | x = 1       | y = 1       |
        | r0 = x      | r1 = y      |
        | x = 2       |             |
        | r2 = x      |             |
      When every order of their steps is tried
      Then each of them ends with r0 = 1 and r1 = 1 and r2 = 2 and x = 2

    Scenario: Another processor stores to the same variable
      Given processors that run:
        | processor 0 | processor 1 |
        | x = 1       | x = 2       |
        | r0 = x      |             |
      When every order of their steps is tried
      Then some end with r0 = 1 and x = 1
      And some end with r0 = 1 and x = 2
      And none ends with r0 = 0

  @SYN-03 @must
  Rule: All processors see the values of one variable in one order
    Source: cache coherence, on which Linux relies on every machine

    Scenario: A value that was overwritten is not seen again
      Given processors that run:
        | processor 0 | processor 1 |
        | x = 1       | r1 = x      |
        | x = 2       | r2 = x      |
      When every order of their steps is tried
      Then some end with r1 = 0 and r2 = 2
      And none ends with r1 = 1 and r2 = 0
      And none ends with r1 = 2 and r2 = 0
      And none ends with r1 = 2 and r2 = 1
      And each of them ends with x = 2

  @SYN-03 @must
  Rule: Message passing: with a write barrier and a read barrier, whoever sees the flag sees the message
    Source: Linux 2.6.11, Documentation/atomic_ops.txt; include/asm-i386/system.h, smp_wmb(), smp_rmb()

    Scenario Outline: <write barrier> and <read barrier>
      Given processors that run:
        | processor 0     | processor 1    |
        | x = 1           | r1 = y         |
        | <write barrier> | <read barrier> |
        | y = 1           | r2 = x         |
      When every order of their steps is tried
      Then some end with r1 = 0 and r2 = 0
      And some end with r1 = 0 and r2 = 1
      And some end with r1 = 1 and r2 = 1
      And none ends with r1 = 1 and r2 = 0

      Examples:
        | write barrier | read barrier |
        | smp_wmb()     | smp_rmb()    |
        | smp_mb()      | smp_rmb()    |
        | smp_wmb()     | smp_mb()     |
        | smp_mb()      | smp_mb()     |

    Scenario: The flag is set by an atomic operation
      Given processors that run:
        | processor 0   | processor 1 |
        | x = 1         | r1 = y      |
        | smp_wmb()     | smp_rmb()   |
        | atomic_inc(y) | r2 = x      |
      When every order of their steps is tried
      Then some end with r1 = 0 and r2 = 0
      And some end with r1 = 1 and r2 = 1
      And none ends with r1 = 1 and r2 = 0

  @SYN-03 @must
  Rule: Message passing fails on some machines where either barrier is missing
    Source: Linux 2.6.11, include/asm-*/system.h: what smp_wmb() and smp_rmb() are depends on the machine

    Scenario: The store of the flag overtakes the store of the message
      Given a machine on which a store may overtake an earlier store
      When these steps are taken, line by line:
        | processor 0      | processor 1      |
        | x = 1            |                  |
        | y = 1            |                  |
        | y reaches memory |                  |
        |                  | y is invalidated |
        |                  | r1 = y           |
        |                  | smp_rmb()        |
        |                  | r2 = x           |
        | x reaches memory |                  |
      Then it ends with r1 = 1 and r2 = 0

    Scenario: The reader still uses an old value of the message when it sees the flag
      Given a machine on which a load may overtake an earlier load
      When these steps are taken, line by line:
        | processor 0      | processor 1      |
        | x = 1            |                  |
        | smp_wmb()        |                  |
        | y = 1            |                  |
        | x reaches memory |                  |
        | y reaches memory |                  |
        |                  | y is invalidated |
        |                  | r1 = y           |
        |                  | r2 = x           |
      Then it ends with r1 = 1 and r2 = 0

    Scenario Outline: Without a write barrier, a reader with <read barrier>
      Given a machine on which a store may overtake an earlier store
      And processors that run:
        | processor 0 | processor 1    |
        | x = 1       | r1 = y         |
        | y = 1       | <read barrier> |
        |             | r2 = x         |
      When every order of their steps is tried
      Then some end with r1 = 1 and r2 = 0

      Examples:
        | read barrier |
        | smp_rmb()    |
        | smp_mb()     |
        | smp_wmb()    |

    Scenario Outline: Without a read barrier, a writer with <write barrier>
      Given a machine on which a load may overtake an earlier load
      And processors that run:
        | processor 0     | processor 1 |
        | x = 1           | r1 = y      |
        | <write barrier> | r2 = x      |
        | y = 1           |             |
      When every order of their steps is tried
      Then some end with r1 = 1 and r2 = 0

      Examples:
        | write barrier |
        | smp_wmb()     |
        | smp_mb()      |

  @SYN-03 @must
  Rule: Store buffering: with a full barrier on both sides, one of two sees the other's store
    Source: Linux 2.6.11, include/asm-i386/system.h, smp_mb()

    Scenario: smp_mb on both
      Given processors that run:
        | processor 0 | processor 1 |
        | x = 1       | y = 1       |
        | smp_mb()    | smp_mb()    |
        | r1 = y      | r2 = x      |
      When every order of their steps is tried
      Then some end with r1 = 0 and r2 = 1
      And some end with r1 = 1 and r2 = 0
      And some end with r1 = 1 and r2 = 1
      And none ends with r1 = 0 and r2 = 0

    Scenario: An atomic operation that returns a value is a full barrier
      Given processors that run:
        | processor 0     | processor 1     |
        | r3 = xchg(x, 1) | r4 = xchg(y, 1) |
        | r1 = y          | r2 = x          |
      When every order of their steps is tried
      Then some end with r1 = 1 and r2 = 1
      And none ends with r1 = 0 and r2 = 0

  @SYN-03 @must
  Rule: Store buffering fails on some machines where a full barrier is missing
    Source: Linux 2.6.11, include/asm-i386/system.h: i386 itself lets a load overtake an earlier store

    Scenario: Both stores wait in store buffers while the loads go ahead
      Given a machine on which a load may overtake an earlier store
      When these steps are taken, line by line:
        | processor 0      | processor 1      |
        | x = 1            |                  |
        |                  | y = 1            |
        | r1 = y           |                  |
        |                  | r2 = x           |
        | x reaches memory |                  |
        |                  | y reaches memory |
      Then it ends with r1 = 0 and r2 = 0 and x = 1 and y = 1

    Scenario Outline: <case>
      Given a machine on which a load may overtake an earlier store
      And processors that run:
        | processor 0 | processor 1 |
        | x = 1       | y = 1       |
        | <one>       | <other>     |
        | r1 = y      | r2 = x      |
      When every order of their steps is tried
      Then some end with r1 = 0 and r2 = 0

      Examples: No barrier, a full one on one side only, and those that are no full ones
        | case                                  | one       | other    |
        | No barrier at all                     |           |          |
        | A full barrier on processor 0 alone   | smp_mb()  |          |
        | A full barrier on processor 1 alone   |           | smp_mb() |
        | A write barrier and a full one        | smp_wmb() | smp_mb() |
        | A read barrier and a full one         | smp_rmb() | smp_mb() |

  @SYN-01 @must
  Rule: A per-CPU variable has one copy on each processor, and a write to one is invisible to the others
    Source: Linux 2.6.11, include/linux/percpu.h

    Scenario: Each writes and reads its own copy
      Given the per-CPU variable hits = 5
      When these steps are taken, line by line:
        | processor 0       | processor 1       |
        | get_cpu_var(hits) |                   |
        | hits = 7          |                   |
        |                   | get_cpu_var(hits) |
        |                   | r1 = hits         |
        |                   | hits = -1         |
        | r0 = hits         |                   |
        | put_cpu_var(hits) |                   |
        |                   | put_cpu_var(hits) |
      Then it ends with r0 = 7 and r1 = 5 and per_cpu(hits, 0) = 7 and per_cpu(hits, 1) = -1

    Scenario: Counting needs neither a lock nor an atomic operation
      Given the per-CPU variable hits = 0
      And processors that run:
        | processor 0       | processor 1       |
        | get_cpu_var(hits) | get_cpu_var(hits) |
        | r0 = hits         | r1 = hits         |
        | hits = r0 + 1     | hits = r1 + 1     |
        | put_cpu_var(hits) | put_cpu_var(hits) |
      When every order of their steps is tried
      Then each of them ends with per_cpu(hits, 0) = 1 and per_cpu(hits, 1) = 1

  @SYN-01 @must
  Rule: A per-CPU variable is used with preemption off, and using it otherwise is caught as a bug
    Source: Linux 2.6.11, include/linux/percpu.h, get_cpu_var(), put_cpu_var(); CONFIG_DEBUG_PREEMPT, smp_processor_id()

    Scenario Outline: <when>
      Given the per-CPU variables hits = 0 and misses = 0
      When these steps are taken, line by line:
        | processor 0 |
        | <first>     |
        | <second>    |
        | <third>     |
      Then the call is caught as a bug

      Examples:
        | when                                      | first             | second              | third     |
        | A write without get_cpu_var               | hits = 1          |                     |           |
        | A read without get_cpu_var                | r0 = hits         |                     |           |
        | A write behind put_cpu_var                | get_cpu_var(hits) | put_cpu_var(hits)   | hits = 1  |
        | A read behind put_cpu_var                 | get_cpu_var(hits) | put_cpu_var(hits)   | r0 = hits |
        | put_cpu_var without get_cpu_var           | put_cpu_var(hits) |                     |           |
        | put_cpu_var twice                         | get_cpu_var(hits) | put_cpu_var(hits)   | put_cpu_var(hits) |

    Scenario: Preemption is off on the processor that asked for it and on no other
      Given the per-CPU variable hits = 0
      When these steps are taken, line by line:
        | processor 0       | processor 1 |
        | get_cpu_var(hits) |             |
        |                   | hits = 1    |
      Then the call is caught as a bug

    Scenario: Nested, preemption is off until the outer put_cpu_var
      Given the per-CPU variables hits = 0 and misses = 0
      When these steps are taken, line by line:
        | processor 0         |
        | get_cpu_var(hits)   |
        | get_cpu_var(misses) |
        | misses = 2          |
        | put_cpu_var(misses) |
        | hits = 1            |
        | put_cpu_var(hits)   |
      Then it ends with per_cpu(hits, 0) = 1 and per_cpu(misses, 0) = 2

  @SYN-02 @property
  Rule: Whatever else the processors do, atomic additions add up
    Source: Linux 2.6.11, Documentation/atomic_ops.txt

    Scenario: Generated programs in random orders
      Then the property "atomic additions add up in random orders" holds

  @SYN-03 @property
  Rule: With a full barrier behind every access, all accesses happen in one order that keeps to the programs
    Source: L. Lamport on sequential consistency; Linux 2.6.11, include/asm-i386/system.h, smp_mb()

    Scenario: Generated programs in random orders
      Then the property "programs full of barriers are sequentially consistent" holds
