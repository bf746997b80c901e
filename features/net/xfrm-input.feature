@cap:network @cap:udp @cap:xfrm-input @profile:notes @profile:linux-2.6.11
Feature: The path of a packet through IPsec
  What IPsec has put around a packet is taken off where it arrives, one transform after the other. The packet keeps in
  mind which, so that who gets it can tell whether it was protected.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And bob has a UDP socket at 10.0.0.1:2000

  @FEA-01 @must
  Rule: A transform takes its header and trailer off, and hands what is left to the protocol behind it
    Source: Linux 2.6.11, net/ipv4/xfrm4_input.c, xfrm4_rcv(); net/ipv4/ip_input.c, ip_local_deliver_finish()

    Scenario: One
      Given packets of protocol 50 lose 4 octets in front and 2 behind, and are of protocol 17 then
      When eth0 receives "IP 10.0.0.2 > 10.0.0.1 proto 50 data eeeeeeee003507d0000a00006162ffff"
      And bob receives a datagram without waiting
      Then bob gets 61 62 from 10.0.0.2:53

    Scenario: One inside another
      Given packets of protocol 51 lose 2 octets in front and 0 behind, and are of protocol 50 then
      And packets of protocol 50 lose 4 octets in front and 2 behind, and are of protocol 17 then
      When eth0 receives "IP 10.0.0.2 > 10.0.0.1 proto 51 data aaaaeeeeeeee003507d0000a00006162ffff"
      And bob receives a datagram without waiting
      Then bob gets 61 62 from 10.0.0.2:53

    Scenario: Too short for both
      Given packets of protocol 50 lose 4 octets in front and 2 behind, and are of protocol 17 then
      When eth0 receives "IP 10.0.0.2 > 10.0.0.1 proto 50 data eeeeeeeeee"
      Then 0 datagrams wait for bob

    Scenario: The trailer does not count where what is inside says how long it is
      Given packets of protocol 50 lose 4 octets in front and 2 behind, and are of protocol 17 then
      When eth0 receives "IP 10.0.0.2 > 10.0.0.1 proto 50 data eeeeeeee003507d0000c00006162ffff"
      Then 0 datagrams wait for bob

    Scenario: Nobody has what it is inside: the answer is about that
      Given packets of protocol 50 lose 4 octets in front and 2 behind, and are of protocol 17 then
      When eth0 receives "IP 10.0.0.2 > 10.0.0.1 proto 50 data eeeeeeee003500090008000099aa"
      Then eth0 sends "ICMP 10.0.0.1 > 10.0.0.2 unreachable port quoting (UDP 10.0.0.2:53 > 10.0.0.1:9)"

  @FEA-01 @must
  Rule: Who asks for a path gets only packets that have come by just that
    Source: Linux 2.6.11, net/xfrm/xfrm_policy.c, __xfrm_policy_check(); skb->sec_path

    Background:
      Given packets of protocol 51 lose 2 octets in front and 0 behind, and are of protocol 50 then
      And packets of protocol 50 lose 4 octets in front and 2 behind, and are of protocol 17 then

    Scenario: Through the transform that is asked for
      Given packets of protocol 17 have to have come through 50
      When eth0 receives "IP 10.0.0.2 > 10.0.0.1 proto 50 data eeeeeeee003507d0000a00006162ffff"
      Then 1 datagram waits for bob

    Scenario: Without it: nobody hears of the packet
      Given packets of protocol 17 have to have come through 50
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 data 6162"
      Then 0 datagrams wait for bob
      And eth0 sends nothing

    Scenario: Without it, where nobody asks
      When eth0 receives "UDP 10.0.0.2:53 > 10.0.0.1:2000 data 6162"
      Then 1 datagram waits for bob

    Scenario: Through one more than is asked for
      Given packets of protocol 17 have to have come through 50
      When eth0 receives "IP 10.0.0.2 > 10.0.0.1 proto 51 data aaaaeeeeeeee003507d0000a00006162ffff"
      Then 0 datagrams wait for bob

    Scenario: Through both that are asked for, in their order
      Given packets of protocol 17 have to have come through 51, 50
      When eth0 receives "IP 10.0.0.2 > 10.0.0.1 proto 51 data aaaaeeeeeeee003507d0000a00006162ffff"
      Then 1 datagram waits for bob

    Scenario: In another order than is asked for
      Given packets of protocol 17 have to have come through 50, 51
      When eth0 receives "IP 10.0.0.2 > 10.0.0.1 proto 51 data aaaaeeeeeeee003507d0000a00006162ffff"
      Then 0 datagrams wait for bob

    Scenario: Where none may have been passed
      Given packets of protocol 17 have to have come through none
      When eth0 receives "IP 10.0.0.2 > 10.0.0.1 proto 50 data eeeeeeee003507d0000a00006162ffff"
      Then 0 datagrams wait for bob
