@cap:network @cap:netfilter-mark
Feature: The mark of a packet
  Functions of netfilter may write a number into a packet that is in no header of it: others, later on its way through
  this host, see it, and nobody outside does.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And interface eth1 at 10.1.0.1/24 with an MTU of 576
    And neighbour 10.0.0.2 on eth0
    And neighbour 10.0.0.3 on eth0
    And neighbour 10.1.0.2 on eth1

  @FEA-01 @cap:forwarding @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A mark that is set at one place is there at all later ones
    Source: Linux 2.6.11, include/linux/skbuff.h, nfmark; net/ipv4/netfilter/ipt_MARK.c, ipt_mark.c

    Background:
      Given forwarding is on
      And at PRE_ROUTING packets from 10.0.0.2 are marked 7

    Scenario: Who looks for it finds it, and drops the packet
      Given at FORWARD packets marked 7 are dropped
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3"
      Then eth1 sends nothing

    Scenario: A packet without it passes
      Given at FORWARD packets marked 7 are dropped
      When eth0 receives "UDP 10.0.0.3:53 > 10.1.0.2:7 length 3"
      Then eth1 sends "UDP 10.0.0.3:53 > 10.1.0.2:7 length 3"

    Scenario Outline: Who looks for <other> does not find it
      Given at FORWARD packets marked <other> are dropped
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3"
      Then eth1 sends "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3"

      Examples:
        | other      |
        | 0          |
        | 6          |
        | 4294967295 |

    Scenario: The last place sees it still, and the packet shows nothing of it
      Given at POST_ROUTING packets marked 7 are counted
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3"
      Then 1 packet was counted at POST_ROUTING
      And eth1 sends "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3 tos 0x00 ttl 63 ip-checksum good"

    Scenario: A packet that comes later begins without
      Given at POST_ROUTING packets marked 7 are counted
      And eth0 has received "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3"
      When eth0 receives "UDP 10.0.0.3:53 > 10.1.0.2:7 length 3"
      Then 1 packet was counted at POST_ROUTING

    Scenario: The last who writes it wins
      Given at FORWARD packets from 10.0.0.2 are marked 8
      And at POST_ROUTING packets marked 7 are counted
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3"
      Then 0 packets were counted at POST_ROUTING

    @cap:udp
    Scenario: It does not go over to an answer
      Given at LOCAL_OUT packets marked 7 are counted
      When eth0 receives "ICMP 10.0.0.2 > 10.0.0.1 echo request id 1 seq 1"
      Then 0 packets were counted at LOCAL_OUT
      And eth0 sends "ICMP 10.0.0.1 > 10.0.0.2 echo reply id 1 seq 1"

  @FEA-01 @cap:forwarding @must @profile:notes @profile:linux-2.6.11
  Rule: Each piece of a packet that is cut has its mark
    Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_copy_metadata(); later systems show the last place the packet before it is cut

    Scenario: Two pieces
      Given forwarding is on
      And at PRE_ROUTING packets from 10.0.0.2 are marked 7
      And at POST_ROUTING packets marked 7 are counted
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 1000"
      Then 2 packets were counted at POST_ROUTING
