@cap:network @cap:tcp @cap:tcp-tunables
Feature: Windows beyond 65535 octets
  The header has 16 bits for the window. Two hosts that both say so in their SYNs count in units of a power of two.

  Background:
    Given windowScaling is 1
    And interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And alice has a stream socket at 10.0.0.1:80

  @BUF-09 @must
  Rule: The unit is as small as the receive buffer allows
    Source: RFC 7323, section 2; 4.4BSD, netinet/tcp_input.c, request_r_scale; Linux 2.6.11, include/net/tcp.h, tcp_select_initial_window()

    @profile:notes
    Scenario Outline: SO_RCVBUF of <asked>, a scale of <scale>
      Given alice has set the stream option SO_RCVBUF to <asked>
      And alice has listened with a backlog of 5
      When the peer sends "S 0:0(0) win 65535 <mss 1000,nop,wscale 0>"
      Then the peer gets "S. 0:0(0) ack 1 <mss 1460,nop,wscale <scale>>"

      Examples: Twice what was asked for, in 16 bits, in 17, in 18
        | asked | scale |
        | 32767 | 0     |
        | 32768 | 1     |
        | 65535 | 1     |
        | 65536 | 2     |

    @profile:bsd-4.4
    Scenario Outline: In 4.4BSD, SO_RCVBUF of <asked>, a scale of <scale>
      Given alice has set the stream option SO_RCVBUF to <asked>
      And alice has listened with a backlog of 5
      When the peer sends "S 0:0(0) win 65535 <mss 1000,nop,wscale 0>"
      Then the peer gets "S. 0:0(0) ack 1 <mss 1460,nop,wscale <scale>>"

      Examples: In 16 bits, in 17, in 18
        | asked  | scale |
        | 65535  | 0     |
        | 65536  | 1     |
        | 131070 | 1     |
        | 131072 | 2     |

    @profile:linux-2.6.11
    Scenario Outline: Linux 2.6.11 takes the greatest buffer that there may be, whatever the program says: <asked>
      Given alice has set the stream option SO_RCVBUF to <asked>
      And alice has listened with a backlog of 5
      When the peer sends "S 0:0(0) win 65535 <mss 1000,nop,wscale 0>"
      Then the peer gets "S. 0:0(0) ack 1 <mss 1460,nop,wscale 2>"

      Examples: 174760 octets
        | asked |
        | 1000  |
        | 50000 |

    @profile:linux-2.6.11
    Scenario: Where it says nothing, too
      Given alice has listened with a backlog of 5
      When the peer sends "S 0:0(0) win 65535 <mss 1000,nop,wscale 0>"
      Then the peer gets "S. 0:0(0) ack 1 <mss 1460,nop,wscale 2>"

    @profile:linux-6
    Scenario: Linux 6, where the program says nothing, takes 6 MiB
      Given alice has listened with a backlog of 5
      When the peer sends "S 0:0(0) win 65535 <mss 1000,nop,wscale 0>"
      Then the peer gets "S. 0:0(0) ack 1 <mss 1460,nop,wscale 7>"

  @BUF-09 @must
  Rule: A peer's scale beyond 14 counts as 14
    Source: RFC 7323, section 2.3; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_parse_options(); 4.4BSD, netinet/tcp_input.c, tcp_dooptions()

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario Outline: A scale of <scale>, and a window of one unit: <half> octets are half of it
      Given interface eth1 at 10.0.1.1/24 with an MTU of 40000
      And neighbour 10.0.1.2 on eth1
      And the peer is on eth1
      And the peer is at 10.0.1.2:4000
      And bob listens at 10.0.1.1:80 with a backlog of 5
      And the peer talks to 10.0.1.1:80
      And the peer has sent "S 0:0(0) win 100 <mss 39960,nop,wscale <scale>>"
      And the peer has got "S. 0:0(0) ack 1"
      And the peer has sent ". 1:1(0) ack 1 win 1"
      And bob has accepted a connection
      When bob sends 20000 octets
      Then the peer gets "seq 1 length <half>"

      Examples: 13, 14, 15, and what eight bits can say
        | scale | half |
        | 13    | 4096 |
        | 14    | 8192 |
        | 15    | 8192 |
        | 255   | 8192 |
