@cap:sk-buff @cap:sk-buff-queue @cap:sk-buff-queue-smp
Feature: sk_buff: the lock of a list
  The head of a list holds a lock, and whoever changes links or count holds it meanwhile.

  @SKB-02 @must
  Rule: The lock excludes a second user
    Source: Linux 2.6.11, net/core/skbuff.c, skb_queue_tail(), skb_dequeue()

    Background:
      Given buffers "a", "b", "c" and "d"

    Scenario: Two processors queue at once
      When processor 0 queues a, b and processor 1 queues c, d, taking turns step by step
      Then the queue holds a, b, c and d in some order
      And no user of the queue was inside while another held the lock

    Scenario: Two processors dequeue at once
      Given a, b were queued
      When both processors dequeue one, taking turns step by step
      Then each has got one of a and b
      And the queue is empty

    Scenario: One is stopped while it holds the lock
      When processor 0 queues a and processor 1 queues b, processor 0 taking 3 steps before processor 1 takes 6
      Then user 1 of the queue had to spin
      And the queue holds a, b

  @SKB-02 @property
  Rule: No interleaving of two users loses or doubles a buffer
    Source: Linux 2.6.11, net/core/skbuff.c, skb_queue_tail(), skb_dequeue()

    Scenario: Every interleaving of the first steps, and random longer ones
      Then the property "every interleaving of two users of a queue keeps all buffers" holds
      And the property "random interleavings of queueing and dequeueing keep all buffers" holds
