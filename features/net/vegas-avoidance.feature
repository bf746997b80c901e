@cap:network @cap:tcp @cap:tcp-tunables
Feature: How Vegas avoids congestion
  Vegas compares the rate at which it sends with the rate that it could expect if nothing waited on the way. The
  difference is what waits in queues: the extra data. It keeps them between two bounds, so that it neither fills the
  queues nor misses new bandwidth. Segments carry 1000 octets here; with W of them under way, a least round trip of
  B and one of R, W (1 - B / R) are extra.

  Background:
    Given congestionControl is vegas
    And interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @VEG-15 @VEG-16 @VEG-18 @VEG-19 @VEG-20 @VEG-28 @must @profile:notes
  Rule: Once per round trip the window grows by a segment if the extra data are less than alpha, shrinks by one if they are more than beta, and stays if they are neither
    Source: L. Brakmo, L. Peterson, TCP Vegas, IEEE JSAC 13(8), 1995, section III-B

    Background:
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets

    Scenario Outline: <segments> under way, <base> ms at least, <trip> ms now: <extra> segments are extra
      Given <segments> segments are under way to the peer, where the shortest round trip is <base> ms
      When a round trip takes <trip> ms
      Then <then> segments are under way to the peer

      Examples: Less than 1 segment
        | segments | base | trip | extra | then |
        | 10       | 63   | 63   | 0     | 11   |
        | 10       | 63   | 69   | 0.9   | 11   |
        | 6        | 60   | 71   | 0.9   | 7    |

      Examples: From 1 to 3 segments
        | segments | base | trip | extra | then |
        | 10       | 63   | 70   | 1     | 10   |
        | 10       | 63   | 90   | 3     | 10   |
        | 6        | 60   | 72   | 1     | 6    |
        | 6        | 60   | 120  | 3     | 6    |
        | 16       | 195  | 240  | 3     | 16   |

      Examples: More than 3 segments
        | segments | base | trip | extra | then |
        | 10       | 63   | 91   | 3.1   | 9    |
        | 6        | 60   | 121  | 3.02  | 5    |

  @VEG-20 @VEG-21 @VEG-28 @must @profile:notes
  Rule: How much is too little and too much can be set, in segments; too little is less than too much
    Source: JSAC 13(8), section III-B: alpha and beta; its tables have 1 and 3, and 2 and 4

    Scenario Outline: From 2 to 4: <extra> segments are extra
      Given Vegas keeps 2 to 4 segments waiting
      And alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets
      And 10 segments are under way to the peer, where the shortest round trip is 60 ms
      When a round trip takes <trip> ms
      Then <then> segments are under way to the peer

      Examples: Less than 2, from 2 to 4, more than 4
        | trip | extra | then |
        | 74   | 1.9   | 11   |
        | 75   | 2     | 10   |
        | 100  | 4     | 10   |
        | 101  | 4.1   | 9    |

    Scenario Outline: Beta is 3: alpha may not be <alpha>
      Then TCP refuses vegasAlpha of <alpha>

      Examples: As much, and more
        | alpha |
        | 3     |
        | 4     |

    Scenario: Nor may beta become as little as alpha
      Then TCP refuses vegasBeta of 1

    Scenario: Where they are apart they are taken
      Given Vegas keeps 2 to 3 segments waiting
      Then TCP refuses vegasAlpha of 3

  @VEG-14 @VEG-17 @VEG-28 @must @profile:notes
  Rule: The least round trip is the least that was ever measured: a shorter one takes its place at once, a longer one never
    Source: JSAC 13(8), section III-B: BaseRTT; a rate above the expected one is what shows it

    Background:
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has set the stream option SO_SNDBUF to 100000
      And alice sleeps sending 250000 octets

    Scenario: However long the queue has stood, it is a queue
      Given 10 segments are under way to the peer, where the shortest round trip is 63 ms
      And 6 round trips of 90 ms have passed
      When a round trip takes 90 ms
      Then as many segments are under way to the peer as before

    Scenario: What was short before is long once a shorter one was seen
      Given 10 segments are under way to the peer, where the shortest round trip is 100 ms
      And 2 round trips of 70 ms have passed
      When a round trip takes 112 ms
      Then one segment fewer is under way to the peer than before

    Scenario: The same round trip was no reason before
      Given 10 segments are under way to the peer, where the shortest round trip is 100 ms
      When a round trip takes 112 ms
      Then as many segments are under way to the peer as before

    Scenario: A shorter one leaves nothing extra, so that the window grows
      Given 10 segments are under way to the peer, where the shortest round trip is 100 ms
      And 1 round trip of 70 ms has passed
      When a round trip takes 70 ms
      Then one segment more is under way to the peer than before

  @VEG-14 @VEG-28 @must @profile:notes
  Rule: The least round trip is one of data: the handshake, whose segments are shorter, does not count
    Source: JSAC 13(8), section III-B: commonly that of the first segment

    Scenario: A connection that the host began, over a path that is 20 ms faster for a SYN
      Given bob has a stream socket
      And bob has begun to connect to 10.0.0.2:80
      And the peer has got "S seq 0"
      And 80 ms go by
      And the peer has sent "S. 0:0(0) ack 1 win 65535 <mss 1000>"
      And the peer has got ". ack 1"
      And bob has set the stream option SO_SNDBUF to 100000
      And bob sleeps sending 250000 octets
      When 7 round trips of 100 ms have passed
      Then at least 18 segments are under way to the peer
