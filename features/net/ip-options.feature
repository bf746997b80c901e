@cap:network
Feature: IP options
  A header may ask each host on the way for something: to note its address, the time, or to send the packet by a way
  that the sender chose.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And interface eth1 at 10.1.0.1/24
    And neighbour 10.0.0.2 on eth0
    And neighbour 10.1.0.2 on eth1

  @IPI-04 @IPI-09 @must @cap:forwarding
  Rule: A router notes the address by which the packet leaves it in the next free place of a recorded route
    Source: RFC 791, section 3.1; Linux 2.6.11, net/ipv4/ip_options.c, ip_options_compile(), ip_forward_options()

    Background:
      Given forwarding is on

    Scenario: The first
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3 options [rr 3, eol]"
      Then eth1 sends "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3 options [rr 3 10.1.0.1, eol] ip-checksum good"

    Scenario: The next
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3 options [rr 3 192.168.0.1, eol]"
      Then eth1 sends "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3 options [rr 3 192.168.0.1 10.1.0.1, eol]"

    Scenario: A route that is full stays as it is
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3 options [rr 1 192.168.0.1, eol]"
      Then eth1 sends "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3 options [rr 1 192.168.0.1, eol]"

  @IPI-04 @must @cap:forwarding
  Rule: A router notes the time, with its address where that is asked for
    Source: RFC 791, section 3.1; the clock of these scenarios is at midnight when the host is started

    Background:
      Given forwarding is on

    @clock:virtual
    Scenario: The time in milliseconds
      When 5 s go by
      And eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3 options [ts 2]"
      Then eth1 sends "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3 options [ts 2 @5000]"

    @clock:virtual @profile:linux-2.6.11 @profile:linux-6 @profile:bsd-4.4
    Scenario: With the address by which the packet came, where RFC 791 leaves open which
      When 5 s go by
      And eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3 options [ts-addr 2]"
      Then eth1 sends "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3 options [ts-addr 2 10.0.0.1@5000]"

    Scenario: No place left: those who had none are counted
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3 options [ts 1 @7]"
      Then eth1 sends "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3 options [ts 1 @7 overflow 1]"

  @IPI-04 @must @cap:forwarding @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: An option for times may have no place at all
    Source: Linux 2.6.11, net/ipv4/ip_options.c, ip_options_compile(): 4 octets, and a pointer behind them
    Variation: 4.4BSD wants 5 octets.

    Scenario: Who had none is counted
      Given forwarding is on
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3 options [ts 0]"
      Then eth1 sends "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3 options [ts 0 overflow 1]"

  @IPI-04 @IPI-08 @must @cap:forwarding @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4
  Rule: A packet with a source route goes from stop to stop
    Source: RFC 791, section 3.1; Linux 2.6.11, net/ipv4/ip_options.c, ip_options_rcv_srr()

    Background:
      Given forwarding is on

    Scenario: The next stop becomes the destination, and this host's address takes its place
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:7 length 3 options [lsrr 10.1.0.2 192.168.0.9, eol]"
      Then eth1 sends "IP 10.0.0.2 > 10.1.0.2 UDP options [lsrr 10.1.0.1 192.168.0.9 pointer 8, eol] checksum good"

    Scenario: Elsewhere the option is not touched
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3 options [lsrr 192.168.0.9, eol]"
      Then eth1 sends "IP 10.0.0.2 > 10.1.0.2 UDP options [lsrr 192.168.0.9, eol]"

    @cap:udp
    Scenario: Who is the last stop is where it ends
      Given bob has a UDP socket at 10.0.0.1:7
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:7 data 616263 options [lsrr 192.168.0.9 pointer 8, eol]"
      And bob receives a datagram without waiting
      Then bob gets 61 62 63 from 10.0.0.2:53

    Scenario: A stop that no way leads to
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:7 length 3 options [lsrr 255.255.255.255, eol]"
      And eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:7 length 3 options [lsrr 10.1.0.2, eol]"
      Then eth1 sends these packets, and nothing else:
        | IP 10.0.0.2 > 10.1.0.2 UDP options [lsrr 10.1.0.1 pointer 8, eol] |

    Scenario: A strict one goes to a neighbour
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:7 length 3 options [ssrr 10.1.0.2 192.168.0.9, eol]"
      Then eth1 sends "IP 10.0.0.2 > 10.1.0.2 UDP options [ssrr 10.1.0.1 192.168.0.9 pointer 8, eol] checksum good"

    Scenario: A strict one does not go by a gateway
      Given a route to 192.168.0.0/16 by 10.1.0.2
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:7 length 3 options [ssrr 192.168.0.9, eol]"
      Then eth0 sends these packets, and nothing else:
        | ICMP 10.0.0.1 > 10.0.0.2 unreachable source-route-failed |
      And eth1 sends nothing

    Scenario: A loose one may
      Given a route to 192.168.0.0/16 by 10.1.0.2
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:7 length 3 options [lsrr 192.168.0.9, eol]"
      Then eth1 sends "IP 10.0.0.2 > 192.168.0.9 UDP options [lsrr 10.1.0.1 pointer 8, eol]"

  @IPI-04 @IPI-08 @must @cap:forwarding @profile:notes @profile:linux-2.6.11
  Rule: Stops that are this host itself are passed over, and what makes no sense is answered with where
    Source: RFC 1812, section 5.2.4.1; Linux 2.6.11, net/ipv4/ip_options.c, ip_options_rcv_srr(), ip_forward_options()

    Background:
      Given forwarding is on

    Scenario: The second stop is this host as well
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:7 length 3 options [lsrr 10.1.0.1 10.1.0.2 192.168.0.9, eol]"
      Then eth1 sends "IP 10.0.0.2 > 10.1.0.2 UDP options [lsrr 10.1.0.1 10.1.0.1 192.168.0.9 pointer 12, eol] checksum good"

    @cap:udp
    Scenario: All that are left are
      Given bob has a UDP socket at 10.1.0.1:7
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:7 data 616263 checksum none options [lsrr 10.1.0.1, eol]"
      And bob receives a datagram without waiting
      Then bob gets 61 62 63 from 10.0.0.2:53

    Scenario: A strict one that comes by a host that is no stop of it
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3 options [ssrr 192.168.0.9, eol]"
      Then eth0 sends these packets, and nothing else:
        | ICMP 10.0.0.1 > 10.0.0.2 parameter-problem pointer 16 |
      And eth1 sends nothing

    Scenario: A pointer that leaves half a stop
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:7 length 3 options [lsrr 10.1.0.2 192.168.0.9 pointer 9, eol]"
      Then eth0 sends these packets, and nothing else:
        | ICMP 10.0.0.1 > 10.0.0.2 parameter-problem pointer 22 |
      And eth1 sends nothing

  @IPI-04 @IPI-08 @must @cap:forwarding @profile:bsd-4.4
  Rule: 4.4BSD says of any source route that it cannot follow that it has failed
    Source: 4.4BSD, netinet/ip_input.c, ip_dooptions(), ICMP_UNREACH_SRCFAIL

    Scenario: A strict one that comes by a host that is no stop of it
      Given forwarding is on
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3 options [ssrr 192.168.0.9, eol]"
      Then eth0 sends these packets, and nothing else:
        | ICMP 10.0.0.1 > 10.0.0.2 unreachable source-route-failed |
      And eth1 sends nothing

  @IPI-04 @IPI-08 @must @cap:forwarding @profile:linux-6
  Rule: A host that was not told to follow source routes throws such packets away, stop or not
    Source: Linux 6.1, net/ipv4/ip_input.c, ip_rcv_options(), accept_source_route; RFC 6274, section 3.13.2.3

    Scenario Outline: <kind>, as <what>
      Given forwarding is on
      When eth0 receives "UDP 10.0.0.2:53 > <to>:7 length 3 options [<kind> 10.1.0.2, eol]"
      And eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 30"
      Then eth1 sends these packets, and nothing else:
        | UDP 10.0.0.2:53 > 10.1.0.2:7 length 30 |
      And eth0 sends nothing

      Examples:
        | kind | to       | what         |
        | lsrr | 10.0.0.1 | a stop       |
        | ssrr | 10.0.0.1 | a stop       |
        | lsrr | 10.1.0.9 | another host |
        | ssrr | 10.1.0.9 | another host |

  @IPI-04 @IPI-08 @must @cap:forwarding @profile:linux-2.6.11
  Rule: A stop of a source route notes beside its time the address by which the packet leaves
    Source: Linux 2.6.11, net/ipv4/ip_options.c, ip_forward_options(): ts_needaddr is asked for where srr_is_hit
    Variation: RFC 791 leaves open which; 4.4BSD notes the one by which it came, as it does elsewhere.

    @clock:virtual
    Scenario: One stop
      Given forwarding is on
      When 5 s go by
      And eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:7 length 3 options [lsrr 10.1.0.2 192.168.0.9, ts-addr 1, eol]"
      Then eth1 sends "IP 10.0.0.2 > 10.1.0.2 UDP options [lsrr 10.1.0.1 192.168.0.9 pointer 8, ts-addr 1 10.1.0.1@5000, eol]"

  @IPI-04 @must @cap:mib
  Rule: Options that make no sense are answered with where, and the packet is thrown away
    Source: RFC 1122, section 3.2.2.5; Linux 2.6.11, net/ipv4/ip_input.c, ip_rcv_finish()

    Scenario Outline: <what>
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 echo request id 1 seq 1 length 8 options [<options>]"
      Then eth0 sends "ICMP 10.0.0.1 > 10.0.0.2 parameter-problem pointer <pointer>"
      And InHdrErrors is 1
      And eth0 sends nothing

      Examples:
        | what                               | options                      | pointer |
        | A pointer into the option's head   | rr 1 pointer 3, eol          | 22      |
        | A pointer that leaves half a place | rr 1 pointer 5, eol          | 22      |
        | A second recorded route            | rr 1, nop, rr 1              | 28      |
        | A source route, pointer too small  | lsrr 10.0.0.1 pointer 3, eol | 22      |
        | A second source route              | lsrr 10.0.0.1, nop, lsrr 10.0.0.1 | 28 |

      @profile:notes @profile:linux-2.6.11 @profile:linux-6
      Examples: Times
        | what                                   | options                | pointer |
        | Sixteen hosts for whom no place was left | ts 1 @7 overflow 15  | 23      |
        | A pointer that leaves half a place for a time | ts 2 @7 pointer 10 | 22 |
        | A pointer into the head of the times   | ts 1 pointer 4         | 22      |

      @profile:notes @profile:linux-2.6.11 @profile:linux-6
      Examples: A router alert has 4 octets
        | what               | options                  | pointer |
        | 3 octets           | unknown 148 00, eol      | 21      |
        | No more than 2     | nop, unknown 148, eol    | 22      |

    Scenario Outline: Those that do are fine: <options>
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 echo request id 1 seq 1 length 8 options [<options>]"
      Then eth0 sends "ICMP 10.0.0.1 > 10.0.0.2 echo reply id 1 seq 1 length 8"
      And InHdrErrors is 0

      Examples: A router alert may say what nobody knows yet, and be longer
        | options                       |
        | nop, rr 1                     |
        | ra 0                          |
        | ra 1                          |
        | unknown 148 000000, nop, nop, nop |

    @profile:bsd-4.4
    Scenario: 4.4BSD knows no router alert
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 echo request id 1 seq 1 length 8 options [unknown 148 00, eol]"
      Then eth0 sends "ICMP 10.0.0.1 > 10.0.0.2 echo reply id 1 seq 1 length 8"
      And InHdrErrors is 0

  @IPI-04 @FRG-01 @must @cap:forwarding
  Rule: Of a packet that is cut up, the first piece has all options, later ones those that are to be copied
    Source: RFC 791, section 3.1; Linux 2.6.11, net/ipv4/ip_options.c, ip_options_fragment()

    Scenario: A recorded route is not copied, a router alert is
      Given forwarding is on
      And interface eth2 at 10.2.0.1/24 with an MTU of 576
      And neighbour 10.2.0.2 on eth2
      When eth0 receives "UDP 10.0.0.2:53 > 10.2.0.2:7 length 600 options [rr 1 192.168.0.1, nop, ra 0]"
      Then eth2 sends these packets, and nothing else:
        | IP 10.0.0.2 > 10.2.0.2 UDP offset 0 MF length 544 options [rr 1 192.168.0.1, nop, ra 0]                        |
        | IP 10.0.0.2 > 10.2.0.2 UDP offset 544 no-MF length 64 options [nop, nop, nop, nop, nop, nop, nop, nop, ra 0]   |
