@cap:network @cap:tcp
Feature: Retransmission timeout
  A segment that is not acknowledged in time is sent again. The time follows the round trips that were measured, and
  doubles with each retransmission.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And alice has a connection that the peer began

  @TCP-03 @must
  Rule: What is not acknowledged is sent again, after twice the time each time, until the connection is given up
    Source: RFC 6298, section 5; Linux 2.6.11, net/ipv4/tcp_timer.c, tcp_retransmit_timer(), tcp_write_timeout(); 4.4BSD, netinet/tcp_timer.c

    @profile:notes @profile:linux-2.6.11
    Scenario: From 3 seconds to 2 minutes, 15 times
      Given alice has sent 10 octets
      When 1400 s go by
      Then the peer gets these segments, and nothing else:
        | 0 ms       | P. 1:11(10) ack 1 |
        | 3000 ms    | P. 1:11(10) ack 1 |
        | 9000 ms    | P. 1:11(10) ack 1 |
        | 21000 ms   | P. 1:11(10) ack 1 |
        | 45000 ms   | P. 1:11(10) ack 1 |
        | 93000 ms   | P. 1:11(10) ack 1 |
        | 189000 ms  | P. 1:11(10) ack 1 |
        | 309000 ms  | P. 1:11(10) ack 1 |
        | 429000 ms  | P. 1:11(10) ack 1 |
        | 549000 ms  | P. 1:11(10) ack 1 |
        | 669000 ms  | P. 1:11(10) ack 1 |
        | 789000 ms  | P. 1:11(10) ack 1 |
        | 909000 ms  | P. 1:11(10) ack 1 |
        | 1029000 ms | P. 1:11(10) ack 1 |
        | 1149000 ms | P. 1:11(10) ack 1 |
        | 1269000 ms | P. 1:11(10) ack 1 |
      And alice receives up to 10 octets
      And the call fails with ETIMEDOUT

    @profile:bsd-4.4
    Scenario: In 4.4BSD from 6 to 64 seconds, 12 times
      Given alice has sent 10 octets
      When 718 s go by
      Then the peer gets these segments, and nothing else:
        | 0 ms      | P. 1:11(10) ack 1 |
        | 6000 ms   | P. 1:11(10) ack 1 |
        | 30000 ms  | P. 1:11(10) ack 1 |
        | 78000 ms  | P. 1:11(10) ack 1 |
        | 142000 ms | P. 1:11(10) ack 1 |
        | 206000 ms | P. 1:11(10) ack 1 |
        | 270000 ms | P. 1:11(10) ack 1 |
        | 334000 ms | P. 1:11(10) ack 1 |
        | 398000 ms | P. 1:11(10) ack 1 |
        | 462000 ms | P. 1:11(10) ack 1 |
        | 526000 ms | P. 1:11(10) ack 1 |
        | 590000 ms | P. 1:11(10) ack 1 |
        | 654000 ms | P. 1:11(10) ack 1 |
      And alice receives up to 10 octets
      And the call fails with ETIMEDOUT

    @profile:notes @profile:linux-2.6.11
    Scenario: It is not given up before
      Given alice has sent 10 octets
      When 1388 s go by
      Then alice receives up to 10 octets without waiting
      And the call fails with EAGAIN

    @cap:tcp-tunables
    Scenario: As often as the host is set to
      Given retransmissions is 2
      And bob has a connection to 10.0.0.2:80
      And bob has sent 10 octets
      When 150 s go by
      Then bob receives up to 10 octets
      And the call fails with ETIMEDOUT

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: A router's word is told instead, where there was one
      Given alice has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      And a router says "unreachable host" of the last segment
      When 1400 s go by
      Then alice receives up to 10 octets
      And the call fails with EHOSTUNREACH

    @profile:bsd-4.4
    Scenario Outline: In 4.4BSD it is where it says <code>
      Source: 4.4BSD, netinet/tcp_subr.c, tcp_notify(), "Ignore some errors if we are hooked up"
      Given alice has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      And a router says "unreachable <code>" of the last segment
      When 718 s go by
      Then alice receives up to 10 octets
      And the call fails with <errno>

      Examples: Not that there is no way at the moment
        | code     | errno        |
        | net      | ETIMEDOUT    |
        | host     | ETIMEDOUT    |
        | protocol | ECONNREFUSED |
        | port     | ECONNREFUSED |

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Not what it said before an acknowledgment came
      Given alice has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      And a router says "unreachable host" of the last segment
      And the peer has sent ". 1:1(0) ack 11"
      And alice has sent 10 octets
      When 1400 s go by
      Then alice receives up to 10 octets
      And the call fails with ETIMEDOUT

    Scenario: An acknowledgment ends it
      Given alice has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      And the peer has sent ". 1:1(0) ack 11"
      When 1400 s go by
      Then the peer gets nothing

    Scenario: The FIN is sent again like any other
      Given alice has closed the stream socket
      And the peer has got "F. 1:1(0) ack 1"
      When 8 s go by
      Then the peer gets "F. 1:1(0) ack 1"

    @profile:notes @profile:linux-2.6.11
    Scenario: At the same time as octets
      Given alice has closed the stream socket
      And the peer has got "F. 1:1(0) ack 1"
      When 4 s go by
      Then the peer gets "F. 1:1(0) ack 1" after 3 s

    Scenario: Only what is missing is sent again
      Given alice has sent 10 octets
      And the peer has sent ". 1:1(0) ack 6"
      And the peer has got all that was sent
      When 8 s go by
      Then the peer gets "P. 6:11(5) ack 1"

    Scenario: The first segment first, and one alone
      Given bob has a connection to 10.0.0.2:80 that answers with "win 65535 <mss 100>"
      And bob has sent 200 octets
      And the peer has got ". 1:101(100) ack 1"
      And the peer has got all that was sent
      When 8 s go by
      Then the peer gets ". 1:101(100) ack 1"

  @TCP-03 @must @cap:netlink @profile:notes @profile:linux-2.6.11
  Rule: Where there is no way to the peer any more a segment counts as sent again, and the connection is given up in the end
    Source: Linux 2.6.11, net/ipv4/tcp_timer.c, tcp_retransmit_timer(); net/ipv4/tcp_output.c, tcp_retransmit_skb(), "Routing failure or similar"; net/ipv4/tcp_ipv4.c, tcp_v4_rebuild_header()

    Background: The way goes when the first segment has gone; a round trip that took no time makes it 201 ms
      Given carol has a netlink socket
      And carol has sent RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE, EXCL
      And bob has a connection to 10.9.0.2:80
      And bob has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      And carol sends RTM_DELROUTE of 10.9.0.0/16 with nothing

    Scenario: After 201, 402 and 804 ms there is none; after 1608 ms there is one again
      Given 2 s go by
      And carol has sent RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE, EXCL
      When 2 s go by
      Then the peer gets these segments, and nothing else:
        | 3015 ms | P. 1:11(10) ack 1 |

    Scenario: The program is told that there is none
      When 1400 s go by
      Then bob receives up to 10 octets
      And the call fails with ENETUNREACH

  @TCP-03 @FLW-03 @must @cap:netlink @profile:notes @profile:linux-2.6.11
  Rule: A question that finds no way to the peer counts as one that has left
    Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_send_probe0(), "if (err <= 0)"

    Scenario: After 201, 402 and 804 ms there is no way; after 1608 ms there is one again
      Given carol has a netlink socket
      And carol has sent RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE, EXCL
      And bob has a connection to 10.9.0.2:80 that answers with "win 0 <mss 1000>"
      And bob has sent 1000 octets
      And carol sends RTM_DELROUTE of 10.9.0.0/16 with nothing
      And 2 s go by
      And carol has sent RTM_NEWROUTE of 10.9.0.0/16 by 10.0.0.2 with CREATE, EXCL
      When 2 s go by
      Then the peer gets these segments, and nothing else:
        | 3015 ms | . 0:0(0) ack 1 |

  @FLW-05 @must
  Rule: Small segments that are sent again go together
    Linux joins two that were sent, 4.4BSD keeps octets and cuts them anew.
    Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_retransmit_skb(), tcp_retrans_try_collapse(); Linux 6.1, tcp_retrans_try_collapse(); 4.4BSD, netinet/tcp_output.c, tcp_output()

    Background:
      Given bob has a connection to 10.0.0.2:80 that answers with "win 65535 <mss 100>"
      And bob has set the stream option TCP_NODELAY to 1

    @profile:notes @profile:linux-2.6.11
    Scenario Outline: The first of less than half a segment takes one along, if there is room: <first> and <second>
      Given bob has sent <first> octets
      And bob has sent <second> octets
      And bob has sent 1 octet
      And the peer has got all that was sent
      When 4 s go by
      Then the peer gets "<again>"

      Examples:
        | first | second | again               |
        | 10    | 20     | P. 1:31(30) ack 1   |
        | 49    | 51     | P. 1:101(100) ack 1 |
        | 49    | 52     | P. 1:50(49) ack 1   |
        | 50    | 1      | P. 1:51(50) ack 1   |

    @profile:linux-6
    Scenario Outline: In Linux 6 as many as there is room for: <first> and <second>
      Given bob has sent <first> octets
      And bob has sent <second> octets
      And bob has sent 1 octet
      And the peer has got all that was sent
      When 4 s go by
      Then the peer gets "<again>"

      Examples:
        | first | second | again               |
        | 10    | 20     | P. 1:32(31) ack 1   |
        | 49    | 51     | P. 1:101(100) ack 1 |
        | 49    | 52     | P. 1:50(49) ack 1   |
        | 99    | 1      | P. 1:101(100) ack 1 |

    @profile:bsd-4.4
    Scenario Outline: In 4.4BSD until the segment is full: <first> and <second>
      Given bob has sent <first> octets
      And bob has sent <second> octets
      And bob has sent 1 octet
      And the peer has got all that was sent
      When 8 s go by
      Then the peer gets "<again>"

      Examples:
        | first | second | again               |
        | 10    | 20     | P. 1:32(31) ack 1   |
        | 49    | 51     | . 1:101(100) ack 1  |
        | 49    | 52     | . 1:101(100) ack 1  |
        | 99    | 1      | . 1:101(100) ack 1  |

    Scenario: An acknowledgment of both ends it
      Given bob has sent 10 octets
      And bob has sent 20 octets
      And 8 s go by
      And the peer has got all that was sent
      And the peer has sent ". 1:1(0) ack 31"
      When 1400 s go by
      Then the peer gets nothing

    @cap:tcp-info
    Scenario: Nothing is waited for then
      Given bob has sent 10 octets
      And bob has sent 20 octets
      And 8 s go by
      When the peer sends ". 1:1(0) ack 31"
      Then the retransmission timer of bob does not run

    Scenario: What was acknowledged of the first does not come again
      Given bob has sent 10 octets
      And bob has sent 20 octets
      And the peer has sent ". 1:1(0) ack 6"
      And the peer has got all that was sent
      When 8 s go by
      Then the peer gets "P. 6:31(25) ack 1"

    Scenario: One of the first alone leaves the rest
      Given bob has sent 10 octets
      And bob has sent 20 octets
      And 8 s go by
      And the peer has got all that was sent
      And the peer has sent ". 1:1(0) ack 11"
      When 65 s go by
      Then the peer gets "P. 11:31(20) ack 1"

    Scenario: The FIN goes with them
      Given bob has sent 10 octets
      And bob has closed the stream socket
      And the peer has got all that was sent
      When 8 s go by
      Then the peer gets "FP. 1:11(10) ack 1"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Not what the peer has no room for any more
      Given bob has sent 10 octets
      And bob has sent 20 octets
      And the peer has got all that was sent
      And the peer has sent ". 1:1(0) ack 1 win 29"
      When 4 s go by
      Then the peer gets "P. 1:11(10) ack 1"

    @profile:bsd-4.4
    Scenario: In 4.4BSD a FIN takes no room
      Given bob has sent 100 octets
      And bob has closed the stream socket
      And the peer has got all that was sent
      When 8 s go by
      Then the peer gets "FP. 1:101(100) ack 1"

    @profile:bsd-4.4
    Scenario: In 4.4BSD as much as the peer has room for
      Given bob has sent 10 octets
      And bob has sent 20 octets
      And the peer has got all that was sent
      And the peer has sent ". 1:1(0) ack 1 win 29"
      When 8 s go by
      Then the peer gets ". 1:30(29) ack 1"

    @profile:bsd-4.4
    Scenario: In 4.4BSD what has never been sent goes along as well, and not once more by itself
      Given bob has set the stream option TCP_NODELAY to 0
      And bob has sent 10 octets
      And bob has sent 20 octets
      And the peer has got "P. 1:11(10) ack 1"
      And the peer sends 3 duplicate ACKs
      And the peer has got "P. 1:31(30) ack 1"
      And the peer gets nothing more
      When the peer sends ". 1:1(0) ack 31"
      Then the peer gets nothing

    @profile:bsd-4.4
    Scenario: Of what does not fit the rest goes next
      Given bob has sent 10 octets
      And bob has sent 220 octets
      And the peer has got "P. 1:11(10) ack 1"
      And the peer sends 3 duplicate ACKs
      And the peer has got ". 1:101(100) ack 1"
      When the peer sends 1 duplicate ACK
      Then the peer gets ". 101:201(100) ack 1"
      And the peer gets "P. 201:231(30) ack 1"

  @FLW-05 @TCP-02 @must @profile:notes @profile:linux-2.6.11 @cap:tcp-tunables
  Rule: Two segments that went together are one of those under way
    Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_retrans_try_collapse(), packets_out, lost_out, sacked_out

    Background: Eight small segments are under way, which is all that the congestion window lets
      Given congestionControl is newreno
      And bob has a connection to 10.0.0.2:80 that answers with "win 65535 <mss 1000>"
      And bob has set the stream option TCP_NODELAY to 1
      And bob has sent 12000 octets
      And the peer has acknowledged 5000 octets, 1000 at a time
      And the peer has acknowledged 7000 octets, 7000 at a time
      And bob has sent 100 octets
      And bob has sent 100 octets
      And bob has sent 100 octets
      And bob has sent 100 octets
      And bob has sent 100 octets
      And bob has sent 100 octets
      And bob has sent 100 octets
      And bob has sent 100 octets
      And the peer has got all that was sent

    Scenario: As one of the duplicates may have been of the second, no new one goes
      Given bob has sent 1000 octets
      And bob has sent 1000 octets
      And bob has sent 1000 octets
      When the peer sends 3 duplicate ACKs
      Then the peer gets "seq 12801 length 1000"
      And the peer gets "seq 13801 length 1000"
      And the peer gets "P. 12001:12201(200) ack 1"
      And the peer gets nothing more

    Scenario: After a timeout both are lost once, and two go with the next ACK
      Given 300 ms go by
      And the peer has got "P. 12001:12201(200) ack 1"
      When the peer sends ". 1:1(0) ack 12201"
      Then the peer gets "P. 12201:12401(200) ack 1"
      And the peer gets "P. 12401:12601(200) ack 1"
      And the peer gets nothing more

  @TCP-03 @must @cap:tcp-info
  Rule: The timeout follows the mean of the round trips and how much they vary
    Source: RFC 6298, section 2; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_rtt_estimator(); 4.4BSD, netinet/tcp_input.c, tcp_xmit_timer()

    @profile:notes @profile:linux-2.6.11
    Scenario: Before the first one it is 3 seconds
      Then the retransmission timeout of alice is 3000 ms

    @profile:notes @profile:linux-2.6.11
    Scenario: Round trips that are alike but for one
      Then round trips of alice give these timeouts:
        | round trip | timeout |
        | 100 ms     | 300 ms  |
        | 100 ms     | 300 ms  |
        | 100 ms     | 300 ms  |
        | 200 ms     | 312 ms  |
        | 100 ms     | 311 ms  |
        | 100 ms     | 309 ms  |

    @profile:notes @profile:linux-2.6.11
    Scenario: Becoming shorter at once, and longer again
      Then round trips of alice give these timeouts:
        | round trip | timeout |
        | 500 ms     | 1500 ms |
        | 500 ms     | 1500 ms |
        | 500 ms     | 1391 ms |
        | 100 ms     | 1267 ms |
        | 900 ms     | 1403 ms |

    @profile:bsd-4.4
    Scenario: In 4.4BSD they are counted in ticks of half a second
      Then round trips of alice give these timeouts:
        | round trip | timeout |
        | 500 ms     | 3000 ms |
        | 500 ms     | 2500 ms |
        | 500 ms     | 2000 ms |
        | 500 ms     | 2000 ms |

    @profile:notes @profile:linux-2.6.11
    Scenario: A segment that was sent twice measures nothing
      Given alice has sent 10 octets
      And 3 s go by
      When the peer sends ". 1:1(0) ack 11"
      Then the retransmission timeout of alice is 6000 ms

    @profile:notes @profile:linux-2.6.11
    Scenario: The next one that was sent once does
      Given alice has sent 10 octets
      And 3 s go by
      And the peer has sent ". 1:1(0) ack 11"
      And alice has sent 1 octet
      And 100 ms go by
      When the peer sends ". 1:1(0) ack 12"
      Then the retransmission timeout of alice is 300 ms

    Scenario: When all is acknowledged nothing is waited for
      Given alice has sent 10 octets
      When the peer sends ". 1:1(0) ack 11"
      Then nothing runs for alice

    @profile:notes @profile:linux-2.6.11
    Scenario: An ACK of a part begins the time anew for the rest
      Given alice has set the stream option TCP_NODELAY to 1
      And alice has sent 10 octets
      And alice has sent 10 octets
      And the peer has got all that was sent
      And 2 s go by
      And the peer has sent ". 1:1(0) ack 11"
      When 7 s go by
      Then the peer gets these segments, and nothing else:
        | 8000 ms | P. 11:21(10) ack 1 |

    @profile:linux-2.6.11 @cap:tcp-tunables
    Scenario Outline: Never more than two minutes, though what was sent <round trip> ms ago is echoed
      Given timestamps is 1
      And 1 s goes by
      And bob has a connection to 10.0.0.2:80 that answers with "win 65535 <mss 1460,nop,nop,TS val 77>"
      And bob has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      And <round trip> ms go by
      When the peer sends ". 1:1(0) ack 11 <nop,nop,TS val 78>"
      Then the retransmission timeout of bob is <timeout> ms

      Examples: The first round trip took no time, which counts as a millisecond
        | round trip | timeout |
        | 106000     | 119251  |
        | 110000     | 120000  |

  @TCP-03 @must @profile:bsd-4.4 @cap:tcp-info
  Rule: 4.4BSD times one segment at once
    Source: 4.4BSD, netinet/tcp_output.c, "if (tp->t_rtt == 0)"; netinet/tcp_input.c, tcp_xmit_timer()

    Background:
      Given alice has set the stream option TCP_NODELAY to 1
      And the peer has sent "P. 1:2(1) ack 1"
      And alice has sent 10 octets
      And 900 ms go by

    Scenario: Its ACK is a sample: three ticks
      Given 200 ms go by
      When the peer sends ". 2:2(0) ack 11"
      Then the retransmission timeout of alice is 4500 ms

    Scenario: An ACK of a part of it is none yet, and of it whole is
      Given 200 ms go by
      And the peer has sent ". 2:2(0) ack 6"
      When the peer sends ". 2:2(0) ack 11"
      Then the retransmission timeout of alice is 4500 ms

    Scenario: That of what was sent meanwhile is none
      Given alice has sent 10 octets
      And 200 ms go by
      And the peer has sent ". 2:2(0) ack 11"
      And 2000 ms go by
      When the peer sends ". 2:2(0) ack 21"
      Then the retransmission timeout of alice is 4500 ms

    Scenario: What is sent after that is timed again
      Given 200 ms go by
      And the peer has sent ". 2:2(0) ack 11"
      And alice has sent 10 octets
      And 4000 ms go by
      When the peer sends ". 2:2(0) ack 21"
      Then the retransmission timeout of alice is 6500 ms
