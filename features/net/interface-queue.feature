@cap:network @cap:udp @cap:interface-queue
Feature: The queue before the wire
  Frames that a device cannot take yet wait in its queue. On Linux the queue has three bands, and who is in a more urgent
  one goes first.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And alice has a UDP socket at 10.0.0.1:1000

  @BUF-01 @BUF-04 @must
  Rule: On a wire that takes its time frames leave one behind the other, each when its last bit has left
    Source: Linux 2.6.11, net/sched/sch_generic.c, qdisc_restart(); a frame of 125 octets is 1000 bits

    Scenario: Three at once, on 1 Mbit/s
      Given eth0 has a queue of 10 frames and a wire of 1000000 bits a second
      When alice sends 83 octets of 61 to 10.0.0.2:7
      And alice sends 83 octets of 62 to 10.0.0.2:7
      And alice sends 83 octets of 63 to 10.0.0.2:7
      Then 2 frames wait at eth0
      When 10 s go by
      Then eth0 sends "UDP 10.0.0.1:1000 > 10.0.0.2:7 length 83" after 1 ms
      And eth0 sends "UDP 10.0.0.1:1000 > 10.0.0.2:7 length 83" after 2 ms
      And eth0 sends "UDP 10.0.0.1:1000 > 10.0.0.2:7 length 83" after 3 ms
      And eth0 sends nothing

  @KRN-17 @must
  Rule: A network device is given frames to send, and hands up those that it receives
    Source: Linux 2.6.11, include/linux/netdevice.h, hard_start_xmit(), netif_rx(); 4.4BSD, net/if.h, if_output, ether_input()

    Scenario: It sends
      When alice sends 01 02 03 to 10.0.0.2:7
      Then eth0 sends "UDP 10.0.0.1:1000 > 10.0.0.2:7 length 3"

    Scenario: It receives
      Given eth0 has received "UDP 10.0.0.2:53 > 10.0.0.1:1000 length 3"
      When alice receives a datagram
      Then alice gets 00 01 02 from 10.0.0.2:53

  @PRI-01 @PRI-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A frame of a more urgent priority leaves first, and the order within one is kept
    Source: Linux 2.6.11, net/sched/sch_generic.c, prio2band, pfifo_fast_dequeue()

    Background:
      Given eth0 is stalled

    Scenario Outline: SO_PRIORITY <priority> against 0
      Given alice has sent 1 octets of 61 to 10.0.0.2:7
      And alice has set SO_PRIORITY to <priority>
      And alice has sent 2 octets of 61 to 10.0.0.2:7
      And alice has sent 3 octets of 61 to 10.0.0.2:7
      When eth0 goes on
      Then eth0 sends datagrams of <order> octets

      Examples: More urgent
        | priority | order   |
        | 6        | 2, 3, 1 |

      Examples: As urgent
        | priority | order   |
        | 0        | 1, 2, 3 |
        | 4        | 1, 2, 3 |

      Examples: Less urgent
        | priority | order   |
        | 1        | 1, 2, 3 |
        | 2        | 1, 2, 3 |

    Scenario Outline: Each of the sixteen priorities has its place, among two of 0: <priority>
      Given alice has sent 1 octets of 61 to 10.0.0.2:7
      And alice has set SO_PRIORITY to <priority>
      And alice has sent 2 octets of 61 to 10.0.0.2:7
      And alice has set SO_PRIORITY to 0
      And alice has sent 3 octets of 61 to 10.0.0.2:7
      When eth0 goes on
      Then eth0 sends datagrams of <order> octets

      Examples: Before the others; of a greater number the last four bits count
        | priority | order   |
        | 6        | 2, 1, 3 |
        | 7        | 2, 1, 3 |
        | 22       | 2, 1, 3 |

      Examples: With them
        | priority | order   |
        | 0        | 1, 2, 3 |
        | 4        | 1, 2, 3 |
        | 8        | 1, 2, 3 |
        | 9        | 1, 2, 3 |
        | 10       | 1, 2, 3 |
        | 11       | 1, 2, 3 |
        | 12       | 1, 2, 3 |
        | 13       | 1, 2, 3 |
        | 14       | 1, 2, 3 |
        | 15       | 1, 2, 3 |
        | 16       | 1, 2, 3 |

      Examples: Behind them
        | priority | order   |
        | 1        | 1, 3, 2 |
        | 2        | 1, 3, 2 |
        | 3        | 1, 3, 2 |
        | 5        | 1, 3, 2 |

    Scenario: What was sent before keeps its priority
      Given alice has set SO_PRIORITY to 2
      And alice has sent 1 octets of 61 to 10.0.0.2:7
      And alice has set SO_PRIORITY to 0
      And alice has sent 2 octets of 61 to 10.0.0.2:7
      When eth0 goes on
      Then eth0 sends datagrams of 2, 1 octets

    Scenario: IP_TOS sets it, too
      Given alice has sent 1 octets of 61 to 10.0.0.2:7
      And alice has set IP_TOS to 16
      And alice has sent 2 octets of 61 to 10.0.0.2:7
      When eth0 goes on
      Then eth0 sends datagrams of 2, 1 octets

  @PRI-02 @PRI-05 @must @profile:notes @profile:linux-2.6.11 @cap:forwarding
  Rule: A packet that is passed on has the priority of its type of service
    Source: Linux 2.6.11, net/ipv4/ip_forward.c, ip_forward(); include/net/route.h, rt_tos2priority()

    Scenario Outline: A type of service of <tos> among two of 0
      Given interface eth1 at 10.1.0.1/24
      And neighbour 10.1.0.2 on eth1
      And forwarding is on
      And eth1 is stalled
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 1"
      And eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 2 tos <tos>"
      And eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3"
      And eth1 goes on
      Then eth1 sends datagrams of <lengths> octets

      Examples: Low delay goes first
        | tos  | lengths |
        | 0x10 | 2, 1, 3 |
        | 0x12 | 2, 1, 3 |
        | 0x14 | 2, 1, 3 |
        | 0x16 | 2, 1, 3 |

      Examples: With others in its turn
        | tos  | lengths |
        | 0x00 | 1, 2, 3 |
        | 0x04 | 1, 2, 3 |
        | 0x06 | 1, 2, 3 |
        | 0x18 | 1, 2, 3 |
        | 0x1A | 1, 2, 3 |
        | 0x1C | 1, 2, 3 |
        | 0x1E | 1, 2, 3 |

      Examples: Throughput and least cost go last
        | tos  | lengths |
        | 0x02 | 1, 3, 2 |
        | 0x08 | 1, 3, 2 |
        | 0x0A | 1, 3, 2 |
        | 0x0C | 1, 3, 2 |
        | 0x0E | 1, 3, 2 |

      Examples: Neither the precedence nor the lowest bit counts
        | tos  | lengths |
        | 0xE0 | 1, 2, 3 |
        | 0xF0 | 2, 1, 3 |
        | 0x30 | 2, 1, 3 |
        | 0x11 | 2, 1, 3 |
        | 0xE8 | 1, 3, 2 |
        | 0x01 | 1, 2, 3 |
