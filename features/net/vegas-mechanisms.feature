@cap:network @cap:tcp @cap:tcp-tunables
Feature: Which congestion control, and which of its mechanisms
  Segments carry 1000 octets here.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @VEG-02 @must
  Rule: Linux uses Vegas, 4.4BSD uses Reno
    Source: the notes; 4.4BSD, netinet/tcp_input.c. Variation: Linux 2.6.11 and 6 have Vegas as an option only, and use something else unless told.

    @profile:notes
    Scenario: Vegas, as the notes have it: the window is kept in every other round trip
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets
      Then in these round trips so many segments are under way to the peer:
        | round trip | segments |
        | 70 ms      | 2        |
        | 70 ms      | 4        |
        | 70 ms      | 4        |
        | 70 ms      | 8        |
        | 70 ms      | 8        |

    @profile:notes
    Scenario: By its name
      Given alice has a stream socket
      Then alice has vegas as congestion control

    @profile:bsd-4.4
    Scenario: Reno in 4.4BSD: the window is doubled in each
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 32000
      And alice sleeps sending 100000 octets
      Then in these round trips so many segments are under way to the peer:
        | round trip | segments |
        | 70 ms      | 1        |
        | 90 ms      | 2        |
        | 110 ms     | 4        |
        | 130 ms     | 8        |

    @profile:linux-2.6.11
    Scenario: An option of Linux 2.6.11
      Given alice has a stream socket
      When alice chooses vegas-linux as congestion control
      Then alice has vegas-linux as congestion control

  @VEG-02 @must @profile:notes @profile:linux-2.6.11
  Rule: Each socket and each host can be told which one to use
    Source: Linux 2.6.13, TCP_CONGESTION; net/ipv4/sysctl_net_ipv4.c

    Scenario Outline: <control> for all sockets of the host that are made later
      Given congestionControl is <control>
      And alice has a stream socket
      Then alice has <control> as congestion control

      Examples: All of them
        | control     |
        | reno-1990   |
        | reno        |
        | newreno     |
        | vegas       |
        | vegas-linux |

    Scenario: For one socket alone, from now on
      Given congestionControl is reno
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets
      And 2 round trips of 70 ms have passed
      And 8 segments are under way to the peer
      And alice has chosen vegas as congestion control
      Then in these round trips so many segments are under way to the peer:
        | round trip | segments |
        | 70 ms      | 8        |
        | 70 ms      | 16       |
        | 70 ms      | 16       |

    Scenario: Another socket of the host keeps its own
      Given congestionControl is reno
      And alice has a stream socket
      And bob has a stream socket
      And alice has chosen vegas as congestion control
      Then bob has reno as congestion control

    Scenario: One that there is not is refused
      Given alice has a stream socket
      When alice chooses tahoe as congestion control
      Then the call fails with ENOENT

    Scenario: The host refuses it, too
      Then TCP refuses congestionControl of 3

  @VEG-25 @must @profile:notes
  Rule: Vegas has three mechanisms, and each works without the others: retransmission, congestion avoidance, slow start
    Source: JSAC 13(8), section III

    Background:
      Given congestionControl is vegas

    Scenario Outline: Slow start, with retransmission <retransmission> and avoidance <avoidance>
      Given vegasRetransmission is <retransmission>
      And vegasAvoidance is <avoidance>
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

      Examples: Without one, without the other, without both
        | retransmission | avoidance |
        | 0              | 1         |
        | 1              | 0         |
        | 0              | 0         |

    Scenario: Without it, that of Reno
      Given vegasSlowStart is 0
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets
      Then in these round trips so many segments are under way to the peer:
        | round trip | segments |
        | 70 ms      | 2        |
        | 80 ms      | 4        |
        | 90 ms      | 8        |
        | 100 ms     | 16       |

    Scenario Outline: Retransmission, with slow start <start> and avoidance <avoidance>
      Given vegasSlowStart is <start>
      And vegasAvoidance is <avoidance>
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice sleeps sending 250000 octets
      And 1 round trip of 100 ms has passed
      And 180 ms go by
      When the peer sends 1 duplicate ACK
      Then the peer gets octet 2001 again after 0 to 0 ms

      Examples: Without one, without the other, without both
        | start | avoidance |
        | 0     | 1         |
        | 1     | 0         |
        | 0     | 0         |

    Scenario: Without it two duplicates are not enough
      Given vegasRetransmission is 0
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice sleeps sending 250000 octets
      And 1 round trip of 100 ms has passed
      And 4 segments are under way to the peer
      And 180 ms go by
      When the peer sends 2 duplicate ACKs
      Then the peer gets nothing

    Scenario: Without it the third duplicate is, as in Reno
      Given vegasRetransmission is 0
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice sleeps sending 250000 octets
      And 1 round trip of 100 ms has passed
      When the peer sends 3 duplicate ACKs
      Then the peer gets octet 2001 again after 0 to 0 ms

    Scenario Outline: Avoidance, with retransmission <retransmission>
      Given vegasRetransmission is <retransmission>
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets
      And 10 segments are under way to the peer, where the shortest round trip is 63 ms
      When a round trip takes 126 ms
      Then one segment fewer is under way to the peer than before

      Examples: With it and without it
        | retransmission |
        | 0              |
        | 1              |

    Scenario: Without it, that of Reno: the window grows until something is lost
      Given vegasAvoidance is 0
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets
      And 3 round trips of 70 ms have passed
      And a round trip takes 81 ms
      When a round trip takes 140 ms
      Then one segment more is under way to the peer than before
