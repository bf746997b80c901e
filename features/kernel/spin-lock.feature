@cap:spin-lock
Feature: Spin locks between processors
  A spin lock is held by one processor at a time; another one that wants it tries again and again. A table has a column for each
  processor; read line by line, it is the order of the steps. A line "again" is one more step of a processor that still spins.

  @SYN-04 @must
  Rule: One processor holds the lock, and another that wants it burns its time until it is released
    Source: Linux 2.6.11, include/asm-i386/spinlock.h, spin_lock_string

    Scenario: The waiter tries at every step that it is given, and never sleeps
      When the processors take these steps, line by line:
        | processor 0       | processor 1       |
        | spin_lock(lock)   |                   |
        |                   | spin_lock(lock)   |
        |                   | again             |
        | compute           |                   |
        |                   | again             |
        |                   | again             |
        | spin_unlock(lock) |                   |
        |                   | again             |
        |                   | spin_unlock(lock) |
      Then the steps are:
        | processor 0 | spin_lock(lock)   |
        | processor 1 | spins             |
        | processor 1 | spins             |
        | processor 0 | compute           |
        | processor 1 | spins             |
        | processor 1 | spins             |
        | processor 0 | spin_unlock(lock) |
        | processor 1 | spin_lock(lock)   |
        | processor 1 | spin_unlock(lock) |

    Scenario: A lock that is free is taken in one step
      When the processors take these steps, line by line:
        | processor 0       | processor 1       |
        | spin_lock(lock)   |                   |
        | spin_unlock(lock) |                   |
        |                   | spin_lock(lock)   |
        |                   | spin_unlock(lock) |
        | spin_lock(lock)   |                   |
        | spin_unlock(lock) |                   |
      Then the steps are:
        | processor 0 | spin_lock(lock)   |
        | processor 0 | spin_unlock(lock) |
        | processor 1 | spin_lock(lock)   |
        | processor 1 | spin_unlock(lock) |
        | processor 0 | spin_lock(lock)   |
        | processor 0 | spin_unlock(lock) |

    Scenario: Of two that spin, one gets the lock and the other goes on spinning
      When the processors take these steps, line by line:
        | processor 0       | processor 1       | processor 2       |
        | spin_lock(lock)   |                   |                   |
        |                   | spin_lock(lock)   |                   |
        |                   |                   | spin_lock(lock)   |
        | spin_unlock(lock) |                   |                   |
        |                   |                   | again             |
        |                   | again             |                   |
        |                   |                   | spin_unlock(lock) |
        |                   | again             |                   |
        |                   | spin_unlock(lock) |                   |
      Then the steps are:
        | processor 0 | spin_lock(lock)   |
        | processor 1 | spins             |
        | processor 2 | spins             |
        | processor 0 | spin_unlock(lock) |
        | processor 2 | spin_lock(lock)   |
        | processor 1 | spins             |
        | processor 2 | spin_unlock(lock) |
        | processor 1 | spin_lock(lock)   |
        | processor 1 | spin_unlock(lock) |

    Scenario: Another lock is another matter
      When the processors take these steps, line by line:
        | processor 0        | processor 1         |
        | spin_lock(lock)    |                     |
        |                    | spin_lock(other)    |
        |                    | spin_unlock(other)  |
        | spin_unlock(lock)  |                     |
      Then the steps are:
        | processor 0 | spin_lock(lock)    |
        | processor 1 | spin_lock(other)   |
        | processor 1 | spin_unlock(other) |
        | processor 0 | spin_unlock(lock)  |

  @SYN-04 @must
  Rule: What is done under the lock is not seen half done
    Source: Linux 2.6.11, Documentation/spinlocks.txt

    Scenario: Under the lock both increments count
      When the processors take these steps, line by line:
        | processor 0       | processor 1       |
        | spin_lock(lock)   |                   |
        | counter++         |                   |
        |                   | spin_lock(lock)   |
        | again             |                   |
        | spin_unlock(lock) |                   |
        |                   | counter++         |
        |                   | spin_unlock(lock) |
      Then the shared counter is 2

    Scenario: Without it one of them is lost
      When the processors take these steps, line by line:
        | processor 0 | processor 1 |
        | counter++   |             |
        |             | counter++   |
        | again       |             |
        |             | again       |
      Then the shared counter is 1

  @SYN-04 @must
  Rule: spin_trylock tries once and says whether it has got the lock
    Source: Linux 2.6.11, include/asm-i386/spinlock.h, _raw_spin_trylock(): 1 it has, 0 it has not

    Scenario: The lock is held
      When the processors take these steps, line by line:
        | processor 0       | processor 1        |
        | spin_lock(lock)   |                    |
        |                   | spin_trylock(lock) |
        |                   | spin_unlock(lock)  |
        |                   | compute            |
        | spin_unlock(lock) |                    |
      Then the steps are:
        | processor 0 | spin_lock(lock)         |
        | processor 1 | spin_trylock(lock) is 0 |
        | processor 1 | compute                 |
        | processor 0 | spin_unlock(lock)       |

    Scenario: The lock is free
      When the processors take these steps, line by line:
        | processor 0       | processor 1        |
        |                   | spin_trylock(lock) |
        | spin_lock(lock)   |                    |
        |                   | spin_unlock(lock)  |
        | again             |                    |
        | spin_unlock(lock) |                    |
      Then the steps are:
        | processor 1 | spin_trylock(lock) is 1 |
        | processor 0 | spins                   |
        | processor 1 | spin_unlock(lock)       |
        | processor 0 | spin_lock(lock)         |
        | processor 0 | spin_unlock(lock)       |

    Scenario: A processor that holds it does not get it again
      When the processors take these steps, line by line:
        | processor 0        |
        | spin_lock(lock)    |
        | spin_trylock(lock) |
        | spin_unlock(lock)  |
        | spin_unlock(lock)  |
      Then the steps are:
        | processor 0 | spin_lock(lock)         |
        | processor 0 | spin_trylock(lock) is 0 |
        | processor 0 | spin_unlock(lock)       |

  @SYN-04 @must
  Rule: A spin lock is not recursive, so a processor that takes it again waits for itself for ever
    Source: Linux 2.6.11, Documentation/spinlocks.txt

    Scenario: Taken twice by one processor
      When the processors take these steps, line by line:
        | processor 0       | processor 1 |
        | spin_lock(lock)   |             |
        | spin_lock(lock)   |             |
        |                   | compute     |
        | spin_unlock(lock) |             |
        | spin_unlock(lock) |             |
      Then processor 0 spins for ever for lock, which processor 0 holds

  @SYN-04 @must
  Rule: Two locks that two processors take in different orders can bring both to a standstill
    Source: Linux 2.6.11, Documentation/spinlocks.txt

    Scenario: Each holds what the other wants
      When the processors take these steps, line by line:
        | processor 0         | processor 1         |
        | spin_lock(first)    |                     |
        |                     | spin_lock(second)   |
        | spin_lock(second)   |                     |
        |                     | spin_lock(first)    |
        | spin_unlock(second) |                     |
        |                     | spin_unlock(first)  |
        | spin_unlock(first)  |                     |
        |                     | spin_unlock(second) |
      Then processor 0 spins for ever for second, which processor 1 holds
      And processor 1 spins for ever for first, which processor 0 holds

    Scenario: The same programs, one behind the other
      When the processors take these steps, line by line:
        | processor 0         | processor 1         |
        | spin_lock(first)    |                     |
        | spin_lock(second)   |                     |
        | spin_unlock(second) |                     |
        | spin_unlock(first)  |                     |
        |                     | spin_lock(second)   |
        |                     | spin_lock(first)    |
        |                     | spin_unlock(first)  |
        |                     | spin_unlock(second) |
      Then nobody spins for ever

  @SYN-04 @must
  Rule: Releasing a lock that nobody holds is caught as a bug
    Source: Linux 2.6.11, include/asm-i386/spinlock.h, spin_unlock() with CONFIG_DEBUG_SPINLOCK

    Scenario: Never taken
      When the processors take these steps, line by line:
        | processor 0       |
        | spin_unlock(lock) |
      Then the call is caught as a bug

    Scenario: Released by each that took it
      When the processors take these steps, line by line:
        | processor 0       | processor 1       |
        | spin_lock(lock)   |                   |
        | spin_unlock(lock) |                   |
        |                   | spin_lock(lock)   |
        |                   | spin_unlock(lock) |
      Then the steps are:
        | processor 0 | spin_lock(lock)   |
        | processor 0 | spin_unlock(lock) |
        | processor 1 | spin_lock(lock)   |
        | processor 1 | spin_unlock(lock) |

    Scenario: Released twice
      When the processors take these steps, line by line:
        | processor 0       |
        | spin_lock(lock)   |
        | spin_unlock(lock) |
        | spin_unlock(lock) |
      Then the call is caught as a bug

  @SYN-04 @property
  Rule: In no order of steps do two processors hold the lock, and none waits for ever where each releases what it takes
    Source: Linux 2.6.11, include/asm-i386/spinlock.h

    Scenario: Every interleaving of small programs, and random longer ones
      Then the property "every interleaving of two increments under a lock counts both" holds
      And the property "every interleaving of two processors that take two locks in one order comes to an end" holds
      And the property "random users of a lock never hold it together" holds
