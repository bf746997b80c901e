@cap:network @cap:forwarding @cap:udp @clock:virtual
Feature: A path on which links take less and less
  A and B are joined by the routers R and S. From A to R is 10.0.0.0/24, from R to S 10.0.1.0/24, from S to B
  10.0.2.0/24; on each, the host on the left is .1, the one on the right .2. The hosts know each other, and
  their routers, from a datagram that has passed before.

  @FRG-01 @must
  Rule: Routers cut what is too long for the next link, pieces too, and only the last host puts them together
    Source: RFC 791, section 3.2; Linux 2.6.11, net/ipv4/ip_output.c, ip_fragment()

    Background:
      Given hosts A, R, S and B in a row, on these links:
        | bits a second | delay | MTU  |
        | 1000000       | 1 ms  | 1500 |
        | 10000000      | 1 ms  | 1000 |
        | 10000000      | 1 ms  | 576  |
      And alice is on A
      And bob is on B
      And alice has a UDP socket at 10.0.0.1:1000
      And bob has a UDP socket at 10.0.2.2:2000
      And alice has set IP_TTL to 64
      And alice has sent 61 to 10.0.2.2:2000
      And the lab has come to rest
      And bob has received a datagram

    Scenario: 1980 octets in all: two pieces, then three, then four
      When alice sends 1972 octets of 62 to 10.0.2.2:2000
      And the lab comes to rest
      Then these packets go from A to R:
        | UDP 10.0.0.1:1000 > 10.0.2.2:2000 length 1 ttl 64          |
        | IP 10.0.0.1 > 10.0.2.2 UDP offset 0 MF length 1480 ttl 64  |
        | IP 10.0.0.1 > 10.0.2.2 UDP offset 1480 no-MF length 500    |
      And these packets go from R to S:
        | UDP 10.0.0.1:1000 > 10.0.2.2:2000 length 1 ttl 63          |
        | IP 10.0.0.1 > 10.0.2.2 UDP offset 0 MF length 976 ttl 63   |
        | IP 10.0.0.1 > 10.0.2.2 UDP offset 976 MF length 504 ttl 63 |
        | IP 10.0.0.1 > 10.0.2.2 UDP offset 1480 no-MF length 500    |
      And these packets go from S to B:
        | UDP 10.0.0.1:1000 > 10.0.2.2:2000 length 1 ttl 62          |
        | IP 10.0.0.1 > 10.0.2.2 UDP offset 0 MF length 552 ttl 62   |
        | IP 10.0.0.1 > 10.0.2.2 UDP offset 552 MF length 424 ttl 62 |
        | IP 10.0.0.1 > 10.0.2.2 UDP offset 976 MF length 504        |
        | IP 10.0.0.1 > 10.0.2.2 UDP offset 1480 no-MF length 500    |
      When bob receives a datagram without waiting
      Then bob gets 1972 octets of 62 from 10.0.0.1:1000

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: The longest datagram that there is
      When alice sends 65507 octets of 62 to 10.0.2.2:2000
      And the lab comes to rest
      And bob receives a datagram without waiting
      Then bob gets 65507 octets of 62 from 10.0.0.1:1000

    Scenario: Pieces in whatever order, and twice
      Given the link from A to R holds back 40 % from now on
      And the link from R to S doubles 40 % from now on
      And the link from S to B holds back 40 % from now on
      When alice sends 9000 octets of 62 to 10.0.2.2:2000
      And the lab comes to rest
      And bob receives a datagram without waiting
      Then bob gets 9000 octets of 62 from 10.0.0.1:1000

    Scenario: The last piece is missing: the datagram never arrives, and its sender is told when it is given up
      When alice sends 1972 octets of 62 to 10.0.2.2:2000
      And 15 ms go by
      Given the link from R to S loses 100 % from now on
      When the lab comes to rest
      Then 0 datagrams wait for bob
      And these packets go from B to S:
        | ICMP 10.0.2.2 > 10.0.0.1 time-exceeded reassembly |

    Scenario: What fits every link is not cut
      When alice sends 548 octets of 62 to 10.0.2.2:2000
      And the lab comes to rest
      Then 2 packets go from S to B
      And no packet goes from B to S

  @MTU-03 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: Each router that a packet is too long for says so, and the next packet is tried at the length that it says
    Source: RFC 1191, sections 3 and 4; Linux 2.6.11, net/ipv4/ip_forward.c, ip_forward()

    Background:
      Given hosts A, R, S and B in a row, on these links:
        | bits a second | delay | MTU  |
        | 10000000      | 1 ms  | 1500 |
        | 10000000      | 1 ms  | 1000 |
        | 10000000      | 1 ms  | 576  |
      And alice is on A
      And bob is on B
      And alice has a UDP socket at 10.0.0.1:1000
      And bob has a UDP socket at 10.0.2.2:2000
      And alice has set IP_MTU_DISCOVER to IP_PMTUDISC_DO
      And alice has connected to 10.0.2.2:2000
      And alice has sent 61
      And the lab has come to rest
      And bob has received a datagram

    Scenario: The first router is heard of first
      When alice sends 1472 octets of 62
      And the lab comes to rest
      Then IP_MTU of alice is 1000
      And SO_ERROR of alice is EMSGSIZE
      And 0 datagrams wait for bob
      And these packets go from R to A:
        | ICMP 10.0.0.2 > 10.0.0.1 unreachable fragmentation-needed mtu 1000 quoting (UDP 10.0.0.1:1000 > 10.0.2.2:2000) |

    Scenario: Until it fits, and then it arrives in one piece
      Given alice has sent 1472 octets of 62
      When the lab comes to rest
      Then SO_ERROR of alice is EMSGSIZE
      And IP_MTU of alice is 1000
      When alice sends 972 octets of 62
      And the lab comes to rest
      Then SO_ERROR of alice is EMSGSIZE
      And IP_MTU of alice is 576
      When alice sends 548 octets of 62
      And the lab comes to rest
      Then these packets go from S to B:
        | UDP 10.0.0.1:1000 > 10.0.2.2:2000 length 1          |
        | UDP 10.0.0.1:1000 > 10.0.2.2:2000 length 548 DF     |
      When bob receives a datagram without waiting
      Then bob gets 548 octets of 62 from 10.0.0.1:1000

    Scenario: One octet more than the narrowest link takes
      Given alice has sent 1472 octets of 62
      When the lab comes to rest
      Then SO_ERROR of alice is EMSGSIZE
      When alice sends 549 octets of 62
      And the lab comes to rest
      Then 0 datagrams wait for bob
      And IP_MTU of alice is 576

  @FRG-01 @property
  Rule: Whatever the links take, and in whatever order and however often pieces come, all datagrams arrive
    Source: RFC 791, section 3.2

    Scenario: Generated paths that lose and damage nothing
      Then the property "datagrams over a path that loses and damages nothing all arrive, whatever their order and however often" holds

  @SOC-05 @FRG-01 @property
  Rule: Whatever the links do to frames, a datagram arrives as it was sent or not at all
    Source: RFC 768, Checksum; RFC 791, section 3.2; POSIX.1-2001, SOCK_DGRAM

    Scenario: Generated paths with loss, reordering, duplication and corruption
      Then the property "datagrams over any path of links arrive as they were sent or not at all, and the hosts come to rest" holds
