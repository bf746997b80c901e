@cap:network @cap:ipv6-forwarding
Feature: A router of IPv6
  In IPv6 only the two ends of a path cut packets and put them together. A router passes a packet on as it is, or not
  at all.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And interface eth1 at 10.1.0.1/24 with an MTU of 1280
    And eth0 is at IPv6 2001:db8:1::1/64
    And eth1 is at IPv6 2001:db8:2::1/64
    And IPv6 neighbour 2001:db8:1::2
    And IPv6 neighbour 2001:db8:2::2

  @FRG-05 @PRO-03 @must
  Rule: A packet for the other network goes on, with one hop less to go
    Source: RFC 8200, section 3; Linux 2.6.11, net/ipv6/ip6_output.c, ip6_forward()

    Scenario: It is otherwise as it was
      Given IPv6 forwarding is on
      When eth0 receives "UDP [2001:db8:1::2]:53 > [2001:db8:2::2]:7 length 30 hlim 9 class 5 flow 6"
      Then eth1 sends "ETH 02:00:00:00:00:01 > 02:06:00:00:00:02 UDP [2001:db8:1::2]:53 > [2001:db8:2::2]:7 length 30 hlim 8 class 5 flow 6 checksum good"

    Scenario: Not when forwarding is off
      When eth0 receives "UDP [2001:db8:1::2]:53 > [2001:db8:2::2]:7 length 30"
      Then eth1 sends nothing
      And eth0 sends nothing

    Scenario Outline: <hops> hops left
      Given IPv6 forwarding is on
      When eth0 receives "UDP [2001:db8:1::2]:53 > [2001:db8:2::2]:7 length 30 hlim <hops>"
      Then eth0 sends "ICMP6 * > 2001:db8:1::2 time-exceeded quoting (UDP [2001:db8:1::2]:53 > [2001:db8:2::2]:7) checksum good"
      And eth1 sends nothing

      Examples:
        | hops |
        | 0    |
        | 1    |

    Scenario: The last hop but one
      Given IPv6 forwarding is on
      When eth0 receives "UDP [2001:db8:1::2]:53 > [2001:db8:2::2]:7 length 30 hlim 2"
      Then eth1 sends "UDP [2001:db8:1::2]:53 > [2001:db8:2::2]:7 length 30 hlim 1"

    Scenario: To a network that there is no way to
      Given IPv6 forwarding is on
      When eth0 receives "UDP [2001:db8:1::2]:53 > [2001:db8:3::2]:7 length 30"
      Then eth0 sends "ICMP6 * > 2001:db8:1::2 unreachable quoting (UDP [2001:db8:1::2]:53 > [2001:db8:3::2]:7)"
      And eth1 sends nothing

  @FRG-05 @must
  Rule: A packet that is too long for the next link is not cut: its sender is told how long it may be
    Source: RFC 8200, section 5; RFC 4443, section 3.2; Linux 2.6.11, net/ipv6/ip6_output.c, ip6_forward()

    Scenario Outline: <total> octets to a link of 1280
      Given IPv6 forwarding is on
      When eth0 receives "UDP [2001:db8:1::2]:53 > [2001:db8:2::2]:7 length <length>"
      Then eth0 sends "ICMP6 * > 2001:db8:1::2 packet-too-big mtu 1280 quoting (UDP [2001:db8:1::2]:53 > [2001:db8:2::2]:7) checksum good"
      And eth1 sends nothing
      And eth0 sends nothing

      Examples: One octet too long, and as long as the other link takes
        | total | length |
        | 1281  | 1233   |
        | 1500  | 1452   |

    Scenario: As long as the link takes
      Given IPv6 forwarding is on
      When eth0 receives "UDP [2001:db8:1::2]:53 > [2001:db8:2::2]:7 length 1232"
      Then eth1 sends "UDP [2001:db8:1::2]:53 > [2001:db8:2::2]:7 length 1232"
      And eth0 sends nothing

    Scenario: What its sender has cut goes on in the pieces that it was cut into
      Given IPv6 forwarding is on
      When eth0 receives "IP6 2001:db8:1::2 > 2001:db8:2::2 UDP id 7 offset 0 MF length 1232"
      And eth0 receives "IP6 2001:db8:1::2 > 2001:db8:2::2 UDP id 7 offset 1232 length 100"
      Then eth1 sends these packets, and nothing else:
        | IP6 2001:db8:1::2 > 2001:db8:2::2 UDP id 7 offset 0 MF length 1232      |
        | IP6 2001:db8:1::2 > 2001:db8:2::2 UDP id 7 offset 1232 no-MF length 100 |

    Scenario: A piece that is too long is not cut either
      Given IPv6 forwarding is on
      When eth0 receives "IP6 2001:db8:1::2 > 2001:db8:2::2 UDP id 7 offset 0 MF length 1240"
      Then eth0 sends "ICMP6 * > 2001:db8:1::2 packet-too-big mtu 1280"
      And eth1 sends nothing

  @FRG-05 @must
  Rule: An error is never answered by an error
    Source: RFC 4443, section 2.4 (e)

    Scenario: An ICMPv6 error without hops
      Given IPv6 forwarding is on
      When eth0 receives "ICMP6 2001:db8:1::2 > 2001:db8:2::2 time-exceeded hlim 1"
      Then eth0 sends nothing
      And eth1 sends nothing

    Scenario: An echo request without hops is no error
      Given IPv6 forwarding is on
      When eth0 receives "ICMP6 2001:db8:1::2 > 2001:db8:2::2 echo request id 1 seq 1 length 8 hlim 1"
      Then eth0 sends "ICMP6 * > 2001:db8:1::2 time-exceeded"
