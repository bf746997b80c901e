@cap:network @cap:tcp @cap:tcp-tunables
Feature: Vegas of Linux 2.6.11
  Linux takes from Vegas only how it avoids congestion. It counts in halves of a segment, in integers, and adds 1 ms to
  each round trip: of 10 segments with a least round trip of 99 ms, 20 - floor(2000 / (R + 1)) halves are extra.
  Alpha is 2, beta 6, gamma 2 of them. Segments carry 1000 octets here.

  Background:
    Given congestionControl is vegas-linux
    And interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0
    And alice has a connection that the peer began with "win 65535 <mss 1000>"
    And alice has set the stream option SO_SNDBUF to 100000
    And alice sleeps sending 250000 octets

  @VEG-15 @VEG-16 @VEG-18 @VEG-19 @VEG-20 @must @profile:notes @profile:linux-2.6.11
  Rule: Linux has the window grow, stay and shrink by the extra halves of a segment, rounded up
    Source: Linux 2.6.11, net/ipv4/tcp_input.c, vegas_cong_avoid()

    Scenario Outline: A round trip of <trip> ms: <extra> halves are extra
      Given 10 segments are under way to the peer, slowly found, where the shortest round trip is 99 ms
      When a round trip takes <trip> ms
      Then <then> segments are under way to the peer

      Examples: Fewer than 2, from 2 to 6, more than 6
        | trip | extra | then |
        | 99   | 0     | 11   |
        | 104  | 1     | 11   |
        | 105  | 2     | 10   |
        | 109  | 2     | 10   |
        | 141  | 6     | 10   |
        | 142  | 7     | 9    |
        | 198  | 10    | 9    |

  @VEG-23 @VEG-24 @must @profile:notes @profile:linux-2.6.11
  Rule: Linux doubles the window in every round trip until more than gamma is extra, and then takes what the path has carried, and one segment
    Source: Linux 2.6.11, net/ipv4/tcp_input.c, vegas_cong_avoid()

    Scenario: Doubled every time
      Then in these round trips so many segments are under way to the peer:
        | round trip | segments |
        | 99 ms      | 2        |
        | 99 ms      | 4        |
        | 99 ms      | 8        |
        | 99 ms      | 16       |

    Scenario: 8 segments, of which 4 halves are extra: 6 go on, and 1
      Given 2 round trips of 99 ms have passed
      And 8 segments are under way to the peer
      When a round trip takes 130 ms
      Then at most 8 segments are under way to the peer

  @VEG-08 @must @profile:notes @profile:linux-2.6.11
  Rule: Linux sends again as it always does: duplicates are counted, and nobody looks how old a segment is
    Source: Linux 2.6.11, net/ipv4/tcp_input.c, tcp_fastretrans_alert()

    Scenario Outline: <duplicates> duplicates after 180 ms
      Given 2 round trips of 100 ms have passed
      And 8 segments are under way to the peer
      And 180 ms go by
      When the peer sends <duplicates> duplicate ACKs
      Then the peer does not get octet 6001 again

      Examples: Fewer than three
        | duplicates |
        | 1          |
        | 2          |

    Scenario: With the third
      Given 2 round trips of 100 ms have passed
      And 8 segments are under way to the peer
      When the peer sends 3 duplicate ACKs
      Then the peer gets octet 6001 again after 0 to 0 ms
