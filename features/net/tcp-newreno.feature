@cap:network @cap:tcp @cap:tcp-tunables
Feature: NewReno
  Where several segments of one window are lost, each ACK within the recovery tells of the next: an ACK that goes on, and not
  to where the recovery began, names the segment that is missing as well.

  @TCP-02 @must @profile:notes @profile:linux-2.6.11
  Rule: A partial ACK has the next missing segment sent again at once
    Source: RFC 6582, section 3.2; Linux 2.6.11, net/ipv4/tcp_input.c, tcp_try_undo_partial(), tcp_fastretrans_alert()

    Background: Eight segments are under way, of which the first and the fourth are lost
      Given interface eth0 at 10.0.0.1/24
      And neighbour 10.0.0.2 on eth0
      And congestionControl is newreno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 60000
      And alice has sent 14000 octets
      And the peer has acknowledged 6000 octets, 1000 at a time
      And the peer sends 3 duplicate ACKs
      And the peer has got ". 6001:7001(1000) ack 1"
      And the peer has got all that was sent

    Scenario: The fourth goes when the first three are acknowledged
      When the peer sends ". 1:1(0) ack 9001"
      Then the peer gets ". 9001:10001(1000) ack 1"

    Scenario: And once only
      Given the peer has sent ". 1:1(0) ack 9001"
      And the peer has got ". 9001:10001(1000) ack 1"
      And the peer has got all that was sent
      When the peer sends 1 duplicate ACK
      Then the peer gets nothing

    Scenario: An ACK of all ends the recovery, and nothing is sent again
      Given the peer has sent ". 1:1(0) ack 9001"
      And the peer has got ". 9001:10001(1000) ack 1"
      And the peer has got all that was sent
      When the peer sends ". 1:1(0) ack 14001"
      Then the peer gets nothing

  @TCP-02 @FLW-03 @must @profile:notes @profile:linux-2.6.11
  Rule: What the peer has no room for any more is not sent again, but for the first
    Source: Linux 2.6.11, net/ipv4/tcp_output.c, tcp_retransmit_skb(), "If receiver has shrunk his window"

    Background: Eight segments are under way, and time out
      Given interface eth0 at 10.0.0.1/24
      And neighbour 10.0.0.2 on eth0
      And congestionControl is newreno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 60000
      And alice has sent 14000 octets
      And the peer has acknowledged 6000 octets, 1000 at a time
      And 300 ms go by
      And the peer has got ". 6001:7001(1000) ack 1"

    Scenario: There is room for one
      When the peer sends ". 1:1(0) ack 7001 win 1000"
      Then the peer gets ". 7001:8001(1000) ack 1"
      And the peer gets nothing more

    Scenario: There is room for more later
      Given the peer has sent ". 1:1(0) ack 7001 win 1000"
      And the peer has got ". 7001:8001(1000) ack 1"
      When the peer sends ". 1:1(0) ack 7001 win 5000"
      Then the peer gets ". 8001:9001(1000) ack 1"
      And the peer gets nothing more

    Scenario: There is room for none
      When the peer sends ". 1:1(0) ack 7001 win 0"
      Then the peer gets ". 7001:8001(1000) ack 1"
      And the peer gets nothing more

    Scenario: There is room for two
      When the peer sends ". 1:1(0) ack 7001 win 2000"
      Then the peer gets ". 7001:8001(1000) ack 1"
      And the peer gets ". 8001:9001(1000) ack 1"
      And the peer gets nothing more

  @TCP-02 @must @profile:notes @profile:linux-2.6.11 @cap:tcp-info
  Rule: In recovery the window goes down by a segment for two ACKs, and never lets a burst go
    Source: Linux 2.6.11, net/ipv4/tcp_input.c, tcp_cwnd_down(), tcp_moderate_cwnd(), tcp_try_undo_recovery(); M. Mathis, J. Semke, J. Mahdavi, The Rate-Halving Algorithm, 1999

    Background: Eight segments are under way
      Given interface eth0 at 10.0.0.1/24
      And neighbour 10.0.0.2 on eth0
      And congestionControl is newreno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 60000
      And alice has sent 14000 octets
      And the peer has acknowledged 6000 octets, 1000 at a time

    Scenario Outline: After <count> duplicates
      When the peer sends <count> duplicate ACKs
      Then the congestion window of alice is <window> octets

      Examples: What is under way, at the third, and from there on
        | count | window |
        | 2     | 8000   |
        | 3     | 5000   |
        | 4     | 4000   |
        | 5     | 4000   |
        | 6     | 3000   |
        | 7     | 2000   |

    Scenario: Half of it is the threshold
      When the peer sends 3 duplicate ACKs
      Then the slow-start threshold of alice is 4000 octets

    Scenario: Each of the first two lets a new segment go
      Given alice has sent 4000 octets
      When the peer sends 2 duplicate ACKs
      Then the peer gets ". 14001:15001(1000) ack 1"
      And the peer gets ". 15001:16001(1000) ack 1"
      And the peer gets nothing more

    Scenario: From the third on every second one does
      Given alice has sent 4000 octets
      And the peer sends 2 duplicate ACKs
      And the peer has got all that was sent
      And the peer sends 2 duplicate ACKs
      And the peer has got ". 6001:7001(1000) ack 1"
      And the peer gets nothing more
      When the peer sends 1 duplicate ACK
      Then the peer gets ". 16001:17001(1000) ack 1"
      And the peer gets nothing more

    Scenario: An ACK of all that was sent before it leaves three segments
      Given the peer sends 3 duplicate ACKs
      When the peer acknowledges 8000 octets more
      Then the congestion window of alice is 3000 octets

    Scenario: From there it is slow start up to the threshold
      Given the peer sends 3 duplicate ACKs
      And the peer has acknowledged 8000 octets, 8000 at a time
      And alice has sent 12000 octets
      And the peer has acknowledged 1000 octets, 1000 at a time
      And the congestion window of alice is 3000 octets
      When the peer acknowledges 1000 octets more
      Then the congestion window of alice is 4000 octets

  @TCP-02 @TCP-03 @must @profile:notes @profile:linux-2.6.11 @cap:tcp-info
  Rule: After a timeout it begins with one segment, and grows by one for as many ACKs and one more as it is long beyond the threshold
    Source: Linux 2.6.11, net/ipv4/tcp_input.c, tcp_enter_loss(), reno_cong_avoid()

    Background: Two segments are under way
      Given interface eth0 at 10.0.0.1/24
      And neighbour 10.0.0.2 on eth0
      And congestionControl is newreno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 60000
      And alice has sent 30000 octets
      And 3 s go by

    Scenario: The first one goes alone
      Then the peer gets ". 1:1001(1000) ack 1"
      And the peer gets ". 1001:2001(1000) ack 1"
      And the peer gets ". 1:1001(1000) ack 1"
      And the peer gets nothing more
      And the congestion window of alice is 1000 octets
      And the slow-start threshold of alice is 2000 octets

    Scenario: With its ACK the second one goes, and one that is new
      Given the peer has got all that was sent
      When the peer acknowledges 1000 octets more
      Then the peer gets ". 1001:2001(1000) ack 1"
      And the peer gets ". 2001:3001(1000) ack 1"
      And the peer gets nothing more

    Scenario Outline: After the ACK of <acked> octets
      When the peer acknowledges <acked> octets of alice, 1000 at a time
      Then the congestion window of alice is <window> octets

      Examples: Beyond the threshold of 2000 it takes four ACKs, and then five
        | acked | window |
        | 1000  | 2000   |
        | 2000  | 3000   |
        | 5000  | 3000   |
        | 6000  | 4000   |
        | 10000 | 4000   |
        | 11000 | 5000   |

  @TCP-02 @must @profile:linux-6
  Rule: A connection begins with ten segments
    Source: RFC 6928, section 2; Linux 6.1, include/net/tcp.h, TCP_INIT_CWND; net/ipv4/tcp_input.c, tcp_init_cwnd()

    Scenario: Twelve are written
      Given interface eth0 at 10.0.0.1/24
      And neighbour 10.0.0.2 on eth0
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      When alice sends 12000 octets
      Then the peer gets these segments, and nothing else:
        | seq 1 length 1000     |
        | seq 1001 length 1000  |
        | seq 2001 length 1000  |
        | seq 3001 length 1000  |
        | seq 4001 length 1000  |
        | seq 5001 length 1000  |
        | seq 6001 length 1000  |
        | seq 7001 length 1000  |
        | seq 8001 length 1000  |
        | seq 9001 length 1000  |
