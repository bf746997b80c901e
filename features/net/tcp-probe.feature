@cap:network @cap:tcp
Feature: Asking whether a window has opened
  The segment that opens a window may be lost, and nobody would ever say so again. A sender that may send nothing asks,
  less and less often.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @FLW-03 @must
  Rule: From one question to the next it takes twice as long, up to a bound
    Source: RFC 9293, section 3.8.6.1; Linux 2.6.11, net/ipv4/tcp_timer.c, tcp_probe_timer(), tcp_output.c, tcp_send_probe0(); 4.4BSD, netinet/tcp_output.c, tcp_setpersist()

    @profile:notes @profile:linux-2.6.11
    Scenario: Linux begins with the timeout of a segment, and does not wait longer than two minutes
      Given alice has a connection that the peer began with "win 0 <mss 1000>"
      And alice has sent 2000 octets
      When 430 s go by
      Then the peer gets these segments, and nothing else:
        | 3000 ms   | . 0:0(0) ack 1 |
        | 9000 ms   | . 0:0(0) ack 1 |
        | 21000 ms  | . 0:0(0) ack 1 |
        | 45000 ms  | . 0:0(0) ack 1 |
        | 93000 ms  | . 0:0(0) ack 1 |
        | 189000 ms | . 0:0(0) ack 1 |
        | 309000 ms | . 0:0(0) ack 1 |
        | 429000 ms | . 0:0(0) ack 1 |

    @profile:bsd-4.4
    Scenario: 4.4BSD does not wait longer than a minute
      Given alice has a connection that the peer began with "win 0 <mss 1000>"
      And alice has sent 2000 octets
      When 211 s go by
      Then the peer gets these segments, and nothing else:
        | 6000 ms   | . 1:2(1) ack 1 |
        | 18000 ms  | . 1:2(1) ack 1 |
        | 42000 ms  | . 1:2(1) ack 1 |
        | 90000 ms  | . 1:2(1) ack 1 |
        | 150000 ms | . 1:2(1) ack 1 |
        | 210000 ms | . 1:2(1) ack 1 |

    @profile:bsd-4.4
    Scenario: Nor less than five seconds, though the timeout of a segment is one
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      And the peer has sent ". 1:1(0) ack 11 win 0"
      And alice has sent 2000 octets
      When 72 s go by
      Then the peer gets these segments, and nothing else:
        | 5000 ms  | . 11:12(1) ack 1 |
        | 10000 ms | . 11:12(1) ack 1 |
        | 15000 ms | . 11:12(1) ack 1 |
        | 23000 ms | . 11:12(1) ack 1 |
        | 39000 ms | . 11:12(1) ack 1 |
        | 71000 ms | . 11:12(1) ack 1 |

    @profile:notes @profile:linux-2.6.11 @cap:tcp-tunables
    Scenario: Nor longer than after as many doublings as segments are sent again
      Given retransmissions is 2
      And alice has a connection that the peer began with "win 0 <mss 1000>"
      And alice has sent 2000 octets
      And 22 s go by
      And the peer has got ". 0:0(0) ack 1"
      And the peer has got ". 0:0(0) ack 1"
      And the peer has got ". 0:0(0) ack 1"
      And the peer has sent ". 1:1(0) ack 1 win 0"
      When 25 s go by
      Then the peer gets these segments, and nothing else:
        | 34000 ms | . 0:0(0) ack 1 |
        | 46000 ms | . 0:0(0) ack 1 |

  @FLW-03 @TCP-03 @must @profile:notes @profile:linux-2.6.11
  Rule: What was under way when the window was closed is sent again for as long as the peer says anything
    Source: Linux 2.6.11, net/ipv4/tcp_timer.c, tcp_retransmit_timer()

    Background:
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 100 octets
      And the peer has sent "P. 1:2(1) ack 1"
      And the peer has sent "P. 2:3(1) ack 1 win 0"
      And the peer has got "P. 1:101(100) ack 1"
      And the peer has got ". 101:101(0) ack 2"
      And the peer has got ". 1:1(0) ack 3"

    Scenario: After two minutes without a word it is given up
      When 188 s go by
      Then the peer gets these segments, and nothing else:
        | 3000 ms  | P. 1:101(100) ack 3 |
        | 9000 ms  | P. 1:101(100) ack 3 |
        | 21000 ms | P. 1:101(100) ack 3 |
        | 45000 ms | P. 1:101(100) ack 3 |
        | 93000 ms | P. 1:101(100) ack 3 |
      And alice sends 10 octets without waiting
      And 10 octets of alice were taken
      And 1 s goes by
      And alice sends 10 octets without waiting
      And the call fails with ETIMEDOUT

    Scenario: A word is enough to go on
      Given 150 s go by
      And the peer has sent ". 3:3(0) ack 1 win 0"
      And the peer has got all that was sent
      When 40 s go by
      Then the peer gets "P. 1:101(100) ack 3"

  @FLW-03 @must
  Rule: An ACK to a peer that has taken its window back has a number that the peer takes, where the stack is careful
    Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_acceptable_seq(); 4.4BSD, netinet/tcp_output.c, "ti->ti_seq = htonl(tp->snd_max)"

    Background:
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 100 octets
      And the peer has sent "P. 1:2(1) ack 1"
      And the peer has sent "P. 2:3(1) ack 1 win 50"
      And 1 s goes by
      And the peer has got all that was sent

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: In Linux that of the end of the window
      When the peer sends "P. 2:3(1) ack 1 win 50"
      Then the peer gets ". 51:51(0) ack 3"

    @profile:bsd-4.4
    Scenario: In 4.4BSD that behind all that was sent
      When the peer sends "P. 2:3(1) ack 1 win 50"
      Then the peer gets ". 101:101(0) ack 3"
