@cap:network @cap:tcp @cap:tcp-tunables
Feature: How Vegas starts
  Reno doubles its window until it has lost segments, half a window of them. Vegas looks in between whether the path
  still carries what it sends, and stops before. Segments carry 1000 octets here.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @VEG-22 @VEG-27 @must @profile:notes
  Rule: Reno doubles the window in each round trip while nothing is lost, whatever the round trips say
    Source: RFC 5681, section 3.1

    Scenario Outline: <control>, while the queue grows
      Given congestionControl is <control>
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets
      Then in these round trips so many segments are under way to the peer:
        | round trip | segments |
        | 70 ms      | 2        |
        | 90 ms      | 4        |
        | 110 ms     | 8        |
        | 150 ms     | 16       |

      Examples: All of them
        | control   |
        | reno      |
        | reno-1990 |
        | newreno   |

  @VEG-23 @must @profile:notes
  Rule: Vegas doubles the window in every other round trip, and keeps it in between
    Source: JSAC 13(8), section III-C

    Scenario: What was measured with an earlier peer says nothing of the next
      Given congestionControl is vegas
      And alice has a connection to 10.0.0.2:80 that answers with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice has sent 1000 octets
      And 10 ms go by
      And the peer has sent ". 1:1(0) ack 1001"
      And alice dissolves the connection of the stream
      And the peer has got all that was sent
      And alice has a connection to 10.0.0.2:81 that answers with "win 65535 <mss 1000>"
      And alice sleeps sending 250000 octets
      Then in these round trips so many segments are under way to the peer:
        | round trip | segments |
        | 70 ms      | 2        |
        | 70 ms      | 4        |
        | 70 ms      | 4        |
        | 70 ms      | 8        |

    Scenario: Doubled, held, doubled, held
      Given congestionControl is vegas
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets
      Then in these round trips so many segments are under way to the peer:
        | round trip | segments |
        | 70 ms      | 2        |
        | 70 ms      | 4        |
        | 70 ms      | 4        |
        | 70 ms      | 8        |
        | 70 ms      | 8        |
        | 70 ms      | 16       |
        | 70 ms      | 16       |

  @VEG-24 @VEG-27 @must @profile:notes
  Rule: Slow start ends when more than gamma segments are extra, before anything is lost
    Source: JSAC 13(8), section III-C

    Background:
      Given congestionControl is vegas

    Scenario Outline: 8 segments, 70 ms at least, <trip> ms now: <extra> segments are extra, and it goes on
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets
      And 3 round trips of 70 ms have passed
      When a round trip takes <trip> ms
      Then 16 segments are under way to the peer

      Examples: No more than 1 segment
        | trip | extra |
        | 70   | 0     |
        | 79   | 0.9   |
        | 80   | 1     |

    Scenario Outline: 8 segments, 70 ms at least, <trip> ms now: <extra> segments are extra, and it ends
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets
      And 3 round trips of 70 ms have passed
      When a round trip takes <trip> ms
      Then at most 8 segments are under way to the peer

      Examples: More than 1 segment
        | trip | extra |
        | 81   | 1.1   |
        | 140  | 4     |

    Scenario: From then on the window grows by a segment at a time
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets
      And 3 round trips of 70 ms have passed
      And a round trip takes 81 ms
      When a round trip takes 70 ms
      Then one segment more is under way to the peer than before

    Scenario Outline: Gamma is <gamma>, and <trip> ms leave <segments> segments
      Given vegasGamma is <gamma>
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets
      And 3 round trips of 60 ms have passed
      When a round trip takes <trip> ms
      Then <segments> segments are under way to the peer

      Examples: Extra are 2, and 2.1
        | gamma | trip | segments |
        | 2     | 80   | 16       |
        | 2     | 81   | 7        |

  @VEG-24 @must @profile:notes
  Rule: With the end of slow start the window gives back an eighth
    Source: ns-2, tcp/tcp-vegas.cc; the paper says nothing of it

    Scenario: 7 segments of 8 are left
      Given congestionControl is vegas
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets
      And 3 round trips of 70 ms have passed
      When a round trip takes 81 ms
      Then 7 segments are under way to the peer
