@cap:network @cap:udp @cap:netfilter
Feature: Netfilter
  At five places on a packet's way others may look at it, and say whether it goes on.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And interface eth1 at 10.1.0.1/24
    And neighbour 10.0.0.2 on eth0
    And neighbour 10.1.0.2 on eth1
    And bob has a UDP socket at 10.0.0.1:2000

  @NFH-01 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Which places a packet passes depends on where it comes from and goes to
    Source: Linux 2.6.11, include/linux/netfilter_ipv4.h; net/ipv4/ip_input.c, ip_forward.c, ip_output.c

    Background:
      Given a function on each hook that accepts all

    Scenario: One for this host
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3"
      Then it is seen at PRE_ROUTING, LOCAL_IN

    Scenario: One from this host
      When bob sends 01 to 10.0.0.2:7
      Then it is seen at LOCAL_OUT, POST_ROUTING

    @cap:forwarding
    Scenario: One that is passed on
      Given forwarding is on
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3"
      Then it is seen at PRE_ROUTING, FORWARD, POST_ROUTING

    Scenario: One to oneself
      When bob sends 01 to 10.0.0.1:2000
      Then it is seen at LOCAL_OUT, POST_ROUTING, PRE_ROUTING, LOCAL_IN

    @cap:forwarding
    Scenario: The interfaces that each place knows
      Given forwarding is on
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3"
      Then PRE_ROUTING knows that it came in by eth0
      And FORWARD knows that it came in by eth0 and leaves by eth1

    Scenario: The interface that the last place knows of one from this host
      When bob sends 01 to 10.0.0.2:7
      Then POST_ROUTING knows that it leaves by eth0

  @NFH-01 @cap:forwarding @must @profile:notes @profile:linux-2.6.11
  Rule: The last place knows no more by which interface a packet came
    Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_finish_output()

    Scenario: Of one that is passed on, where it leaves
      Given a function on each hook that accepts all
      And forwarding is on
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3"
      Then POST_ROUTING knows that it leaves by eth1

  @NFH-01 @cap:forwarding @must @profile:linux-6
  Rule: The last place still knows by which interface a packet came
    Source: Linux 6.18, net/ipv4/ip_output.c, ip_output()

    Scenario: Of one that is passed on, both
      Given a function on each hook that accepts all
      And forwarding is on
      When eth0 receives "UDP 10.0.0.2:53 > 10.1.0.2:7 length 3"
      Then POST_ROUTING knows that it came in by eth0 and leaves by eth1

  @NFH-01 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: At one place the lowest priority looks first
    Source: Linux 2.6.11, net/core/netfilter.c, nf_register_hook()

    Scenario: Registered in another order
      Given function late on LOCAL_IN of priority 100
      And function first on LOCAL_IN of priority -200
      And function middle on LOCAL_IN of priority 0
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3"
      Then it is seen by first, middle, late

    Scenario: Who has gone looks no more
      Given function one on LOCAL_IN of priority 0
      And function two on LOCAL_IN of priority 0
      And function one is taken off
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3"
      Then it is seen by two

  @NFH-01 @must @profile:notes @profile:linux-2.6.11
  Rule: Of functions of one priority who came first looks first
    Source: Linux 2.6.11, net/core/netfilter.c, nf_register_hook()

    Scenario: Three of one priority
      Given function one on LOCAL_IN of priority 0
      And function two on LOCAL_IN of priority 0
      And function three on LOCAL_IN of priority 0
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3"
      Then it is seen by one, two, three

  @NFH-01 @must @profile:linux-6
  Rule: Of functions of one priority who came last looks first
    Source: Linux 6.18, net/netfilter/core.c, nf_hook_entries_grow()

    Scenario: Three, between two of other priorities
      Given function late on LOCAL_IN of priority 1
      And function one on LOCAL_IN of priority 0
      And function two on LOCAL_IN of priority 0
      And function early on LOCAL_IN of priority -1
      And function three on LOCAL_IN of priority 0
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3"
      Then it is seen by early, three, two, one, late

  @NFH-01 @IPI-06 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A verdict lets the packet go on, ends it, or takes it away
    Source: Linux 2.6.11, net/core/netfilter.c, nf_iterate(), nf_hook_slow()

    Background:
      Given function before on LOCAL_IN of priority -1

    Scenario: ACCEPT
      Given function judge on LOCAL_IN of priority 0 that answers ACCEPT
      And function behind on LOCAL_IN of priority 1
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3"
      Then it is seen by before, judge, behind
      And 1 datagram waits for bob

    Scenario Outline: <verdict>: nobody behind sees it, nor does the socket
      Given function judge on LOCAL_IN of priority 0 that answers <verdict>
      And function behind on LOCAL_IN of priority 1
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3"
      Then it is seen by before, judge
      And 0 datagrams wait for bob
      And eth0 sends nothing

      Examples:
        | verdict |
        | DROP    |
        | STOLEN  |

    Scenario: QUEUE, where nobody takes packets to user space
      Given function judge on LOCAL_IN of priority 0 that answers QUEUE
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3"
      Then it is seen by before, judge
      And 0 datagrams wait for bob

  @NFH-01 @must @profile:notes @profile:linux-2.6.11
  Rule: REPEAT has the same function look again
    Source: Linux 2.6.11, net/core/netfilter.c, nf_iterate()

    Scenario: Twice
      Given function before on LOCAL_IN of priority -1
      And function judge on LOCAL_IN of priority 0 that answers REPEAT, REPEAT, ACCEPT
      And function behind on LOCAL_IN of priority 1
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3"
      Then it is seen by before, judge, judge, judge, behind
      And 1 datagram waits for bob

  @NFH-01 @must @profile:linux-6
  Rule: REPEAT is no verdict of a function any more: the packet is lost
    Source: Linux 6.18, net/netfilter/core.c, nf_hook_slow(): it is for those that go on with a packet from user space

    Scenario: Nobody looks again, and nobody gets it
      Given function judge on LOCAL_IN of priority 0 that answers REPEAT, ACCEPT
      And function behind on LOCAL_IN of priority 1
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3"
      Then it is seen by judge
      And 0 datagrams wait for bob

    Scenario: The next packet finds the next verdict
      Given function judge on LOCAL_IN of priority 0 that answers REPEAT, ACCEPT
      And eth0 has received "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3"
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 length 3"
      Then it is seen by judge, judge
      And 1 datagram waits for bob

    Scenario: Who sends is not told
      Given function judge on LOCAL_OUT of priority 0 that answers REPEAT
      When bob sends 01 to 10.0.0.2:7
      Then all 1 octets were taken
      And eth0 sends nothing

  @NFH-01 @IPO-11 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Who sends a packet that LOCAL_OUT drops is told so, and nothing leaves
    Source: Linux 2.6.11, net/core/netfilter.c, nf_hook_slow(): -EPERM

    Scenario: DROP
      Given function judge on LOCAL_OUT of priority 0 that answers DROP
      When bob sends 01 to 10.0.0.2:7
      Then the call fails with EPERM
      And eth0 sends nothing

    Scenario: STOLEN: the call succeeds
      Given function judge on LOCAL_OUT of priority 0 that answers STOLEN
      When bob sends 01 to 10.0.0.2:7
      Then all 1 octets were taken
      And eth0 sends nothing

    Scenario: A datagram in pieces is dropped as a whole
      Given function judge on LOCAL_OUT of priority 0 that answers DROP, ACCEPT
      When bob sends 4000 octets of 61 to 10.0.0.2:7
      Then the call fails with EPERM
      And eth0 sends nothing

    Scenario: ACCEPT
      Given function judge on LOCAL_OUT of priority 0 that answers ACCEPT
      When bob sends 01 to 10.0.0.2:7
      Then eth0 sends "UDP 10.0.0.1:2000 > 10.0.0.2:7 length 1"

  @IPI-06 @IPO-11 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: LOCAL_IN and LOCAL_OUT see whole datagrams, once each
    Source: Linux 2.6.11, net/ipv4/ip_input.c, ip_local_deliver(); ip_output.c, ip_push_pending_frames()

    Scenario: One that comes in two pieces
      Given function judge on LOCAL_IN of priority 0
      And a datagram of 52 octets to 10.0.0.1:2000 in pieces of 24, 24 and 12 octets
      When eth0 receives pieces 1, 2, 3
      Then it is seen by judge
      And the packets that judge sees have 80 octets

    Scenario: One that leaves in three
      Given function judge on LOCAL_OUT of priority 0
      When bob sends 4000 octets of 61 to 10.0.0.2:7
      Then it is seen by judge
      And the packets that judge sees have 4028 octets

  @IPO-13 @IPO-11 @must @profile:notes @profile:linux-2.6.11
  Rule: POST_ROUTING sees the pieces of a datagram
    Source: Linux 2.6.11, net/ipv4/ip_output.c, ip_output(), ip_finish_output()

    Scenario: Three
      Given function judge on POST_ROUTING of priority 0
      When bob sends 3972 octets of 61 to 10.0.0.2:7
      Then it is seen by judge, judge, judge
      And the packets that judge sees have 1500, 1500, 1040 octets

  @IPO-13 @must @profile:linux-6
  Rule: POST_ROUTING sees the datagram before it is cut
    Source: Linux 6.18, net/ipv4/ip_output.c, ip_output(), __ip_finish_output()

    Scenario: One
      Given function judge on POST_ROUTING of priority 0
      When bob sends 3972 octets of 61 to 10.0.0.2:7
      Then it is seen by judge
      And the packets that judge sees have 4000 octets
