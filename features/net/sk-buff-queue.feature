@cap:sk-buff @cap:sk-buff-queue
Feature: sk_buff: lists
  Buffers wait in rings that are linked both ways. The head counts them and holds the lock. There is one
  head per queue: of a socket, of a device, of whoever needs one.

  @SKB-02 @must
  Rule: A list keeps its count, its order and its links in both directions
    Source: Linux 2.6.11, include/linux/skbuff.h, struct sk_buff_head

    Background:
      Given buffers "a", "b", "c" and "d"

    Scenario: An empty list
      Then the queue is empty

    Scenario: At the tail, in order of arrival
      When "a" is queued at the tail
      And "b" is queued at the tail
      And "c" is queued at the tail
      Then the queue holds a, b, c

    Scenario: At the head, in front of all
      Given a, b were queued
      When "c" is queued at the head
      Then the queue holds c, a, b

    Scenario Outline: Before <neighbour>
      Given a, b, c were queued
      When "d" is inserted before "<neighbour>"
      Then the queue holds <order>

      Examples:
        | neighbour | order      |
        | a         | d, a, b, c |
        | b         | a, d, b, c |
        | c         | a, b, d, c |

    Scenario Outline: Behind <neighbour>
      Given a, b, c were queued
      When "d" is appended behind "<neighbour>"
      Then the queue holds <order>

      Examples:
        | neighbour | order      |
        | a         | a, d, b, c |
        | b         | a, b, d, c |
        | c         | a, b, c, d |

    Scenario Outline: Unlinking <leaver>
      Given a, b, c were queued
      When "<leaver>" is unlinked
      Then the queue holds <order>
      And "<leaver>" is on no list

      Examples:
        | leaver | order |
        | a      | b, c  |
        | b      | a, c  |
        | c      | a, b  |

    Scenario: Unlinking the only one
      Given a was queued
      When "a" is unlinked
      Then the queue is empty

    Scenario: Unlinking one that is on no list changes nothing
      Given a, b were queued
      When "c" is unlinked
      Then the queue holds a, b

  @SKB-02 @must
  Rule: Dequeueing takes a buffer off, peeking leaves it
    Source: Linux 2.6.11, net/core/skbuff.c, skb_dequeue(), skb_dequeue_tail(); include/linux/skbuff.h, skb_peek(), skb_peek_tail()

    Background:
      Given buffers "a", "b" and "c"

    Scenario: The first is taken
      Given a, b, c were queued
      When the first is dequeued
      Then it is "a"
      And the queue holds b, c
      And "a" is on no list

    Scenario: The last is taken
      Given a, b, c were queued
      When the last is dequeued
      Then it is "c"
      And the queue holds a, b

    Scenario: The first is looked at
      Given a, b, c were queued
      When the first is peeked at
      Then it is "a"
      And the queue holds a, b, c

    Scenario: The last is looked at
      Given a, b, c were queued
      When the last is peeked at
      Then it is "c"
      And the queue holds a, b, c

    Scenario Outline: An empty queue: the <which> is <how>
      When the <which> is <how>
      Then there is none
      And the queue is empty

      Examples:
        | which | how       |
        | first | dequeued  |
        | last  | dequeued  |
        | first | peeked at |
        | last  | peeked at |

    Scenario: Until there are no more
      Given a, b were queued
      When the first is dequeued
      And the first is dequeued
      Then it is "b"
      And the queue is empty

  @SKB-02 @profile:notes @profile:linux-2.6.11 @must
  Rule: A buffer is on one list at a time, and each queue has a head of its own
    Source: Linux 2.6.11, include/linux/skbuff.h, struct sk_buff, member list; the notes call the head a global variable

    Background:
      Given buffers "a", "b" and "c"

    Scenario: Two queues
      Given a was queued
      When "b" is queued at the tail of another queue
      Then the queue holds a
      And the other queue holds b

    Scenario: A buffer moves from one to the other
      Given a, b, c were queued
      When "b" is unlinked
      And "b" is queued at the tail of another queue
      Then the queue holds a, c
      And the other queue holds b
      And "b" is on the other queue

  @SKB-02 @profile:notes @should
  Rule: A buffer that is on a list is caught on its way to another
    Source: the notes on sk_buff, by which a buffer names the one list that it is on
    Variation: Linux 2.6.11 does not look, and makes it the caller's duty to unlink it first.

    Scenario: Queued on a second list
      Given buffers "a" and "b"
      And a, b were queued
      When "a" is queued at the tail of another queue
      Then the call is caught as a bug
      And the queue holds a, b

  @SKB-02 @cap:sk-buff-sharing @profile:notes @profile:linux-2.6.11 @must
  Rule: Purging frees every buffer of the list, and one on a list must not be freed otherwise
    Source: Linux 2.6.11, net/core/skbuff.c, skb_queue_purge(), __kfree_skb()

    Background:
      Given buffers "a", "b" and "c"

    Scenario: Purging
      Given a, b, c were queued
      When the queue is purged
      Then the queue is empty

    Scenario: Purging gives up a reference and no more
      Given a, b were queued
      And another reference to "a" was taken
      When the queue is purged
      Then "a" is not shared

    Scenario: Freeing a buffer that is on a list
      Given a, b were queued
      When "a" is freed
      Then the call is caught as a bug

    Scenario: A clone is on no list, whatever its original is on
      Given a, b were queued
      When "a" is cloned as "clone"
      Then "clone" is on no list
      And the queue holds a, b

  @SKB-02 @property
  Rule: Any sequence of list operations behaves like that on an array
    Source: Linux 2.6.11, include/linux/skbuff.h

    Scenario: Generated sequences
      Then the property "list operations behave like a model" holds
