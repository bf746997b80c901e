@cap:network @cap:tcp
Feature: What routers say of a connection
  A router that cannot forward a segment says so. That may pass, and anybody could say it: a connection that is there
  does not end for it.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @TCP-01 @must
  Rule: A router's word about a connection that is there is only remembered
    Source: RFC 1122, section 4.2.3.9; RFC 5461; Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_err(); 4.4BSD, netinet/tcp_subr.c, tcp_notify()

    Scenario Outline: A router says <code>
      Given alice has a connection that the peer began
      And alice has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      And a router says "unreachable <code>" of the last segment
      And the peer has sent "P. 1:11(10) ack 11"
      When alice receives up to 100 octets
      Then alice gets the next 10 octets

      Examples: However final it sounds
        | code            |
        | net             |
        | host            |
        | protocol        |
        | port            |
        | host-prohibited |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Who asks for errors is told of it at once
      Given alice has a connection that the peer began
      And alice has set the stream option IP_RECVERR to 1
      And alice has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      And a router says "unreachable host" of the last segment
      When alice sends 10 octets
      Then the call fails with EHOSTUNREACH

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: But not about a segment that was not sent
      Given alice has a connection that the peer began
      And alice has set the stream option IP_RECVERR to 1
      And alice has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      And a router says "unreachable host" of a segment 1000 octets beyond the last
      When alice sends 10 octets
      Then 10 octets of alice were taken

  @LSN-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A client that cannot be reached is asked for no more
    Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_err(), "TCP_LISTEN"

    Background:
      Given alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer has sent "S 0:0(0) win 65535 <mss 1460>"
      And the peer has got "S. 0:0(0) ack 1"

    Scenario: The answer to its SYN has not come through
      Given a router says "unreachable host" of the last segment
      When the peer sends ". 1:1(0) ack 1"
      Then the peer gets "R 1:1(0)"

    Scenario: Another segment has not
      Given a router says "unreachable host" of a segment 1000 octets beyond the last
      And the peer has sent ". 1:1(0) ack 1"
      When alice accepts a connection without waiting
      Then alice has a connection from the peer

  @TXP-04 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A path's MTU counts where it was asked for, and where the segment was sent
    Source: RFC 1191, section 6.4; RFC 5927, section 7; Linux 2.6.11, net/ipv4/tcp_ipv4.c, do_pmtu_discovery()

    Scenario: A socket that does not look for the path's MTU
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option IP_MTU_DISCOVER to IP_PMTUDISC_DONT
      And alice has sent 1000 octets
      And the peer has got "P. 1:1001(1000) ack 1"
      When a router says "unreachable fragmentation-needed mtu 640" of the last segment
      Then the peer gets nothing

    Scenario: A guess about a segment that was not sent
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 1000 octets
      And the peer has got "P. 1:1001(1000) ack 1"
      When a router says "unreachable fragmentation-needed mtu 640" of a segment 5000 octets beyond the last
      Then the peer gets nothing

    @cap:tcp-tunables
    Scenario: What is short enough is not sent again, with a window in segments
      Given congestionControl is newreno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option TCP_NODELAY to 1
      And alice has sent 100 octets
      And alice has sent 1000 octets
      And the peer has got all that was sent
      When a router says "unreachable fragmentation-needed mtu 640" of the last segment
      Then the peer gets "seq 101 length 600"

    Scenario: Another connection to the same peer learns it when it sends next
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And bob listens at 10.0.0.1:81 with a backlog of 5
      And bob has a connection that peer 2 began with "win 65535 <mss 1000>"
      And alice has sent 1000 octets
      And the peer has got "P. 1:1001(1000) ack 1"
      And a router says "unreachable fragmentation-needed mtu 640" of the last segment
      And bob has sent 1000 octets
      When 1 s goes by
      Then peer 2 gets "seq 1 length 600"

  @TXP-04 @TCP-02 @must @profile:notes @profile:linux-2.6.11 @cap:tcp-tunables
  Rule: Of what was cut each piece is lost, and each goes as one of the window
    Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_fragment(), lost_out; net/ipv4/tcp_input.c, tcp_xmit_retransmit_queue()

    Scenario: Two segments that are too long, and a window of two
      Given congestionControl is newreno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 2000 octets
      And the peer has got all that was sent
      When a router says "unreachable fragmentation-needed mtu 640" of the last segment
      Then the peer gets "seq 1 length 600"
      And the peer gets "seq 601 length 400"
      And the peer gets nothing more

    Scenario: Three segments that are too long, in a window of eight
      Given congestionControl is newreno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 12000 octets
      And the peer has acknowledged 5000 octets, 1000 at a time
      And the peer has acknowledged 7000 octets, 7000 at a time
      And alice has sent 3000 octets
      And the peer has got all that was sent
      When a router says "unreachable fragmentation-needed mtu 640" of the last segment
      Then the peer gets "seq 12001 length 600"
      And the peer gets "seq 12601 length 400"
      And the peer gets "seq 13001 length 600"
      And the peer gets nothing more

    Scenario: The next ACK lets others go, and those that are cut are still one
      Given congestionControl is newreno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 12000 octets
      And the peer has acknowledged 5000 octets, 1000 at a time
      And the peer has acknowledged 7000 octets, 7000 at a time
      And alice has sent 3000 octets
      And the peer has got all that was sent
      And a router says "unreachable fragmentation-needed mtu 640" of the last segment
      And the peer has got all that was sent
      When the peer sends ". 1:1(0) ack 12601"
      Then the peer gets "seq 13601 length 400"
      And the peer gets "seq 14001 length 600"
      And the peer gets nothing more

  @TXP-04 @TCP-02 @must @profile:notes @profile:linux-2.6.11 @cap:tcp-info @cap:tcp-tunables
  Rule: A path that becomes narrower leaves the congestion window, and the threshold remembers three quarters of it
    Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_simple_retransmit(), "Don't muck with the congestion window here"; include/net/tcp.h, tcp_current_ssthresh()

    Scenario: A window of five segments, behind a threshold of two
      Given congestionControl is newreno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 60000
      And alice has sent 16000 octets
      And 3 s go by
      And the peer acknowledges 11000 octets of alice, 1000 at a time
      And the peer has sent ". 1:1(0) ack 16001"
      And the congestion window of alice is 5000 octets
      And the slow-start threshold of alice is 2000 octets
      And alice has sent 1000 octets
      And the peer has got all that was sent
      When a router says "unreachable fragmentation-needed mtu 640" of the last segment
      Then the congestion window of alice is 3000 octets
      And the slow-start threshold of alice is 1800 octets

  @TXP-04 @TCP-02 @must @profile:notes @profile:linux-2.6.11 @cap:tcp-tunables
  Rule: What is taken for lost already has its time when the path becomes narrower
    Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_simple_retransmit(), "if (!lost)"

    Background: Two segments are under way, and time out
      Given congestionControl is newreno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 2000 octets
      And 3 s go by
      And the peer has got all that was sent

    Scenario: It does not go at once
      When a router says "unreachable fragmentation-needed mtu 640" of the last segment
      Then the peer gets nothing

    Scenario: It is shorter when its time has come
      Given a router says "unreachable fragmentation-needed mtu 640" of the last segment
      When 6 s go by
      Then the peer gets "seq 1 length 600"
      And the peer gets nothing more

  @TXP-04 @must @profile:linux-6
  Rule: A router that knows of no narrower path than the host says nothing
    Source: RFC 1191, section 5; Linux 6.1, net/ipv4/route.c, __ip_rt_update_pmtu(), "if (old_mtu < mtu) return"
    Variation: Linux 2.6.11, net/ipv4/route.c, ip_rt_frag_needed(), takes it for a router that knows no better, and guesses.

    Scenario: A path that is as wide as it was
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 1000 octets
      And the peer has got "P. 1:1001(1000) ack 1"
      When a router says "unreachable fragmentation-needed mtu 1500" of the last segment
      Then the peer gets nothing

  @TXP-04 @TCP-02 @must @profile:linux-6
  Rule: All of what was cut goes again at once, as far as there is room
    Source: Linux 6.1, net/ipv4/tcp_output.c, tcp_xmit_retransmit_queue()
    Variation: Linux 2.6.11 counts what it has to send again before it cuts it.

    Scenario: A segment that has become two
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option TCP_NODELAY to 1
      And alice has sent 100 octets
      And alice has sent 1000 octets
      And the peer has got all that was sent
      When a router says "unreachable fragmentation-needed mtu 640" of the last segment
      Then the peer gets "seq 101 length 600"
      And the peer gets "seq 701 length 400"
      And the peer gets nothing more

    Scenario: One that had been sent again goes at once, too
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 1000 octets
      And 1100 ms go by
      And the peer has got all that was sent
      When a router says "unreachable fragmentation-needed mtu 640" of the last segment
      Then the peer gets "seq 1 length 600"

  @TCP-02 @must @cap:tcp-info
  Rule: A router that asks to send less is heard, or it is not
    Source: RFC 1122, section 4.2.3.9; 4.4BSD, netinet/tcp_subr.c, tcp_quench(); RFC 6633; Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_err(), "just silently ignore these"

    @profile:notes @cap:tcp-tunables
    Scenario: The window becomes a segment
      Given congestionControl is reno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 8000 octets
      And the peer has acknowledged 3000 octets, 1000 at a time
      And the congestion window of alice is 5000 octets
      When a router says "source-quench" of the last segment
      Then the congestion window of alice is 1000 octets

    @profile:bsd-4.4
    Scenario: In 4.4BSD, too
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 8000 octets
      And the peer has acknowledged 3000 octets, 1000 at a time
      And the congestion window of alice is 4000 octets
      When a router says "source-quench" of the last segment
      Then the congestion window of alice is 1000 octets

    @profile:linux-2.6.11
    Scenario: In Linux it stays
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 8000 octets
      And the peer has acknowledged 3000 octets, 1000 at a time
      When a router says "source-quench" of the last segment
      Then the congestion window of alice is 5000 octets
      And the slow-start threshold of alice is not set
