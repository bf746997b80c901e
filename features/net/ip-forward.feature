@cap:network @cap:forwarding
Feature: IP forwarding
  A host with two interfaces may pass packets on from one to the other: a router. Each hop takes one from the packet's
  time to live, so that nothing goes round for ever.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And interface eth1 at 10.1.0.1/24
    And neighbour 10.0.0.2 on eth0
    And neighbour 10.1.0.2 on eth1

  @IPI-08 @must
  Rule: A packet for another host goes on towards it, when forwarding is on
    Source: RFC 1812, section 5.2; Linux 2.6.11, net/ipv4/ip_forward.c, ip_forward()

    Scenario: One hop less to live, everything else as it was
      Given forwarding is on
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 30 ttl 9 tos 0x10 ipid 77 DF"
      Then eth1 sends "UDP 10.0.0.2:53 > 10.1.0.2:7 length 30 ttl 8 tos 0x10 ipid 77 DF checksum good ip-checksum good"
      And eth0 sends nothing

    Scenario: From this host's link address to the next one's
      Given forwarding is on
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 30"
      Then eth1 sends "ETH 02:00:00:00:00:01 > 02:01:0a:01:00:02 UDP 10.0.0.2:53 > 10.1.0.2:7 length 30"

    Scenario: By a gateway, when there is one on the way
      Given forwarding is on
      And a route to 192.168.0.0/16 by 10.1.0.2
      When eth0 receives "UDP 10.0.0.2:53 > 192.168.1.1:7 length 30"
      Then eth1 sends "ETH * > 02:01:0a:01:00:02 UDP 10.0.0.2:53 > 192.168.1.1:7 length 30 ttl 63"

    Scenario: Not when it is off
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 30"
      Then eth1 sends nothing
      And eth0 sends nothing

    Scenario: Not what came as a broadcast on the link
      Given forwarding is on
      When eth0 receives "ETH * > ff:ff:ff:ff:ff:ff UDP 10.0.0.2:53 > 10.1.0.2:7 length 30"
      Then eth1 sends nothing
      And eth0 sends nothing

    Scenario: To the other interface's own address it is delivered
      Given forwarding is on
      When eth0 receives "ICMP 10.0.0.2 > 10.1.0.1 echo request id 1 seq 1 length 8"
      Then eth0 sends "ICMP 10.1.0.1 > 10.0.0.2 echo reply id 1 seq 1 length 8"

  @IPI-08 @must
  Rule: A packet that has no hop left dies here, and its sender is told
    Source: RFC 1812, section 5.3.1; Linux 2.6.11, net/ipv4/ip_forward.c, ip_forward()
    Variation: the time to live that is quoted may have been taken down already (RFC 1812, section 4.3.2.3)

    Scenario Outline: A time to live of <ttl>
      Given forwarding is on
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 30 ttl <ttl>"
      Then eth0 sends "ICMP 10.0.0.1 > 10.0.0.2 time-exceeded ttl quoting (UDP 10.0.0.2:53 > 10.1.0.2:7 length 30)"
      And eth1 sends nothing

      Examples:
        | ttl |
        | 0   |
        | 1   |

    Scenario: A time to live of 2 is enough for here, and 1 for the last
      Given forwarding is on
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 30 ttl 2"
      Then eth1 sends "UDP 10.0.0.2:53 > 10.1.0.2:7 length 30 ttl 1"
      And eth0 sends nothing

    Scenario: For this host itself no hop is needed
      Given forwarding is on
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 echo request id 1 seq 1 length 8 ttl 1"
      Then eth0 sends "ICMP 10.0.0.1 > 10.0.0.2 echo reply id 1 seq 1 length 8"

  @IPI-03 @IPI-08 @must
  Rule: A router tells the sender that it knows no way
    Source: RFC 1812, section 4.3.3.1; Linux 2.6.11, net/ipv4/route.c, ip_error()

    Scenario: Nowhere
      Given forwarding is on
      When eth0 receives "UDP 10.0.0.2:53 > 192.168.1.1:7 length 30"
      Then eth0 sends "ICMP 10.0.0.1 > 10.0.0.2 unreachable net quoting (UDP 10.0.0.2:53 > 192.168.1.1:7)"
      And eth1 sends nothing

  @IPI-08 @MTU-03 @FRG-05 @must
  Rule: A packet that is too long for the next link is cut up, or, if it must not be, its sender is told how long it may be
    Source: RFC 791; RFC 1191, section 4; Linux 2.6.11, net/ipv4/ip_output.c, ip_fragment()

    Background:
      Given forwarding is on
      And interface eth2 at 10.2.0.1/24 with an MTU of 576
      And neighbour 10.2.0.2 on eth2

    Scenario: It may be cut
      When eth0 receives "UDP 10.0.0.2:53 > 10.2.0.2:7 length 1000 ipid 5 ttl 9"
      Then eth2 sends these packets, and nothing else:
        | IP 10.0.0.2 > 10.2.0.2 UDP id 5 offset 0 MF length 552 ttl 8       |
        | IP 10.0.0.2 > 10.2.0.2 UDP id 5 offset 552 no-MF length 456 ttl 8  |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: What is left may be as long as the link takes
      When eth0 receives "UDP 10.0.0.2:53 > 10.2.0.2:7 length 1100 ipid 5"
      Then eth2 sends these packets, and nothing else:
        | IP 10.0.0.2 > 10.2.0.2 UDP id 5 offset 0 MF length 552       |
        | IP 10.0.0.2 > 10.2.0.2 UDP id 5 offset 552 no-MF length 556  |

    @profile:bsd-4.4
    Scenario: In 4.4BSD the last piece is no longer than the others
      When eth0 receives "UDP 10.0.0.2:53 > 10.2.0.2:7 length 1100 ipid 5"
      Then eth2 sends these packets, and nothing else:
        | IP 10.0.0.2 > 10.2.0.2 UDP id 5 offset 0 MF length 552       |
        | IP 10.0.0.2 > 10.2.0.2 UDP id 5 offset 552 MF length 552     |
        | IP 10.0.0.2 > 10.2.0.2 UDP id 5 offset 1104 no-MF length 4   |

    Scenario: A piece is cut into pieces of the same datagram
      When eth0 receives "IP 10.0.0.2 > 10.2.0.2 UDP id 5 offset 800 MF length 800 ttl 9"
      Then eth2 sends these packets, and nothing else:
        | IP 10.0.0.2 > 10.2.0.2 UDP id 5 offset 800 MF length 552 ttl 8   |
        | IP 10.0.0.2 > 10.2.0.2 UDP id 5 offset 1352 MF length 248 ttl 8  |

    Scenario Outline: A whole packet of <total> octets that must not be cut
      When eth0 receives "UDP 10.0.0.2:53 > 10.2.0.2:7 length <length> DF"
      Then eth0 sends "ICMP 10.0.0.1 > 10.0.0.2 unreachable fragmentation-needed mtu 576"
      And eth2 sends nothing

      Examples:
        | total | length |
        | 577   | 549    |
        | 1500  | 1472   |

    Scenario: One that has no hop left either dies of that
      When eth0 receives "UDP 10.0.0.2:53 > 10.2.0.2:7 length 1472 DF ttl 1"
      Then eth0 sends these packets, and nothing else:
        | ICMP 10.0.0.1 > 10.0.0.2 time-exceeded ttl |

    Scenario: One that just fits
      When eth0 receives "UDP 10.0.0.2:53 > 10.2.0.2:7 length 548 DF"
      Then eth2 sends "UDP 10.0.0.2:53 > 10.2.0.2:7 length 548 DF"
      And eth0 sends nothing

  @IPI-08 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A host that sends to a router what its own neighbour could take is told of that neighbour
    Source: RFC 1812, section 5.2.7.2; Linux 2.6.11, net/ipv4/route.c, ip_rt_send_redirect()

    Background:
      Given forwarding is on
      And neighbour 10.0.0.3 on eth0
      And a route to 192.168.0.0/16 by 10.0.0.3

    Scenario: The packet goes on nevertheless
      When eth0 receives "UDP 10.0.0.2:53 > 192.168.1.1:7 length 30"
      Then eth0 sends "ICMP 10.0.0.1 > 10.0.0.2 redirect host gateway 10.0.0.3 quoting (UDP 10.0.0.2:53 > 192.168.1.1:7)"
      And eth0 sends "UDP 10.0.0.2:53 > 192.168.1.1:7 length 30"

    Scenario: Not to a host that is not on this link
      Given a route to 172.16.0.0/16 by 10.0.0.2
      When eth0 receives "UDP 172.16.0.1:53 > 192.168.1.1:7 length 30"
      Then eth0 sends "UDP 172.16.0.1:53 > 192.168.1.1:7 length 30"
      And eth0 sends nothing

    Scenario: Not for a packet that leaves by another link
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 30"
      Then eth1 sends "UDP 10.0.0.2:53 > 10.1.0.2:7 length 30"
      And eth0 sends nothing

  @IPI-09 @must @cap:mib
  Rule: Packets that were passed on are counted, and no others
    Source: RFC 2011, ipForwDatagrams; Linux 2.6.11, net/ipv4/ip_forward.c, ip_forward_finish()

    Background:
      Given forwarding is on

    Scenario: Two
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 30"
      And eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 30"
      Then ForwDatagrams is 2

    Scenario Outline: <what> is not
      When eth0 receives "<packet>"
      Then ForwDatagrams is 0

      Examples:
        | what                | packet                                             |
        | One without a hop   | UDP 10.0.0.2:53 > 10.1.0.2:7 length 30 ttl 1       |
        | One without a route | UDP 10.0.0.2:53 > 192.168.1.1:7 length 30          |
        | One for this host   | ICMP 10.0.0.2 > 10.0.0.1 echo request id 1 seq 1 length 8 |

  @PKT-04 @must @profile:notes @cap:mib
  Rule: A frame for another host's link address is passed on when forwarding is on, and thrown away otherwise
    Source: the source notes; Linux drops it in either case, for which see the next rule

    Scenario: On
      Given forwarding is on
      When eth0 receives "ETH * > 02:00:00:00:00:99 UDP 10.0.0.2:53 > 10.1.0.2:7 length 30"
      Then eth1 sends "UDP 10.0.0.2:53 > 10.1.0.2:7 length 30 ttl 63"
      And ForwDatagrams is 1

    Scenario: Off
      When eth0 receives "ETH * > 02:00:00:00:00:99 UDP 10.0.0.2:53 > 10.1.0.2:7 length 30"
      Then eth1 sends nothing
      And InAddrErrors is 1

  @PKT-04 @must @profile:linux-2.6.11 @profile:linux-6 @profile:bsd-4.4
  Rule: A frame for another host's link address is thrown away
    Source: Linux 2.6.11, net/ipv4/ip_input.c, ip_rcv(); 4.4BSD, net/if_ethersubr.c, ether_input()

    Scenario: With forwarding on
      Given forwarding is on
      When eth0 receives "ETH * > 02:00:00:00:00:99 UDP 10.0.0.2:53 > 10.1.0.2:7 length 30"
      Then eth1 sends nothing

    Scenario: For its own it is passed on
      Given forwarding is on
      When eth0 receives "ETH * > 02:00:00:00:00:00 UDP 10.0.0.2:53 > 10.1.0.2:7 length 30"
      Then eth1 sends "UDP 10.0.0.2:53 > 10.1.0.2:7 length 30 ttl 63"

  @IPI-01 @must @cap:ip-trace @profile:notes @profile:linux-2.6.11
  Rule: The way of a packet that is passed on
    Source: Linux 2.6.11, net/ipv4/ip_forward.c, ip_forward(), ip_forward_finish()

    Scenario: In order
      Given forwarding is on
      When the way of "UDP 10.0.0.2:53 > 10.1.0.2:7 length 30" from eth0 is traced
      Then it passes ip_rcv, ip_rcv_finish, dst_input, ip_forward, ip_forward_finish, dst_output, ip_output, ip_finish_output, ip_finish_output2
      And it does not pass ip_local_deliver

  @IPI-08 @property
  Rule: Whatever its header, a packet that is passed on has one hop less, a right checksum and is else as it was
    Source: RFC 1812, section 5.3.1; RFC 1624

    Scenario: Generated headers
      Then the property "a packet that is passed on has one hop less, a right checksum and is else as it was" holds
