@cap:network @cap:tcp
Feature: Keepalive
  A connection on which nothing is said may have lost its peer. Where the program wants to know, the host asks now and
  then with an old number, which every peer answers.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And alice has a connection that the peer began
    And alice has set the stream option SO_KEEPALIVE to 1

  @TCP-01 @must
  Rule: A peer that has said nothing for two hours is asked, and given up when it does not answer
    Source: RFC 9293, section 3.8.4; RFC 1122, section 4.2.3.6; Linux 2.6.11, net/ipv4/tcp_timer.c, tcp_keepalive_timer(); 4.4BSD, netinet/tcp_timer.c

    Scenario: After two hours
      When 7200 s go by
      Then the peer gets ". 0:0(0) ack 1"
      And the peer gets nothing more

    Scenario: And not before
      When 7199 s go by
      Then the peer gets nothing

    Scenario: Every 75 seconds as long as there is no answer
      Given 7200 s go by
      And the peer has got ". 0:0(0) ack 1"
      When 75 s go by
      Then the peer gets ". 0:0(0) ack 1"
      And the peer gets nothing more

    Scenario: An answer is the beginning of two hours more
      Given 7200 s go by
      And the peer has got ". 0:0(0) ack 1"
      And the peer has sent ". 1:1(0) ack 1"
      When 7199 s go by
      Then the peer gets nothing

    Scenario: A peer that does not know of the connection ends it
      Given 7200 s go by
      And the peer has got ". 0:0(0) ack 1"
      And the peer has sent "R 1:1(0)"
      When alice receives up to 10 octets
      Then the call fails with ECONNRESET

    Scenario: Who reads is told when there was no answer at all
      Given alice sleeps receiving up to 10 octets
      When 8000 s go by
      Then the call of alice fails with ETIMEDOUT

    Scenario: Without the option nobody asks
      Given alice has set the stream option SO_KEEPALIVE to 0
      When 8000 s go by
      Then the peer gets nothing

  @TCP-01 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A program may ask sooner, more often, and give up earlier
    Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_setsockopt(), TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT

    Background:
      Given alice has set the stream option TCP_KEEPIDLE to 10
      And alice has set the stream option TCP_KEEPINTVL to 5
      And alice has set the stream option TCP_KEEPCNT to 2

    Scenario: Twice, and then the connection is reset
      When 30 s go by
      Then the peer gets these segments, and nothing else:
        | 10000 ms | . 0:0(0) ack 1  |
        | 15000 ms | . 0:0(0) ack 1  |
        | 20000 ms | R. 1:1(0) ack 1 |

  @TCP-01 @must @profile:notes @profile:bsd-4.4 @profile:linux-6
  Rule: Octets that come of themselves are a sign of life as well
    Source: RFC 1122, section 4.2.3.6; 4.4BSD, netinet/tcp_input.c, t_idle; Linux since 2.6.36, include/net/tcp.h, keepalive_time_elapsed()

    Scenario: They put the question off
      Given 7000 s go by
      And the peer has sent "P. 1:11(10) ack 1"
      And 1 s goes by
      And the peer has got all that was sent
      When 7198 s go by
      Then the peer gets nothing

    Scenario: For two hours
      Given 7000 s go by
      And the peer has sent "P. 1:11(10) ack 1"
      And 1 s goes by
      And the peer has got all that was sent
      When 7200 s go by
      Then the peer gets ". 0:0(0) ack 11"

  @TCP-01 @must
  Rule: A peer that does not answer is given up after some questions, and told so
    Source: Linux 2.6.11, include/net/tcp.h, TCP_KEEPALIVE_PROBES; net/ipv4/tcp_timer.c, tcp_keepalive_timer(); 4.4BSD, netinet/tcp_timer.h, TCPTV_KEEPCNT

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: In Linux after nine
      When 7900 s go by
      Then the peer gets these segments, and nothing else:
        | 7200000 ms | . 0:0(0) ack 1  |
        | 7275000 ms | . 0:0(0) ack 1  |
        | 7350000 ms | . 0:0(0) ack 1  |
        | 7425000 ms | . 0:0(0) ack 1  |
        | 7500000 ms | . 0:0(0) ack 1  |
        | 7575000 ms | . 0:0(0) ack 1  |
        | 7650000 ms | . 0:0(0) ack 1  |
        | 7725000 ms | . 0:0(0) ack 1  |
        | 7800000 ms | . 0:0(0) ack 1  |
        | 7875000 ms | R. 1:1(0) ack 1 |

    @profile:bsd-4.4
    Scenario: In 4.4BSD after eight
      When 7900 s go by
      Then the peer gets these segments, and nothing else:
        | 7200000 ms | . 0:0(0) ack 1  |
        | 7275000 ms | . 0:0(0) ack 1  |
        | 7350000 ms | . 0:0(0) ack 1  |
        | 7425000 ms | . 0:0(0) ack 1  |
        | 7500000 ms | . 0:0(0) ack 1  |
        | 7575000 ms | . 0:0(0) ack 1  |
        | 7650000 ms | . 0:0(0) ack 1  |
        | 7725000 ms | . 0:0(0) ack 1  |
        | 7800000 ms | R. 1:1(0) ack 1 |

  @TCP-01 @must @profile:notes @profile:linux-2.6.11
  Rule: While octets wait to be sent they ask, and nothing else does
    Source: Linux 2.6.11, net/ipv4/tcp_timer.c, tcp_keepalive_timer(), "It is alive without keepalive 8)"

    Scenario: The window is closed
      Given bob listens at 10.0.0.1:90 with a backlog of 5
      And bob has a connection that peer 2 began with "win 0 <mss 1000>"
      And bob has set the stream option TCP_KEEPIDLE to 10
      And bob has set the stream option SO_KEEPALIVE to 1
      And bob has sent 10 octets
      When 40 s go by
      Then peer 2 gets these segments, and nothing else:
        | 3000 ms  | . 0:0(0) ack 1 |
        | 9000 ms  | . 0:0(0) ack 1 |
        | 21000 ms | . 0:0(0) ack 1 |

    Scenario: Octets are under way
      Given alice has set the stream option TCP_KEEPIDLE to 5
      And alice has sent 10 octets
      When 8 s go by
      Then the peer gets these segments, and nothing else:
        | 0 ms    | P. 1:11(10) ack 1 |
        | 3000 ms | P. 1:11(10) ack 1 |
