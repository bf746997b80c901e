@cap:network @cap:udp
Feature: Fragmentation
  A datagram that is longer than a packet may be travels in pieces, and its last host puts them together again.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And alice has a UDP socket at 10.0.0.1:1000

  @FRG-01 @IPO-11 @must
  Rule: A datagram that is too long is sent in pieces that say where they belong
    Source: RFC 791, section 3.2; Linux 2.6.11, net/ipv4/ip_output.c, ip_fragment()

    Scenario: 1472 octets are one packet
      When alice sends 1472 octets of 61 to 10.0.0.2:7
      Then eth0 sends these packets, and nothing else:
        | UDP 10.0.0.1:1000 > 10.0.0.2:7 length 1472 checksum good |

    Scenario: 1473 octets are two
      When alice sends 1473 octets of 61 to 10.0.0.2:7
      Then eth0 sends these packets, and nothing else:
        | IP 10.0.0.1 > 10.0.0.2 UDP offset 0 MF length 1480 checksum good     |
        | IP 10.0.0.1 > 10.0.0.2 UDP offset 1480 no-MF length 1 checksum good  |

    Scenario: 4000 octets in all are three
      When alice sends 3972 octets of 61 to 10.0.0.2:7
      Then eth0 sends these packets, and nothing else:
        | IP 10.0.0.1 > 10.0.0.2 UDP offset 0 MF length 1480         |
        | IP 10.0.0.1 > 10.0.0.2 UDP offset 1480 MF length 1480      |
        | IP 10.0.0.1 > 10.0.0.2 UDP offset 2960 no-MF length 1020   |

    Scenario: All pieces have one identification
      When alice sends 3972 octets of 61 to 10.0.0.2:7
      Then the 3 packets that eth0 sends have one identification

  @FRG-01 @MTU-02 @must
  Rule: Pieces but the last hold a multiple of 8 octets, as many as the link takes
    Source: RFC 791, section 3.2; Linux 2.6.11, net/ipv4/ip_output.c, ip_append_data(); 4.4BSD, netinet/ip_output.c, ip_output()

    Scenario Outline: 100 octets of data on a link of <mtu>
      Given interface eth1 at 10.1.0.1/24 with an MTU of <mtu>
      And neighbour 10.1.0.2 on eth1
      And carol has a UDP socket at 10.1.0.1:1000
      When carol sends 92 octets of 61 to 10.1.0.2:7
      Then eth1 sends pieces of <lengths> octets

      Examples: The least MTU
        | mtu | lengths    |
        | 68  | 48, 48, 4  |
        | 69  | 48, 48, 4  |
        | 71  | 48, 48, 4  |
        | 76  | 56, 44     |
        | 119 | 96, 4      |

      Examples: In one piece
        | mtu | lengths |
        | 120 | 100     |
        | 576 | 100     |

      @profile:notes @profile:linux-2.6.11 @profile:linux-6
      Examples: What is left fits the link
        | mtu | lengths |
        | 72  | 48, 52  |

      @profile:bsd-4.4
      Examples: In 4.4BSD the last is no longer than the others
        | mtu | lengths   |
        | 73  | 48, 48, 4 |
        | 100 | 80, 20    |

    Scenario Outline: <octets> octets of data on a link of <mtu>, and UDP's header
      Given interface eth1 at 10.1.0.1/24 with an MTU of <mtu>
      And neighbour 10.1.0.2 on eth1
      And carol has a UDP socket at 10.1.0.1:1000
      When carol sends <octets> octets of 61 to 10.1.0.2:7
      Then eth1 sends pieces of <lengths> octets

      Examples: As much as there is room for, and one octet more
        | mtu  | octets | lengths |
        | 576  | 548    | 556     |
        | 576  | 549    | 552, 5  |
        | 1500 | 1472   | 1480    |
        | 1500 | 1473   | 1480, 1 |
        | 9000 | 8972   | 8980    |
        | 9000 | 8973   | 8976, 5 |

      Examples: Around each multiple of 8 behind that
        | mtu  | octets | lengths       |
        | 1500 | 1479   | 1480, 7       |
        | 1500 | 1480   | 1480, 8       |
        | 1500 | 1481   | 1480, 9       |
        | 1500 | 2951   | 1480, 1479    |
        | 1500 | 2952   | 1480, 1480    |
        | 1500 | 2953   | 1480, 1480, 1 |

  @FRG-02 @must @profile:notes @profile:linux-2.6.11
  Rule: Identifications are counted for each destination apart
    Source: Linux 2.6.11, net/ipv4/inetpeer.c, inet_getid()

    Background:
      Given neighbour 10.0.0.3 on eth0
      And alice has set IP_MTU_DISCOVER to IP_PMTUDISC_DONT

    Scenario: One destination: each time one more
      When alice sends 5 datagrams of 10 octets, each with its number, to 10.0.0.2:7
      Then the 5 packets that eth0 sends have identifications that grow by 1

    Scenario: Datagrams to another do not count
      When alice sends datagrams of 10 octets to 10.0.0.2:7 and 10.0.0.3:7 in turn, 5 each
      Then the packets to each have identifications that grow by 1

  @FRG-02 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A packet that nobody may cut up needs no identification
    Source: Linux 2.6.11, include/net/ip.h, ip_select_ident(): IP_DF; Linux 6.18, ip_select_ident_segs(): not where DF
    is only wanted

    Background:
      Given alice has set IP_MTU_DISCOVER to IP_PMTUDISC_DO

    Scenario: Of a socket without a peer it is 0
      When alice sends 5 datagrams of 10 octets, each with its number, to 10.0.0.2:7
      Then eth0 sends these packets, and nothing else:
        | UDP 10.0.0.1:1000 > 10.0.0.2:7 length 10 DF ipid 0 |
        | UDP 10.0.0.1:1000 > 10.0.0.2:7 length 10 DF ipid 0 |
        | UDP 10.0.0.1:1000 > 10.0.0.2:7 length 10 DF ipid 0 |
        | UDP 10.0.0.1:1000 > 10.0.0.2:7 length 10 DF ipid 0 |
        | UDP 10.0.0.1:1000 > 10.0.0.2:7 length 10 DF ipid 0 |

    Scenario: Of one that has a peer it is one more each time
      Given alice has connected to 10.0.0.2:7
      When alice sends 5 datagrams of 10 octets, each with its number, to 10.0.0.2:7
      Then the 5 packets that eth0 sends have identifications that grow by 1

  @FRG-02 @cap:peer-storage @must @profile:notes @profile:linux-2.6.11
  Rule: Of as many destinations as there is storage for the counts are kept, and the one that was used longest ago goes first
    Source: Linux 2.6.11, net/ipv4/inetpeer.c, inet_getpeer(), cleanup_once(): from inet_peer_threshold on, which is
    65664, each that is new takes the place of another

    Background:
      Given neighbour 10.0.0.3 on eth0
      And neighbour 10.0.0.4 on eth0
      And alice has set IP_MTU_DISCOVER to IP_PMTUDISC_DONT

    Scenario: Unless somebody says otherwise
      Then the storage is for 65664 destinations

    Scenario Outline: Storage for <threshold>, and three destinations
      Given there is storage for <threshold> destinations
      When alice has sent 1 datagram to each of 10.0.0.2, 10.0.0.3, 10.0.0.4 in this order
      Then the counts of <kept> destinations are kept

      Examples:
        | threshold | kept |
        | 1         | 1    |
        | 2         | 2    |
        | 3         | 3    |
        | 4         | 3    |

    Scenario: There is room for all, and each count goes on
      Given there is storage for 3 destinations
      When alice has sent 1 datagram to each of 10.0.0.2, 10.0.0.3, 10.0.0.4, 10.0.0.2, 10.0.0.3, 10.0.0.4 in this order
      Then the packets to each have identifications that grow by 1

    Scenario: There is not, and that of the first begins anew
      Given there is storage for 2 destinations
      When alice has sent 1 datagram to each of 10.0.0.2, 10.0.0.3, 10.0.0.4, 10.0.0.2 in this order
      Then the packets to 10.0.0.2 have identifications that do not grow by 1

    Scenario: That of one that was used again does not
      Given there is storage for 2 destinations
      When alice has sent 1 datagram to each of 10.0.0.2, 10.0.0.3, 10.0.0.2, 10.0.0.4, 10.0.0.2 in this order
      Then the packets to 10.0.0.2 have identifications that grow by 1

    Scenario: Less storage than is taken is made by the next that is new
      Given alice has sent 1 datagram to each of 10.0.0.2, 10.0.0.3 in this order
      And there is storage for 1 destination
      When alice has sent 1 datagram to each of 10.0.0.4 in this order
      Then the counts of 1 destination are kept

  @FRG-02 @must @profile:bsd-4.4
  Rule: Identifications are counted for all destinations together
    Source: 4.4BSD, netinet/ip_output.c, ip_id

    Scenario: Two destinations in turn
      Given neighbour 10.0.0.3 on eth0
      When alice sends datagrams of 10 octets to 10.0.0.2:7 and 10.0.0.3:7 in turn, 5 each
      Then the 10 packets that eth0 sends have identifications that grow by 1

  @FRG-01 @IPI-05 @must
  Rule: The last host delivers a datagram when all its pieces have come, in whatever order and however often
    Source: RFC 791, section 3.2; Linux 2.6.11, net/ipv4/ip_fragment.c, ip_frag_queue()

    Background:
      Given bob has a UDP socket at 10.0.0.1:2000
      And a datagram of 52 octets to 10.0.0.1:2000 in pieces of 24, 24 and 12 octets

    Scenario Outline: Pieces <order>
      When eth0 receives pieces <order>
      Then bob gets the datagram

      Examples:
        | order         |
        | 1, 2, 3       |
        | 3, 2, 1       |
        | 2, 3, 1       |
        | 2, 1, 3       |
        | 1, 1, 2, 2, 3 |
        | 3, 1, 3, 1, 2 |

    Scenario Outline: Pieces <order> are not all
      When eth0 receives pieces <order>
      Then 0 datagrams wait for bob

      Examples:
        | order      |
        | 1, 2       |
        | 2, 3       |
        | 1, 3, 1, 3 |
        | 1, 1, 1    |

    Scenario Outline: Pieces of another datagram do not complete it: <what>
      Given eth0 has received pieces 1, 2
      When eth0 receives piece 3 of <what>
      Then 0 datagrams wait for bob

      Examples:
        | what                   |
        | another identification |
        | another source         |
        | another protocol       |

  @FRG-01 @must @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4
  Rule: Of octets that came twice, the earlier piece keeps what is in front, the newcomer the rest
    Source: Linux 2.6.11, net/ipv4/ip_fragment.c, ip_frag_queue(); 4.4BSD, netinet/ip_input.c, ip_reass()

    Background:
      Given bob has a UDP socket at 10.0.0.1:2000

    Scenario: The newcomer overlaps the one before it
      When eth0 receives pieces of a datagram of 40 octets:
        | offset | length | of | more |
        | 0      | 24     | 61 | yes  |
        | 16     | 24     | 62 | no   |
      And bob receives a datagram without waiting
      Then bob gets 16 octets of 61 and 16 octets of 62

    Scenario: The newcomer overlaps the one behind it
      When eth0 receives pieces of a datagram of 40 octets:
        | offset | length | of | more |
        | 16     | 24     | 62 | no   |
        | 0      | 24     | 61 | yes  |
      And bob receives a datagram without waiting
      Then bob gets 16 octets of 61 and 16 octets of 62

    Scenario: The newcomer lies within one that is there: it is of no use
      When eth0 receives pieces of a datagram of 40 octets:
        | offset | length | of | more |
        | 0      | 32     | 61 | yes  |
        | 8      | 16     | 63 | yes  |
        | 32     | 8      | 62 | no   |
      And bob receives a datagram without waiting
      Then bob gets 24 octets of 61 and 8 octets of 62

  @FRG-01 @must @profile:linux-6
  Rule: Pieces that overlap spoil the datagram
    Source: RFC 5722; Linux 6.18, net/ipv4/ip_fragment.c, ip_frag_queue()

    Background:
      Given bob has a UDP socket at 10.0.0.1:2000

    Scenario: They are thrown away, and what comes after is not enough
      When eth0 receives pieces of a datagram of 40 octets:
        | offset | length | of | more |
        | 0      | 24     | 61 | yes  |
        | 16     | 24     | 62 | no   |
      Then 0 datagrams wait for bob

    Scenario: The same piece again does no harm
      When eth0 receives pieces of a datagram of 40 octets:
        | offset | length | of | more |
        | 0      | 24     | 61 | yes  |
        | 0      | 24     | 61 | yes  |
        | 24     | 16     | 62 | no   |
      And bob receives a datagram without waiting
      Then bob gets 16 octets of 61 and 16 octets of 62

  @FRG-01 @must @profile:linux-6
  Rule: A datagram is begun anew where more than 63 pieces of others of the same source came between
    Source: Linux 6.18, net/ipv4/ip_fragment.c, ip_frag_too_far(): ipfrag_max_dist of 64

    Background:
      Given bob has a UDP socket at 10.0.0.1:2000
      And a datagram of 52 octets to 10.0.0.1:2000 in pieces of 24, 24 and 12 octets

    Scenario Outline: <between> others between
      Given eth0 has received pieces 1, 2
      And eth0 has received <between> pieces of others
      When eth0 receives pieces 3
      Then <count> datagrams wait for bob

      Examples:
        | between | count |
        | 63      | 1     |
        | 64      | 0     |

    Scenario: What came before has to come again
      Given eth0 has received pieces 1, 2
      And eth0 has received 64 pieces of others
      And eth0 has received pieces 3
      When eth0 receives pieces 1, 2
      Then bob gets the datagram

  @FRG-01 @must
  Rule: Pieces that would make more than 65535 octets are thrown away
    Source: RFC 791, section 3.1; Linux 2.6.11, net/ipv4/ip_fragment.c, ip_frag_reasm()

    Scenario: An over-long datagram never arrives, and the next one does
      Given bob has a UDP socket at 10.0.0.1:2000
      When eth0 receives pieces of a datagram that ends at 65536 octets
      Then 0 datagrams wait for bob
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3"
      Then 1 datagram waits for bob

    @cap:mib
    Scenario: It is counted for one that was not put together
      When eth0 receives pieces of a datagram that ends at 65536 octets
      Then ReasmFails is 1
      And ReasmOKs is 0

  @FRG-01 @must @cap:mib
  Rule: Pieces wait 30 seconds from the first arrival for the rest; then the sender is told, if the first piece is there
    Source: RFC 1122, section 3.3.2; Linux 2.6.11, net/ipv4/ip_fragment.c, ip_expire()

    Background:
      Given bob has a UDP socket at 10.0.0.1:2000
      And a datagram of 52 octets to 10.0.0.1:2000 in pieces of 24, 24 and 12 octets

    @clock:virtual
    Scenario: A moment before
      Given eth0 has received pieces 1, 2
      When 29999 ms go by
      And eth0 receives pieces 3
      Then bob gets the datagram

    Scenario: Then
      Given eth0 has received pieces 1, 2
      When 30000 ms go by
      And eth0 receives pieces 3
      Then 0 datagrams wait for bob
      And eth0 sends "ICMP 10.0.0.1 > 10.0.0.2 time-exceeded reassembly"
      And ReasmTimeout is 1
      And ReasmFails is 1

    Scenario: A later piece does not make it longer
      Given eth0 has received pieces 1
      When 20 s go by
      And eth0 receives pieces 2
      And 10 s go by
      And eth0 receives pieces 3
      Then 0 datagrams wait for bob

    Scenario: Without the first piece nobody is told
      Given eth0 has received pieces 2, 3
      When 31 s go by
      Then eth0 sends nothing
      And ReasmTimeout is 1

    Scenario: What was put together is counted
      When eth0 receives pieces 1, 2, 3
      And 31 s go by
      Then ReasmReqds is 3
      And ReasmOKs is 1
      And ReasmTimeout is 0
      And eth0 sends nothing

  @FRG-01 @property
  Rule: Pieces make up the datagram however it is cut and in whatever order they come, and nothing else ever
    Source: RFC 791, section 3.2

    Scenario: Generated datagrams and pieces
      Then the property "a datagram in pieces arrives when all are there, in whatever order, and as it was" holds
      And the property "whatever pieces come, an octet that is delivered came at its place" holds

  @FRG-01 @IPO-03 @property
  Rule: Whatever the MTU, what is sent goes in pieces within it that make up the datagram
    Source: RFC 791, section 3.2; Linux 2.6.11, net/ipv4/ip_output.c, ip_append_data(), ip_fragment()

    Scenario: Generated datagrams and interfaces
      Then the property "a datagram that is sent goes in pieces that fit and make up the whole" holds

  @FRG-01 @property @profile:notes @profile:linux-2.6.11
  Rule: Pieces that never become datagrams take no more memory than they may, and the oldest go first
    Source: Linux 2.6.11, net/ipv4/ip_fragment.c, ip_evictor()

    Scenario: More pieces than may be kept
      Then the property "a flood of pieces pushes out old ones and takes no more memory than it may" holds

  @FRG-01 @must @profile:linux-6
  Rule: While pieces take more memory than they may, no other is taken, not even of a datagram that was begun
    Source: Linux 6.18, net/ipv4/inet_fragment.c, inet_frag_find(); ip_fragment.c, IPFRAG_HIGH_THRESH of 4 MiB

    Background:
      Given bob has a UDP socket at 10.0.0.1:2000
      And a datagram of 52 octets to 10.0.0.1:2000 in pieces of 24, 24 and 12 octets

    Scenario: A few do no harm
      Given eth0 has received the first pieces of 500 other datagrams, of 1480 octets each
      When eth0 receives pieces 1, 2, 3
      Then bob gets the datagram

    Scenario: Too many, and nothing is put together
      Given eth0 has received pieces 1, 2
      And eth0 has received the first pieces of 3000 other datagrams, of 1480 octets each
      When eth0 receives pieces 3
      Then 0 datagrams wait for bob

    Scenario: Too many, and none is begun
      Given eth0 has received the first pieces of 3000 other datagrams, of 1480 octets each
      When eth0 receives pieces 1, 2, 3
      Then 0 datagrams wait for bob

    Scenario: When their time is up, there is room again
      Given eth0 has received the first pieces of 3000 other datagrams, of 1480 octets each
      When 31 s go by
      And eth0 receives pieces 1, 2, 3
      Then bob gets the datagram

  @FRG-01 @must @profile:notes @profile:linux-2.6.11 @cap:udp
  Rule: A datagram has one end: a last piece that ends elsewhere is thrown away
    Source: Linux 2.6.11, net/ipv4/ip_fragment.c, ip_frag_queue()

    Scenario Outline: A second last piece, of <what>
      Given bob has a UDP socket at 10.0.0.1:2000
      And eth0 has received "IP 10.0.0.2 > 10.0.0.1 UDP id 7 offset 16 data 6262626262626262"
      And eth0 has received "IP 10.0.0.2 > 10.0.0.1 UDP id 7 offset <offset> data 6363636363636363"
      And eth0 has received "IP 10.0.0.2 > 10.0.0.1 UDP id 7 offset 0 MF data 003507d0001800006161616161616161"
      When bob receives a datagram
      Then bob gets <octets> from 10.0.0.2:53

      Examples: Right behind the end; farther behind; in front of it
        | what            | offset | octets                           |
        | octets 32 to 39 | 32     | 61616161616161616262626262626262 |
        | octets 24 to 31 | 24     | 61616161616161616262626262626262 |
        | octets 8 to 15  | 8      | 61616161616161616262626262626262 |

  @FRG-01 @must @profile:notes @profile:linux-2.6.11 @cap:udp
  Rule: When memory is short, datagrams that no piece has come to for longest go first
    Source: Linux 2.6.11, net/ipv4/ip_fragment.c, ip_evictor()

    Scenario: One that is still growing outlives those that are not
      Given bob has a UDP socket at 10.0.0.1:2000
      When a datagram to 10.0.0.1:2000 of 40 pieces comes in by eth0, with 25 first pieces of others before each
      Then 1 datagram waits for bob

  @FRG-01 @cap:reassembly-memory @must @profile:notes @profile:linux-2.6.11
  Rule: A piece that comes while more than 256 KiB are taken has datagrams thrown away until 192 KiB are, and not before
    Source: Linux 2.6.11, net/ipv4/ip_fragment.c, sysctl_ipfrag_high_thresh, sysctl_ipfrag_low_thresh, ip_evictor()

    Scenario: Nothing waits
      Then no memory is taken by pieces
      And the marks are 262144 and 196608 octets

    Scenario: Pieces that complete a datagram take none any more
      Given eth0 has received "IP 10.0.0.2 > 10.0.0.1 proto 99 id 1 offset 0 MF length 400"
      When eth0 receives "IP 10.0.0.2 > 10.0.0.1 proto 99 id 1 offset 400 length 8"
      Then no memory is taken by pieces

    Scenario: At the mark itself none is thrown away, above it the next piece has it done
      When first pieces come in by eth0 until datagrams are thrown away
      Then that was when more than the high mark was taken, and not before
      And as many were thrown away as bring it to the low mark, and no more
