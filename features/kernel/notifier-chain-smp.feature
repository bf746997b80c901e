@cap:notifier-chain-smp
Feature: Registration on several processors
  In Linux 2.6.11 all chains share one lock. Whoever registers holds it while the list is walked and linked, so that two
  processors that register at once cannot both link to the same place.

  @NTF-05 @must
  Rule: Registration holds a write lock, so processors that register at once lose no block
    Source: Linux 2.6.11, kernel/sys.c, notifier_chain_register(), write_lock(&notifier_lock)

    Scenario: Taking turns step by step
      Given two processors that register on one chain:
        | processor | notifier | priority |
        | 0         | alpha    | 5        |
        | 1         | bravo    | 5        |
      When they take turns step by step
      Then all the notifiers are on the chain, in the order of their priorities
      And no processor was inside while the other held the lock

    Scenario: One is stopped while it holds the lock
      Given two processors that register on one chain:
        | processor | notifier | priority |
        | 0         | alpha    | 5        |
        | 1         | bravo    | 9        |
      When processor 0 takes 2 steps, processor 1 takes 5, and then they take turns
      Then processor 1 had to spin
      And all the notifiers are on the chain, in the order of their priorities

    Scenario: Four blocks behind each other
      Given two processors that register on one chain:
        | processor | notifier | priority |
        | 0         | alpha    | 1        |
        | 0         | bravo    | 4        |
        | 1         | charlie  | 3        |
        | 1         | delta    | 2        |
      When they take turns step by step
      Then all the notifiers are on the chain, in the order of their priorities

  @NTF-05 @property
  Rule: No interleaving of two registrations loses a block
    Source: Linux 2.6.11, kernel/sys.c

    Scenario: Every interleaving of the first steps, and random longer ones
      Then the property "every interleaving of two registrations keeps both" holds
      And the property "random interleavings of many registrations keep all" holds
