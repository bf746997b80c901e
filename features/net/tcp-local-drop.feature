@cap:network @cap:tcp @cap:interface-queue
Feature: Segments that the own interface drops
  A send buffer loses nothing. But what leaves it may find the queue before the wire full, and is lost there, before it
  has left the host. TCP slows down, and sends it again.

  @FLW-08 @FLW-13 @must @profile:notes @profile:linux-2.6.11
  Rule: What arrives at the interface faster than the wire takes it is dropped there, and arrives in the end
    Source: Linux 2.6.11, net/sched/sch_generic.c, pfifo_fast_enqueue(); 4.4BSD, net/if_ethersubr.c, IF_DROP

    @cap:tcp-tunables
    Scenario: A modem of 56 kbit/s: a connection fills its queue
      Given congestionControl is reno
      And interface eth0 at 10.0.0.1/24
      And eth0 has a queue of 9 frames and a wire of 56000 bits a second
      And neighbour 10.0.0.2 on eth0
      And alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer has connected over the wire with "win 65535 <mss 1000>"
      And alice has accepted a connection
      When alice sends 100000 octets
      Then over a path of 100 ms the peer gets all 100000 octets in the end
      And eth0 has dropped frames

    @cap:tcp-tunables
    Scenario: Ethernet of 100 Mbit/s: the same connection does not
      Given congestionControl is reno
      And interface eth0 at 10.0.0.1/24
      And eth0 has a queue of 9 frames and a wire of 100000000 bits a second
      And neighbour 10.0.0.2 on eth0
      And alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer has connected over the wire with "win 65535 <mss 1000>"
      And alice has accepted a connection
      When alice sends 100000 octets
      Then over a path of 100 ms the peer gets all 100000 octets in the end
      And eth0 has dropped nothing

    Scenario: A busy server: many connections together do
      Given interface eth0 at 10.0.0.1/24
      And eth0 has a queue of 9 frames and a wire of 100000000 bits a second
      And neighbour 10.0.0.2 on eth0
      And alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer has connected over the wire with "win 65535 <mss 1000>"
      And alice has accepted a connection
      And bob listens at 10.0.0.1:81 with a backlog of 5
      And peer 2 has connected over the wire with "win 65535 <mss 1000>"
      And bob has accepted a connection
      And carol listens at 10.0.0.1:82 with a backlog of 5
      And peer 3 has connected over the wire with "win 65535 <mss 1000>"
      And carol has accepted a connection
      When alice sends 60000 octets
      And bob sends 60000 octets
      And carol sends 60000 octets
      Then over paths of 100 ms each of 3 peers gets all 60000 octets in the end
      And eth0 has dropped frames

    Scenario: The burst of a slow start overflows a short queue, however fast the wire
      Given interface eth0 at 10.0.0.1/24
      And eth0 has a queue of 2 frames and a wire of 100000000 bits a second
      And neighbour 10.0.0.2 on eth0
      And alice listens at 10.0.0.1:80 with a backlog of 5
      And the peer has connected over the wire with "win 65535 <mss 1000>"
      And alice has accepted a connection
      When alice sends 100000 octets
      Then over a path of 100 ms the peer gets all 100000 octets in the end
      And eth0 has dropped frames

  @FLW-08 @FLW-13 @must @profile:bsd-4.4
  Rule: In 4.4BSD, too, what arrives at the interface faster than the wire takes it is dropped there, and arrives in the end
    Source: 4.4BSD, net/if_ethersubr.c, IF_DROP; netinet/tcp_output.c

    Scenario Outline: A wire of <rate> bits a second, a queue of <queue>
      Given interface eth0 at 10.0.0.1/24
      And eth0 has a queue of <queue> frames and a wire of <rate> bits a second
      And neighbour 10.0.0.2 on eth0
      And alice listens at 10.0.0.1:80 with a backlog of 5
      And alice has set the stream option SO_SNDBUF to 16384
      And the peer has connected over the wire with "win 65535 <mss 1000>"
      And alice has accepted a connection
      When alice sends 100000 octets
      Then over a path of 100 ms the peer gets all 100000 octets in the end
      And eth0 has dropped <what>

      Examples: A modem, an Ethernet, a short queue
        | queue | rate      | what    |
        | 9     | 56000     | frames  |
        | 9     | 100000000 | nothing |
        | 2     | 100000000 | frames  |

  @FLW-09 @must @profile:notes @cap:tcp-info @cap:tcp-tunables
  Rule: A drop at the interface takes the congestion window back to one segment, and slow start begins again
    Source: 4.4BSD, netinet/tcp_output.c, ENOBUFS; netinet/tcp_subr.c, tcp_quench()

    Background:
      Given congestionControl is reno
      And interface eth0 at 10.0.0.1/24
      And eth0 has a queue of 4 frames
      And neighbour 10.0.0.2 on eth0
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 20000
      And alice has sent 40000 octets
      And the peer has acknowledged 6000 octets, 1000 at a time
      And eth0 is stalled

    Scenario: As much as the queue holds changes nothing
      When the peer acknowledges 3000 octets more
      Then eth0 has dropped 0 frames
      And the congestion window of alice is 9000 octets

    Scenario: One segment more is dropped
      When the peer acknowledges 4000 octets more
      Then eth0 has dropped 1 frame
      And the congestion window of alice is 1000 octets

    Scenario: The threshold stays as it was
      When the peer acknowledges 8000 octets more
      Then the slow-start threshold of alice is not set

    Scenario Outline: Then each ACK opens the window by a segment: <acks>
      Given the peer acknowledges 4000 octets more
      And eth0 goes on
      When the peer has acknowledged <octets> octets, 1000 at a time
      Then the congestion window of alice is <window> octets

      Examples: Slow start
        | acks | octets | window |
        | 1    | 1000   | 2000   |
        | 2    | 2000   | 3000   |
        | 4    | 4000   | 5000   |

    Scenario: All arrive in the end
      Given the peer acknowledges 8000 octets more
      When eth0 goes on
      Then the peer gets all 40000 octets in the end

  @FLW-09 @must @profile:bsd-4.4 @cap:tcp-info
  Rule: In 4.4BSD, too, a drop at the interface takes the congestion window back to one segment
    Source: 4.4BSD, netinet/tcp_output.c, ENOBUFS; netinet/tcp_subr.c, tcp_quench()

    Scenario: A burst into a short queue
      Given interface eth0 at 10.0.0.1/24
      And eth0 has a queue of 4 frames
      And neighbour 10.0.0.2 on eth0
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 40960
      And alice has sent 40000 octets
      And the peer has acknowledged 6000 octets, 1000 at a time
      And eth0 is stalled
      When the peer acknowledges 6000 octets more
      Then eth0 has dropped 1 frame
      And the congestion window of alice is 1000 octets
      And eth0 goes on
      And the peer gets all 40000 octets in the end

  @FLW-09 @must @profile:linux-2.6.11 @cap:tcp-info
  Rule: In Linux a drop at the interface halves the threshold, and the window becomes what is under way and one segment
    Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_transmit_skb(): tcp_enter_cwr(); include/net/tcp.h, __tcp_enter_cwr()

    Background:
      Given interface eth0 at 10.0.0.1/24
      And eth0 has a queue of 4 frames
      And neighbour 10.0.0.2 on eth0
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 40000
      And alice has sent 40000 octets
      And the peer has acknowledged 6000 octets, 1000 at a time
      And the congestion window of alice is 8000 octets
      And eth0 is stalled

    Scenario: A burst into a short queue
      When the peer acknowledges 8000 octets more
      Then eth0 has dropped 1 frame
      And the slow-start threshold of alice is 4000 octets
      And the congestion window of alice is 5000 octets

    Scenario: All arrive in the end
      Given the peer acknowledges 8000 octets more
      When eth0 goes on
      Then the peer gets all 40000 octets in the end

  @TXP-05 @must @profile:notes @profile:linux-2.6.11
  Rule: A segment that does not leave stays the first one to be sent; one that leaves makes way for the next
    Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_write_xmit(), update_send_head()

    Background:
      Given interface eth0 at 10.0.0.1/24
      And eth0 has a queue of 1 frame
      And neighbour 10.0.0.2 on eth0
      And alice has a connection that the peer began with "win 65535 <mss 1000>"

    Scenario: Two that leave
      When alice sends 2000 octets
      Then 0 octets of alice have not left

    Scenario: The second of three does not, and the third is not tried
      Given eth0 is stalled
      When alice sends 3000 octets
      Then 2000 octets of alice have not left
      And eth0 has dropped frames

    Scenario: It leaves with the next ACK, before the third
      Given eth0 is stalled
      And alice has sent 3000 octets
      And eth0 goes on
      And the peer gets "seq 1 length 1000"
      When the peer sends ". 1:1(0) ack 1001"
      Then the peer gets "seq 1001 length 1000"

    Scenario: Where nothing is under way a timer tries again
      Given bob listens at 10.0.0.1:90 with a backlog of 5
      And bob has a connection that peer 2 began
      And eth0 is stalled
      And bob has sent 10 octets
      And alice has sent 1000 octets
      And 1000 octets of alice have not left
      And eth0 goes on
      When 8 s go by
      Then the peer gets "seq 1 length 1000"
      And 0 octets of alice have not left

  @TCP-03 @FLW-08 @must @profile:notes @profile:linux-2.6.11
  Rule: A segment that does not leave when it is to be sent again is tried again in half a second, as if nothing had been done
    Source: Linux 2.6.11, net/ipv4/tcp_timer.c, tcp_retransmit_timer(), TCP_RESOURCE_PROBE_INTERVAL

    Background: Another connection's segment fills the queue
      Given interface eth0 at 10.0.0.1/24
      And eth0 has a queue of 1 frame
      And neighbour 10.0.0.2 on eth0
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And bob listens at 10.0.0.1:90 with a backlog of 5
      And bob has a connection that peer 2 began
      And alice has sent 1000 octets
      And the peer has got "P. 1:1001(1000) ack 1"
      And eth0 is stalled
      And bob has sent 10 octets

    Scenario: The queue has room after 3.2 seconds
      Given 3200 ms go by
      And eth0 goes on
      When 6299 ms go by
      Then the peer gets these segments, and nothing else:
        | 3500 ms | P. 1:1001(1000) ack 1 |

    Scenario: The time for the next one is doubled when it has left
      Given 3200 ms go by
      And eth0 goes on
      And 6299 ms go by
      And the peer has got "P. 1:1001(1000) ack 1"
      When 1 ms goes by
      Then the peer gets "P. 1:1001(1000) ack 1"

  @TXP-05 @FLW-08 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: What has not left can still become longer
    Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_sendmsg(), skb_add_data()

    Scenario: Octets that are written behind it go with it
      Given interface eth0 at 10.0.0.1/24
      And eth0 has a queue of 1 frame
      And neighbour 10.0.0.2 on eth0
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And bob listens at 10.0.0.1:90 with a backlog of 5
      And bob has a connection that peer 2 began
      And eth0 is stalled
      And bob has sent 10 octets
      And alice has sent 100 octets
      And eth0 has dropped 1 frame
      And eth0 goes on
      When alice sends 100 octets
      Then the peer gets "P. 1:201(200) ack 1"

  @TCP-03 @FLW-08 @must
  Rule: Where the timeout is shorter than half a second that is the time, or it is not
    Source: Linux 2.6.11, net/ipv4/tcp_timer.c, tcp_retransmit_timer(); Linux 6.1, the same, "Let senders fight for local resources conservatively"

    Background: A segment of 200 ms, and another connection's that fills the queue
      Given interface eth0 at 10.0.0.1/24
      And eth0 has a queue of 1 frame
      And neighbour 10.0.0.2 on eth0
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And bob listens at 10.0.0.1:90 with a backlog of 5
      And bob has a connection that peer 2 began
      And alice has sent 1000 octets
      And the peer has sent ". 1:1(0) ack 1001"
      And alice has sent 1000 octets
      And the peer has got all that was sent
      And eth0 is stalled
      And bob has sent 10 octets
      And 250 ms go by
      And eth0 has dropped frames
      And eth0 goes on

    @profile:notes @profile:linux-2.6.11
    Scenario: After the timeout, once more
      When 200 ms go by
      Then the peer gets "P. 1001:2001(1000) ack 1"

    @profile:linux-6
    Scenario: After the timeout it does not go
      When 300 ms go by
      Then the peer gets nothing

    @profile:linux-6
    Scenario: Half a second later it does
      When 500 ms go by
      Then the peer gets "P. 1001:2001(1000) ack 1"

  @FLW-09 @TCP-02 @must @profile:linux-2.6.11 @cap:tcp-info
  Rule: The window of a host that has dropped a segment goes down for as long as what was under way, and then grows again
    Source: Linux 2.6.11, net/ipv4/tcp_input.c, tcp_try_to_open(), tcp_cwnd_down(), tcp_fastretrans_alert(), "CWR is to be held something *above* high_seq"; include/net/tcp.h, __tcp_enter_cwr()

    Background: Four segments are under way, in a window of five
      Given interface eth0 at 10.0.0.1/24
      And eth0 has a queue of 4 frames
      And neighbour 10.0.0.2 on eth0
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 40000
      And alice has sent 40000 octets
      And the peer has acknowledged 6000 octets, 1000 at a time
      And eth0 is stalled
      And the peer acknowledges 8000 octets more
      And the congestion window of alice is 5000 octets
      And eth0 goes on

    Scenario Outline: After <acks> ACKs
      When the peer has acknowledged <octets> octets, 1000 at a time
      Then the congestion window of alice is <window> octets
      And the slow-start threshold of alice is 4000 octets

      Examples: One segment more than is under way, one less for two ACKs; the fourth is of the last that was, the sixth of a new one
        | acks | octets | window |
        | 1    | 1000   | 4000   |
        | 2    | 2000   | 3000   |
        | 3    | 3000   | 3000   |
        | 4    | 4000   | 2000   |
        | 5    | 5000   | 2000   |
        | 6    | 6000   | 3000   |

    Scenario: A loss that shows meanwhile does not lower the threshold once more
      Given the peer has got all that was sent
      When the peer sends 3 duplicate ACKs
      Then the peer gets ". 18001:19001(1000) ack 1"
      And the peer gets ". 14001:15001(1000) ack 1"
      And the peer gets nothing more
      And the slow-start threshold of alice is 4000 octets
      And the congestion window of alice is 2000 octets

  @FLW-03 @FLW-08 @must @profile:notes @profile:linux-2.6.11
  Rule: A question that does not leave is asked again in half a second
    Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_send_probe0(), "Let local senders to fight for local resources"

    Background: Another connection's segment fills the queue
      Given interface eth0 at 10.0.0.1/24
      And eth0 has a queue of 1 frame
      And neighbour 10.0.0.2 on eth0
      And alice has a connection that the peer began with "win 0 <mss 1000>"
      And bob listens at 10.0.0.1:90 with a backlog of 5
      And bob has a connection that peer 2 began
      And alice has sent 1000 octets
      And eth0 is stalled
      And bob has sent 10 octets

    Scenario: The queue has room after 3.2 seconds; the time is doubled when the question has left
      Given 3200 ms go by
      And eth0 goes on
      When 6300 ms go by
      Then the peer gets these segments, and nothing else:
        | 3500 ms | . 0:0(0) ack 1 |
        | 9500 ms | . 0:0(0) ack 1 |

  @TCP-01 @FLW-08 @must @profile:notes @profile:linux-2.6.11
  Rule: That of a connection on which nothing is said is, too
    Source: Linux 2.6.11, net/ipv4/tcp_timer.c, tcp_keepalive_timer(), "If keepalive was lost due to local congestion, try harder"

    Background: Another connection's segment fills the queue
      Given interface eth0 at 10.0.0.1/24
      And eth0 has a queue of 1 frame
      And neighbour 10.0.0.2 on eth0
      And alice has a connection that the peer began
      And alice has set the stream option TCP_KEEPIDLE to 2
      And alice has set the stream option TCP_KEEPINTVL to 3
      And alice has set the stream option TCP_KEEPCNT to 2
      And alice has set the stream option SO_KEEPALIVE to 1
      And bob listens at 10.0.0.1:90 with a backlog of 5
      And bob has a connection that peer 2 began
      And eth0 is stalled
      And bob has sent 10 octets

    Scenario: The queue has room after 3.2 seconds; the first question that leaves is the first that counts
      Given 3200 ms go by
      And eth0 goes on
      When 6300 ms go by
      Then the peer gets these segments, and nothing else:
        | 3500 ms | . 0:0(0) ack 1  |
        | 6500 ms | . 0:0(0) ack 1  |
        | 9500 ms | R. 1:1(0) ack 1 |

  @LSN-04 @FLW-08 @must @cap:tcp-queues
  Rule: A SYN whose answer does not leave has come, or it has not
    Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, tcp_v4_conn_request(), drop_and_free; Linux 6.1, net/ipv4/tcp_input.c, tcp_conn_request(); 4.4BSD, netinet/tcp_input.c, TCPS_LISTEN

    Background: Another connection's segment fills the queue
      Given interface eth0 at 10.0.0.1/24
      And eth0 has a queue of 1 frame
      And neighbour 10.0.0.2 on eth0
      And alice listens at 10.0.0.1:80 with a backlog of 5
      And bob listens at 10.0.0.1:90 with a backlog of 5
      And bob has a connection that peer 2 began
      And the peer talks to 10.0.0.1:80
      And eth0 is stalled
      And bob has sent 10 octets

    @profile:notes @profile:linux-2.6.11
    Scenario: It is forgotten
      When the peer sends "S 0:0(0) win 65535"
      Then 0 requests and 0 connections wait for alice

    @profile:linux-6 @profile:bsd-4.4
    Scenario: It is kept, and answered later
      Given the peer has sent "S 0:0(0) win 65535"
      And 1 request and 0 connections wait for alice
      And eth0 goes on
      When 6 s go by
      Then the peer gets "S. 0:0(0) ack 1"
