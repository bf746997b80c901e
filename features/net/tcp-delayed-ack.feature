@cap:network @cap:tcp
Feature: When data are acknowledged
  An ACK that waits a little may ride on data, or stand for two segments. A peer that has just begun needs ACKs soon: its
  window grows with each.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And alice has a stream socket at 10.0.0.1:80

  @TXP-09 @must @profile:notes
  Rule: The first segments are acknowledged at once, as many as fill half of the window, from 2 to 16
    Source: Linux 2.6.11, net/ipv4/tcp_input.c, tcp_incr_quickack(), tcp_event_data_recv(); include/net/tcp.h, tcp_event_ack_sent()

    Scenario Outline: With SO_RCVBUF of <asked>, the first <count>
      Given alice has set the stream option SO_RCVBUF to <asked>
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      When the peer sends 18 segments of 100 octets, one by one
      Then the first <count> of them are acknowledged at once, and no other

      Examples: A window is twice as large, and a segment is taken for one of 536 octets at first
        | asked | count |
        | 1072  | 2     |
        | 1607  | 2     |
        | 1608  | 3     |
        | 3000  | 5     |
        | 8575  | 15    |
        | 8576  | 16    |
        | 9200  | 16    |
        | 50000 | 16    |

  @TXP-09 @must @profile:linux-2.6.11
  Rule: Four segments are a first window: five quick ACKs in Linux 2.6.11
    Source: Linux 2.6.11, net/ipv4/tcp_input.c, tcp_incr_quickack(); include/net/tcp.h, tcp_select_initial_window()

    Scenario: 5840 octets are ten segments of 536
      Given alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      When the peer sends 7 segments of 100 octets, one by one
      Then the first 5 of them are acknowledged at once, and no other

  @TXP-09 @must @profile:linux-6
  Rule: Ten segments are a first window: sixteen quick ACKs in Linux 6
    Source: Linux 6.1, net/ipv4/tcp_input.c, tcp_incr_quickack(); net/ipv4/tcp_output.c, tcp_select_initial_window()

    Scenario: The seventeenth waits
      Given alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      When the peer sends 18 segments of 100 octets, one by one
      Then the first 16 of them are acknowledged at once, and no other

  @TXP-09 @must @profile:notes
  Rule: When the last of the quick ACKs has left, the time that one waits is 40 ms again
    Source: Linux 2.6.11, include/net/tcp.h, tcp_dec_quickack_mode(), "Leaving quickack mode we deflate ATO"

    Scenario: Two quick ones, 30 ms apart, and the third waits for 20 and 30 ms
      Given alice has set the stream option SO_RCVBUF to 1072
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And the peer has sent "P. 1:101(100) ack 1"
      And 30 ms go by
      And the peer has sent "P. 101:201(100) ack 1"
      And 30 ms go by
      And the peer has sent "P. 201:301(100) ack 1"
      When 1 s goes by
      Then the peer gets these segments, and nothing else:
        | 0 ms   | . 1:1(0) ack 101 |
        | 30 ms  | . 1:1(0) ack 201 |
        | 110 ms | . 1:1(0) ack 301 |

  @TXP-09 @must @profile:notes
  Rule: An ACK waits 40 ms at first, and then as long as segments are apart
    Source: Linux 2.6.11, net/ipv4/tcp_input.c, tcp_event_data_recv(); net/ipv4/tcp_output.c, tcp_send_delayed_ack(); net/ipv4/tcp_timer.c, tcp_delack_timer()

    Background:
      Given alice has set the stream option SO_RCVBUF to 1072
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And the peer has sent 3 segments of 100 octets, one by one

    Scenario: 40 ms, and twice as long whenever no data came that it could have ridden on
      Given 200 ms go by
      And the peer has sent "P. 301:401(100) ack 1"
      And 800 ms go by
      And the peer has sent "P. 401:501(100) ack 1"
      When 1 s goes by
      Then the peer gets these segments, and nothing else:
        | 40 ms   | . 1:1(0) ack 301 |
        | 280 ms  | . 1:1(0) ack 401 |
        | 1160 ms | . 1:1(0) ack 501 |

    Scenario: No longer than 200 ms for what is pushed, and 500 ms for a whole segment
      Given 200 ms go by
      And the peer has sent "P. 301:401(100) ack 1"
      And 800 ms go by
      And the peer has sent "P. 401:501(100) ack 1"
      And 1 s goes by
      And the peer has sent "P. 501:601(100) ack 1"
      And 1 s goes by
      And the peer has got all that was sent
      And the peer has sent ". 601:1137(536) ack 1"
      And 1 s goes by
      And the peer has sent "P. 1137:1237(100) ack 1"
      When 1 s goes by
      Then the peer gets these segments, and nothing else:
        | 3500 ms | . 1:1(0) ack 1137 |
        | 4200 ms | . 1:1(0) ack 1237 |

    Scenario: Half the time and the distance, where segments are less apart than that
      Given 50 ms go by
      And the peer has sent "P. 301:401(100) ack 1"
      When 1 s goes by
      Then the peer gets these segments, and nothing else:
        | 40 ms  | . 1:1(0) ack 301 |
        | 140 ms | . 1:1(0) ack 401 |

    Scenario: A segment that comes within 20 ms has both acknowledged sooner
      Given 50 ms go by
      And the peer has sent "P. 301:401(100) ack 1"
      And 10 ms go by
      And the peer has sent "P. 401:501(100) ack 1"
      When 1 s goes by
      Then the peer gets these segments, and nothing else:
        | 40 ms  | . 1:1(0) ack 301 |
        | 125 ms | . 1:1(0) ack 501 |

    Scenario: One that comes when the ACK is nearly due has it leave at once
      Given 50 ms go by
      And the peer has sent "P. 301:401(100) ack 1"
      And 70 ms go by
      And the peer has sent "P. 401:501(100) ack 1"
      When 1 s goes by
      Then the peer gets these segments, and nothing else:
        | 40 ms  | . 1:1(0) ack 301 |
        | 120 ms | . 1:1(0) ack 501 |

    Scenario Outline: After a pause of <pause> ms, <count> of the next three are acknowledged at once
      Given <pause> ms go by
      And the peer has got ". 1:1(0) ack 301"
      When the peer sends 3 segments of 100 octets, one by one
      Then the first <count> of them are acknowledged at once, and no other

      Examples: Whoever was silent for longer than a retransmission timeout begins anew
        | pause | count |
        | 3000  | 0     |
        | 3001  | 2     |

  @TXP-09 @must @profile:notes
  Rule: No ACK waits longer than a round trip, where that is known
    Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_send_delayed_ack()

    Scenario Outline: A round trip of <round trip>
      Given alice has set the stream option SO_RCVBUF to 1072
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 10 octets
      And <round trip> go by
      And the peer has sent ". 1:1(0) ack 11"
      And 1 s goes by
      And the peer has sent 3 segments of 100 octets, one by one
      And 200 ms go by
      And the peer has got all that was sent
      And the peer has sent "P. 301:401(100) ack 11"
      When 1 s goes by
      Then the peer gets ". 11:11(0) ack 401" after <due>

      Examples: Less than 40 ms, more, and more than the ACK waits anyway
        | round trip | due     |
        | 20 ms      | 1260 ms |
        | 60 ms      | 1320 ms |
        | 500 ms     | 1780 ms |

  @TXP-09 @must @profile:bsd-4.4
  Rule: In 4.4BSD an ACK waits for the next tick of 200 ms, or for another segment
    Source: 4.4BSD, netinet/tcp_timer.c, tcp_fasttimo(); netinet/tcp_input.c, TF_DELACK

    Background:
      Given alice has listened with a backlog of 5
      And alice has a connection that the peer began

    Scenario Outline: A segment after <before>
      Given <before> go by
      And the peer has sent "P. 1:101(100) ack 1"
      When 1 s goes by
      Then the peer gets ". 1:1(0) ack 101" after <due>
      And the peer gets nothing more

      Examples: Ticks are at 200 ms, 400 ms, and so on
        | before | due    |
        | 1 ms   | 200 ms |
        | 199 ms | 200 ms |
        | 200 ms | 400 ms |

    Scenario: The second one is acknowledged at once, with the first
      Given the peer has sent "P. 1:101(100) ack 1"
      And the peer gets nothing
      When the peer sends "P. 101:201(100) ack 1"
      Then the peer gets ". 1:1(0) ack 201"
      And the peer gets nothing more

  @TXP-09 @must
  Rule: What closes a gap is acknowledged at once, whatever else could take the ACK along
    Source: RFC 5681, section 4.2; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_data_queue(), "when gap in queue is filled"; 4.4BSD, netinet/tcp_input.c, TCP_REASS()

    Background:
      Given alice has listened with a backlog of 5
      And alice has a connection that the peer began
      And alice has set the stream option TCP_NODELAY to 1
      And the peer has sent "P. 1:11(10) ack 1"
      And alice has sent 10 octets
      And the peer has sent ". 21:31(10) ack 1"
      And alice has sent 10 octets
      And the peer has got all that was sent

    Scenario: All of it
      When the peer sends ". 11:21(10) ack 1"
      Then the peer gets ". 21:21(0) ack 31"

    Scenario: A part of it
      When the peer sends ". 11:16(5) ack 1"
      Then the peer gets ". 21:21(0) ack 16"

    @profile:notes @profile:linux-2.6.11 @profile:bsd-4.4
    Scenario: What comes behind it is no reason to hurry
      Given the peer has sent ". 11:21(10) ack 21"
      And alice has sent 10 octets
      And the peer has got all that was sent
      When the peer sends "P. 31:41(10) ack 21"
      Then the peer gets nothing

  @TXP-09 @must @profile:notes
  Rule: The peer's segment is as long as the longest, or as two in a row that are long, or that nobody has pushed
    Source: Linux 2.6.11, net/ipv4/tcp_input.c, tcp_measure_rcv_mss()

    Background: More than a segment is acknowledged at once, where the window stays; and one is 1100 octets long
      Given alice has set the stream option SO_RCVBUF to 6000
      And alice has set the stream option TCP_WINDOW_CLAMP to 6000
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss 1460>"
      And the peer has sent 5 segments of 1100 octets, one by one
      And alice has received up to 5500 octets
      And 1 s goes by
      And the peer has got all that was sent

    Scenario Outline: <first>, and the same again: <what>
      Given the peer has sent "<first> ack 1"
      And the peer gets nothing
      When the peer sends "<second> ack 1"
      Then <what>

      Examples: From 536 octets on; from 88, where they are not pushed
        | first               | second              | what                            |
        | P. 5501:6037(536)   | P. 6037:6573(536)   | the peer gets ". ack 6573"      |
        | P. 5501:6036(535)   | P. 6036:6571(535)   | the peer gets nothing           |
        | . 5501:5589(88)     | . 5589:5677(88)     | the peer gets ". ack 5677"      |
        | . 5501:5588(87)     | . 5588:5675(87)     | the peer gets nothing           |
        | P. 5501:5589(88)    | P. 5589:5677(88)    | the peer gets nothing           |
        | . 5501:5589(88)     | . 5589:5678(89)     | the peer gets nothing           |

  @TXP-09 @must @profile:notes
  Rule: From a gap on ACKs go at once again, as many as at the beginning
    Source: Linux 2.6.11, net/ipv4/tcp_input.c, tcp_enter_quickack_mode(), tcp_data_queue()

    Background: The five quick ACKs have been used up, and a segment is missing
      Given alice has set the stream option SO_RCVBUF to 3000
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And the peer has sent 6 segments of 100 octets, one by one
      And 1 s goes by
      And the peer has got all that was sent
      And the peer has sent "P. 701:801(100) ack 1"
      And the peer has got ". 1:1(0) ack 601"

    Scenario: The first of them tells of the gap, the second that it is closed
      When the peer sends "P. 601:701(100) ack 1"
      Then the peer gets ". 1:1(0) ack 801"

    Scenario: Three are left
      Given the peer has sent "P. 601:701(100) ack 1"
      And the peer has sent "P. 801:901(100) ack 1"
      And the peer has sent "P. 901:1001(100) ack 1"
      And the peer has sent "P. 1001:1101(100) ack 1"
      And the peer has got ". 1:1(0) ack 801"
      And the peer has got ". 1:1(0) ack 901"
      And the peer has got ". 1:1(0) ack 1001"
      And the peer has got ". 1:1(0) ack 1101"
      When the peer sends "P. 1101:1201(100) ack 1"
      Then the peer gets nothing

  @TXP-09 @must @profile:notes
  Rule: Reading lets an ACK go that has waited
    Source: Linux 2.6.11, net/ipv4/tcp.c, cleanup_rbuf()

    Background: The quick ACKs have been used up
      Given alice has set the stream option SO_RCVBUF to 1072
      And alice has listened with a backlog of 5
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And the peer has sent 3 segments of 100 octets, one by one
      And alice has received up to 300 octets
      And 200 ms go by
      And the peer has got all that was sent

    Scenario: A small segment that ends what the peer has to say, when all of it is read
      Given the peer has sent "P. 301:401(100) ack 1"
      When alice receives up to 100 octets
      Then the peer gets ". 1:1(0) ack 401"

    Scenario: Not before
      Given the peer has sent "P. 301:401(100) ack 1"
      When alice receives up to 99 octets
      Then the peer gets nothing

    Scenario: Nor where data may take it along
      Given alice has sent 10 octets
      And the peer has sent "P. 301:401(100) ack 11"
      And alice has sent 10 octets
      And the peer has sent "P. 401:501(100) ack 21"
      And the peer has got all that was sent
      When alice receives up to 200 octets
      Then the peer gets nothing

    Scenario: More than a segment of 536, where the window has become smaller
      Given the peer has sent "P. 301:601(300) ack 1"
      And the peer has sent "P. 601:838(237) ack 1"
      And the peer gets nothing
      When alice receives up to 1 octet
      Then the peer gets ". 1:1(0) ack 838"

    Scenario: A segment is not enough
      Given the peer has sent "P. 301:601(300) ack 1"
      And the peer has sent "P. 601:837(236) ack 1"
      And the peer gets nothing
      When alice receives up to 1 octet
      Then the peer gets nothing

  @TXP-09 @CON-01 @must @profile:notes @profile:linux-2.6.11 @profile:linux-6
  Rule: A client that has set TCP_DEFER_ACCEPT writes first, so that the ACK of the handshake can ride on its data
    Source: Linux 2.6.11, net/ipv4/tcp_input.c, tcp_rcv_synsent_state_process(), "Save one ACK"; Linux 6.1, the same

    Background: The server has answered
      Given 1 s goes by
      And the peer is the server at 10.0.0.2:80
      And bob has a stream socket
      And bob has set the stream option TCP_DEFER_ACCEPT to 3
      And bob has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      And the peer has sent "S. 0:0(0) ack 1 win 65535 <mss 1000>"

    Scenario: It waits
      Then the peer gets nothing

    Scenario: No longer than 200 ms
      When 1 s goes by
      Then the peer gets ". 1:1(0) ack 1"
      And the peer gets nothing more

    Scenario: Data take it along
      When bob sends 10 octets
      Then the peer gets "P. 1:11(10) ack 1"
      And the peer gets nothing more

    Scenario: What the peer writes before that is acknowledged at once
      When the peer sends "P. 1:11(10) ack 1"
      Then the peer gets ". 1:1(0) ack 11"

  @TXP-09 @must @profile:notes @profile:linux-2.6.11
  Rule: Data that follow the handshake within 40 ms show that both sides write
    Source: Linux 2.6.11, net/ipv4/tcp_input.c, tcp_rcv_synsent_state_process(), tp->ack.lrcvtime; net/ipv4/tcp_output.c, tcp_event_data_sent()

    Background: The ACK of the handshake waits
      Given 1 s goes by
      And the peer is the server at 10.0.0.2:80
      And bob has a stream socket
      And bob has set the stream option TCP_DEFER_ACCEPT to 3
      And bob has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0)"
      And the peer has sent "S. 0:0(0) ack 1 win 65535 <mss 1000>"

    Scenario: What the peer writes then is not acknowledged at once
      Given 39 ms go by
      And bob has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      When the peer sends "P. 1:11(10) ack 11"
      Then the peer gets nothing

    Scenario: After data that came later it is
      Given 40 ms go by
      And bob has sent 10 octets
      And the peer has got "P. 1:11(10) ack 1"
      When the peer sends "P. 1:11(10) ack 11"
      Then the peer gets ". 11:11(0) ack 11"
