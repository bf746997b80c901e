@cap:network @cap:tcp @cap:tcp-info @cap:tcp-tunables
Feature: Reno
  How much may be under way is found by trying: the congestion window grows until segments are lost, and is halved
  then. A segment carries 1000 octets in these scenarios.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @TCP-02 @must @profile:notes
  Rule: In slow start each ACK opens the window by a segment
    Source: RFC 5681, section 3.1; 4.4BSD, netinet/tcp_input.c

    Background:
      Given congestionControl is reno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"

    Scenario: A connection begins with two
      When alice sends 16000 octets
      Then the peer gets 2 segments, each of 1000 octets, and nothing else

    Scenario: One ACK lets two more go
      Given alice has sent 16000 octets
      And the peer has got all that was sent
      When the peer acknowledges 1000 octets more
      Then the congestion window of alice is 3000 octets
      And the peer gets 2 segments, each of 1000 octets, and nothing else

    Scenario: So it has doubled after a round trip
      Given alice has sent 16000 octets
      And the peer has acknowledged 2000 octets, 1000 at a time
      Then the congestion window of alice is 4000 octets

    Scenario: An ACK of two segments counts once
      Given alice has sent 16000 octets
      And the peer has got all that was sent
      When the peer acknowledges 2000 octets more
      Then the congestion window of alice is 3000 octets
      And the peer gets 3 segments, each of 1000 octets, and nothing else

    Scenario: An ACK of nothing does not count
      Given alice has sent 16000 octets
      And the peer has got all that was sent
      When the peer sends 1 duplicate ACK
      Then the congestion window of alice is 2000 octets
      And the peer gets nothing

    Scenario: The peer's window is the other bound
      Given bob has a connection to 10.0.0.2:80 that answers with "win 1000 <mss 500>"
      When bob sends 3000 octets
      Then the peer gets "seq 1 length 500 ack 1"
      And the peer gets "seq 501 length 500 ack 1"
      And the peer gets nothing more

  @TCP-02 @must @profile:notes
  Rule: The third duplicate ACK sends the missing segment again at once, and halves the window
    Source: RFC 5681, section 3.2; 4.4BSD, netinet/tcp_input.c

    Background:
      Given congestionControl is reno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 16000 octets
      And the peer has acknowledged 6000 octets, 1000 at a time

    Scenario: Eight segments are under way
      Then the congestion window of alice is 8000 octets

    Scenario Outline: <count> of them may be reordering
      When the peer sends <count> duplicate ACKs
      Then the peer gets nothing
      And the congestion window of alice is 8000 octets

      Examples: Fewer than three
        | count |
        | 1     |
        | 2     |

    Scenario: The third means a loss
      When the peer sends 3 duplicate ACKs
      Then the peer gets ". 6001:7001(1000) ack 1"
      And the peer gets nothing more
      And the slow-start threshold of alice is 4000 octets
      And the congestion window of alice is 7000 octets

    Scenario: Each further one stands for a segment that has arrived
      When the peer sends 4 duplicate ACKs
      Then the congestion window of alice is 8000 octets

    Scenario: And lets a new segment go once there is room
      Given the peer sends 3 duplicate ACKs
      And the peer has got ". 6001:7001(1000) ack 1"
      When the peer sends 2 duplicate ACKs
      Then the peer gets ". 14001:15001(1000) ack 1"
      And the peer gets nothing more

    Scenario: The segment is sent again once only
      Given the peer sends 3 duplicate ACKs
      And the peer has got ". 6001:7001(1000) ack 1"
      When the peer sends 1 duplicate ACK
      Then the peer gets nothing

    Scenario: The first new ACK takes the window back, and counts as any other
      Given the peer sends 5 duplicate ACKs
      When the peer acknowledges 8000 octets more
      Then the congestion window of alice is 5000 octets

    Scenario: An ACK with data is no duplicate
      Given the peer sends 2 duplicate ACKs
      When the peer sends "P. 1:11(10) ack 6001 win 60000"
      Then the congestion window of alice is 8000 octets

    Scenario: Nor is one that changes the window
      Given the peer sends 2 duplicate ACKs
      When the peer sends "P. 1:2(1) ack 6001"
      And the peer sends ". 2:2(0) ack 6001 win 60000"
      Then the congestion window of alice is 8000 octets

  @TCP-02 @must @profile:notes
  Rule: The third duplicate ACK lets nothing new go, though its window has room; those behind it do
    Source: RFC 5681, section 3.2, steps 3 to 5; 4.4BSD, netinet/tcp_input.c, tcp_input()

    Background: Four segments are under way, with a window of four
      Given congestionControl is reno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 8000 octets
      And the peer has acknowledged 2000 octets, 1000 at a time
      And the peer has got all that was sent

    Scenario: The third
      When the peer sends 3 duplicate ACKs
      Then the peer gets ". 2001:3001(1000) ack 1"
      And the peer gets nothing more
      And the congestion window of alice is 5000 octets

    Scenario: The fourth
      Given the peer sends 3 duplicate ACKs
      And the peer has got ". 2001:3001(1000) ack 1"
      When the peer sends 1 duplicate ACK
      Then the peer gets 2 segments, each of 1000 octets, and nothing else

  @TCP-02 @must @profile:notes
  Rule: Above the threshold the window grows by about a segment a round trip
    Source: RFC 5681, section 3.1; 4.4BSD, netinet/tcp_input.c

    Scenario: By the square of a segment over the window with each ACK
      Given congestionControl is reno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 16000 octets
      And the peer has acknowledged 6000 octets, 1000 at a time
      And the peer sends 3 duplicate ACKs
      And the peer has acknowledged 8000 octets, 8000 at a time
      When the peer acknowledges 1000 octets more
      Then the congestion window of alice is 5200 octets

  @TCP-02 @TCP-03 @must @profile:notes
  Rule: A timeout begins again with one segment
    Source: RFC 5681, section 3.1; 4.4BSD, netinet/tcp_timer.c, tcp_timers()

    Background:
      Given congestionControl is reno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 16000 octets
      And the peer has acknowledged 6000 octets, 1000 at a time
      And 210 ms go by

    Scenario: The first one goes alone
      Then the peer gets ". 6001:7001(1000) ack 1"
      And the peer gets nothing more
      And the congestion window of alice is 1000 octets
      And the slow-start threshold of alice is 4000 octets

    Scenario: Those behind it follow as the window opens again
      Given the peer has got ". 6001:7001(1000) ack 1"
      When the peer acknowledges 1000 octets more
      Then the peer gets ". 7001:8001(1000) ack 1"
      And the peer gets ". 8001:9001(1000) ack 1"
      And the peer gets nothing more

    @cap:tcp-mib
    Scenario: Each of them is counted as sent again
      Given the peer has got ". 6001:7001(1000) ack 1"
      When the peer acknowledges 1000 octets more
      Then RetransSegs of TCP is 3

    Scenario: Of one of them that has arrived in part the rest goes
      Given the peer has got ". 6001:7001(1000) ack 1"
      When the peer acknowledges 1500 octets more
      Then the peer gets ". 7501:8001(500) ack 1"

    Scenario: What has arrived all the same is not sent again
      Given the peer has got ". 6001:7001(1000) ack 1"
      When the peer acknowledges 8000 octets more
      Then the peer gets ". 14001:15001(1000) ack 1"

  @TCP-02 @must @profile:bsd-4.4
  Rule: 4.4BSD begins with one segment, and keeps the inflated window after exactly three duplicates
    Source: 4.4BSD-Lite2, netinet/tcp_input.c

    Background:
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"

    Scenario: One segment at first
      When alice sends 8000 octets
      Then the peer gets ". 1:1001(1000) ack 1"
      And the peer gets nothing more

    Scenario: Two after its ACK
      Given alice has sent 8000 octets
      And the peer has got all that was sent
      When the peer acknowledges 1000 octets more
      Then the peer gets 2 segments, each of 1000 octets, and nothing else

  @TCP-02 @must @profile:bsd-4.4
  Rule: In 4.4BSD the third duplicate ACK sends the missing segment again and nothing else, whatever room it leaves
    Source: 4.4BSD, netinet/tcp_input.c, tcp_input(), "goto drop"

    Background: Four segments are under way, with a window of four
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 8000 octets
      And the peer has acknowledged 3000 octets, 1000 at a time

    Scenario: The third
      When the peer sends 3 duplicate ACKs
      Then the peer gets ". 3001:4001(1000) ack 1"
      And the peer gets nothing more
      And the slow-start threshold of alice is 2000 octets
      And the congestion window of alice is 5000 octets

    Scenario: The fourth lets a new one go
      Given the peer sends 3 duplicate ACKs
      And the peer has got ". 3001:4001(1000) ack 1"
      When the peer sends 1 duplicate ACK
      Then the peer gets "P. 7001:8001(1000) ack 1"

    Scenario: So does the program, which may write at any time
      Given the peer sends 3 duplicate ACKs
      And the peer has got ". 3001:4001(1000) ack 1"
      When alice sends 1000 octets
      Then the peer gets ". 7001:8001(1000) ack 1"
      And the peer gets nothing more
