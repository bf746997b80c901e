@cap:network @cap:tcp @cap:tcp-segments @profile:notes @profile:linux-2.6.11
Feature: What TCP notes of each segment
  The control block of a buffer is for the layer that has it. TCP keeps there which octets of the stream it holds, when
  it was sent, and the flags of its header.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @SKB-20 @must
  Rule: when is the time at which a segment was sent last
    Source: Linux 2.6.11, include/net/tcp.h, struct tcp_skb_cb; net/ipv4/tcp_output.c, tcp_write_xmit(), tcp_retransmit_skb()

    Background:
      Given alice has a connection that the peer began

    Scenario: Sent at once
      Given 100 ms go by
      When alice sends 10 octets
      Then these segments wait at alice:
        | sequence | end | flags | when   |
        | 1        | 11  | P.    | 100 ms |

    Scenario: One after the other
      Given alice has set the stream option TCP_NODELAY to 1
      And 100 ms go by
      And alice has sent 10 octets
      And 50 ms go by
      When alice sends 20 octets
      Then these segments wait at alice:
        | sequence | end | flags | when   |
        | 1        | 11  | P.    | 100 ms |
        | 11       | 31  | P.    | 150 ms |

    Scenario: What waits to be sent has no time, and gets that at which it leaves
      Given alice has sent 10 octets
      And 100 ms go by
      When alice sends 20 octets
      Then these segments wait at alice:
        | sequence | end | flags | when |
        | 1        | 11  | P.    | 0 ms |
        | 11       | 31  | P.    | none |
      When the peer sends ". 1:1(0) ack 11"
      Then these segments wait at alice:
        | sequence | end | flags | when   |
        | 11       | 31  | P.    | 100 ms |

    Scenario: Sent again: the later time counts
      Given alice has sent 10 octets
      When 3 s go by
      Then the peer gets "P. 1:11(10) ack 1"
      And the peer gets "P. 1:11(10) ack 1"
      And these segments wait at alice:
        | sequence | end | flags | when    |
        | 1        | 11  | P.    | 3000 ms |

    Scenario: What is acknowledged is gone
      Given alice has sent 10 octets
      When the peer sends ". 1:1(0) ack 11"
      Then no segment waits at alice

  @SKB-20 @cap:tcp-info @must
  Rule: A sample of the round trip is the time that has gone by since when
    Source: Linux 2.6.11, net/ipv4/tcp_input.c, tcp_clean_rtx_queue(), tcp_ack_no_tstamp()

    Background:
      Given alice has a connection that the peer began

    Scenario Outline: An ACK after <round trip>
      Given 100 ms go by
      And alice has sent 10 octets
      And <round trip> goes by
      When the peer sends ". 1:1(0) ack 11"
      Then the smoothed round trip of alice is <round trip>

      Examples:
        | round trip |
        | 40 ms      |
        | 400 ms     |
        | 2000 ms    |

    Scenario: Of two that are acknowledged at once, the first gives it: its ACK might have been waited with
      Given alice has set the stream option TCP_NODELAY to 1
      And alice has sent 10 octets
      And 100 ms go by
      And alice has sent 10 octets
      And 200 ms go by
      When the peer sends ". 1:1(0) ack 21"
      Then the smoothed round trip of alice is 300 ms

    Scenario: A segment that was sent again gives none
      Given alice has sent 10 octets
      And 3 s go by
      And 100 ms go by
      When the peer sends ". 1:1(0) ack 11"
      Then alice has measured no round trip

  @SKB-20 @must
  Rule: flags are those of the header on the wire, and a segment that is cut gives those of its end to its second part
    Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_transmit_skb(), tcp_fragment()

    Scenario: A SYN
      When alice begins to connect to 10.0.0.2:80
      Then these segments wait at alice:
        | sequence | end | flags | when |
        | 0        | 1   | S     | 0 ms |
      And the peer gets "S 0:0(0)"

    Scenario: Data, and the end of the stream behind them
      Given alice has a connection that the peer began
      And alice has sent 10 octets
      When alice shuts the connection down for writing
      Then these segments wait at alice:
        | sequence | end | flags | when |
        | 1        | 11  | P.    | 0 ms |
        | 11       | 12  | F.    | 0 ms |
      And the peer gets "P. 1:11(10) ack 1"
      And the peer gets "F. 11:11(0) ack 1"

    Scenario: More than fits a segment: only the last is pushed
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      When alice sends 2000 octets
      Then these segments wait at alice:
        | sequence | end  | flags | when |
        | 1        | 1001 | .     | 0 ms |
        | 1001     | 2001 | P.    | 0 ms |
      And the peer gets ". 1:1001(1000) ack 1"
      And the peer gets "P. 1001:2001(1000) ack 1"

    Scenario: One that is cut after it was sent
      Given alice has a connection that the peer began with "win 65535 <mss 1460>"
      And alice has sent 1460 octets
      And the peer has got "P. 1:1461(1460) ack 1"
      And 100 ms go by
      When a router says "unreachable fragmentation-needed mtu 1000" of the last segment
      Then the segments at alice are of 960 and 500 octets, and only the last is pushed
