@cap:notifier-chain
Feature: Notifier chain
  A notifier chain tells the interested parts of a kernel about an event, one after the other.
  Priority decides who hears first, and whoever hears may end the call.

  @NTF-01 @must
  Rule: Notifiers hear an event in descending order of priority
    Source: Linux 2.6.11, kernel/sys.c, notifier_chain_register()

    Scenario: A latecomer of high priority hears first
      Given notifiers registered in this order:
        | notifier | priority |
        | routing  | 0        |
        | logging  | -10      |
        | firewall | 10       |
      When an event is announced
      Then it is heard by firewall, routing, logging

    Scenario Outline: Registered in the order <order>
      Given notifiers low, middle and high of priority -1, 0 and 1 registered in the order <order>
      When an event is announced
      Then it is heard by high, middle, low

      Examples: All orders of registration
        | order             |
        | low, middle, high |
        | low, high, middle |
        | middle, low, high |
        | middle, high, low |
        | high, low, middle |
        | high, middle, low |

    Scenario: The ends of the range of priorities
      Given notifiers registered in this order:
        | notifier | priority    |
        | zero     | 0           |
        | lowest   | -2147483648 |
        | highest  | 2147483647  |
      When an event is announced
      Then it is heard by highest, zero, lowest

  @NTF-01 @must
  Rule: Notifiers of equal priority hear an event in order of registration
    Source: Linux 2.6.11, kernel/sys.c, notifier_chain_register()

    Scenario: Three equals and one superior
      Given notifiers registered in this order:
        | notifier | priority |
        | alpha    | 5        |
        | bravo    | 5        |
        | chief    | 9        |
        | charlie  | 5        |
      When an event is announced
      Then it is heard by chief, alpha, bravo, charlie

    Scenario: An equal that left and came back is the last of them
      Given notifiers registered in this order:
        | notifier | priority |
        | alpha    | 5        |
        | bravo    | 5        |
        | charlie  | 5        |
      And "alpha" was unregistered
      And a notifier "alpha" of priority 5 that answers NOTIFY_OK
      When an event is announced
      Then it is heard by bravo, charlie, alpha

  @NTF-08 @must
  Rule: A block registered without a priority ranks as 0
    Source: Linux 2.6.11, net/ipv4/fib_frontend.c, whose blocks name no priority; C initialises the rest to 0

    Scenario: It hears after the earlier zeroes, before the later ones and before the negative
      Given notifiers registered in this order:
        | notifier  | priority |
        | early     | 0        |
        | negative  | -1       |
        | unranked  |          |
        | late      | 0        |
        | positive  | 1        |
      When an event is announced
      Then it is heard by positive, early, unranked, late, negative

  @NTF-02 @must
  Rule: A notifier that was unregistered hears nothing more
    Source: Linux 2.6.11, kernel/sys.c, notifier_chain_unregister()

    Background:
      Given notifiers registered in this order:
        | notifier | priority |
        | firewall | 10       |
        | routing  | 0        |
        | logging  | -10      |

    Scenario Outline: The <place> of three is unregistered
      When "<leaver>" is unregistered
      And an event is announced
      Then it is heard by <remaining>

      Examples:
        | place  | leaver   | remaining         |
        | first  | firewall | routing, logging  |
        | middle | routing  | firewall, logging |
        | last   | logging  | firewall, routing |

    Scenario: All of them are unregistered
      When "routing" is unregistered
      And "firewall" is unregistered
      And "logging" is unregistered
      And an event is announced
      Then it is heard by nobody
      And the chain answers NOTIFY_DONE

    Scenario: Only a registered notifier can be unregistered
      When "accounting" is unregistered
      Then the call fails with ENOENT

    Scenario: Nothing can be unregistered twice
      Given "routing" was unregistered
      When "routing" is unregistered
      Then the call fails with ENOENT

    Scenario: A failed attempt changes nothing
      When "accounting" is unregistered
      And an event is announced
      Then it is heard by firewall, routing, logging

  @NTF-03 @must
  Rule: Each notifier is handed the event and its data, and the last answer is the chain's
    Source: Linux 2.6.11, kernel/sys.c, notifier_call_chain()

    Scenario Outline: Event <event> about <data>
      Given notifiers registered in this order:
        | notifier | priority |
        | firewall | 10       |
        | routing  | 0        |
      When event <event> about "<data>" is announced
      Then it is heard by firewall, routing
      And each of them was handed event <event> about "<data>"

      Examples:
        | event      | data |
        | 0x00000001 | eth0 |
        | 0x00000002 | lo   |
        | 0x00000000 |      |
        | 0xFFFFFFFF | eth1 |

    Scenario Outline: The answers are <first>, then <last>
      Given a notifier "firewall" of priority 10 that answers <first>
      And a notifier "routing" of priority 0 that answers <last>
      When an event is announced
      Then it is heard by firewall, routing
      And the chain answers <last>

      Examples: The last answer stands, whatever came before
        | first       | last        |
        | NOTIFY_DONE | NOTIFY_OK   |
        | NOTIFY_OK   | NOTIFY_DONE |
        | NOTIFY_OK   | NOTIFY_STOP |
        | 0x00007FFF  | 0x00000002  |

    Scenario: Nobody listens
      When an event is announced
      Then it is heard by nobody
      And the chain answers NOTIFY_DONE

    Scenario: An event is heard anew each time that it is announced
      Given a notifier "routing" of priority 0 that answers NOTIFY_OK
      And an event was announced
      When an event is announced
      Then it is heard by routing

    Scenario: Another chain hears nothing
      Given a notifier "routing" of priority 0 that answers NOTIFY_OK
      When an event is announced on another chain
      Then it is heard by nobody

  @NTF-04 @must
  Rule: An answer with the stop bit ends the call at once and is the chain's
    Source: Linux 2.6.11, kernel/sys.c, notifier_call_chain()

    Scenario Outline: The first of three notifiers answers <answer>
      Given a notifier "firewall" of priority 10 that answers <answer>
      And a notifier "routing" of priority 0 that answers NOTIFY_OK
      And a notifier "logging" of priority -10 that answers NOTIFY_DONE
      When an event is announced
      Then it is heard by <hearers>
      And the chain answers <result>

      Examples: The event travels on
        | answer      | hearers                    | result      |
        | NOTIFY_DONE | firewall, routing, logging | NOTIFY_DONE |
        | NOTIFY_OK   | firewall, routing, logging | NOTIFY_DONE |
        | 0x00007FFF  | firewall, routing, logging | NOTIFY_DONE |
        | 0x00010000  | firewall, routing, logging | NOTIFY_DONE |

      Examples: The event stops here
        | answer      | hearers  | result      |
        | NOTIFY_STOP | firewall | NOTIFY_STOP |
        | NOTIFY_BAD  | firewall | NOTIFY_BAD  |
        | 0x00008000  | firewall | 0x00008000  |
        | 0x0000FFFF  | firewall | 0x0000FFFF  |

    Scenario: The second of three ends the call
      Given a notifier "firewall" of priority 10 that answers NOTIFY_OK
      And a notifier "routing" of priority 0 that answers NOTIFY_BAD
      And a notifier "logging" of priority -10 that answers NOTIFY_OK
      When an event is announced
      Then it is heard by firewall, routing
      And the chain answers NOTIFY_BAD

  @NTF-03 @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4 @must
  Rule: The successor is looked up after a notifier has answered, so a callback decides who is next
    Source: Linux 2.6.11, kernel/sys.c, notifier_call_chain(), nb = nb->next behind the call
    Variation: from 2.6.17 on the successor is read before the call, see the next rule.

    Scenario: A block that a callback registers right behind itself is called in this pass
      Given a notifier "firewall" of priority 10 whose callback registers "newcomer" of priority 5
      And a notifier "routing" of priority 0 that answers NOTIFY_OK
      When an event is announced
      Then it is heard by firewall, newcomer, routing

    Scenario: A block that a callback takes off further on is not called
      Given a notifier "firewall" of priority 10 whose callback unregisters "routing"
      And a notifier "routing" of priority 0 that answers NOTIFY_OK
      And a notifier "logging" of priority -10 that answers NOTIFY_OK
      When an event is announced
      Then it is heard by firewall, logging

  @NTF-03 @profile:linux-6 @must
  Rule: The successor is looked up before a notifier is called, so a callback cannot change who is next
    Source: Linux 6.18, kernel/notifier.c, notifier_call_chain()

    Scenario: A block that a callback registers right behind itself has to wait for the next pass
      Given a notifier "firewall" of priority 10 whose callback registers "newcomer" of priority 5
      And a notifier "routing" of priority 0 that answers NOTIFY_OK
      When an event is announced
      Then it is heard by firewall, routing

    Scenario: A successor that a callback takes off is called all the same
      Given a notifier "firewall" of priority 10 whose callback unregisters "routing"
      And a notifier "routing" of priority 0 that answers NOTIFY_OK
      When an event is announced
      Then it is heard by firewall, routing

  @NTF-02 @NTF-03 @must
  Rule: A callback may unregister its own block, and the call goes on behind it
    Source: Linux 2.6.11, kernel/sys.c: a block that is taken off keeps its own link

    Scenario: This pass and the next
      Given a notifier "firewall" of priority 10 whose callback unregisters "firewall"
      And a notifier "routing" of priority 0 that answers NOTIFY_OK
      When an event is announced
      Then it is heard by firewall, routing
      When an event is announced
      Then it is heard by routing

  @NTF-01 @profile:linux-6 @must
  Rule: A block that is on the chain already is refused
    Source: Linux 6.18, kernel/notifier.c, notifier_chain_register()
    Variation: Linux 2.6.11 does not look, and ties the list into a loop.

    Scenario: Registered twice
      Given a notifier "routing" of priority 0 that answers NOTIFY_OK
      When "routing" is registered again
      Then the call fails with EEXIST

    Scenario: The refusal changes nothing
      Given a notifier "routing" of priority 0 that answers NOTIFY_OK
      When "routing" is registered again
      And an event is announced
      Then it is heard by routing

  @NTF-01 @profile:linux-2.6.11 @must
  Rule: Registering a block twice ties the chain into a loop, from which it cannot be taken off
    Source: Linux 2.6.11, kernel/sys.c, notifier_chain_register(), which does not look for the block
    Variation: later kernels refuse with EEXIST.

    Scenario: It is still heard after it was unregistered
      Given a notifier "routing" of priority 0 that answers NOTIFY_STOP
      When "routing" is registered again
      And "routing" is unregistered
      And an event is announced
      Then it is heard by routing

  @NTF-01 @NTF-02 @NTF-03 @NTF-04 @NTF-08 @property
  Rule: Any registrations and unregistrations leave the stable sort of what is registered
    Source: Linux 2.6.11, kernel/sys.c

    Scenario: Generated chains
      Then the property "any order of registrations gives the stable sort" holds
      And the property "a call ends at the first stop bit" holds
      And the property "chains behave like a model list" holds
