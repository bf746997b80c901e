@cap:network @cap:tcp
Feature: The life of a TCP connection
  Two ends agree on where each begins to count, send octets both ways, and end each way by itself. In between either
  may end everything at once. Numbers count from the SYN of each side: its first octet is number 1.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @TCP-01 @must
  Rule: A connection is there when each side's SYN has been acknowledged
    Source: RFC 9293, section 3.5

    Scenario: The peer begins
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      When the peer sends "S 0:0(0) win 65535 <mss 1460>"
      Then the peer gets "S. 0:0(0) ack 1"
      And the peer gets nothing more

    Scenario: The third segment completes what the peer began, and is not answered
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer has sent "S 0:0(0) win 65535 <mss 1460>"
      And the peer has got "S. 0:0(0) ack 1"
      When the peer sends ". 1:1(0) ack 1"
      Then the peer gets nothing
      And alice accepts a connection
      And alice has a connection from the peer

    Scenario: The host begins
      Given alice has begun to connect to 10.0.0.2:80
      Then the peer gets "S 0:0(0)"
      And alice sleeps

    Scenario: What the host began is complete with its own ACK
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      When the peer sends "S. 0:0(0) ack 1 win 65535 <mss 1460>"
      Then the peer gets ". 1:1(0) ack 1"
      And alice is connected

    Scenario: Both begin at once
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      And the peer has sent "S 0:0(0) win 65535 <mss 1460>"
      And the peer has got "S. 0:0(0) ack 1"
      When the peer sends "S. 0:0(0) ack 1 win 65535 <mss 1460>"
      Then alice is connected
