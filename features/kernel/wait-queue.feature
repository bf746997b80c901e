@cap:wait-queue
Feature: Wait queue
  A task that has to wait sleeps on a queue and leaves the processor to others. Whoever makes happen what it waits for
  wakes the queue, and the sleeper goes on where it slept.

  @TOP-06 @must
  Rule: A task that sleeps goes on when its queue is woken, and not before
    Source: Linux 2.6.11, kernel/sched.c, sleep_on(), wake_up(); 4.4BSD, kern/kern_synch.c, tsleep(), wakeup()

    Scenario: Woken
      Given alice sleeps on a queue
      When the queue is woken
      Then alice sleeps no more

    Scenario: Not woken
      When alice sleeps on a queue
      Then alice sleeps

    Scenario: Another queue is woken
      Given alice sleeps on a queue
      When another queue is woken
      Then alice sleeps

    Scenario: Who was woken has left the queue
      Given alice sleeps on a queue
      And the queue was woken
      And alice sleeps on another queue
      When the queue is woken
      Then alice sleeps

    Scenario: A wake-up is not kept for who comes later
      Given the queue was woken
      When alice sleeps on a queue
      Then alice sleeps

  @TOP-06 @must
  Rule: Who waits for an event looks before each sleep whether it has happened
    Source: Linux 2.6.11, include/linux/wait.h, __wait_event(); 4.4BSD, kern/kern_synch.c, the loop around tsleep()

    Scenario: It has happened before
      Given "arrival" has happened
      When alice waits for "arrival"
      Then alice sleeps no more

    Scenario: Woken, but it has not happened
      Given alice waits for "arrival"
      When the queue is woken
      Then alice sleeps

    Scenario: It happens, but nobody says so
      Given alice waits for "arrival"
      When "arrival" happens
      Then alice sleeps

    Scenario: It happens, and the queue is woken
      Given alice waits for "arrival"
      And "arrival" has happened
      When the queue is woken
      Then alice sleeps no more

    Scenario: Another event happens, and the queue is woken
      Given alice waits for "arrival"
      And "departure" has happened
      When the queue is woken
      Then alice sleeps

  @TOP-06 @must
  Rule: A wake-up wakes everybody who does not sleep exclusively
    Source: Linux 2.6.11, kernel/sched.c, __wake_up_common(); 4.4BSD, kern/kern_synch.c, wakeup()

    Scenario: Three sleepers
      Given alice, bob, carol sleep on a queue
      When the queue is woken
      Then alice sleeps no more
      And bob sleeps no more
      And carol sleeps no more

    Scenario: Two sleepers, and one who comes after the wake-up
      Given alice, bob sleep on a queue
      And the queue was woken
      When carol sleeps on a queue
      Then bob sleeps no more
      And carol sleeps

  @TOP-06 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: Of those who sleep exclusively a wake-up wakes the one that came first
    Source: Linux 2.6.11, kernel/wait.c, add_wait_queue_exclusive(); kernel/sched.c, __wake_up_common()

    Background:
      Given alice, bob sleep exclusively on a queue
      And carol sleeps on a queue

    Scenario: One wake-up
      When the queue is woken
      Then they went on in the order carol, alice
      And bob sleeps

    Scenario: A second wake-up
      Given the queue was woken
      When the queue is woken
      Then bob sleeps no more

    Scenario: A wake-up of all
      When all of the queue are woken
      Then they went on in the order carol, alice, bob

  @TOP-06 @SCL-05 @must
  Rule: A signal ends an interruptible sleep with EINTR and no other sleep
    Source: Linux 2.6.11, kernel/signal.c, signal_wake_up(); 4.4BSD, kern/kern_sig.c, psignal()

    Scenario: An interruptible sleep
      Given alice sleeps interruptibly on a queue
      When alice is signalled
      Then the call of alice fails with EINTR

    Scenario: One that is not
      Given alice sleeps on a queue
      When alice is signalled
      Then alice sleeps

    Scenario: A signal that was there before
      Given alice was signalled
      When alice sleeps interruptibly on a queue
      Then the call of alice fails with EINTR

    Scenario: Somebody else's signal
      Given alice sleeps interruptibly on a queue
      When bob is signalled
      Then alice sleeps

    Scenario: A signal and then the wake-up, in a sleep that no signal ends
      Given alice sleeps on a queue
      And alice was signalled
      When the queue is woken
      Then alice sleeps no more
