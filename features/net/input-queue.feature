@cap:input-queue
Feature: The input queue
  An interrupt handler leaves each packet in a queue, and a software interrupt hands them to the protocols. So packets may
  come faster than protocols can work, for as long as the queue holds them. The queue is bounded; a flood fills it.

  @SIQ-05 @SIQ-02 @PRO-02 @profile:notes @profile:linux-2.6.11 @must
  Rule: A burst of up to 301 packets at interrupt rate is queued, and then every packet is processed in order
    Source: Linux 2.6.11, net/core/dev.c, netif_rx(), qlen <= netdev_max_backlog, which is 300

    Scenario Outline: A burst of <packets>
      When a burst of <packets> packets arrives
      Then <held> packets wait and <dropped> were dropped
      And run to its end the softirq processes packets 1 to <held> in order

      Examples: Nothing is lost
        | packets | held | dropped |
        | 1       | 1    | 0       |
        | 300     | 300  | 0       |
        | 301     | 301  | 0       |

      Examples: More than the queue holds
        | packets | held | dropped |
        | 302     | 301  | 1       |
        | 1000    | 301  | 699     |

    Scenario: One burst after another, each as long as the queue
      Given a burst of 301 packets arrived
      And the softirq ran to its end
      When a burst of 301 packets arrives
      Then 301 packets wait and 0 were dropped
      And run to its end the softirq processes packets 302 to 602 in order

  @SIQ-05 @SIQ-02 @PRO-02 @profile:bsd-4.4 @must
  Rule: A burst of up to 50 packets at interrupt rate is queued, and then every packet is processed in order
    Source: 4.4BSD-Lite2, net/if.h, IFQ_MAXLEN and IF_QFULL()

    Scenario Outline: A burst of <packets>
      When a burst of <packets> packets arrives
      Then <held> packets wait and <dropped> were dropped
      And run to its end the softirq processes packets 1 to <held> in order

      Examples: Nothing is lost
        | packets | held | dropped |
        | 1       | 1    | 0       |
        | 49      | 49   | 0       |
        | 50      | 50   | 0       |

      Examples: More than the queue holds
        | packets | held | dropped |
        | 51      | 50   | 1       |
        | 300     | 50   | 250     |

  @SIQ-05 @SIQ-02 @PRO-02 @profile:linux-6 @must
  Rule: A burst of up to 1001 packets at interrupt rate is queued, and then every packet is processed in order
    Source: Linux 6.18, net/core/dev.c, enqueue_to_backlog(), qlen <= max_backlog, which is 1000

    Scenario Outline: A burst of <packets>
      When a burst of <packets> packets arrives
      Then <held> packets wait and <dropped> were dropped
      And run to its end the softirq processes packets 1 to <held> in order

      Examples: Nothing is lost
        | packets | held | dropped |
        | 1       | 1    | 0       |
        | 1000    | 1000 | 0       |
        | 1001    | 1001 | 0       |

      Examples: More than the queue holds
        | packets | held | dropped |
        | 1002    | 1001 | 1       |
        | 2000    | 1001 | 999     |

  @SIQ-02 @PRO-02 @must
  Rule: The interrupt handler queues and asks for the softirq; nothing is processed before that runs
    Source: Linux 2.6.11, net/core/dev.c, netif_rx(); 4.4BSD-Lite2, net/if_ethersubr.c, schednetisr()

    Scenario: Nothing came, so nothing is asked for
      When the softirq runs
      Then no packet is processed
      And the softirq is not raised

    Scenario: Packets wait for the softirq
      When a burst of 3 packets arrives
      Then 3 packets wait and 0 were dropped
      And the softirq is raised

    Scenario: When it has taken all there is, it is asked for no more
      Given a burst of 3 packets arrived
      When the softirq runs
      Then packets 1 to 3 are processed in order
      And 0 packets wait and 0 were dropped
      And the softirq is not raised

    Scenario: A packet that comes while it runs is taken in the same run, behind the others
      Given a burst of 3 packets arrived
      When the softirq runs and 2 packets arrive after the first 1
      Then packets 1 to 5 are processed in order

  @SIQ-06 @profile:notes @profile:linux-2.6.11 @must
  Rule: A queue that overflowed drops everything until it has been emptied
    Source: Linux 2.6.11, net/core/dev.c, netif_rx() and process_backlog(), the throttle

    Scenario: The throttle goes on with the packet that finds the queue full
      When a burst of 301 packets arrives
      Then the counters read:
        | total | dropped | throttled |
        | 301   | 0       | 0         |
      And the throttle is off
      When a burst of 2 packets arrives
      Then the counters read:
        | total | dropped | throttled |
        | 303   | 2       | 1         |
      And the throttle is on

    Scenario: While packets are left, room does not help
      Given a burst of 302 packets arrived
      And the softirq ran
      When a burst of 1 packets arrives
      Then 1 packets wait and 2 were dropped
      And the throttle is on

    Scenario: Without an overflow, room does help
      Given a burst of 301 packets arrived
      And the softirq ran
      When a burst of 300 packets arrives
      Then 301 packets wait and 0 were dropped

    Scenario: A queue found empty lets packets in again
      Given a burst of 302 packets arrived
      And the softirq ran to its end
      When a burst of 301 packets arrives
      Then 301 packets wait and 1 were dropped
      And the throttle is off

    Scenario: A queue that is empty though nobody has noticed yet lets packets in as well
      Given a burst of 302 packets arrived
      And the softirq ran
      When the softirq runs, at 2000 us a packet
      Then 0 packets wait and 1 were dropped
      And the throttle is on
      When a burst of 1 packets arrives
      Then 1 packets wait and 1 were dropped
      And the throttle is off

    Scenario: The softirq that finds the queue empty switches the throttle off
      Given a burst of 302 packets arrived
      And the softirq ran
      When the softirq runs
      Then 0 packets wait and 1 were dropped
      And the throttle is off

    Scenario: Each overflow counts once
      Given a burst of 400 packets arrived
      And the softirq ran to its end
      When a burst of 400 packets arrives
      Then the counters read:
        | total | dropped | throttled |
        | 800   | 198     | 2         |

  @SIQ-06 @profile:bsd-4.4 @profile:linux-6 @must
  Rule: There is no throttle: a place that is free is free for the next packet
    Source: Linux 6.18, net/core/dev.c, enqueue_to_backlog(); 4.4BSD-Lite2, net/if.h, IF_QFULL()

    Scenario: Packets come while a full queue is being worked off
      Given a burst of 1500 packets arrived
      When the softirq runs and 10 packets arrive after the first 20
      Then none of the packets that arrived meanwhile is dropped
      And the throttle is off

  @SIQ-06 @profile:linux-6 @must
  Rule: The softirq takes the whole queue aside, so that as many again fit while it works
    Source: Linux 6.18, net/core/dev.c, process_backlog(), process_queue

    Scenario: Twice 1001
      Given a burst of 1001 packets arrived
      And the softirq ran
      When a burst of 1002 packets arrives
      Then 1938 packets wait and 1 were dropped
      And run to its end the softirq processes packets 65 to 2002 in order

  @SIQ-05 @profile:notes @profile:linux-2.6.11 @must
  Rule: A packet that is queued is answered by how full the queue has been of late
    Source: Linux 2.6.11, net/core/dev.c, get_sample_stats(): average = average/2 + length/2; above 20, 100, 290

    Scenario: A burst that fills the queue
      When a burst of 302 packets arrives
      Then the packets are answered:
        | packets | answer         |
        | 22      | NET_RX_SUCCESS |
        | 80      | NET_RX_CN_LOW  |
        | 190     | NET_RX_CN_MOD  |
        | 9       | NET_RX_CN_HIGH |
        | 1       | NET_RX_DROP    |

    Scenario: The average remembers what the queue has forgotten
      Given a burst of 200 packets arrived
      And the softirq ran to its end
      When a burst of 5 packets arrives
      Then the packets are answered:
        | packets | answer         |
        | 3       | NET_RX_CN_LOW  |
        | 2       | NET_RX_SUCCESS |

  @SIQ-05 @profile:bsd-4.4 @profile:linux-6 @must
  Rule: A packet is queued or dropped, and no more is said about it
    Source: Linux 6.18, net/core/dev.c, enqueue_to_backlog()

    Scenario: Far more than the queue holds
      When a burst of 2000 packets arrives
      Then every packet is answered NET_RX_SUCCESS or NET_RX_DROP

  @DEV-02 @profile:notes @profile:linux-2.6.11 @must
  Rule: One run of the softirq hands over at most 300 packets, and is raised again when that used up its budget
    Source: Linux 2.6.11, net/core/dev.c, net_rx_action(), budget = netdev_max_backlog

    Scenario Outline: <packets> packets wait
      Given a burst of <packets> packets arrived
      When the softirq runs
      Then packets 1 to <processed> are processed in order
      And <left> packets wait and 0 were dropped
      And the counters read:
        | timeSqueeze |
        | <squeezed>  |

      Examples: At 300 the budget is used up before anybody has seen that the queue is empty
        | packets | processed | left | squeezed |
        | 299     | 299       | 0    | 0        |
        | 300     | 300       | 0    | 1        |
        | 301     | 300       | 1    | 1        |

    Scenario: A squeezed run is not the last
      Given a burst of 300 packets arrived
      When the softirq runs
      Then the softirq is raised
      When the softirq runs
      Then no packet is processed
      And the softirq is not raised

    Scenario: However much arrives meanwhile, the run ends
      Given a burst of 100 packets arrived
      When the softirq runs and 250 packets arrive after the first 50
      Then packets 1 to 300 are processed in order
      And 50 packets wait and 0 were dropped

  @DEV-02 @profile:notes @profile:linux-2.6.11 @must
  Rule: One run of the softirq ends when two jiffies have gone by since it began
    Source: Linux 2.6.11, net/core/dev.c, net_rx_action() and process_backlog(), jiffies - start_time > 1

    Scenario Outline: <us> microseconds a packet
      Given a burst of 100 packets arrived
      When the softirq runs, at <us> us a packet
      Then packets 1 to <processed> are processed in order
      And <left> packets wait and 0 were dropped

      Examples: Jiffies stands at 2 when 2000 microseconds are over
        | us   | processed | left |
        | 10   | 100       | 0    |
        | 20   | 100       | 0    |
        | 40   | 50        | 50   |
        | 300  | 7         | 93   |
        | 1999 | 2         | 98   |
        | 2000 | 1         | 99   |
        | 5000 | 1         | 99   |

  @DEV-02 @profile:linux-6 @must
  Rule: One run of the softirq takes at most 64 packets from one queue, and is raised again when it took as many
    Source: Linux 6.18, net/core/dev.c, net_rx_action() and napi_poll(), the repoll list

    Scenario Outline: <packets> packets wait
      Given a burst of <packets> packets arrived
      When the softirq runs
      Then packets 1 to <processed> are processed in order
      And the softirq is <raised>
      And the counters read:
        | timeSqueeze |
        | 0           |

      Examples: Whoever hands over a full weight is asked once more
        | packets | processed | raised     |
        | 63      | 63        | not raised |
        | 64      | 64        | raised     |
        | 65      | 64        | raised     |

    Scenario Outline: A run of <us> microseconds a packet is counted as squeezed
      Given a burst of 64 packets arrived
      When the softirq runs, at <us> us a packet
      Then the counters read:
        | timeSqueeze |
        | <squeezed>  |

      Examples: Two jiffies
        | us | squeezed |
        | 31 | 0        |
        | 32 | 1        |

  @DEV-02 @profile:bsd-4.4 @must
  Rule: One run of the softirq drains the whole queue, however long that takes
    Source: 4.4BSD-Lite2, netinet/ip_input.c, ipintr()

    Scenario: Packets keep coming
      Given a burst of 50 packets arrived
      When the softirq runs and 40 packets arrive after the first 45
      Then packets 1 to 90 are processed in order
      And 0 packets wait and 0 were dropped

    Scenario: Each takes five jiffies
      Given a burst of 50 packets arrived
      When the softirq runs, at 5000 us a packet
      Then packets 1 to 50 are processed in order

  @SIQ-02 @SIQ-05 @SIQ-06 @property
  Rule: Whatever the order of arrivals and runs, what was queued is processed once and in order
    Source: Linux 2.6.11, net/core/dev.c; Linux 6.18, net/core/dev.c; 4.4BSD-Lite2, netinet/ip_input.c

    Scenario: Generated bursts
      Then the property "the input queue behaves like a bounded list" holds
      And the property "a burst is dropped only beyond the bound of the queue" holds
