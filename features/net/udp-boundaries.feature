@cap:network @cap:udp
Feature: UDP, where it could easily be otherwise
  The length that a datagram says it has counts, whatever the packet around it has room for; and whom a program names
  counts, whomever it named before.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And neighbour 10.0.0.3 on eth0

  @RCV-01 @must
  Rule: A datagram ends where its length says, and has at least a header
    Source: RFC 768; Linux 2.6.11, net/ipv4/udp.c, udp_rcv()

    Background:
      Given bob has a UDP socket at 10.0.0.1:2000

    Scenario Outline: Of 20 octets it has <length>
      When eth0 receives a datagram for bob of 12 octets that says it has <length> with its header
      And bob receives a datagram without waiting
      Then bob gets <octets> from 10.0.0.2:53

      Examples:
        | length | octets                              |
        | 20     | 00 01 02 03 04 05 06 07 08 09 0A 0B |
        | 19     | 00 01 02 03 04 05 06 07 08 09 0A    |
        | 10     | 00 01                               |
        | 8      | no octets                           |

    Scenario Outline: In pieces of 16, 8 and 8 octets, and a length of <length>
      When eth0 receives "IP 10.0.0.2 > 10.0.0.1 UDP id 7 offset 0 MF data <first>"
      And eth0 receives "IP 10.0.0.2 > 10.0.0.1 UDP id 7 offset 16 MF data 0909090909090909"
      And eth0 receives "IP 10.0.0.2 > 10.0.0.1 UDP id 7 offset 24 no-MF data 0a0a0a0a0a0a0a0a"
      And bob receives a datagram without waiting
      Then bob gets <octets> from 10.0.0.2:53

      Examples: The header from port 53 to 2000 has no checksum, and 8 octets of 01 behind it
        | length | first                            | octets                              |
        | 32     | 003507d0002000000101010101010101 | 01 01 01 01 01 01 01 01 09 09 09 09 09 09 09 09 0A 0A 0A 0A 0A 0A 0A 0A |
        | 25     | 003507d0001900000101010101010101 | 01 01 01 01 01 01 01 01 09 09 09 09 09 09 09 09 0A |
        | 24     | 003507d0001800000101010101010101 | 01 01 01 01 01 01 01 01 09 09 09 09 09 09 09 09 |
        | 20     | 003507d0001400000101010101010101 | 01 01 01 01 01 01 01 01 09 09 09 09 |
        | 16     | 003507d0001000000101010101010101 | 01 01 01 01 01 01 01 01             |
        | 12     | 003507d0000c00000101010101010101 | 01 01 01 01                         |

    @cap:mib
    Scenario Outline: A length of <length>
      When eth0 receives a datagram for bob of 12 octets that says it has <length> with its header
      Then 0 datagrams wait for bob
      And UdpInErrors is 1
      And UdpInDatagrams is 0
      And eth0 sends nothing

      Examples: Less than a header; more than there is
        | length |
        | 0      |
        | 1      |
        | 7      |
        | 21     |
        | 65535  |

    @cap:mib
    Scenario: To all on the link, at a port that nobody has
      When eth0 receives "ETH * > ff:ff:ff:ff:ff:ff UDP 10.0.0.2:53 > 10.0.0.255:2001 length 3"
      Then UdpNoPorts is 0
      And UdpInErrors is 0
      And eth0 sends nothing

  @SND-01 @CON-03 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A socket that is connected may send to somebody else, and is still connected to its peer
    Source: Linux 2.6.11, net/ipv4/udp.c, udp_sendmsg(): the address that is given wins
    Variation: 4.4BSD answers EISCONN.

    Scenario: To the peer, to another, and to the peer again
      Given alice has a UDP socket at 10.0.0.1:1000
      And alice has connected to 10.0.0.2:7
      And alice has sent 61
      And alice has sent 62 to 10.0.0.3:8
      And alice has sent 63
      Then eth0 sends these packets, and nothing else:
        | UDP 10.0.0.1:1000 > 10.0.0.2:7 data 61 |
        | UDP 10.0.0.1:1000 > 10.0.0.3:8 data 62 |
        | UDP 10.0.0.1:1000 > 10.0.0.2:7 data 63 |

  @MTU-03 @CON-02 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Who has said that packets may be cut up is not told of a path that takes no longer ones
    Source: Linux 2.6.11, net/ipv4/udp.c, udp_err(): ICMP_FRAG_NEEDED where pmtudisc is IP_PMTUDISC_DONT

    Scenario Outline: <discovery>
      Given alice has a UDP socket at 10.0.0.1:1000
      And alice has set IP_MTU_DISCOVER to <discovery>
      And alice has connected to 10.0.0.2:7
      And alice has sent 1000 octets of 61
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 unreachable fragmentation-needed mtu 600 quoting (UDP 10.0.0.1:1000 > 10.0.0.2:7 length 1000)"
      Then SO_ERROR of alice is <error>

      Examples:
        | discovery        | error    |
        | IP_PMTUDISC_DONT | nothing  |
        | IP_PMTUDISC_WANT | EMSGSIZE |
        | IP_PMTUDISC_DO   | EMSGSIZE |

  @OPT-02 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: The time to live of packets to a group is 0 to 255, or -1 for the usual one
    Source: Linux 2.6.11, net/ipv4/ip_sockglue.c, ip_setsockopt(), IP_MULTICAST_TTL

    Background:
      Given alice has a UDP socket at 10.0.0.1:1000

    Scenario Outline: <value>
      When alice sets IP_MULTICAST_TTL to <value>
      Then IP_MULTICAST_TTL of alice is <read>

      Examples:
        | value | read |
        | 0     | 0    |
        | 255   | 255  |
        | -1    | 1    |

    Scenario Outline: <value> is refused
      Given alice has set IP_MULTICAST_TTL to 9
      When alice sets IP_MULTICAST_TTL to <value>
      Then the call fails with EINVAL
      And IP_MULTICAST_TTL of alice is 9

      Examples:
        | value |
        | -2    |
        | 256   |

  @CON-02 @must
  Rule: Who is connected and has chosen no address receives at that towards its peer
    Source: Linux 2.6.11, net/ipv4/datagram.c, ip4_datagram_connect(), rcv_saddr; 4.4BSD, netinet/in_pcb.c, in_pcbconnect()

    Background:
      Given eth0 is at 10.0.0.9/24 as well
      And alice has a UDP socket
      And alice has bound to 0.0.0.0:1000
      And alice has connected to 10.0.0.2:7

    Scenario Outline: At <address>
      When eth0 receives "UDP 10.0.0.2:7 > <address>:1000 length 1"
      Then <count> datagrams wait for alice

      Examples:
        | address  | count |
        | 10.0.0.1 | 1     |
        | 10.0.0.9 | 0     |

  @SND-01 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A network of two addresses has none that means both, one of four has
    Source: RFC 3021; Linux 2.6.11, net/ipv4/fib_frontend.c, fib_add_ifaddr(): RTN_BROADCAST below a prefix of 31

    Scenario Outline: <address> of <network>
      Given interface eth1 at <network>
      And neighbour <address> on eth1
      And alice has a UDP socket
      When alice sends 01 to <address>:7
      Then all 1 octets were taken

      Examples:
        | network     | address  |
        | 10.9.0.0/31 | 10.9.0.1 |
        | 10.9.0.1/31 | 10.9.0.0 |
        | 10.9.0.1/30 | 10.9.0.2 |

    Scenario Outline: <address> of <network> is for who may send to all
      Given interface eth1 at <network>
      And alice has a UDP socket
      When alice sends 01 to <address>:7
      Then the call fails with EACCES

      Examples:
        | network     | address  |
        | 10.9.0.1/30 | 10.9.0.3 |

  @SND-01 @must @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4
  Rule: The first address of a network means all of it, as the last does
    Source: Linux 2.6.11, net/ipv4/fib_frontend.c, fib_add_ifaddr(); 4.4BSD-Lite, netinet/in.c, in_broadcast(): "host 0"

    Scenario: 10.9.0.0 of 10.9.0.1/30 is for who may send to all
      Given interface eth1 at 10.9.0.1/30
      And alice has a UDP socket
      When alice sends 01 to 10.9.0.0:7
      Then the call fails with EACCES

  @SND-01 @must @profile:linux-6
  Rule: The first address of a network is a host's like others
    Source: Linux 6.1, net/ipv4/fib_frontend.c, fib_add_ifaddr(), since Linux 5.14

    Scenario: 10.9.0.0 of 10.9.0.1/30 is anybody's to send to
      Given interface eth1 at 10.9.0.1/30
      And neighbour 10.9.0.0 on eth1
      And alice has a UDP socket
      When alice sends 01 to 10.9.0.0:7
      Then all 1 octets were taken
