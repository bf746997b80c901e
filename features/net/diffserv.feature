@cap:network @cap:udp @cap:interface-queue @cap:diffserv
Feature: Differentiated services
  The DS field of a packet, six bits where the type of service was, says how it is to be treated at each hop. Where an
  interface has classes for it, they count, and the priority that the packet has in this host does not.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And alice has a UDP socket at 10.0.0.1:1000

  @PRI-03 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: The class of a packet is chosen by its DS field, whatever its priority
    Source: RFC 2474, section 3; Linux 2.6.11, net/sched/sch_dsmark.c, dsmark_enqueue(); cls_tcindex.c

    Background:
      Given eth0 has these classes by code point:
        | code points    | leave as |
        | 46             | same     |
        | 10, 12, 14     | same     |
        |                | same     |
      And eth0 is stalled

    Scenario Outline: A type of service of <tos> and a priority of <priority>
      Given alice has set IP_TOS to <tos>
      And alice has set SO_PRIORITY to <priority>
      When alice sends 61 to 10.0.0.2:7
      Then the classes of eth0 hold <held> frames

      Examples: Expedited forwarding, 46
        | tos | priority | held    |
        | 184 | 0        | 1, 0, 0 |
        | 184 | 2        | 1, 0, 0 |
        | 184 | 6        | 1, 0, 0 |

      Examples: Assured forwarding, 10 to 14
        | tos | priority | held    |
        | 40  | 6        | 0, 1, 0 |
        | 48  | 0        | 0, 1, 0 |
        | 56  | 1        | 0, 1, 0 |

      Examples: What no class names is in the last
        | tos | priority | held    |
        | 0   | 6        | 0, 0, 1 |
        | 44  | 6        | 0, 0, 1 |
        | 180 | 6        | 0, 0, 1 |

      Examples: The lower two bits are for congestion, and not of the class
        | tos | priority | held    |
        | 185 | 0        | 1, 0, 0 |
        | 186 | 0        | 1, 0, 0 |
        | 187 | 0        | 1, 0, 0 |

    Scenario: The first class goes first, and order within one is kept
      Given alice has set SO_PRIORITY to 6
      And alice has sent 1 octets of 61 to 10.0.0.2:7
      And alice has set IP_TOS to 40
      And alice has sent 2 octets of 61 to 10.0.0.2:7
      And alice has set IP_TOS to 184
      And alice has set SO_PRIORITY to 2
      And alice has sent 3 octets of 61 to 10.0.0.2:7
      And alice has sent 4 octets of 61 to 10.0.0.2:7
      When eth0 goes on
      Then eth0 sends datagrams of 3, 4, 2, 1 octets

    Scenario: Without classes the priority counts
      Given interface eth1 at 10.1.0.1/24
      And neighbour 10.1.0.2 on eth1
      And eth1 is stalled
      And alice has set IP_TOS to 184
      And alice has set SO_PRIORITY to 2
      And alice has sent 1 octets of 61 to 10.1.0.2:7
      And alice has set IP_TOS to 0
      And alice has set SO_PRIORITY to 6
      And alice has sent 2 octets of 61 to 10.1.0.2:7
      When eth1 goes on
      Then eth1 sends datagrams of 2, 1 octets

    @cap:forwarding
    Scenario: A packet that is passed on, too
      Given interface eth1 at 10.1.0.1/24
      And neighbour 10.1.0.2 on eth1
      And forwarding is on
      When eth1 receives "UDP 10.1.0.2:53 > 10.0.0.2:7 length 3 tos 0xB8"
      And eth1 receives "UDP 10.1.0.2:53 > 10.0.0.2:7 length 4 tos 0x10"
      Then the classes of eth0 hold 1, 0, 1 frames

  @PRI-03 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: Each class has a limit of its own
    Source: Linux 2.6.11, net/sched/sch_dsmark.c, sch_prio.c, sch_fifo.c

    Scenario: One that is full drops, the others do not
      Given eth0 has a queue of 2 frames
      And eth0 has these classes by code point:
        | code points | leave as |
        | 46          | same     |
        |             | same     |
      And eth0 is stalled
      And alice has set IP_TOS to 184
      And alice has sent 1 octets of 61 to 10.0.0.2:7
      And alice has sent 2 octets of 61 to 10.0.0.2:7
      When alice sends 3 octets of 61 to 10.0.0.2:7
      And alice sets IP_TOS to 0
      And alice sends 4 octets of 61 to 10.0.0.2:7
      Then the classes of eth0 hold 2, 1 frames
      And the classes of eth0 have dropped 1, 0 frames
      When eth0 goes on
      Then the classes of eth0 have sent 2, 1 frames
      And eth0 sends datagrams of 1, 2, 4 octets

  @PRI-03 @FEA-01 @profile:notes @profile:linux-2.6.11 @profile:linux-6 @must
  Rule: A class may give its packets another code point: the field changes, its lower two bits and all else stay, and the checksum is right
    Source: RFC 2475, section 2.3.4.2; Linux 2.6.11, include/net/dsfield.h, ipv4_change_dsfield()

    Scenario Outline: <tos> leaves as <left>
      Given eth0 has these classes by code point:
        | code points | leave as |
        | 46          | 10       |
        | 8           | 0        |
        |             | same     |
      And alice has set IP_TOS to <tos>
      When alice sends 61 to 10.0.0.2:7
      Then eth0 sends "UDP 10.0.0.1:1000 > 10.0.0.2:7 data 61 ttl 64 tos <left> ip-checksum good checksum good"

      Examples:
        | tos | left |
        | 184 | 0x28 |
        | 187 | 0x2B |
        | 32  | 0x00 |
        | 16  | 0x10 |

    Scenario: Its class is still that of the field with which it came
      Given eth0 has these classes by code point:
        | code points | leave as |
        | 46          | 10       |
        | 10          | 46       |
        |             | same     |
      And alice has set IP_TOS to 184
      When alice sends 61 to 10.0.0.2:7
      Then the classes of eth0 have sent 1, 0, 0 frames
