@cap:network @cap:forwarding @cap:nat
Feature: Network address translation
  Hosts behind a router may all appear under its one address. Ports tell them apart; identifications, which fragments
  are known by, are each host's own.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And interface eth1 at 192.0.2.1/24
    And neighbour 10.0.0.2 on eth0
    And neighbour 10.0.0.3 on eth0
    And neighbour 192.0.2.9 on eth1
    And forwarding is on

  @FRG-03 @must
  Rule: What leaves has the router's address, and an answer finds the host that it is for
    Source: RFC 3022, sections 2.2 and 4.1

    Scenario: From the router's address, and otherwise as forwarded
      Given NAT on eth1
      When eth0 receives "UDP 10.0.0.2:1000 > 192.0.2.9:53 length 5 ttl 9"
      Then eth1 sends "UDP 192.0.2.1:* > 192.0.2.9:53 length 5 ttl 8 checksum good ip-checksum good"

    Scenario: Two hosts that use one port
      Given NAT on eth1
      And eth0 has received "UDP 10.0.0.2:1000 > 192.0.2.9:53 data 6162"
      And eth0 has received "UDP 10.0.0.3:1000 > 192.0.2.9:53 data 6364"
      When each packet that eth1 has sent is answered
      Then eth0 sends these packets, and nothing else:
        | UDP 192.0.2.9:53 > 10.0.0.2:1000 data 6162 ttl 63 checksum good ip-checksum good |
        | UDP 192.0.2.9:53 > 10.0.0.3:1000 data 6364 ttl 63 checksum good ip-checksum good |

    Scenario: Two hosts that ask for an echo with one identifier
      Given NAT on eth1
      And eth0 has received "ICMP 10.0.0.2 > 192.0.2.9 echo request id 7 seq 1 length 8"
      And eth0 has received "ICMP 10.0.0.3 > 192.0.2.9 echo request id 7 seq 2 length 8"
      When each packet that eth1 has sent is answered
      Then eth0 sends these packets, and nothing else:
        | ICMP 192.0.2.9 > 10.0.0.2 echo reply id 7 seq 1 checksum good |
        | ICMP 192.0.2.9 > 10.0.0.3 echo reply id 7 seq 2 checksum good |

    Scenario Outline: The ports of <what>
      Given NAT on eth1
      And eth0 has received "UDP 10.0.0.2:1000 > 192.0.2.9:53 length 5"
      When eth0 receives "<next>"
      Then the 2 packets that eth1 sends come from <ports>

      Examples:
        | what                     | next                                       | ports             |
        | one socket               | UDP 10.0.0.2:1000 > 192.0.2.9:53 length 5  | one port          |
        | two sockets of one host  | UDP 10.0.0.2:1001 > 192.0.2.9:53 length 5  | a port each       |
        | two hosts                | UDP 10.0.0.3:1000 > 192.0.2.9:53 length 5  | a port each       |

    @profile:linux-2.6.11
    Scenario Outline: A port that nobody else has is kept: <port>
      Given NAT on eth1
      When eth0 receives "UDP 10.0.0.2:<port> > 192.0.2.9:53 length 5"
      Then eth1 sends "UDP 192.0.2.1:<port> > 192.0.2.9:53 length 5"

      Examples: Source: Linux 2.6.11, net/ipv4/netfilter/ip_nat_core.c, get_unique_tuple()
        | port  |
        | 1     |
        | 1000  |
        | 65535 |

    Scenario: An answer that comes two minutes later finds its host still
      Given NAT on eth1
      And eth0 has received "UDP 10.0.0.2:1000 > 192.0.2.9:53 data 6162"
      And 119 s go by
      When each packet that eth1 has sent is answered
      Then eth0 sends "UDP 192.0.2.9:53 > 10.0.0.2:1000 data 6162"

    Scenario: What nobody has asked for is the router's own
      Given NAT on eth1
      When eth1 receives "UDP 192.0.2.9:53 > 192.0.2.1:1000 length 5"
      Then eth0 sends nothing
      And eth1 sends "ICMP 192.0.2.1 > 192.0.2.9 unreachable port"

    Scenario: What leaves by another interface keeps its address
      Given NAT on eth1
      When eth1 receives "UDP 192.0.2.9:53 > 10.0.0.2:1000 length 5"
      Then eth0 sends "UDP 192.0.2.9:53 > 10.0.0.2:1000 length 5"

    Scenario: Without NAT every packet keeps its own
      When eth0 receives "UDP 10.0.0.2:1000 > 192.0.2.9:53 length 5"
      Then eth1 sends "UDP 10.0.0.2:1000 > 192.0.2.9:53 length 5"

  @FRG-03 @must
  Rule: Fragments of two hosts behind NAT can have one address and one identification, and are mixed up
    Source: RFC 6864, section 5.3; RFC 4963

    Background:
      Given NAT on eth1
      And 10.0.0.2:1000 sends 32 octets of 61 to 192.0.2.9:53 in two pieces with identification 7

    Scenario: One host alone: its datagram arrives
      When eth0 receives these pieces:
        | 10.0.0.2 | first  |
        | 10.0.0.2 | second |
      Then the pieces that eth1 sends make these datagrams:
        | UDP 192.0.2.1:* > 192.0.2.9:53 length 32 data 6161616161616161616161616161616161616161616161616161616161616161 checksum good |

    Scenario: Another host's datagram with the same identification: neither arrives
      Given 10.0.0.3:2000 sends 32 octets of 62 to 192.0.2.9:53 in two pieces with identification 7
      When eth0 receives these pieces:
        | 10.0.0.2 | first  |
        | 10.0.0.3 | second |
        | 10.0.0.3 | first  |
        | 10.0.0.2 | second |
      Then the pieces that eth1 sends make no sound datagram

    Scenario: They have one identification
      Given 10.0.0.3:2000 sends 32 octets of 62 to 192.0.2.9:53 in two pieces with identification 7
      When eth0 receives these pieces:
        | 10.0.0.2 | first |
        | 10.0.0.3 | first |
      Then the pieces that eth1 sends have 1 identification

    Scenario: With another identification both arrive
      Given 10.0.0.3:2000 sends 32 octets of 62 to 192.0.2.9:53 in two pieces with identification 8
      When eth0 receives these pieces:
        | 10.0.0.2 | first  |
        | 10.0.0.3 | second |
        | 10.0.0.3 | first  |
        | 10.0.0.2 | second |
      Then the pieces that eth1 sends make these datagrams:
        | UDP 192.0.2.1:* > 192.0.2.9:53 length 32 data 6161616161616161616161616161616161616161616161616161616161616161 checksum good |
        | UDP 192.0.2.1:* > 192.0.2.9:53 length 32 data 6262626262626262626262626262626262626262626262626262626262626262 checksum good |

  @FRG-04 @must
  Rule: A NAT that maps identifications, too, keeps the fragments of different hosts apart
    Source: RFC 6864, section 5.3

    Background:
      Given NAT on eth1 that maps identifications
      And 10.0.0.2:1000 sends 32 octets of 61 to 192.0.2.9:53 in two pieces with identification 7
      And 10.0.0.3:2000 sends 32 octets of 62 to 192.0.2.9:53 in two pieces with identification 7

    Scenario Outline: Pieces in the order <a>, <b>, <c>, <d>: both datagrams arrive
      When eth0 receives these pieces:
        | <a> |
        | <b> |
        | <c> |
        | <d> |
      Then the pieces that eth1 sends make these datagrams:
        | UDP 192.0.2.1:* > 192.0.2.9:53 length 32 data 6161616161616161616161616161616161616161616161616161616161616161 checksum good |
        | UDP 192.0.2.1:* > 192.0.2.9:53 length 32 data 6262626262626262626262626262626262626262626262626262626262626262 checksum good |

      Examples:
        | a               | b               | c               | d               |
        | 10.0.0.2 first  | 10.0.0.3 second | 10.0.0.3 first  | 10.0.0.2 second |
        | 10.0.0.2 first  | 10.0.0.3 first  | 10.0.0.2 second | 10.0.0.3 second |
        | 10.0.0.2 second | 10.0.0.3 second | 10.0.0.2 first  | 10.0.0.3 first  |

    Scenario: They have an identification each
      When eth0 receives these pieces:
        | 10.0.0.2 first |
        | 10.0.0.3 first |
      Then the pieces that eth1 sends have 2 identifications

    Scenario: A first piece that ends with the header of UDP
      When eth0 receives "IP 10.0.0.2 > 192.0.2.9 UDP id 7 offset 0 MF data 03e8003500100000"
      Then eth1 sends "IP 192.0.2.1 > 192.0.2.9 UDP offset 0 MF length 8 checksum good"

    Scenario: The IP header's checksum goes with it
      When eth0 receives "IP 10.0.0.2 > 192.0.2.9 proto 99 id 7 offset 0 MF length 24"
      Then eth1 sends "IP 192.0.2.1 > 192.0.2.9 proto 99 offset 0 MF length 24 ttl 63 checksum good"

  @FRG-03 @must
  Rule: An answer in pieces finds its host, though only the first piece has ports
    Source: RFC 3022, section 6.3

    Scenario: Two pieces, one after the other
      Given NAT on eth1
      And eth0 has received "UDP 10.0.0.2:1000 > 192.0.2.9:53 data 6162"
      When what eth1 has sent is answered by 40 octets of 63 in two pieces with identification 9
      Then the pieces that eth0 sends make these datagrams:
        | UDP 192.0.2.9:53 > 10.0.0.2:1000 length 40 checksum good |

  @FRG-03 @CSM-06 @must
  Rule: An ICMP error finds the host whose packet it is about, and quotes the packet as the host has sent it
    Source: RFC 3022, section 4.3; RFC 5508, section 4.2; Linux 2.6.11, net/ipv4/netfilter/ip_nat_core.c, icmp_reply_translation()

    Scenario Outline: <error>, of <packet>
      Given NAT on eth1
      And eth0 has received "<packet>"
      When <from> says "<error>" of each packet that eth1 has sent
      Then eth0 sends "ICMP <from> > 10.0.0.2 <error> quoting (<quoted>) ttl 63 checksum good ip-checksum good"

      Examples:
        | error                                      | from        | packet                                              | quoted                              |
        | unreachable port                           | 192.0.2.9   | UDP 10.0.0.2:1000 > 192.0.2.9:53 length 9           | UDP 10.0.0.2:1000 > 192.0.2.9:53    |
        | unreachable host                           | 192.0.2.254 | UDP 10.0.0.2:1000 > 192.0.2.9:53 length 9           | UDP 10.0.0.2:1000 > 192.0.2.9:53    |
        | unreachable fragmentation-needed mtu 1000  | 192.0.2.254 | UDP 10.0.0.2:1000 > 192.0.2.9:53 length 1200 DF     | UDP 10.0.0.2:1000 > 192.0.2.9:53    |
        | time-exceeded ttl                          | 192.0.2.254 | TCP 10.0.0.2:1000 > 192.0.2.9:80 S 1:1(0) win 5840  | TCP 10.0.0.2:1000 > 192.0.2.9:80    |

    Scenario: Two hosts that use one port: each hears of its own
      Given NAT on eth1
      And eth0 has received "UDP 10.0.0.2:1000 > 192.0.2.9:53 length 9"
      And eth0 has received "UDP 10.0.0.3:1000 > 192.0.2.9:53 length 9"
      When 192.0.2.9 says "unreachable port" of each packet that eth1 has sent
      Then eth0 sends these packets, and nothing else:
        | ICMP 192.0.2.9 > 10.0.0.2 unreachable port quoting (UDP 10.0.0.2:1000 > 192.0.2.9:53) checksum good |
        | ICMP 192.0.2.9 > 10.0.0.3 unreachable port quoting (UDP 10.0.0.3:1000 > 192.0.2.9:53) checksum good |

    Scenario: One about what nobody behind the router has sent stays there
      Given NAT on eth1
      And eth0 has received "UDP 10.0.0.2:1000 > 192.0.2.9:53 length 9"
      When eth1 receives "ICMP 192.0.2.9 > 192.0.2.1 unreachable port quoting (UDP 192.0.2.1:9 > 192.0.2.9:53 length 9)"
      Then eth0 sends nothing

    Scenario: One from inside, about an answer, quotes it as it has come to the router
      Given NAT on eth1
      And eth0 has passed "UDP 10.0.0.2:1000 > 192.0.2.9:53 length 9" on by eth1
      When eth0 receives "ICMP 10.0.0.2 > 192.0.2.9 unreachable port quoting (UDP 192.0.2.9:53 > 10.0.0.2:1000 length 5)"
      Then eth1 sends "ICMP 192.0.2.1 > 192.0.2.9 unreachable port quoting (UDP 192.0.2.9:53 > 192.0.2.1:*) checksum good ip-checksum good"

  @CSM-06 @must
  Rule: The checksum of UDP and TCP covers the address, so that NAT has to mend it
    Source: RFC 1624; RFC 3022, section 4.2

    Scenario Outline: <what>
      Given NAT on eth1
      When eth0 receives "<received>"
      Then eth1 sends "<sent>"

      Examples:
        | what                             | received                                                    | sent                                                                       |
        | A datagram                       | UDP 10.0.0.2:1000 > 192.0.2.9:53 length 33                  | UDP 192.0.2.1:* > 192.0.2.9:53 length 33 checksum good                     |
        | A datagram without a checksum    | UDP 10.0.0.2:1000 > 192.0.2.9:53 length 33 checksum none    | UDP 192.0.2.1:* > 192.0.2.9:53 length 33 checksum none                     |
        | A segment                        | TCP 10.0.0.2:1000 > 192.0.2.9:80 S 1:1(0) win 5840          | TCP 192.0.2.1:* > 192.0.2.9:80 S 1:1(0) win 5840 checksum good             |
        | An echo request, with no address | ICMP 10.0.0.2 > 192.0.2.9 echo request id 7 seq 1 length 33 | ICMP 192.0.2.1 > 192.0.2.9 echo request seq 1 length 33 checksum good      |

    Scenario: It is mended, not made anew: what was wrong stays wrong
      Given NAT on eth1
      When eth0 receives "UDP 10.0.0.2:1000 > 192.0.2.9:53 length 33 checksum 0x1234"
      Then eth1 sends "UDP 192.0.2.1:* > 192.0.2.9:53 length 33 checksum bad"

    Scenario: One that comes out as zero is sent as all ones, since zero says that there is none
      Given NAT on eth1
      And eth0 has passed "UDP 10.0.0.2:1000 > 192.0.2.9:53 length 2" on by eth1
      When 10.0.0.2:1000 sends 192.0.2.9:53 by eth0 what has the checksum 0 as a datagram of 192.0.2.1
      Then eth1 sends "UDP 192.0.2.1:* > 192.0.2.9:53 length 2 checksum 0xffff"

  @CSM-06 @cap:udp @cap:mib @must
  Rule: A checksum that was made for another address is found to be wrong
    Source: RFC 768; RFC 1071

    Background:
      Given bob has a UDP socket at 10.0.0.1:1000

    Scenario: Made for the address that the datagram has
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:1000 length 0 checksum 0xe7be"
      Then 1 datagram waits for bob
      And UdpInErrors is 0

    Scenario: Made for 10.0.0.3, which is not the address that it has
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:1000 length 0 checksum 0xe7bd"
      Then 0 datagrams wait for bob
      And UdpInErrors is 1

  @FRG-03 @property
  Rule: However many hosts send from whatever ports, each has a port of its own outside, and gets its answers
    Source: RFC 3022, section 2.2; RFC 4787, REQ-1

    Scenario: Generated senders
      Then the property "behind NAT each sender has a port of its own, keeps it, and is who its answers come to" holds
