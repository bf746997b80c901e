@cap:network @cap:tcp
Feature: What is noted when a segment is sent
  A buffer is cut to segments. Each segment that leaves is noted: what it acknowledges is acknowledged, and data show that
  the connection, and its congestion window, are in use.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @TXP-04 @must
  Rule: A write is cut at the MSS, and what ends it is pushed
    Source: RFC 9293, sections 3.8.2 and 3.7.1; Linux 2.6.11, net/ipv4/tcp.c, tcp_sendmsg()

    Scenario Outline: <length> octets
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      When alice sends <length> octets
      Then the peer gets these segments, and acknowledges each:
        | <first>  |
        | <second> |
        | <third>  |

      Examples: About one segment, and about two
        | length | first              | second                | third                 |
        | 1      | P. 1:2(1)          |                       |                       |
        | 999    | P. 1:1000(999)     |                       |                       |
        | 1000   | P. 1:1001(1000)    |                       |                       |
        | 1001   | . 1:1001(1000)     | P. 1001:1002(1)       |                       |
        | 1999   | . 1:1001(1000)     | P. 1001:2000(999)     |                       |
        | 2000   | . 1:1001(1000)     | P. 1001:2001(1000)    |                       |
        | 2001   | . 1:1001(1000)     | . 1001:2001(1000)     | P. 2001:2002(1)       |

    @profile:notes @profile:linux-2.6.11
    Scenario: In Linux so is what makes more than half of the peer's window that was not
      Given alice has a connection that the peer began with "win 4000 <mss 1000>"
      When alice sends 6000 octets
      Then the peer gets these segments, and acknowledges each:
        | . 1:1001(1000)     |
        | . 1001:2001(1000)  |
        | P. 2001:3001(1000) |
        | . 3001:4001(1000)  |
        | . 4001:5001(1000)  |
        | P. 5001:6001(1000) |

    @profile:notes @profile:linux-2.6.11
    Scenario: So it is when more is to come
      Given alice has a connection that the peer began with "win 4000 <mss 1000>"
      When alice sends 3000 octets with more to come
      Then the peer gets these segments, and acknowledges each:
        | . 1:1001(1000)     |
        | . 1001:2001(1000)  |
        | P. 2001:3001(1000) |

    Scenario Outline: The MSS is the peer's: <mss>
      Given alice has a connection that the peer began with "win 65535 <mss <mss>>"
      When alice sends 3000 octets
      Then the peer gets "seq 1 length <length>"

      Examples: Without one it is 536; more than the own interface takes is no use
        | mss  | length |
        | 100  | 100    |
        | 536  | 536    |
        | 1459 | 1459   |
        | 1460 | 1460   |
        | 1461 | 1460   |
        | 8960 | 1460   |

    Scenario: Without one it is 536
      Given alice has a connection that the peer began with "win 65535"
      When alice sends 1000 octets
      Then the peer gets "seq 1 length 536"

    @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4
    Scenario: A FIN goes with the last octets that have not left, and not with those before
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 3500 octets
      And alice has shut the connection down for writing
      When the peer acknowledges all that comes
      Then the last segment that the peer got was "FP. 3001:3501(500)"

  @TXP-06 @must @profile:notes @profile:linux-2.6.11 @cap:tcp-info @cap:tcp-tunables
  Rule: A congestion window that was not used for a retransmission timeout becomes smaller
    Source: RFC 2861; Linux 2.6.11, include/net/tcp.h, tcp_cwnd_validate(); net/ipv4/tcp_output.c, tcp_cwnd_application_limited(), tcp_cwnd_restart()

    Background:
      Given congestionControl is newreno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 12000 octets
      And the peer has acknowledged 5000 octets, 1000 at a time
      And the peer has acknowledged 7000 octets, 7000 at a time
      And the congestion window of alice is 8000 octets
      And the retransmission timeout of alice is 201 ms

    Scenario Outline: After <idle> ms
      Given <idle> ms go by
      When alice sends 1000 octets
      Then the congestion window of alice is <window> octets
      And the slow-start threshold of alice is <threshold>

      Examples: Up to the timeout nothing, at it halfway to what was used, beyond it half for each timeout
        | idle | window | threshold   |
        | 200  | 8000   | not set     |
        | 201  | 5000   | not set     |
        | 202  | 4000   | not set     |
        | 402  | 4000   | not set     |

    Scenario Outline: It goes halfway to the most that was under way: <used> octets
      Given alice has sent <used> octets
      And the peer has acknowledged <used> octets, <used> at a time
      And 150 ms go by
      And alice has sent 1000 octets
      And the peer has acknowledged 1000 octets, 1000 at a time
      And 51 ms go by
      When alice sends 1000 octets
      Then the congestion window of alice is <window> octets

      Examples: Two segments at least, and all but one
        | used | window |
        | 1000 | 5000   |
        | 3000 | 5000   |
        | 4000 | 6000   |
        | 7000 | 7000   |

    Scenario: What was under way before all of it was used does not count
      Given alice has sent 8000 octets
      And the peer has acknowledged 8000 octets, 8000 at a time
      And the congestion window of alice is 9000 octets
      And 150 ms go by
      And alice has sent 1000 octets
      And the peer has acknowledged 1000 octets, 1000 at a time
      And 51 ms go by
      When alice sends 1000 octets
      Then the congestion window of alice is 5000 octets

    Scenario Outline: Then it is seen for a timeout what is used: <later> ms later
      Given alice has sent 7000 octets
      And the peer has acknowledged 7000 octets, 7000 at a time
      And 150 ms go by
      And alice has sent 1000 octets
      And the peer has acknowledged 1000 octets, 1000 at a time
      And 51 ms go by
      And alice has sent 1000 octets
      And the peer has acknowledged 1000 octets, 1000 at a time
      And 100 ms go by
      And alice has sent 1000 octets
      And the peer has acknowledged 1000 octets, 1000 at a time
      And the congestion window of alice is 7000 octets
      And <later> ms go by
      When alice sends 1000 octets
      Then the congestion window of alice is <window> octets

      Examples: Before that nothing, then halfway to two segments
        | later | window |
        | 100   | 7000   |
        | 101   | 4000   |

    Scenario: What was used before an idle time does not count behind it
      Given alice has sent 7000 octets
      And the peer has acknowledged 7000 octets, 7000 at a time
      And 202 ms go by
      And alice has sent 1000 octets
      And the peer has acknowledged 1000 octets, 1000 at a time
      And the congestion window of alice is 4000 octets
      And 101 ms go by
      And alice has sent 1000 octets
      And the peer has acknowledged 1000 octets, 1000 at a time
      And 100 ms go by
      When alice sends 1000 octets
      Then the congestion window of alice is 3000 octets

    Scenario Outline: A program that has filled its send buffer would use it: it writes <written> octets
      Given alice has sent 1000 octets
      And the peer has sent ". 1:1(0) ack 13001 win 4000"
      And alice sends <written> octets without waiting
      And the peer has sent ". 1:1(0) ack 17001 win 0"
      And 201 ms go by
      When the peer sends ". 1:1(0) ack 17001 win 4000"
      Then the congestion window of alice is <window> octets

      Examples: Less than the buffer holds, and more
        | written | window |
        | 12000   | 6000   |
        | 80000   | 8000   |

    Scenario: What it used meanwhile counts when there is room again
      Given alice has sent 1000 octets
      And the peer has sent ". 1:1(0) ack 13001 win 4000"
      And alice sends 80000 octets without waiting
      And the peer has sent ". 1:1(0) ack 17001 win 0"
      And 201 ms go by
      And the peer has sent ". 1:1(0) ack 17001 win 4000"
      And the congestion window of alice is 8000 octets
      And the peer has sent ". 1:1(0) ack 21001 win 0"
      And 201 ms go by
      When the peer sends ". 1:1(0) ack 21001 win 1000"
      Then the congestion window of alice is 6000 octets

    Scenario: One that is used stays
      Given alice has sent 8000 octets
      And 150 ms go by
      And the peer has acknowledged 8000 octets, 1000 at a time
      And alice has sent 10000 octets
      And 150 ms go by
      When the peer acknowledges 1000 octets more
      Then the congestion window of alice is 10000 octets

  @TXP-06 @must @profile:notes @cap:tcp-info @cap:tcp-tunables
  Rule: In the notes an idle time leaves as much as a connection begins with, two segments
    Source: RFC 2581, section 4.1, the restart window

    Scenario Outline: After <idle> ms
      Given congestionControl is newreno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 12000 octets
      And the peer has acknowledged 5000 octets, 1000 at a time
      And the peer has acknowledged 7000 octets, 7000 at a time
      And <idle> ms go by
      When alice sends 1000 octets
      Then the congestion window of alice is 2000 octets

      Examples: More than two timeouts, and many
        | idle |
        | 403  |
        | 5000 |

  @TXP-06 @must @profile:linux-2.6.11 @cap:tcp-info
  Rule: In Linux 2.6.11 an idle time leaves as much as RFC 2414 lets a connection begin with
    Source: RFC 2414, section 1; Linux 2.6.11, net/ipv4/tcp_output.c, tcp_cwnd_restart(); net/ipv4/tcp_input.c, tcp_init_cwnd()

    Scenario Outline: Segments of <mss> octets, after <idle> ms
      Given alice has a connection that the peer began with "win 65535 <mss <mss>>"
      And alice has set the stream option SO_SNDBUF to 60000
      And alice has sent <burst> octets
      And the peer has acknowledged <five> octets, <mss> at a time
      And the peer has acknowledged <seven> octets, <seven> at a time
      And <idle> ms go by
      When alice sends 1000 octets
      Then the congestion window of alice is <window> octets

      Examples: Four, but three of those that are longer than 1095; it does not begin with so many
        | mss  | burst | five | seven | idle | window |
        | 1000 | 12000 | 5000 | 7000  | 403  | 4000   |
        | 1000 | 12000 | 5000 | 7000  | 5000 | 4000   |
        | 1095 | 13140 | 5475 | 7665  | 5000 | 4380   |
        | 1096 | 13152 | 5480 | 7672  | 402  | 4384   |
        | 1096 | 13152 | 5480 | 7672  | 403  | 3288   |
        | 1460 | 17520 | 7300 | 10220 | 5000 | 4380   |

  @TXP-06 @must @profile:notes @profile:linux-2.6.11 @cap:tcp-info @cap:tcp-tunables
  Rule: The threshold remembers three quarters of a window that becomes smaller because it was not used
    Source: Linux 2.6.11, include/net/tcp.h, tcp_current_ssthresh(); net/ipv4/tcp_output.c, tcp_cwnd_application_limited(), tcp_cwnd_restart()

    Background: A window of five segments, behind a threshold of two
      Given congestionControl is newreno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 60000
      And alice has sent 16000 octets
      And 3 s go by
      And the peer acknowledges 11000 octets of alice, 1000 at a time
      And the peer has sent ". 1:1(0) ack 16001"
      And the congestion window of alice is 5000 octets
      And the slow-start threshold of alice is 2000 octets
      And the retransmission timeout of alice is 201 ms

    Scenario: Nothing was sent for longer than a timeout
      Given 202 ms go by
      When alice sends 1000 octets
      Then the slow-start threshold of alice is 3000 octets

    Scenario: Not all of it was used for a timeout
      Given 201 ms go by
      When alice sends 1000 octets
      Then the congestion window of alice is 3000 octets
      And the slow-start threshold of alice is 3000 octets

    Scenario: The threshold is no lower than it was
      Given 201 ms go by
      And alice has sent 1000 octets
      And the peer has sent ". 1:1(0) ack 17001"
      And 201 ms go by
      When alice sends 1000 octets
      Then the congestion window of alice is 2000 octets
      And the slow-start threshold of alice is 3000 octets

  @TXP-06 @TCP-02 @must @profile:notes @profile:linux-2.6.11 @cap:tcp-info @cap:tcp-tunables
  Rule: A window with which a loss is made good is not changed because it is not used
    Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_cwnd_application_limited(), "we do not touch cwnd in retransmission phases"

    Scenario: After the ACK of all that was sent before
      Given congestionControl is newreno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 12000 octets
      And the peer has acknowledged 5000 octets, 1000 at a time
      And the peer sends 3 duplicate ACKs
      And the peer has acknowledged 7000 octets, 7000 at a time
      And the congestion window of alice is 3000 octets
      And 201 ms go by
      When alice sends 1000 octets
      Then the congestion window of alice is 3000 octets

  @TXP-06 @must @profile:notes @cap:tcp-info @cap:tcp-tunables
  Rule: A window in octets that has been full is used, too
    Source: RFC 2861, section 3

    Scenario Outline: <idle> ms after it was full
      Given congestionControl is reno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And 150 ms go by
      And alice has sent 12000 octets
      And the peer has acknowledged 5000 octets, 1000 at a time
      And the peer has acknowledged 7000 octets, 7000 at a time
      And the congestion window of alice is 8000 octets
      And the retransmission timeout of alice is 201 ms
      And <idle> ms go by
      When alice sends 1000 octets
      Then the congestion window of alice is <window> octets

      Examples: Up to the timeout nothing, at it halfway to what was used
        | idle | window |
        | 200  | 8000   |
        | 201  | 5000   |

  @TXP-06 @must @profile:bsd-4.4 @cap:tcp-info
  Rule: In 4.4BSD a window that is not used stays as long as the connection is not idle
    Source: 4.4BSD, netinet/tcp_output.c, tcp_output()

    Scenario: A segment every half second, for three seconds
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 8000 octets
      And the peer has acknowledged 8000 octets, 1000 at a time
      And the congestion window of alice is 9000 octets
      And 500 ms go by
      And alice has sent 1000 octets
      And the peer has acknowledged 1000 octets, 1000 at a time
      And 500 ms go by
      And alice has sent 1000 octets
      And the peer has acknowledged 1000 octets, 1000 at a time
      And 500 ms go by
      And alice has sent 1000 octets
      And the peer has acknowledged 1000 octets, 1000 at a time
      And 500 ms go by
      And alice has sent 1000 octets
      And the peer has acknowledged 1000 octets, 1000 at a time
      And 500 ms go by
      And alice has sent 1000 octets
      And the peer has acknowledged 1000 octets, 1000 at a time
      And 500 ms go by
      When alice sends 1000 octets
      Then the congestion window of alice is 14000 octets

  @TXP-06 @must @profile:bsd-4.4 @cap:tcp-info
  Rule: In 4.4BSD a connection that has been idle for a retransmission timeout begins with one segment again
    Source: 4.4BSD, netinet/tcp_output.c, "we have been idle for a while"

    Background:
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 8000 octets
      And the peer has acknowledged 8000 octets, 1000 at a time

    Scenario: After a minute
      Given 60 s go by
      When alice sends 1000 octets
      Then the congestion window of alice is 1000 octets

    Scenario: At once it does not
      When alice sends 1000 octets
      Then the congestion window of alice is 9000 octets

  @TXP-07 @TXP-09 @must @cap:tcp-info
  Rule: An ACK that is delayed has been sent when any segment has left
    Source: RFC 9293, section 3.8.6.3; Linux 2.6.11, net/ipv4/tcp_output.c, tcp_event_ack_sent(); 4.4BSD, netinet/tcp_output.c, TF_DELACK

    Background:
      Given alice has a connection that the peer began
      And the peer has sent "P. 1:21(20) ack 1"
      And alice has sent 10 octets
      And the peer has sent ". 21:21(0) ack 11"
      And 1 s goes by
      And alice has sent 10 octets
      And the peer has sent "P. 21:41(20) ack 21"
      And alice has sent 10 octets
      And the peer has sent "P. 41:61(20) ack 31"
      And the peer has got all that was sent

    Scenario: It waits
      Then the delayed-ack timer of alice runs

    Scenario: Data take it with them
      When alice sends 10 octets
      Then the peer gets "P. 31:41(10) ack 61"
      And the delayed-ack timer of alice does not run

    Scenario: A bare ACK, too
      When 1 s goes by
      Then the peer gets ". 31:31(0) ack 61"
      And the delayed-ack timer of alice does not run
      And the peer gets nothing more

    Scenario: A FIN, too
      When alice shuts the connection down for writing
      Then the peer gets "F. 31:31(0) ack 61"
      And the delayed-ack timer of alice does not run

  @TXP-09 @must @profile:notes @profile:linux-2.6.11 @cap:tcp-info @cap:tcp-tunables
  Rule: Data end the idle time of a connection, and an ACK alone does not
    Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_event_data_sent()

    Background:
      Given congestionControl is newreno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 12000 octets
      And the peer has acknowledged 5000 octets, 1000 at a time
      And the peer has acknowledged 7000 octets, 7000 at a time
      And 150 ms go by

    Scenario: Nothing was sent
      Given 60 ms go by
      When alice sends 1000 octets
      Then the congestion window of alice is 4000 octets

    Scenario: An ACK was sent
      Given the peer has sent "P. 1:101(100) ack 12001"
      And 50 ms go by
      And the peer has got ". 12001:12001(0) ack 101"
      And 10 ms go by
      When alice sends 1000 octets
      Then the congestion window of alice is 4000 octets

    Scenario: Data were sent
      Given alice has sent 100 octets
      And the peer has sent ". 1:1(0) ack 12101"
      And 60 ms go by
      When alice sends 1000 octets
      Then the congestion window of alice is 5000 octets

    Scenario: Data were sent that carry an ACK
      Given the peer has sent "P. 1:101(100) ack 12001"
      And alice has sent 100 octets
      And the peer has sent ". 101:101(0) ack 12101"
      And 60 ms go by
      When alice sends 1000 octets
      Then the congestion window of alice is 5000 octets
