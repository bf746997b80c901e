@cap:semaphore
Feature: Semaphore
  A semaphore lets in as many as its count says. Whoever finds nothing left of the count sleeps, and is let in when another one
  gives the semaphore back.

  @SYN-05 @must
  Rule: As many can take the semaphore as its count says, and the next one sleeps
    Source: Linux 2.6.11, include/asm-i386/semaphore.h, down(), sema_init()

    Scenario Outline: A count of <count>
      Given a semaphore of count <count>
      When <tasks> call down
      Then <lucky> sleep no more
      And <late> sleep
      And the count is <left>

      Examples:
        | count | tasks             | lucky             | late              | left |
        | 0     | alice, bob        | nobody            | alice, bob        | 0    |
        | 1     | alice, bob        | alice             | bob               | 0    |
        | 2     | alice, bob        | alice, bob        | nobody            | 0    |
        | 2     | alice, bob, carol | alice, bob        | carol             | 0    |
        | 3     | alice, bob        | alice, bob        | nobody            | 1    |

    Scenario: The largest count
      Given a semaphore of count 2147483647
      When alice, bob call down
      Then alice, bob sleep no more
      And the count is 2147483645

    Scenario: Another semaphore is another matter
      Given a semaphore of count 0
      And another semaphore of count 1
      When alice calls down on the other
      Then alice sleeps no more
      And the count is 0

  @SYN-05 @must
  Rule: up adds one to the count, or lets in who has waited longest
    Source: Linux 2.6.11, include/asm-i386/semaphore.h, up(); arch/i386/kernel/semaphore.c, __up()

    Scenario: Nobody waits
      Given a semaphore of count 1
      When up is called 2 times
      Then the count is 3

    Scenario: Nobody need have taken it before
      Given a semaphore of count 0
      And up was called
      When alice calls down
      Then alice sleeps no more

    Scenario Outline: Three wait, and up is called <times> times
      Given a semaphore of count 0
      And alice, bob, carol called down
      When up is called <times> times
      Then <lucky> sleep no more
      And <late> sleep
      And the count is <left>

      Examples:
        | times | lucky             | late              | left |
        | 0     | nobody            | alice, bob, carol | 0    |
        | 1     | alice             | bob, carol        | 0    |
        | 2     | alice, bob        | carol             | 0    |
        | 3     | alice, bob, carol | nobody            | 0    |
        | 4     | alice, bob, carol | nobody            | 1    |

    Scenario: Waiting counts from the last down
      Given a semaphore of count 0
      And alice, bob called down
      And up was called
      And alice called down
      When up is called 1 times
      Then bob sleeps no more
      And alice sleeps

    Scenario: Both kinds of waiters stand in one queue
      Given a semaphore of count 0
      And alice called down_interruptible
      And bob called down
      And carol called down_interruptible
      When up is called 2 times
      Then alice, bob sleep no more
      And carol sleeps

  @SYN-05 @must
  Rule: down_trylock never waits and answers 0 when it has taken the semaphore, 1 when not
    Source: Linux 2.6.11, include/asm-i386/semaphore.h, down_trylock(), the reverse of spin_trylock()

    Scenario Outline: A count of <count>
      Given a semaphore of count <count>
      When down_trylock is called
      Then it answers <result>
      And the count is <left>

      Examples:
        | count | result | left |
        | 0     | 1      | 0    |
        | 1     | 0      | 0    |
        | 2     | 0      | 1    |

    Scenario: A failed attempt leaves the waiters alone
      Given a semaphore of count 0
      And alice called down
      And down_trylock was called
      When up is called 1 times
      Then alice sleeps no more
      And the count is 0

    Scenario: What it has taken is missing
      Given a semaphore of count 1
      And down_trylock was called
      When alice calls down
      Then alice sleeps

  @SYN-05 @must
  Rule: A signal ends the wait of down_interruptible with EINTR and leaves the count as it is
    Source: Linux 2.6.11, arch/i386/kernel/semaphore.c, __down_interruptible()

    Scenario: The signal comes while it waits
      Given a semaphore of count 0
      And alice called down_interruptible
      When alice is sent a signal
      Then the call of alice fails with EINTR
      And the count is 0

    Scenario: The signal is pending before it has to wait
      Given a semaphore of count 0
      And alice was sent a signal
      When alice calls down_interruptible
      Then the call of alice fails with EINTR
      And the count is 0

    Scenario: It does not have to wait, so a pending signal makes no difference
      Given a semaphore of count 1
      And alice was sent a signal
      When alice calls down_interruptible
      Then alice sleeps no more
      And the count is 0

    Scenario: Without a signal it waits like down
      Given a semaphore of count 0
      And alice called down_interruptible
      When up is called 1 times
      Then alice sleeps no more

    Scenario: Who was interrupted waits no longer, and the next one gets the semaphore
      Given a semaphore of count 0
      And alice called down_interruptible
      And bob called down
      And alice was sent a signal
      When up is called 1 times
      Then the call of alice fails with EINTR
      And bob sleeps no more
      And the count is 0

    Scenario: In the middle of the queue
      Given a semaphore of count 0
      And alice called down
      And bob called down_interruptible
      And carol called down
      And bob was sent a signal
      When up is called 2 times
      Then the call of bob fails with EINTR
      And alice, carol sleep no more

    Scenario: Another task's signal is not its concern
      Given a semaphore of count 0
      And alice called down_interruptible
      When bob is sent a signal
      Then alice sleeps

    Scenario: The signal was delivered with that, so the next wait is undisturbed
      Given a semaphore of count 0
      And alice called down_interruptible
      And alice was sent a signal
      When alice calls down_interruptible
      Then alice sleeps

  @SYN-05 @must
  Rule: down waits through signals
    Source: Linux 2.6.11, arch/i386/kernel/semaphore.c, __down(), TASK_UNINTERRUPTIBLE

    Scenario: The signal comes while it waits
      Given a semaphore of count 0
      And alice called down
      When alice is sent a signal
      Then alice sleeps

    Scenario: The signal is pending before
      Given a semaphore of count 0
      And alice was sent a signal
      When alice calls down
      Then alice sleeps

    Scenario: up ends its wait all the same
      Given a semaphore of count 0
      And alice called down
      And alice was sent a signal
      When up is called 1 times
      Then alice sleeps no more

  @SYN-05 @must
  Rule: What may sleep is caught as a bug in an interrupt handler, whether it would have to or not
    Source: Linux 2.6.11, include/asm-i386/semaphore.h, might_sleep() in down() and down_interruptible()

    Scenario Outline: <function> with a count of <count>
      Given a semaphore of count <count>
      When alice calls <function> in an interrupt handler
      Then the call is caught as a bug
      And the count is <count>

      Examples:
        | function           | count |
        | down               | 0     |
        | down               | 1     |
        | down_interruptible | 0     |
        | down_interruptible | 1     |

  @SYN-05 @must
  Rule: up and down_trylock are allowed in an interrupt handler, since they never sleep
    Source: Linux 2.6.11, include/asm-i386/semaphore.h, up(), down_trylock()

    Scenario: up lets a waiter in
      Given a semaphore of count 0
      And alice called down
      When up is called in an interrupt handler
      Then alice sleeps no more

    Scenario Outline: down_trylock with a count of <count>
      Given a semaphore of count <count>
      When down_trylock is called in an interrupt handler
      Then it answers <result>

      Examples:
        | count | result |
        | 0     | 1      |
        | 1     | 0      |

  @SYN-05 @property
  Rule: Whatever is called, as many are let in as the count allows, in the order in which they came
    Source: Linux 2.6.11, arch/i386/kernel/semaphore.c

    Scenario: Generated calls against a model
      Then the property "a semaphore behaves like a count and a queue" holds
