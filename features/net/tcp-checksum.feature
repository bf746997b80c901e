@cap:network @cap:tcp
Feature: The checksum of what TCP sends
  It is over pseudo-header, header and data. The data are summed once, while they are copied; a segment that is cut or put
  together later has other data, and so another sum.

  Background:
    Given interface eth0 at 10.0.0.1/24
    And neighbour 10.0.0.2 on eth0

  @CSM-07 @CSM-12 @must
  Rule: The checksum of each segment is right
    Source: RFC 9293, section 3.1; RFC 1071, section 1

    Scenario Outline: Of data of <length> octets
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      When alice sends <length> octets
      Then the peer gets "P. 1:<end>(<length>) ack 1 checksum good"

      Examples: With an odd one at the end, and without
        | length | end  |
        | 1      | 2    |
        | 2      | 3    |
        | 3      | 4    |
        | 999    | 1000 |
        | 1000   | 1001 |

    Scenario: Of the question, the answer to an answer, and the end
      Given alice has begun to connect to 10.0.0.2:80
      And the peer has got "S 0:0(0) checksum good"
      When the peer sends "S. 0:0(0) ack 1 win 65535"
      Then the peer gets ". 1:1(0) ack 1 checksum good"
      And alice closes the stream socket
      And the peer gets "F. 1:1(0) ack 1 checksum good"

    Scenario: Of the answer to a question, and to data
      Given alice has a stream socket at 10.0.0.1:80
      And alice has listened with a backlog of 5
      When the peer sends "S 0:0(0) win 65535"
      Then the peer gets "S. 0:0(0) ack 1 checksum good"
      And the peer sends ". 1:1(0) ack 1"
      And the peer sends "P. 1:11(10) ack 1"
      And 1 s goes by
      And the peer gets ". 1:1(0) ack 11 checksum good"

    Scenario: Of the refusal of a segment that nobody waits for
      Given the peer talks to 10.0.0.1:99
      When the peer sends "S 0:0(0) win 65535"
      Then the peer gets "R. 0:0(0) ack 1 checksum good"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Of octets that are sent again
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 101 octets
      And the peer has got "P. 1:102(101) ack 1 checksum good"
      When 3 s go by
      Then the peer gets "P. 1:102(101) ack 1 checksum good"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Of what is left of a segment of which the peer has the beginning
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 101 octets
      And the peer has got all that was sent
      And the peer has sent ". 1:1(0) ack 35"
      When 3 s go by
      Then the peer gets "P. ack 1 checksum good"

    @profile:bsd-4.4
    Scenario: In 4.4BSD of octets that are sent again, and of what is left of them
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 101 octets
      And the peer has got "P. 1:102(101) ack 1 checksum good"
      When 8 s go by
      Then the peer gets "P. 1:102(101) ack 1 checksum good"
      And the peer sends ". 1:1(0) ack 35"
      And 30 s go by
      And the peer gets "P. ack 1 checksum good"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Of the two that a segment is cut to where the path has become narrower
      Given alice has a connection that the peer began with "win 65535 <mss 1000>"
      And alice has sent 901 octets
      And the peer has got "P. 1:902(901) ack 1 checksum good"
      When a router says "unreachable fragmentation-needed mtu 640" of the last segment
      Then the peer gets ". 1:601(600) ack 1 checksum good"
      And the peer sends ". 1:1(0) ack 601"
      And 3 s go by
      And the peer gets "P. 601:902(301) ack 1 checksum good"

    @profile:notes @profile:linux-2.6.11 @profile:linux-6
    Scenario: Of the one that two short segments become when they are sent again
      Given bob has a connection to 10.0.0.2:80 that answers with "win 65535 <mss 100>"
      And bob has set the stream option TCP_NODELAY to 1
      And bob has sent 11 octets
      And bob has sent 20 octets
      And bob has sent 70 octets
      And the peer has got all that was sent
      When 4 s go by
      Then the peer gets "P. ack 1 checksum good"
