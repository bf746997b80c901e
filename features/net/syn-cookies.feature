@cap:network @cap:tcp @cap:tcp-tunables
Feature: SYN cookies
  A host whose queue of requests is full can answer all the same: the number with which it begins holds what it would have
  to remember, so that the last segment of the handshake brings it back.

  @LSN-08 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: With cookies a good client gets in although the queue is full of the attackers' requests
    Source: D. Bernstein, SYN cookies; Linux 2.6.11, net/ipv4/syncookies.c, cookie_v4_init_sequence(), cookie_v4_check()

    Background:
      Given interface eth0 at 10.0.0.1/24
      And neighbour 10.0.0.2 on eth0
      And a route to 198.18.0.0/15 by 10.0.0.2
      And maxSynBacklog is 16
      And synCookies is 1
      And alice listens at 10.0.0.1:80 with a backlog of 5
      And attackers have sent 100 SYNs to 10.0.0.1:80

    Scenario: It is answered
      When the peer sends "S 0:0(0) win 65535 <mss 1460>"
      Then the peer gets "S. 0:0(0) ack 1"

    Scenario: And gets in
      Given the peer has sent "S 0:0(0) win 65535 <mss 1460>"
      And the peer has got "S. 0:0(0) ack 1"
      When the peer sends ". 1:1(0) ack 1"
      Then alice accepts a connection
      And alice has a connection from the peer

    Scenario: Octets go both ways
      Given the peer has connected
      And alice has accepted a connection
      And the peer has sent "P. 1:11(10) ack 1"
      And alice has received up to 100 octets
      And alice gets the next 10 octets
      And the peer has got all that was sent
      When alice sends 5 octets
      Then the peer gets "P. 1:6(5) ack 11"

    @cap:tcp-queues
    Scenario: Nothing is remembered of it meanwhile
      Given the memory of the requests that wait for alice is noted
      When the peer sends "S 0:0(0) win 65535 <mss 1460>"
      Then the requests that wait for alice take no more memory than was noted

    Scenario Outline: Another number, <ack>, is no cookie
      Given the peer has sent "S 0:0(0) win 65535 <mss 1460>"
      And the peer has got "S. 0:0(0) ack 1"
      When the peer sends ". 1:1(0) ack <ack>"
      Then the peer gets "R <ack>:<ack>(0)"

      Examples: Near it, and far away
        | ack        |
        | 20         |
        | 100000     |
        | 2000000000 |

    Scenario: A cookie is the peer's alone
      Given the peer has sent "S 0:0(0) win 65535 <mss 1460>"
      And the peer has got "S. 0:0(0) ack 1"
      When peer 2 sends ". 1:1(0) ack 1"
      Then peer 2 gets "R 1:1(0)"

    Scenario: It holds the least segment of a table that is not beyond the peer's
      Given the peer has connected with "win 65535 <mss 600>"
      And alice has accepted a connection
      When alice sends 1000 octets
      Then the peer gets ". 1:537(536) ack 1"

    Scenario: It is good for some minutes, while others are refused
      Given the peer has sent "S 0:0(0) win 65535 <mss 1460>"
      And the peer has got "S. 0:0(0) ack 1"
      And 300 s go by
      And attackers have sent 100 SYNs to 10.0.0.1:80
      When the peer sends ". 1:1(0) ack 1"
      Then the peer gets "R 1:1(0)"

    Scenario: When nobody was refused lately, there are no cookies
      Given the peer has sent "S 0:0(0) win 65535 <mss 1460>"
      And the peer has got "S. 0:0(0) ack 1"
      And 100 s go by
      When the peer sends ". 1:1(0) ack 1"
      Then the peer gets "R 1:1(0)"
