@cap:network @cap:tcp @cap:tcp-tunables
Feature: How Vegas finds losses
  Vegas knows when each segment was sent, and so how old it is. Certain ACKs make it look whether the first segment
  that is not acknowledged is too old; it need not wait for three duplicates, nor for the timeout. Segments carry
  1000 octets here, and ten round trips of 100 ms have been measured: the timeout is 109.2 ms.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @VEG-03 @must @profile:notes
  Rule: Reno looks after its timeouts every 500 ms
    Source: JSAC 13(8), section III-A; 4.4BSD, netinet/tcp_timer.c, tcp_slowtimo()

    Scenario Outline: Round trips of <trip> ms, and the first segment <late> ms later
      Given congestionControl is reno-1990
      And <late> ms go by
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice sleeps sending 250000 octets
      When 3 round trips of <trip> ms have passed
      Then the peer gets its next octet 3 times again, at times 500 ms apart or a multiple of it

      Examples: However long they are, whenever it was sent
        | trip | late |
        | 70   | 0    |
        | 70   | 130  |
        | 130  | 0    |
        | 310  | 290  |

  @VEG-04 @VEG-07 @must @profile:notes
  Rule: A loss that is not followed by three duplicates waits for the coarse timeout in Reno; Vegas finds it with the first duplicate
    Source: JSAC 13(8), section III-A: 1100 ms on average, where less than 300 ms would have been right

    Scenario Outline: <control>, begun <late> ms after the tick: the first of four segments is lost, and the second
      Given congestionControl is <control>
      And <late> ms go by
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice sleeps sending 250000 octets
      And 1 round trip of 100 ms has passed
      And 4 segments are under way to the peer
      And 180 ms go by
      When the peer sends 2 duplicate ACKs
      Then the peer gets octet 2001 again after <least> to <most> ms

      Examples: Reno waits
        | control   | late | least | most |
        | reno-1990 | 0    | 500   | 6000 |
        | reno-1990 | 200  | 500   | 6000 |
        | reno-1990 | 400  | 500   | 6000 |

      Examples: Vegas does not
        | control | late | least | most |
        | vegas   | 0    | 0     | 0    |
        | vegas   | 200  | 0     | 0    |
        | vegas   | 400  | 0     | 0    |

  @VEG-05 @VEG-06 @must @profile:notes
  Rule: With any duplicate ACK Vegas sends the first segment again if it is older than the timeout; with the third in any case
    The timeout is 17/16 of the mean round trip and twice its mean deviation, to the clock's resolution. The mean
    follows by an eighth of the difference, the deviation, which is the first round trip to begin with, by a quarter.
    Source: JSAC 13(8), section III-A; ns-2, tcp/tcp-vegas.cc

    Background:
      Given congestionControl is vegas
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets

    Scenario Outline: Round trips of <trip> ms: after <age> ms, <duplicates> of them are not enough
      Given 3 round trips of <trip> ms have passed
      And 8 segments are under way to the peer
      And <age> ms go by
      When the peer sends <duplicates> duplicate ACKs
      Then the peer gets nothing

      Examples: It is not old enough
        | trip | age | duplicates |
        | 100  | 50  | 2          |
        | 100  | 109 | 1          |
        | 100  | 109 | 2          |
        | 250  | 273 | 1          |

    Scenario Outline: Round trips of <trip> ms: after <age> ms, <duplicates> of them are
      Given 3 round trips of <trip> ms have passed
      And 8 segments are under way to the peer
      And <age> ms go by
      When the peer sends <duplicates> duplicate ACKs
      Then the peer gets ". 10001:11001(1000) ack 1"
      And the peer does not get octet 10001 again

      Examples: It is old enough, or there are three
        | trip | age | duplicates |
        | 100  | 110 | 1          |
        | 100  | 180 | 1          |
        | 250  | 274 | 1          |
        | 100  | 0   | 3          |
        | 100  | 109 | 3          |

    Scenario: With the second one, if it has become too old since the first
      Given 3 round trips of 100 ms have passed
      And 8 segments are under way to the peer
      And 100 ms go by
      And the peer sends 1 duplicate ACK
      And 10 ms go by
      When the peer sends 1 duplicate ACK
      Then the peer gets ". 10001:11001(1000) ack 1"

    Scenario: Not again with those that follow
      Given 3 round trips of 100 ms have passed
      And 8 segments are under way to the peer
      And 110 ms go by
      And the peer sends 1 duplicate ACK
      And the peer has got ". 10001:11001(1000) ack 1"
      When the peer sends 4 duplicate ACKs
      Then the peer does not get octet 10001 again

    Scenario: Round trips that vary give it more time
      Given 2 round trips of 100 ms have passed
      And 1 round trip of 140 ms has passed
      And 8 segments are under way to the peer
      And 140 ms go by
      When the peer sends 1 duplicate ACK
      Then the peer gets nothing

  @VEG-05 @must @profile:notes
  Rule: The ACK of a segment that was sent twice does not count as a round trip, since nobody knows of which of the two it is
    Source: P. Karn, C. Partridge, Improving Round-Trip Time Estimates in Reliable Transport Protocols, 1987

    Scenario: The ACK of the first comes just after the second has left
      Given congestionControl is vegas
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets
      And 3 round trips of 100 ms have passed
      And 8 segments are under way to the peer
      And 90 ms go by
      And the peer sends 3 duplicate ACKs
      And the peer has got ". 10001:11001(1000) ack 1"
      And 10 ms go by
      And the peer acknowledges 1000 octets more
      And the peer acknowledges 7000 octets more
      And 2 round trips of 100 ms have passed
      When a round trip takes 100 ms
      Then one segment more is under way to the peer than before

  @VEG-08 @must @profile:notes
  Rule: With the first and with the second new ACK after a retransmission Vegas looks at the next segment, too
    The retransmission has raised the timeout by an eighth, to 122.9 ms. An ACK of part of a segment is a new ACK.
    Source: JSAC 13(8), section III-A

    Background:
      Given congestionControl is vegas
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets
      And 3 round trips of 100 ms have passed
      And 8 segments are under way to the peer
      And 110 ms go by
      And the peer sends 1 duplicate ACK
      And the peer has got ". 10001:11001(1000) ack 1"

    Scenario: The first one, when the next segment is too old
      Given 13 ms go by
      When the peer acknowledges 1000 octets more
      Then the peer gets ". 11001:12001(1000) ack 1"
      And the peer gets nothing

    Scenario: Not when it is not
      Given 12 ms go by
      When the peer acknowledges 1000 octets more
      Then the peer gets nothing

    Scenario: The second one
      Given the peer acknowledges 500 octets more
      And 13 ms go by
      When the peer acknowledges 500 octets more
      Then the peer gets ". 11001:12001(1000) ack 1"

    Scenario: The third one does not
      Given the peer acknowledges 300 octets more
      And the peer acknowledges 300 octets more
      And 100 ms go by
      When the peer acknowledges 400 octets more
      Then the peer gets nothing

    Scenario: So a second loss of the window is repaired without a duplicate and without the timeout
      Given 100 ms go by
      And the peer acknowledges 1000 octets more
      And the peer has got ". 11001:12001(1000) ack 1"
      And 100 ms go by
      When the peer acknowledges 7000 octets more
      Then at least 6 segments are under way to the peer
      And at most 7 segments are under way to the peer

  @VEG-09 @must @profile:notes
  Rule: When no ACK comes at all, the timeout sends the first segment again
    Source: JSAC 13(8), section III-A

    Scenario: All ACKs are lost
      Given congestionControl is vegas
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets
      And 3 round trips of 100 ms have passed
      And 8 segments are under way to the peer
      Then the peer gets octet 10001 again after 150 to 3000 ms

    Scenario: It begins anew, with two segments
      Given congestionControl is vegas
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets
      And 3 round trips of 100 ms have passed
      And 8 segments are under way to the peer
      When 310 ms go by
      Then the peer gets ". 10001:11001(1000) ack 1"
      And the peer gets ". 11001:12001(1000) ack 1"
      And the peer gets nothing

  @VEG-10 @VEG-26 @must @profile:notes
  Rule: However many segments of a window are lost, Vegas makes it smaller once; Reno does so more than once
    Of 16 segments Vegas keeps 12. Only the loss of a segment that was sent since then would make it smaller again.
    Source: JSAC 13(8), section III-A; a quarter is what ns-2, tcp/tcp-vegas.cc, takes

    Scenario Outline: <control> loses <lost> of 16, and keeps <least> to <most>
      Given congestionControl is <control>
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets
      And <flown> round trips of 100 ms have passed
      And 16 segments are under way to the peer
      When of the segments under way to the peer these are lost: <lost>; round trips take 100 ms
      Then once all is repaired, <least> to <most> segments are under way

      Examples: Vegas
        | control | flown | lost       | least | most |
        | vegas   | 5     | 1          | 12    | 13   |
        | vegas   | 5     | 1, 3, 5    | 12    | 13   |

      Examples: Reno
        | control   | flown | lost       | least | most |
        | reno-1990 | 3     | 1          | 8     | 9    |
        | reno-1990 | 3     | 1, 3, 5, 7 | 1     | 4    |

    Scenario: Sent again and lost again, a segment halves what was left: 3 of 6, whatever duplicates have added
      Given congestionControl is vegas
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets
      And 3 round trips of 100 ms have passed
      And 8 segments are under way to the peer
      And 110 ms go by
      And the peer sends 1 duplicate ACK
      And the peer sends 3 duplicate ACKs
      And 130 ms go by
      And the peer sends 1 duplicate ACK
      When the peer acknowledges 8000 octets more
      Then at least 3 segments are under way to the peer
      And at most 4 segments are under way to the peer

  @VEG-10 @VEG-26 @must @profile:notes
  Rule: Vegas finds losses so soon that without this rule it would make the window smaller too often
    Both losses are found by the age of the segment, with the first duplicate; the two ACKs that are looked at after
    the first loss are gone by then.
    Source: JSAC 13(8), section III-A

    Scenario Outline: With the rule <rule>, <least> to <most> segments are left of 8
      Given congestionControl is vegas
      And vegasSingleCut is <switch>
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets
      And 3 round trips of 100 ms have passed
      And 8 segments are under way to the peer
      And 110 ms go by
      And the peer sends 1 duplicate ACK
      And the peer acknowledges 300 octets more
      And the peer acknowledges 300 octets more
      And 100 ms go by
      And the peer acknowledges 400 octets more
      And the peer has got ". 10001:11001(1000) ack 1"
      And the peer sends 1 duplicate ACK
      And the peer has got ". 11001:12001(1000) ack 1"
      When the peer acknowledges 7000 octets more
      Then at least <least> segments are under way to the peer
      And at most <most> segments are under way to the peer

      Examples: On and off
        | rule | switch | least | most |
        | on   | 1      | 6     | 7    |
        | off  | 0      | 2     | 5    |
