@cap:network @cap:ip-queue-xmit @profile:notes @profile:linux-2.6.11 @profile:linux-6
Feature: Segments that are sized already
  TCP and SCTP cut their data themselves and hand IP one segment after another, each to become one packet.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And neighbour 10.0.0.253 on eth0
    And neighbour 10.0.0.254 on eth0

  @IPO-02 @must
  Rule: ip_queue_xmit puts an IP header in front of a segment
    Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_queue_xmit()

    Scenario: Addresses of the route, protocol and time to live of the socket, and a good checksum
      Given an association of protocol 132 with 10.0.0.2
      When the association sends 12 octets of 61
      Then eth0 sends "IP 10.0.0.1 > 10.0.0.2 proto 132 total 32 ttl 64 tos 0 DF length 12 data 616161616161616161616161 checksum good"

    Scenario: A segment without an octet is a packet of a header
      Given an association of protocol 132 with 10.0.0.2
      When the association sends 0 octets of 61
      Then eth0 sends "IP 10.0.0.1 > 10.0.0.2 proto 132 total 20 length 0 checksum good"

    Scenario Outline: <option> of the socket
      Given an association of protocol 132 with 10.0.0.2
      And the association has set <option> to <value>
      When the association sends 12 octets of 61
      Then eth0 sends "IP 10.0.0.1 > 10.0.0.2 proto 132 ttl <ttl> tos <tos> checksum good"

      Examples:
        | option | value | ttl | tos  |
        | IP_TTL | 1     | 1   | 0    |
        | IP_TTL | 255   | 255 | 0    |
        | IP_TOS | 16    | 64  | 0x10 |

    Scenario: Each protocol has its own number
      Given an association of protocol 6 with 10.0.0.2
      When the association sends 20 octets of 00
      Then eth0 sends "IP 10.0.0.1 > 10.0.0.2 TCP length 20 checksum good"

    Scenario: Identifications of one association follow one another
      Given an association of protocol 132 with 10.0.0.2
      And the association has sent 12 octets of 61
      And the association has sent 12 octets of 62
      When the association sends 12 octets of 63
      Then the 3 packets that eth0 sends have identifications that grow by 1

  @IPO-02 @must
  Rule: The socket keeps its route, and asks again when routing has changed
    Source: Linux 2.6.11, include/net/sock.h, __sk_dst_check()

    Background:
      Given a route to 192.168.0.0/16 by 10.0.0.254
      And an association of protocol 132 with 192.168.1.1

    Scenario: The first segment has to ask
      When the association sends 12 octets of 61
      Then a route was looked up
      And eth0 sends "ETH 02:00:00:00:00:00 > 02:01:0a:00:00:fe IP 10.0.0.1 > 192.168.1.1 proto 132"

    Scenario: The next has not
      Given the association has sent 12 octets of 61
      When the association sends 12 octets of 61
      Then no route was looked up

    Scenario: Two associations with one peer keep a route each
      Given the association has sent 12 octets of 61
      And an association of protocol 133 with 192.168.1.1
      When the association sends 12 octets of 61
      Then a route was looked up

    Scenario: A better route is used at once
      Given the association has sent 12 octets of 61
      And eth0 has sent that
      And a route to 192.168.1.0/24 by 10.0.0.253
      When the association sends 12 octets of 61
      Then a route was looked up
      And eth0 sends "ETH 02:00:00:00:00:00 > 02:01:0a:00:00:fd IP 10.0.0.1 > 192.168.1.1 proto 132"

    Scenario: After that, it is kept again
      Given the association has sent 12 octets of 61
      And a route to 192.168.1.0/24 by 10.0.0.253
      And the association has sent 12 octets of 61
      When the association sends 12 octets of 61
      Then no route was looked up

  @IPO-02 @must @cap:mib
  Rule: Without a route the segment is thrown away, and the sender is told EHOSTUNREACH
    Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_queue_xmit()

    Background:
      Given an association of protocol 132 with 172.16.0.1

    Scenario: Nothing is sent, and it is counted
      When the association sends 12 octets of 61
      Then the call fails with EHOSTUNREACH
      And eth0 sends nothing
      And OutNoRoutes is 1

    Scenario: As soon as there is one, the next segment goes
      When the association sends 12 octets of 61
      Then the call fails with EHOSTUNREACH
      Given a route to 172.16.0.0/16 by 10.0.0.254
      When the association sends 12 octets of 61
      Then eth0 sends "IP 10.0.0.1 > 172.16.0.1 proto 132 length 12"
      And OutNoRoutes is 1

  @IPO-02 @must @cap:mib
  Rule: A source route of the socket's names the stops of its packets, the first as destination
    Source: RFC 791, section 3.1; Linux 2.6.11, net/ipv4/ip_options.c, ip_options_build()

    Background:
      Given a route to 192.168.0.0/16 by 10.0.0.254

    Scenario: A stop on this network, and a loose way from there
      Given an association of protocol 132 with 172.16.0.1 that goes loosely by 10.0.0.253, 192.168.1.1
      When the association sends 12 octets of 61
      Then eth0 sends "ETH 02:00:00:00:00:00 > 02:01:0a:00:00:fd IP 10.0.0.1 > 10.0.0.253 proto 132 options [lsrr 192.168.1.1 172.16.0.1,eol] total 44 checksum good"

    Scenario: A strict way whose first stop is on this network
      Given an association of protocol 132 with 172.16.0.1 that goes strictly by 10.0.0.253
      When the association sends 12 octets of 61
      Then eth0 sends "IP 10.0.0.1 > 10.0.0.253 proto 132 options [ssrr 172.16.0.1,eol] total 40 checksum good"

    Scenario: A strict way whose first stop is behind a gateway is no way
      Given an association of protocol 132 with 172.16.0.1 that goes strictly by 192.168.1.1
      When the association sends 12 octets of 61
      Then the call fails with EHOSTUNREACH
      And eth0 sends nothing
      And OutNoRoutes is 1

    Scenario: A loose one may be
      Given an association of protocol 132 with 172.16.0.1 that goes loosely by 192.168.1.1
      When the association sends 12 octets of 61
      Then eth0 sends "ETH 02:00:00:00:00:00 > 02:01:0a:00:00:fe IP 10.0.0.1 > 192.168.1.1 proto 132 options [lsrr 172.16.0.1,eol]"

  @IPO-01 @must
  Rule: A segment that fits is one packet, which says DF while the path MTU is being discovered
    Source: Linux 2.6.11, include/net/ip.h, ip_dont_fragment()

    Scenario Outline: Discovery is <discovery>
      Given an association of protocol 132 with 10.0.0.2
      And the association has set IP_MTU_DISCOVER to <discovery>
      When the association sends 1480 octets of 61
      Then eth0 sends these packets, and nothing else:
        | IP 10.0.0.1 > 10.0.0.2 proto 132 total 1500 length 1480 <flag> |

      Examples:
        | discovery        | flag  |
        | IP_PMTUDISC_DONT | no-DF |
        | IP_PMTUDISC_WANT | DF    |
        | IP_PMTUDISC_DO   | DF    |

    Scenario: A protocol that asks for it gets a packet that may be cut
      Given an association of protocol 132 with 10.0.0.2
      When the association sends 1480 octets of 61 that may be cut
      Then eth0 sends these packets, and nothing else:
        | IP 10.0.0.1 > 10.0.0.2 proto 132 total 1500 length 1480 no-DF |

  @IPO-01 @must
  Rule: A segment that became too long since it was sized is cut if it does not say DF, and refused if it does
    Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_fragment(); RFC 1191, section 5

    Background:
      Given a route to 192.168.0.0/16 by 10.0.0.254
      And an association of protocol 132 with 192.168.1.1

    Scenario: The path has shrunk, and nothing is to be discovered: fragments
      Given the association has sent 1480 octets of 61
      And eth0 has sent that
      And eth0 has received "ICMP 10.0.0.254 > 10.0.0.1 unreachable fragmentation-needed mtu 1006 quoting (IP 10.0.0.1 > 192.168.1.1 proto 132 length 1480)"
      And the association has set IP_MTU_DISCOVER to IP_PMTUDISC_DONT
      When the association sends 1480 octets of 61
      Then eth0 sends these packets, and nothing else:
        | IP 10.0.0.1 > 192.168.1.1 proto 132 offset 0 length 984 MF no-DF     |
        | IP 10.0.0.1 > 192.168.1.1 proto 132 offset 984 length 496 no-MF no-DF |

    Scenario: The same with a protocol that asks for it
      Given the association has sent 1480 octets of 61
      And eth0 has sent that
      And eth0 has received "ICMP 10.0.0.254 > 10.0.0.1 unreachable fragmentation-needed mtu 1006 quoting (IP 10.0.0.1 > 192.168.1.1 proto 132 length 1480)"
      When the association sends 1480 octets of 61 that may be cut
      Then eth0 sends these packets, and nothing else:
        | IP 10.0.0.1 > 192.168.1.1 proto 132 offset 0 length 984 MF no-DF     |
        | IP 10.0.0.1 > 192.168.1.1 proto 132 offset 984 length 496 no-MF no-DF |

    Scenario: While it is discovered, it is the sender who has to cut anew
      Given the association has sent 1480 octets of 61
      And eth0 has sent that
      And eth0 has received "ICMP 10.0.0.254 > 10.0.0.1 unreachable fragmentation-needed mtu 1006 quoting (IP 10.0.0.1 > 192.168.1.1 proto 132 length 1480)"
      When the association sends 987 octets of 61
      Then the call fails with EMSGSIZE
      And eth0 sends nothing

    Scenario: What fits the shorter path is one packet again
      Given the association has sent 1480 octets of 61
      And eth0 has sent that
      And eth0 has received "ICMP 10.0.0.254 > 10.0.0.1 unreachable fragmentation-needed mtu 1006 quoting (IP 10.0.0.1 > 192.168.1.1 proto 132 length 1480)"
      When the association sends 986 octets of 61
      Then eth0 sends these packets, and nothing else:
        | IP 10.0.0.1 > 192.168.1.1 proto 132 total 1006 DF |

    @profile:notes @profile:linux-2.6.11
    Scenario: On a path below 552 packets no longer say DF
      Given the association has sent 1480 octets of 61
      And eth0 has sent that
      And eth0 has received "ICMP 10.0.0.254 > 10.0.0.1 unreachable fragmentation-needed mtu 400 quoting (IP 10.0.0.1 > 192.168.1.1 proto 132 length 1480)"
      When the association sends 100 octets of 61
      Then eth0 sends "IP 10.0.0.1 > 192.168.1.1 proto 132 total 120 no-DF"

  @IPO-02 @must @cap:netfilter
  Rule: A segment passes LOCAL_OUT and POST_ROUTING, and one that is dropped is no success
    Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_queue_xmit()

    Scenario: A hook drops it
      Given an association of protocol 132 with 10.0.0.2
      And function fence on LOCAL_OUT of priority 0 that answers DROP
      When the association sends 12 octets of 61
      Then the call fails with EPERM
      And eth0 sends nothing

  @IPO-02 @property
  Rule: Whatever the segment, the path and the settings, it leaves as it is: whole where it fits, and else in pieces or not at all
    Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_queue_xmit(), ip_fragment()

    Scenario: Generated segments
      Then the property "a segment that is handed to IP leaves as it is, with the settings of its socket, whole or in pieces of it" holds
